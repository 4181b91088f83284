"""What must never be seen on a card, and how it is noticed: for the benchmark and the tests."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import blitz_py
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable  # type: ignore[import-untyped]
from PIL import Image

from bot.cards.avatar import Portraits
from bot.cards.clean import Cleaner
from bot.cards.draw import draw
from bot.cards.fonts import open_shelf
from bot.cards.looks import LOOKS
from bot.cards.press import Press, Sheet
from bot.cards.richtext import Reader
from bot.cards.scenes import Picture, QuoteScene, Scene, Style
from bot.cards.studio import Studio

SLAB = "Samizdat Slab"
PLAIN_GROUND = (23, 24, 28)
_EM = 16
_ENDLESS = 200 * _EM
_TOLERANCE = 0.5
_EDGE, _SMALLEST = 13, 630
_LARGE, _SMALL = 24, 10
"""Pixels by which ink may leave the column: of letters up to 128 px, and up to 44."""


def overflows(studio: Studio, scene: QuoteScene, picture: Picture) -> list[str]:
    """Return what stands outside its room on the sheet that *picture* was just printed from."""
    canvases = LOOKS[scene.style].canvases
    canvas = next(canvas for canvas in canvases if canvas.height == picture.height)
    sheet = studio.press.last(canvas.sheet, canvas.height)
    faults = _outside(sheet)
    for small in canvas.small:
        if sheet.box(small.element).height > small.height + _TOLERANCE:
            faults.append(small.element)
    if scene.style is Style.PLAIN:
        faults += _ink_outside(sheet, picture)
    return faults


def _outside(sheet: Sheet) -> list[str]:
    text, column, credit = (sheet.box(name) for name in ("text", "column", "credit"))
    faults = []
    if text.height + credit.height > column.height + _TOLERANCE:
        faults.append("text: too high")
    if text.x < column.x - _TOLERANCE or text.width > column.width + _TOLERANCE:
        faults.append("text: too wide")
    return faults


def _ink_outside(sheet: Sheet, picture: Picture) -> list[str]:
    """Return where ink stands outside the column of the text, beyond what slants and marks need."""
    with Image.open(io.BytesIO(picture.png)) as opened:
        drawn = opened.convert("RGB")
    (width, height), column, face = drawn.size, sheet.box("column"), sheet.box("face")
    left, right = column.x, column.x + column.width
    # Of the smallest card the letters may be large; and the portrait stands beside the column.
    beside, overhang = (True, _LARGE) if height == _SMALLEST else (False, _SMALL)
    face_left = beside and face.x < left
    face_right = beside and not face_left
    strips = {
        "above": (_EDGE, 0, width - _EDGE, _EDGE),
        "below": (_EDGE, height - 16, width - _EDGE, height),
        "left": (face.x + face.width + 1 if face_left else _EDGE, 0, left - overhang, height),
        "right": (right + overhang, 0, face.x - 1 if face_right else width - _EDGE, height),
    }
    return [
        f"ink {side} of the text"
        for side, (x, y, to_x, to_y) in strips.items()
        if drawn.crop((round(x), y, round(to_x), to_y)).getcolors(1)
        != [((round(to_x) - round(x)) * (to_y - y), PLAIN_GROUND)]
    ]


@cache
def register_slab() -> None:
    """Give the engine a last font that holds every character, each as an endless black slab."""
    builder = FontBuilder(_EM, isTTF=True)
    builder.setupGlyphOrder([".notdef", "slab"])
    builder.setupGlyf({name: _slab() for name in (".notdef", "slab")})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "slab"), (_EM, -_ENDLESS)))
    builder.setupHorizontalHeader(ascent=13, descent=-3)
    builder.setupCharacterMap({0x41: "slab"})
    # Format 13: many characters, one glyph.
    table = CmapSubtable.newSubtable(13)
    table.platformID, table.platEncID, table.language, table.format = 3, 10, 0, 13
    ends = ((0x20, 0xD800), (0xE000, 0x32000), (0xE0000, 0xE1000), (0xF0000, 0xF0100))
    planes = [range(*pair) for pair in (*ends, (0x10FF00, 0x110000))]
    table.cmap = {point: "slab" for plane in planes for point in plane}
    builder.font["cmap"].tables = [table]
    builder.setupNameTable({"familyName": SLAB, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    file = io.BytesIO()
    builder.save(file)
    blitz_py.register_fonts([file.getvalue()])


def _slab() -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((-_ENDLESS, -_ENDLESS))
    for corner in ((-_ENDLESS, _ENDLESS), (_ENDLESS, _ENDLESS), (_ENDLESS, -_ENDLESS)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


class SlabPress(Press):
    """A press on which whatever no font can draw covers the whole sheet."""

    def families(self, leading: str, text: str = "") -> str:
        """Return the list with the slab at its end."""
        return f"{super().families(leading, text)}, '{SLAB}'"


def slab_studio() -> Studio:
    """Return a studio with such a press."""
    register_slab()
    shelf = open_shelf()
    cleaner = Cleaner(shelf)
    return Studio(SlabPress(shelf), cleaner, Reader(cleaner), Portraits())


def has_tofu(studio: Studio, scene: QuoteScene) -> bool:
    """Tell whether anything of *scene* was drawn by the slab of `slab_studio`."""
    plain = replace(scene, style=Style.PLAIN, avatar=None)
    return is_covered(draw(plain, studio))


def is_covered(picture: Picture) -> bool:
    """Tell whether a slab covers the picture, a card in the plain style."""
    with Image.open(io.BytesIO(picture.png)) as opened:
        drawn = opened.convert("RGB").resize((60, 40), Image.Resampling.NEAREST)
    ground = sum(pixel == PLAIN_GROUND for pixel in drawn.get_flattened_data())
    return ground < drawn.width * drawn.height * 0.2


def hashes(studio: Studio, scenes: Sequence[Scene]) -> list[str]:
    """Return the SHA-256 of each picture."""
    return [hashlib.sha256(draw(scene, studio).png).hexdigest() for scene in scenes]
