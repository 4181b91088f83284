"""The strip of a timeline: works as lanes, events on one axis, their words beside it.

It runs downwards: a phone shows words only where a line of them has the whole width.
"""

from collections.abc import Sequence

from bot.cards.alt import described
from bot.cards.axis import Axis, axis, evenly, spread
from bot.cards.colours import on_paper
from bot.cards.looks import Small
from bot.cards.scenes import Lane, Mark, Picture, TimelineScene
from bot.cards.shapes import at, disc, svg
from bot.cards.smalltext import fit_small
from bot.cards.studio import Studio, lost, markup, shortened
from bot.language.speech import say, say_many

MAX_LABELS = 14
"""Events with words; the others are dots."""

HEIGHTS = (640, 900, 1180, 1440)
_ROW = 78
_TOP, _BOTTOM = 58, 90
_KEY_ROW, _LANES_A_ROW = 42, 3
_RAIL, _RAILS_WIDTH, _RAIL_GAP = 196, 130, 44
_RIGHT = 1136
_SMALL = (Small("title", (36, 30, 26), 50), Small("note", (28, 24), 38))


def draw_timeline(scene: TimelineScene, studio: Studio) -> Picture:
    """Return *scene* as a picture, as tall as its labels need."""
    marks = sorted(
        (mark for mark in scene.marks if 0 <= mark.lane < len(scene.lanes)),
        key=lambda mark: (mark.first, mark.last),
    )
    named = [marks[place] for place in evenly(len(marks), MAX_LABELS)]
    copy = {
        "title": studio.cleaner.line(scene.title),
        "note": studio.cleaner.line(_note(scene, len(named), len(marks))),
    }
    top = 94 + -(-len(scene.lanes) // _LANES_A_ROW) * _KEY_ROW + _TOP
    needed = top + len(named) * _ROW + _BOTTOM
    height = next((height for height in HEIGHTS if height >= needed), HEIGHTS[-1])
    days = axis([(mark.first, mark.last) for mark in marks], top, height - _BOTTOM)
    with studio.press.sheet("timeline", height) as sheet:
        sheet.fill(
            key=_key(scene.lanes, studio),
            body=_rails(scene.lanes, marks, named, days, height)
            + _ticks(days)
            + _labels(scene.lanes, named, days, studio),
            **{element: markup(shortened(clusters, 200)) for element, clusters in copy.items()},
        )
        for text in _SMALL:
            fit_small(sheet, text, copy[text.element])
        return Picture(sheet.print(), sheet.width, height, _alt(scene, named), lost(*copy.values()))


def _note(scene: TimelineScene, named: int, all_marks: int) -> str:
    some = say_many(
        "{named} of {number} events are named",
        "{named} of {number} events are named",
        all_marks,
        named=named,
    )
    return " · ".join(part for part in (scene.note, some if named < all_marks else "") if part)


def _alt(scene: TimelineScene, named: Sequence[Mark]) -> str:
    several = len(scene.lanes) > 1
    events = "; ".join(
        f"{mark.date}: {mark.title}{f' ({scene.lanes[mark.lane].name})' if several else ''}"
        for mark in named
    )
    title = say("Timeline: {title}.", title=scene.title)
    return described(title, f"{events}." if events else "", scene.note)


def _rail(lane: int, lanes: int) -> float:
    """Return where the rail of a lane stands, in pixels from the left."""
    gap = min(_RAIL_GAP, _RAILS_WIDTH / max(lanes - 1, 1))
    return _RAIL + lane * gap


def _words_left(lanes: int) -> float:
    return _rail(max(lanes - 1, 0), lanes) + 84


def _key(lanes: Sequence[Lane], studio: Studio) -> str:
    drawn = []
    for place, lane in enumerate(lanes):
        left = place % _LANES_A_ROW * 365
        top = place // _LANES_A_ROW * _KEY_ROW
        name = markup(studio.one_line(lane.name, "Oswald", 30, 500, 300))
        chip = f"width:26px;height:26px;background:{on_paper(lane.colour)}"
        drawn.append(at(left, top + 4, "", chip))
        drawn.append(
            at(left + 40, top, name, "line-height:34px;font-weight:500;white-space:nowrap")
        )
    return "".join(drawn)


def _rails(
    lanes: Sequence[Lane], marks: Sequence[Mark], named: Sequence[Mark], days: Axis, height: int
) -> str:
    drawn = []
    for number, lane in enumerate(lanes):
        x, ink = _rail(number, len(lanes)), on_paper(lane.colour)
        rail = f'<path d="M{x:g} {days.top - 16:g}V{days.bottom + 16:g}" stroke="{ink}"'
        drawn.append(f'{rail} stroke-width="4" opacity=".45"/>')
    places = _places(named, days)
    left = _words_left(len(lanes))
    for mark, place in zip(named, places, strict=True):
        x, y = _rail(mark.lane, len(lanes)), _middle(mark, days)
        path = f"M{x:g} {y:.1f}L{left - 46:g} {y:.1f}L{left - 20:g} {place:.1f}H{left - 10:g}"
        drawn.append(f'<path d="{path}" fill="none" stroke="#6b6255" stroke-width="2"/>')
    for mark in marks:
        x, ink = _rail(mark.lane, len(lanes)), on_paper(lanes[mark.lane].colour)
        first, last = days.at(mark.first), days.at(mark.last)
        span = f'<path d="M{x:g} {first:.1f}V{last:.1f}" stroke="{ink}"'
        drawn.append(f'{span} stroke-width="14" stroke-linecap="round"/>')
        y = _middle(mark, days)
        drawn.append(disc(x, y, 11, "#f1e7d0") + disc(x, y, 9, ink))
    return at(0, 0, svg(1200, height, "".join(drawn)))


def _ticks(days: Axis) -> str:
    return "".join(
        at(
            20,
            y - 18,
            words,
            "width:136px;text-align:right;font-size:28px;line-height:36px;color:#5c5347",
        )
        + at(162, y - 1.5, "", "width:14px;height:3px;background:#5c5347")
        for y, words in days.ticks(56)
    )


def _middle(mark: Mark, days: Axis) -> float:
    return (days.at(mark.first) + days.at(mark.last)) / 2


def _places(named: Sequence[Mark], days: Axis) -> list[float]:
    wanted = [_middle(mark, days) for mark in named]
    order = sorted(range(len(named)), key=lambda place: wanted[place])
    placed = spread([wanted[place] for place in order], _ROW, days.top, days.bottom)
    return [place for _, place in sorted(zip(order, placed, strict=True))]


def _labels(lanes: Sequence[Lane], named: Sequence[Mark], days: Axis, studio: Studio) -> str:
    left = _words_left(len(lanes))
    room = _RIGHT - left
    drawn = []
    for mark, y in zip(named, _places(named, days), strict=True):
        date = markup(studio.one_line(mark.date, "Oswald", 28, 600, room - 30))
        title = markup(studio.one_line(mark.title, "Oswald", 33, 400, room))
        chip = f"width:14px;height:14px;background:{on_paper(lanes[mark.lane].colour)}"
        line = "white-space:nowrap;line-height:36px;"
        drawn.append(at(left, y - 27, "", chip))
        drawn.append(at(left + 24, y - 38, date, line + "font-size:28px;font-weight:600;"))
        drawn.append(at(left, y - 4, title, line + "font-size:33px;"))
    return "".join(drawn)
