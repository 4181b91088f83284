"""The engine behind one door: HTML and CSS in, PNG out.

Everything the program knows of the engine (blitz) stands here. A new document leaks some 13 KB, a
changed one little (what it has laid out before), so each sheet is filled anew for every picture,
under its lock, and made anew only when it is worn.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from string import Template as Pattern
from threading import Lock
from typing import NamedTuple

import blitz_py

from bot.cards.fonts import Shelf

WORN = 50
"""Pictures after which a sheet is made anew; it keeps megabytes of what it has laid out."""

WIDTH = 1200
"""Pixels of every picture of the press, unless its sheet says otherwise."""


class Box(NamedTuple):
    """Where an element was laid out, in pixels."""

    x: float
    y: float
    width: float
    height: float


class Sheet:
    """One document that is filled again and again. Not for two threads at once."""

    def __init__(self, html: str, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.lock = Lock()
        self.uses = 0
        self._template = blitz_py.Template(html, width=width, height=height)

    def fill(self, **markup: str) -> None:
        """Replace what stands in the elements of these ids; the markup must be ours or escaped."""
        for element, html in markup.items():
            self._template.set_html(element, html)

    def style(self, element: str, name: str, value: str) -> None:
        """Set one CSS property of an element."""
        self._template.set_style(element, name, value)

    def turn(self, *, right_to_left: bool) -> None:
        """Lay a card out for the direction its words are read in; its sheet says what moves."""
        self._template.set_attribute("card", "class", "rtl" if right_to_left else "ltr")

    def box(self, element: str) -> Box:
        """Return where an element is, as laid out now."""
        return Box(*self._template.get_box(element))

    def print(self) -> bytes:
        """Return the sheet as a PNG."""
        return self._template.render_png()


class Press:
    """Every sheet of the house, made when first asked for."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._sheets: dict[tuple[str, int, int], Sheet] = {}
        self._lock = Lock()

    @contextmanager
    def sheet(self, name: str, height: int, width: int = WIDTH) -> Iterator[Sheet]:
        """Lend the sheet *name* (a file of `sheets/`) in that size to one picture."""
        with self._lock:
            key = (name, width, height)
            sheet = self._sheets.get(key)
            if sheet is None or sheet.uses >= WORN:
                sheet = self._sheets[key] = Sheet(self._html(name, width, height), width, height)
            sheet.uses += 1
        with sheet.lock:
            yield sheet

    def last(self, name: str, height: int) -> Sheet:
        """Return a sheet as it was printed last: for checks of what stands where."""
        return self._sheets[name, WIDTH, height]

    def families(self, leading: str, text: str = "") -> str:
        """Return the CSS font list that draws *text* led by the family *leading*."""
        return self._shelf.family_list(leading, text)

    def width(self, text: str, leading: str, size: int, weight: int) -> float:
        """Return how wide *text* is on one line, in pixels."""
        return blitz_py.measure_text(
            text, font_size=size, font_family=self.families(leading, text), font_weight=weight
        )[0]

    def _html(self, name: str, width: int, height: int) -> str:
        values = {
            "width": f"{width}px",
            "height": f"{height}px",
            **{family: self.families(face) for family, face in FAMILIES.items()},
        }
        common = Pattern(_read("common.css")).substitute(values)
        return Pattern(_read(f"{name}.html")).substitute(values, common=common)


FAMILIES = {
    "noto": "Noto Sans",
    "oswald": "Oswald",
    "playfair": "Playfair Display",
    "ptserif": "PT Serif",
    "russo": "Russo One",
}
"""What a sheet calls a family (`$oswald`), and the family that leads the list."""


@cache
def _read(name: str) -> str:
    return (files("bot.cards") / "sheets" / name).read_text("utf-8")
