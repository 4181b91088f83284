"""Foreign pictures: shown, or replaced by initials; never an exception, never decoded blindly."""

import base64
import io
import struct
import sys
import zlib

import pytest
from PIL import Image
from worktime import least

from bot.cards.avatar import MAX_BYTES, SIDE, Portraits
from bot.cards.quote import initials


def portrait(avatar: bytes, *, grey: bool) -> str | None:
    return Portraits().portrait(avatar, grey=grey)


def opened(address: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2])))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_of_each_kind_becomes_our_own_square(png, kind):
    address = portrait(png(kind=kind, size=(300, 200)), grey=False)

    assert address.startswith("data:image/jpeg;base64,")
    assert opened(address).size == (SIDE, SIDE)


def test_a_grey_portrait_has_no_colour(png):
    assert opened(portrait(png(colour="red"), grey=True)).mode == "L"


def test_of_a_moving_picture_the_first_frame_is_shown():
    file = io.BytesIO()
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("#ff0000", "#0000ff")]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])

    red, _, blue = opened(portrait(file.getvalue(), grey=False)).getpixel((99, 99))
    assert red > 200
    assert blue < 50


def test_what_is_see_through_lies_on_paper(png):
    file = io.BytesIO()
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(file, "PNG")

    assert opened(portrait(file.getvalue(), grey=False)).getpixel((9, 9)) == (255, 255, 255)


def bomb(side: int = 40_000) -> bytes:
    """Return a small PNG that says it is *side* pixels wide and high."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side // 8 + 1) * 200))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_bomb_is_refused_before_it_is_decoded():
    evil = bomb()

    took = least(lambda: portrait(evil, grey=False), times=1)  # the second time it is known

    assert portrait(evil, grey=False) is None
    assert took < 0.2


@pytest.mark.parametrize("keep", [0, 1, 8, 33, 60, 0.5])
def test_a_torn_file_is_no_picture(png, keep):
    whole = png(size=(400, 400))

    assert portrait(whole[: int(keep if keep >= 1 else len(whole) * keep)], grey=False) is None


@pytest.mark.parametrize(
    "foreign",
    [b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x00" * 5000, b"%PDF-1.7"],
)
def test_what_is_no_picture_is_none(foreign):
    assert portrait(foreign, grey=False) is None


def test_other_kinds_are_not_even_opened(png):
    assert portrait(png(kind="BMP"), grey=False) is None
    assert portrait(png(kind="TIFF"), grey=False) is None


def test_too_many_bytes_are_not_looked_at(png):
    assert portrait(png() + bytes(MAX_BYTES), grey=False) is None


@pytest.mark.parametrize(
    "avatar", [None, b"", b"junk", bomb()], ids=["none", "empty", "junk", "bomb"]
)
def test_a_card_without_a_picture_shows_initials(card, avatar):
    assert card("Words", "Vera Pavlovna", avatar=avatar).png == card("Words", "Vera Pavlovna").png


def test_a_card_shows_the_picture(card, png):
    assert (
        card("Words", avatar=png(colour="red")).png != card("Words", avatar=png(colour="blue")).png
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Vera", "V"),
        ("vera pavlovna", "VP"),
        ("  A b C ", "AC"),
        ("“Ilse”", "I"),
        ("🚩", "🚩"),
        ("", ""),
    ],
)
def test_initials_are_of_the_first_and_the_last_word(name, expected):
    assert initials(name) == expected


def test_a_portrait_is_made_once_and_its_bytes_are_not_kept(png):
    portraits = Portraits()
    avatar = png()
    first = portraits.portrait(avatar, grey=False)

    assert portraits.portrait(bytes(bytearray(avatar)), grey=False) is first
    assert portraits.portrait(avatar, grey=True) is not first
    assert sys.getrefcount(avatar) == 2
