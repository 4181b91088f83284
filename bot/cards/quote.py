"""Quote cards: a message or a passage, who said it, and where."""

from dataclasses import dataclass
from math import sqrt

from bot.cards.alt import quote_alt
from bot.cards.avatar import portrait
from bot.cards.clean import Cluster
from bot.cards.fit import largest_size, longest_prefix
from bot.cards.looks import LOOKS, Canvas, Look
from bot.cards.press import Sheet
from bot.cards.richtext import RichText
from bot.cards.scenes import Picture, QuoteScene
from bot.cards.studio import Studio, colour, lost, markup, shortened, words

MAX_NAME, MAX_META, MAX_TITLE, MAX_FOOT = 64, 120, 40, 90
"""Characters of the small texts."""

_NAMELESS = 0x5B5E66


@dataclass(frozen=True, slots=True)
class _Copy:
    """A scene made ready for the press."""

    text: RichText
    name: list[Cluster]
    meta: list[Cluster]
    title: list[Cluster]
    foot: list[Cluster]
    face: str

    @property
    def lost(self) -> int:
        """How many characters could not be drawn."""
        return self.text.lost + lost(self.name, self.meta, self.title, self.foot)


def draw_quote(scene: QuoteScene, studio: Studio) -> Picture:
    """Return *scene* as a card: on the smallest sheet where its words are large enough."""
    look = LOOKS[scene.style]
    copy = _made_ready(scene, look, studio)
    for canvas in look.canvases:
        last = canvas is look.canvases[-1]
        with studio.press.sheet(canvas.sheet, canvas.height) as sheet:
            _fill(sheet, copy, studio.press.families(look.font, copy.text.plain()))
            if _fit(sheet, copy.text, canvas, look) or (last and _cut(sheet, copy.text, canvas)):
                alt = quote_alt(
                    copy.text.plain(), words(copy.name), words(copy.meta), words(copy.title)
                )
                return Picture(sheet.print(), sheet.width, sheet.height, alt, copy.lost)
    raise AssertionError("the last sheet takes any text")


def _made_ready(scene: QuoteScene, look: Look, studio: Studio) -> _Copy:
    clean = studio.cleaner.line
    return _Copy(
        text=studio.reader.read(scene.text, markdown=scene.markdown),
        name=shortened(clean(scene.name), MAX_NAME),
        meta=shortened(clean(scene.meta), MAX_META),
        title=shortened(clean(scene.title or look.title), MAX_TITLE),
        foot=shortened(clean(scene.footer or look.foot), MAX_FOOT),
        face=_face(scene, look, studio),
    )


def _face(scene: QuoteScene, look: Look, studio: Studio) -> str:
    """Return the markup of the portrait: the work's emblem, the avatar, or initials."""
    if scene.emblem is not None:
        return _letters(studio, scene.emblem.letters, colour(scene.emblem.colour))
    address = None if scene.avatar is None else portrait(scene.avatar, grey=look.grey)
    if address is not None:
        return f'<img src="{address}">'
    return _letters(studio, initials(scene.name), colour(_NAMELESS))


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of *name*."""
    beginnings = [next((sign for sign in word if sign.isalnum()), "") for word in name.split()]
    found = [letter for letter in beginnings if letter]
    return "".join(dict.fromkeys((found[0], found[-1]))).upper() if found else name.strip()


def _letters(studio: Studio, letters: str, ground: str) -> str:
    drawn = studio.cleaner.line(letters)[:2]
    return f'<div class="letters" style="background:{ground}">{markup(drawn) or "§"}</div>'


def _fill(sheet: Sheet, copy: _Copy, families: str) -> None:
    sheet.fill(
        text=copy.text.html(),
        name=markup(copy.name),
        meta=markup(copy.meta),
        title=markup(copy.title),
        foot=markup(copy.foot),
        face=copy.face,
    )
    sheet.style("text", "font-family", families)
    sheet.style("column", "text-align", "right" if copy.text.right_to_left else "left")


def _room(sheet: Sheet) -> float:
    """Return the height that the credit leaves to the text."""
    return sheet.box("column").height - sheet.box("credit").height


def _height_at(sheet: Sheet, size: int) -> float:
    sheet.style("text", "font-size", f"{size}px")
    return sheet.box("text").height


def _fit(sheet: Sheet, text: RichText, canvas: Canvas, look: Look) -> bool:
    """Set the text as large as it fits; False if only smaller than the canvas allows."""
    room, column = _room(sheet), sheet.box("column")
    guess = sqrt(column.width * room / (max(text.length, 1) * look.em * 1.28))
    if guess < canvas.smallest * 0.7 and canvas is not look.canvases[-1]:
        return False
    size = largest_size(
        lambda size: _height_at(sheet, size), room, canvas.smallest, canvas.largest, guess * 0.95
    )
    if size is None:
        return False
    return _height_at(sheet, size) <= room


def _cut(sheet: Sheet, text: RichText, canvas: Canvas) -> bool:
    """Set as much of the text as fits at the smallest size, and say that there is more."""
    room = _room(sheet)
    sheet.style("text", "font-size", f"{canvas.smallest}px")

    def height_of(count: int) -> float:
        sheet.fill(text=text.html(count))
        return sheet.box("text").height

    sheet.fill(text=text.html(longest_prefix(height_of, room, text.length)))
    return True
