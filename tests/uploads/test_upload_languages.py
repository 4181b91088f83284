"""What is wrong with a document is found in another process, and told in its sender's words."""

import json

import pytest
from language.pseudo import forgotten, pseudo
from worlds import reading_in

from bot.canon.building.preview import preview
from bot.errors import SeedError
from bot.language.catalogues import load
from bot.language.speech import say, speaking
from bot.uploads import builder

pytestmark = pytest.mark.simcord(check_errors=False)

PAGE = b"<!doctype html><html><body>"
REFUSED = {
    "empty.txt": b"",
    "blank.txt": b" \n",
    "nulls.txt": b"ab\0c",
    "marks.txt": b"\1\2\3" * 99,
    "wrong.txt": b"\xef\xbb\xbf" + b"\xff\xfe\xfd" * 50,
    "a.png": b"\x89PNG\r\n",
    "a.docx": b"PK\x03\x04word/document.xml",
    "a.exe": b"\x7fELF",
    "large.txt": b"a" * 5_000_001,
    "long.txt": b"1914: a\n" * 80_001,
    "page.wiki": b"#REDIRECT [[Other]]",
    "book.epub": b"PK\x03\x04mimetypeapplication/epub+zip",
    "page.html": PAGE + b"<b>" * 1_000_001,
    "empty.html": PAGE + b"</body></html>",
    "a.md": b"---\ntitle: [\n---\n\nText.",
    "b.md": b"---\ntitle: a\nchapter: one\n---\n\nText.",
    "c.md": b"---\ntitle: a\ntier: gospel\n---\n\nText.",
    "d.md": b"---\ntitle: a\ndate: 30 February 1932\n---\n\nText.",
}
NOTED = b"""\
# Moths

\xe2\x80\xa2 June 1906. The tin moon.

\xe2\x80\xa2 May 1905. The Moth Parliament.

\xe2\x80\xa2 30 February 1907. Nothing happens.

\xe2\x80\xa2 5/6/1908. Something happens.
"""
TIERS = "chapter, author, timeline, comment"
WRITTEN = (*REFUSED, "one", "gospel", TIERS, "Other", "30 February 1932", "UTF-8")


@pytest.fixture(autouse=True, scope="module")
def spoken():
    load()


@pytest.mark.parametrize("name", REFUSED)
def test_no_word_of_a_refusal_is_forgotten(name):
    with pytest.raises(SeedError) as refusal:
        preview(name, REFUSED[name])
    crossed = list(
        builder._faults(json.loads(json.dumps([*map(builder._packed, refusal.value.faults)])))
    )

    with pseudo():
        told = [builder._in_words(fault) for fault in crossed]

    assert crossed == list(refusal.value.faults)
    assert [each for each in forgotten(told, WRITTEN) if "but found" not in each] == []


def test_what_was_noticed_is_said_in_the_language_of_whoever_asks(tmp_path):
    path = tmp_path / "moths.txt"
    path.write_bytes(NOTED)

    noticed = {}
    for language in ("en", "de", "ru"):
        with speaking(language):
            noticed[language] = builder.see_apart(path, 0).warnings

    assert [each.partition(": ")[0] for each in noticed["en"]] == [
        f"moths.txt:{line}" for line in (5, 7, 9)
    ]
    assert noticed["en"][1].endswith(
        "There is no 30 February 1907 in the calendar. The entry is kept without a date."
    )
    assert noticed["de"][1].endswith(
        "Den 30. Februar 1907 gibt es im Kalender nicht. Der Eintrag bleibt ohne Datum."
    )
    assert "6 мая 1908" in noticed["ru"][2]
    assert "5 июня 1908" in noticed["ru"][2]


@pytest.mark.parametrize(
    ("locale", "refusal", "noticed"),
    [
        ("de", "moths.txt: Das ist ein Programm, kein Text", "steht nach dem späteren „June 1906“"),
        ("ru", "moths.txt: Это программа, а не текст", "стоит после более поздней «June 1906»"),
    ],
)
async def test_an_uploader_is_told_in_the_language_of_their_discord(
    world, locale, refusal, noticed
):
    lounge = world.channels["lounge"]

    async def sent(content):
        return await world.admin.slash(
            lounge, "canon add", file=("moths.txt", content), work="The Moth Papers"
        )

    with speaking(locale):
        add = say("Add it")
    with reading_in(world, locale):
        refused = await sent(REFUSED["a.exe"])
        drafted = await sent(NOTED)
        draft = str(drafted.response.embeds[0].to_dict())
        await world.admin.click(drafted.response, label=add)
        shelves = await world.admin.slash(lounge, "lore sources")

    assert refused.response.content.startswith(refusal)
    assert noticed in draft
    assert noticed in str(shelves.response.embeds[0].to_dict())


def test_a_document_that_takes_too_long_is_refused_in_the_uploaders_language(monkeypatch, tmp_path):
    monkeypatch.setattr(builder, "SECONDS", 0.01)
    path = tmp_path / "moths.txt"
    path.write_bytes(NOTED)

    with speaking("de"), pytest.raises(builder.UploadError) as refusal:
        builder.see_apart(path, 0)

    with speaking("de"):
        assert str(refusal.value) == say(builder._TOO_MUCH)
    assert str(refusal.value) != builder._TOO_MUCH
