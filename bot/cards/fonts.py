"""The fonts: out of declared packages only, so that every host draws the same bytes."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec

import blitz_py
from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]

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
    """The fonts the engine holds. *covers*: the code points of each fallback family, in order."""

    covers: tuple[frozenset[int], ...]
    families: tuple[str, ...]
    cjk: tuple[str, ...]

    def can_draw(self, text: str) -> bool:
        """Tell whether one font alone holds every code point of *text* (a grapheme cluster)."""
        points = {ord(character) for character in text}
        return any(points <= cover for cover in self.covers)

    def family_list(self, leading: str, text: str = "") -> str:
        """Return the CSS list to draw *text* with: *leading*, the fallbacks, the right CJK face."""
        faces = (leading, *self.families, *_cjk_for(text, self.cjk))
        return ", ".join(f"'{face}'" for face in dict.fromkeys(faces))


@cache
def open_shelf() -> Shelf:
    """Register every font with the engine and read what each covers. Blocking, once a process."""
    fonts = [font for package, folder in _PACKAGES for font in _read(package, folder)]
    covers: dict[str, set[int]] = {}
    for font in fonts:
        face = TTFont(io.BytesIO(font), lazy=True)
        covers.setdefault(face["name"].getBestFamilyName(), set()).update(face.getBestCmap())
    cjk: tuple[str, ...] = ()
    if find_spec(_CJK_PACKAGE) is not None:
        collections = _read(_CJK_PACKAGE, "")
        fonts += collections
        covers[_CJK[0]] = _collection_cover(collections)
        cjk = _CJK
    blitz_py.register_fonts(fonts)
    fallbacks = [name for name in covers if name not in (*_LEADING, _FIRST, *_CJK)]
    ordered = (_FIRST, *sorted(fallbacks))
    return Shelf(
        covers=tuple(frozenset(covers[name]) for name in (*ordered, *cjk[:1])),
        families=ordered,
        cjk=cjk,
    )


def _read(package: str, folder: str) -> list[bytes]:
    place = files(package) / folder if folder else files(package)
    fonts = (entry for entry in place.iterdir() if entry.name.endswith((".ttf", ".ttc", ".otf")))
    return [entry.read_bytes() for entry in sorted(fonts, key=lambda entry: entry.name)]


def _collection_cover(collections: Sequence[bytes]) -> set[int]:
    """Return what the first face of the collection covers; its faces differ in shapes only."""
    return {
        point
        for collection in collections
        for point in TTCollection(io.BytesIO(collection), lazy=True).fonts[0].getBestCmap()
    }


def _cjk_for(text: str, faces: tuple[str, ...]) -> tuple[str, ...]:
    """Return *faces* with the one first that draws Han as the readers of *text* write it."""
    if not faces:
        return ()
    kana = sum("\u3040" <= letter <= "\u30ff" for letter in text)
    hangul = sum("\uac00" <= letter <= "\ud7af" for letter in text)
    if hangul > kana:
        return (faces[2],)
    return (faces[1],) if kana else (faces[0],)
