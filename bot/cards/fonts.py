"""The fonts: out of declared packages only, so that every host draws the same bytes."""

import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec

import blitz_py
from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]

WORD_LINE = 1.3
"""Height of a line of a word that is laid out as a box, in ems (`.word` in common.css)."""

_PACKAGES = (
    ("manimgx_fonts", ""),
    ("fontpkg_oswald", "files"),
    ("fontpkg_russo_one", "files"),
    ("fontpkg_pt_serif", "files"),
    ("fontpkg_playfair_display", "files"),
)
_CJK_PACKAGE = "manimgx_fonts_cjk"
# Said of each style's own fonts: they only ever lead the list, what they lack Noto draws.
_LEADING = ("Oswald", "Russo One", "PT Serif", "Playfair Display")
_FIRST = "Noto Sans"
_CJK = ("Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans CJK KR", "Noto Sans CJK TC")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The fonts the engine holds.

    Attributes:
        covers: the code points of each fallback family, in order.
        drops: for each of them, how far above its lower edge the baseline of a box is that is
            `WORD_LINE` high, in ems.
        families: the fallback families.
        cjk: the families for Chinese, Japanese and Korean, if they are installed.
    """

    covers: tuple[frozenset[int], ...]
    drops: tuple[float, ...]
    families: tuple[str, ...]
    cjk: tuple[str, ...]

    def can_draw(self, text: str) -> bool:
        """Tell whether one font alone holds every code point of *text* (a grapheme cluster)."""
        points = {ord(character) for character in text}
        return any(points <= cover for cover in self.covers)

    def drop(self, text: str) -> float:
        """Return `drops` of the family that draws *text*, which one can."""
        points = {ord(character) for character in text}
        return next(
            drop for cover, drop in zip(self.covers, self.drops, strict=True) if points <= cover
        )

    def family_list(self, leading: str, text: str = "") -> str:
        """Return the CSS list to draw *text* with: *leading*, the fallbacks, the right CJK face."""
        faces = (leading, *self.families, *_cjk_for(text, self.cjk))
        return ", ".join(f"'{face}'" for face in dict.fromkeys(faces))


@cache
def open_shelf() -> Shelf:
    """Register every font with the engine and read what each covers. Blocking, once a process."""
    fonts = [font for package, folder in _PACKAGES for font in _read(package, folder)]
    covers: dict[str, set[int]] = {}
    drops: dict[str, float] = {}
    for font in fonts:
        face = TTFont(io.BytesIO(font), lazy=True)
        family = face["name"].getBestFamilyName()
        covers.setdefault(family, set()).update(face.getBestCmap())
        drops[family] = _drop(face)
    cjk: tuple[str, ...] = ()
    if find_spec(_CJK_PACKAGE) is not None:
        collections = _read(_CJK_PACKAGE, "")
        fonts += collections
        first = [TTCollection(io.BytesIO(font), lazy=True).fonts[0] for font in collections]
        # Its faces differ in shapes only.
        covers[_CJK[0]] = {point for face in first for point in face.getBestCmap()}
        drops[_CJK[0]] = _drop(first[0])
        cjk = _CJK
    blitz_py.register_fonts(fonts)
    fallbacks = [name for name in covers if name not in (*_LEADING, _FIRST, *_CJK)]
    ordered = (_FIRST, *sorted(fallbacks))
    return Shelf(
        covers=tuple(frozenset(covers[name]) for name in (*ordered, *cjk[:1])),
        drops=tuple(drops[name] for name in (*ordered, *cjk[:1])),
        families=ordered,
        cjk=cjk,
    )


def _read(package: str, folder: str) -> list[bytes]:
    place = files(package) / folder if folder else files(package)
    fonts = (entry for entry in place.iterdir() if entry.name.endswith((".ttf", ".ttc", ".otf")))
    return [entry.read_bytes() for entry in sorted(fonts, key=lambda entry: entry.name)]


def _drop(face: TTFont) -> float:
    """Return where the baseline of a line of this font is, above its lower edge, in ems."""
    size = face["head"].unitsPerEm
    ascent, descent = face["hhea"].ascent / size, -face["hhea"].descent / size
    return float(WORD_LINE - ascent + descent) / 2


def _cjk_for(text: str, faces: tuple[str, ...]) -> tuple[str, ...]:
    """Return *faces* with the one first that draws Han as the readers of *text* write it."""
    if not faces:
        return ()
    kana = sum("\u3040" <= letter <= "\u30ff" for letter in text)
    hangul = sum("\uac00" <= letter <= "\ud7af" for letter in text)
    if hangul > kana:
        return (faces[2],)
    return (faces[1],) if kana else (faces[0],)
