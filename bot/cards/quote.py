"""Quote cards: a message or a passage, who said it, and where."""

from collections.abc import Mapping
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
from bot.cards.smalltext import fit_small
from bot.cards.studio import Studio, colour, lost, markup, shortened, words

MAX_SMALL: Mapping[str, int] = {"name": 48, "meta": 120, "title": 40, "foot": 90}
"""Characters of the small texts."""

_LINE_HEIGHT = 1.28
_MARGIN = 0.97
_HOPELESS = 0.7


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
    for canvas in look.canvases[:-1]:
        if _is_hopeless(copy.text, canvas, look):
            continue
        with studio.press.sheet(canvas.sheet, canvas.height) as sheet:
            _fill(sheet, copy, canvas, families)
            if _fit(sheet, copy.text, canvas, look):
                return _printed(sheet, copy)
    last = look.canvases[-1]
    with studio.press.sheet(last.sheet, last.height) as sheet:
        _fill(sheet, copy, last, families)
        if not _fit(sheet, copy.text, last, look):
            _cut(sheet, copy.text, last)
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
        "foot": scene.footer or look.foot,
    }
    return _Copy(
        text=studio.reader.read(scene.text, markdown=scene.markdown),
        small={
            element: shortened(studio.cleaner.line(text), MAX_SMALL[element])
            for element, text in texts.items()
        },
        face=_face(scene, look, studio),
    )


def _face(scene: QuoteScene, look: Look, studio: Studio) -> str:
    """Return the markup of the portrait: the work's emblem, the avatar, or initials."""
    if scene.emblem is not None:
        return _letters(studio, scene.emblem.letters, scene.emblem.colour)
    address = None if scene.avatar is None else portrait(scene.avatar, grey=look.grey)
    if address is not None:
        return f'<img src="{address}">'
    return _letters(studio, initials(scene.name), look.ground)


def _letters(studio: Studio, letters: str, ground: int) -> str:
    drawn = studio.cleaner.line(letters)[:2]
    size = "1em" if len(drawn) < 2 else ".72em"
    return (
        f'<div class="letters" style="background:{colour(ground)}">'
        f'<span style="font-size:{size}">{markup(drawn) or "§"}</span></div>'
    )


def _fill(sheet: Sheet, copy: _Copy, canvas: Canvas, families: str) -> None:
    small = {element: markup(clusters) for element, clusters in copy.small.items()}
    sheet.fill(text=copy.text.html(), face=copy.face, **small)
    sheet.style("text", "font-family", families)
    sheet.style("column", "text-align", "right" if copy.text.right_to_left else "left")
    for text in canvas.small:
        fit_small(sheet, text, copy.small[text.element])


def _room(sheet: Sheet) -> float:
    """Return the height that the credit leaves to the text."""
    return sheet.box("column").height - sheet.box("credit").height


def _height_at(sheet: Sheet, size: int) -> float:
    sheet.style("text", "font-size", f"{size}px")
    return sheet.box("text").height


def _guess(text: RichText, width: float, height: float, look: Look) -> float:
    """Return the size at which letters of the usual width would fill the room."""
    return sqrt(width * height / (max(text.length, 1) * look.em * _LINE_HEIGHT))


def _is_hopeless(text: RichText, canvas: Canvas, look: Look) -> bool:
    """Tell, without a layout, that the text is far too long for this canvas."""
    return _guess(text, 1080, canvas.height - 200, look) < canvas.smallest * _HOPELESS


def _fit(sheet: Sheet, text: RichText, canvas: Canvas, look: Look) -> bool:
    """Set the text as large as it fits; False if that is smaller than the canvas allows."""
    room = _room(sheet)
    guess = _guess(text, sheet.box("column").width, room, look) * _MARGIN
    size = largest_size(
        lambda size: _height_at(sheet, size), room, canvas.smallest, canvas.largest, guess
    )
    return size is not None and _height_at(sheet, size) <= room


def _cut(sheet: Sheet, text: RichText, canvas: Canvas) -> None:
    """Set as much of the text as fits at the smallest size, and say that there is more."""
    room = _room(sheet)
    sheet.style("text", "font-size", f"{canvas.smallest}px")

    def height_of(count: int) -> float:
        sheet.fill(text=text.html(count))
        return sheet.box("text").height

    height_of(longest_prefix(height_of, room, text.length))


def _printed(sheet: Sheet, copy: _Copy) -> Picture:
    small = {element: words(clusters) for element, clusters in copy.small.items()}
    alt = quote_alt(copy.text.plain(), small["name"], small["meta"], small["title"])
    missing = copy.text.lost + lost(*copy.small.values())
    return Picture(sheet.print(), sheet.width, sheet.height, alt, missing)
