"""Quote cards: a message or a passage, who said it, and where."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from math import sqrt

from bot.cards.alt import quote_alt
from bot.cards.balance import balance
from bot.cards.clean import Cluster
from bot.cards.colours import colour, is_light
from bot.cards.fit import largest_size, longest_prefix
from bot.cards.looks import LOOKS, Canvas, Look
from bot.cards.press import Sheet
from bot.cards.richtext import RichText
from bot.cards.scenes import Picture, QuoteScene
from bot.cards.shapes import INK
from bot.cards.smalltext import fit_small
from bot.cards.studio import Studio, lost, markup, shortened, words
from bot.language.speech import say

MAX_SMALL: Mapping[str, int] = {"name": 80, "meta": 120, "title": 80, "foot": 90}
"""Characters of the small texts."""

_TIED = Cluster("\u00a0", "&nbsp;")
_SHORT_PART = 24
_LINE_HEIGHT = 1.28
_MARGIN = 0.97
_HOPELESS = 0.8
_WIDE = 1.2


@dataclass(frozen=True, slots=True)
class _Copy:
    """A scene made ready for the press; *small* by the element each goes to."""

    text: RichText
    small: Mapping[str, list[Cluster]]
    face: str


def draw_quote(scene: QuoteScene, studio: Studio) -> Picture:
    """Return *scene* as a card: on the smallest sheet where its words are large enough."""
    look = LOOKS[scene.style]
    copy = _made_ready(scene, look, studio)
    families = studio.press.families(look.font, copy.text.plain())
    area = max(copy.text.length, 1) * look.em * _LINE_HEIGHT
    for canvas in look.canvases[:-1]:
        if sqrt(canvas.area / area) < canvas.smallest * _HOPELESS:
            continue
        with studio.press.sheet(canvas.sheet, canvas.height) as sheet:
            _fill(sheet, copy, canvas, families)
            fitting = _Fitting(sheet, area)
            if fitting.fit(canvas, copy.text.longest_word, look.em):
                fitting.balance(copy.text.longest_word, look.em)
                return _printed(sheet, copy)
            area = fitting.area
    last = look.canvases[-1]
    with studio.press.sheet(last.sheet, last.height) as sheet:
        _fill(sheet, copy, last, families)
        fitting = _Fitting(sheet, area)
        if not fitting.fit(last, copy.text.longest_word, look.em):
            fitting.cut(copy.text, last.smallest)
        return _printed(sheet, copy)


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of *name*; all of it without any."""
    beginnings = [next((sign for sign in word if sign.isalnum()), "") for word in name.split()]
    found = [letter for letter in beginnings if letter]
    return "".join((found[0], *found[1:][-1:])).upper() if found else name.strip()


def _made_ready(scene: QuoteScene, look: Look, studio: Studio) -> _Copy:
    texts = {
        "name": scene.name,
        "meta": scene.meta,
        "title": scene.title or look.title,
        "foot": scene.footer or (say(look.foot) if look.foot else ""),
    }
    return _Copy(
        text=studio.reader.read(scene.text, markdown=scene.markdown),
        small={
            element: _kept_together(shortened(studio.cleaner.line(text), MAX_SMALL[element]))
            for element, text in texts.items()
        },
        face=_face(scene, look, studio),
    )


def _kept_together(clusters: list[Cluster]) -> list[Cluster]:
    """Return *clusters* with a short part beside a "·" (a date, a channel) never broken."""
    kept: list[Cluster] = []
    for is_mark, group in groupby(clusters, key=lambda cluster: cluster.text == "·"):
        part = list(group)
        whole = not is_mark and len(part) < len(clusters) and len(part) <= _SHORT_PART
        kept += [
            _TIED if whole and 0 < at < len(part) - 1 and cluster.text == " " else cluster
            for at, cluster in enumerate(part)
        ]
    return kept


def _face(scene: QuoteScene, look: Look, studio: Studio) -> str:
    """Return the markup of the portrait: the work's emblem, the avatar, or initials."""
    if scene.emblem is not None:
        return _letters(studio, scene.emblem.letters, scene.emblem.colour)
    address = None
    if scene.avatar is not None:
        address = studio.portraits.portrait(scene.avatar, grey=look.grey)
    if address is not None:
        return f'<img src="{address}">'
    return _letters(studio, initials(scene.name), look.ground)


def _letters(studio: Studio, letters: str, ground: int) -> str:
    drawn = studio.cleaner.line(letters)[:2]
    size = "1em" if len(drawn) < 2 else ".72em"
    ink = f";color:{INK}" if is_light(ground) else ""
    return (
        f'<div class="letters" style="background:{colour(ground)}{ink}">'
        f'<span style="font-size:{size}">{markup(drawn) or "§"}</span></div>'
    )


def _fill(sheet: Sheet, copy: _Copy, canvas: Canvas, families: str) -> None:
    small = {element: markup(clusters) for element, clusters in copy.small.items()}
    # The long text comes last: until then each question about a small one is cheap.
    sheet.fill(text="", face=copy.face, **small)
    sheet.turn(right_to_left=copy.text.right_to_left)
    for text in canvas.small:
        fit_small(sheet, text, copy.small[text.element])
    sheet.style("text", "font-family", families)
    sheet.style("text", "width", "100%")
    sheet.fill(text=copy.text.html())


class _Fitting:
    """The text of a filled sheet on its way to the right size.

    *area* is what the text covers (px²) for each px² of its size: the guess, then what was seen.
    """

    def __init__(self, sheet: Sheet, area: float) -> None:
        self._sheet = sheet
        self._set = 0
        self._height = 0.0
        self._column = sheet.box("column")
        self._room = self._column.height - sheet.box("credit").height
        self.area = area

    def fit(self, canvas: Canvas, longest_word: int, em: float) -> bool:
        """Set the text as large as it fits; False if that is smaller than the canvas allows.

        Not so large that the longest word would be broken, where a smaller size saves it; *em* is
        the mean width of its letters.
        """
        guess = sqrt(self._column.width * self._room / self.area)
        unbroken = int(self._column.width / (max(longest_word, 1) * em * _WIDE))
        largest = min(unbroken, canvas.largest) if unbroken >= canvas.smallest else canvas.largest
        size = largest_size(self._height_at, self._room, canvas.smallest, largest, guess * _MARGIN)
        if size is not None and size != self._set:
            self._height_at(size)
        return size is not None

    def balance(self, longest_word: int, em: float) -> None:
        """Make the lines of a short text about equally long."""
        lines = round(self._height / (self._set * _LINE_HEIGHT))
        balance(self._sheet, "text", lines, longest_word * em * _WIDE * self._set)

    def cut(self, text: RichText, size: int) -> None:
        """Set as much of *text* as fits at *size*, and say that there is more."""
        self._sheet.style("text", "font-size", f"{size}px")

        def height_of(count: int) -> float:
            self._sheet.fill(text=text.html(count))
            return self._sheet.box("text").height

        height_of(longest_prefix(height_of, self._room, text.length))

    def _height_at(self, size: int) -> float:
        self._set = size
        self._sheet.style("text", "font-size", f"{size}px")
        height = self._height = self._sheet.box("text").height
        self.area = max(height, 1.0) * self._column.width / size**2
        return height


def _printed(sheet: Sheet, copy: _Copy) -> Picture:
    small = {element: words(clusters) for element, clusters in copy.small.items()}
    alt = quote_alt(copy.text.plain(), small["name"], small["meta"], small["title"])
    missing = copy.text.lost + lost(*copy.small.values())
    return Picture(sheet.print(), sheet.width, sheet.height, alt, missing)
