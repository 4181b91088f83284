"""A ranked motion: one bar a round, in which every option keeps its place, letter and colour."""

from collections.abc import Sequence

from bot.cards.scenes import Option, Round, Runoff
from bot.cards.shapes import INK, PAPER, at, rectangle, svg
from bot.cards.studio import Studio, markup
from bot.cards.verdict_choices import won_mark
from bot.language.speech import say

MOST_ROUNDS = 10
"""Rounds drawn: of more, the first ones and the last."""

_FIRST = 3
_ROW, _SPARE, _KEY = 64, 28, 44
_LEFT, _WIDTH, _THICK = 130, 942, 46
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# After Okabe and Ito: told apart by eyes of every kind; the letters tell them apart once more.
COLOURS = ("#c8102e", "#1f4e8c", "#846000", "#00705a", "#8a4f7d", "#4d4d4d", "#a0522d", "#22708c")
_SPENT = "#c9bfa8"


def height(count: Runoff) -> float:
    """Return the pixels that the rounds and their key need."""
    return len(_shown(count.rounds)) * _ROW + 24 + _key_rows(_standing(count)) * _KEY


def described(count: Runoff) -> str:
    """Return the rounds in words."""
    rounds = []
    for place, counted in enumerate(count.rounds, 1):
        names = ", ".join(
            f"{option.label} {option.votes}{won_mark(option)}"
            for option in sorted(counted.options, key=lambda option: -option.votes)
        )
        exhausted = say("exhausted {number}", number=counted.exhausted)
        spent = f", {exhausted}" if counted.exhausted else ""
        rounds.append(f"{_headed(place)}: {names}{spent}.")
    # The last round decides: it is what must not be cut away.
    return " ".join([rounds[-1], *rounds[:-1]]) if rounds else ""


def body(count: Runoff, studio: Studio, room: float) -> str:
    """Return the markup of the rounds and of the key."""
    order = _standing(count)
    places = {label: place for place, label in enumerate(order)}
    shown = _shown(count.rounds)
    row = _ROW + min(max(room - height(count), 0) / max(len(shown), 1), _SPARE)
    bars = "".join(
        _round(number, counted, places, place * row)
        for place, (number, counted) in enumerate(shown)
    )
    won = {option.label for _, counted in shown for option in counted.options if option.won}
    return bars + _key(order, won, studio, len(shown) * row + 24)


def _headed(number: int) -> str:
    return say("Round {number}", number=number)


def _shown(rounds: Sequence[Round]) -> list[tuple[int, Round]]:
    numbered = list(enumerate(rounds, 1))
    if len(numbered) <= MOST_ROUNDS:
        return numbered
    return [*numbered[:_FIRST], *numbered[-(MOST_ROUNDS - _FIRST) :]]


def _standing(count: Runoff) -> list[str]:
    """Return the labels in the order of the first round."""
    first = count.rounds[0].options if count.rounds else ()
    return [option.label for option in sorted(first, key=lambda option: -option.votes)]


def _colour(place: int) -> str:
    return COLOURS[place % len(COLOURS)]


def _letter(place: int) -> str:
    return _LETTERS[place % len(_LETTERS)]


def _round(number: int, counted: Round, places: dict[str, int], top: float) -> str:
    whole = sum(option.votes for option in counted.options) + counted.exhausted
    scale = _WIDTH / whole if whole else 0
    drawn, words, left = "", "", 0.0
    for option in sorted(counted.options, key=lambda option: places.get(option.label, 0)):
        width = option.votes * scale
        place = places.get(option.label, 0)
        drawn += rectangle(left, 0, max(width - 3, 0), _THICK, _colour(place))
        words += _within(left, width, top, place, option)
        left += width
    spent = counted.exhausted * scale
    drawn += rectangle(left, 0, spent, _THICK, _SPENT) + _hatched(left, spent)
    if spent > 50:
        chip = f'<span style="background:{_SPENT}">&nbsp;{counted.exhausted}&nbsp;</span>'
        words += _text(left, spent, top, chip, INK)
    label = at(0, top, _headed(number), f"font-size:30px;line-height:{_THICK}px")
    return label + at(_LEFT, top, svg(_WIDTH, _THICK, drawn)) + words


def _within(left: float, width: float, top: float, place: int, option: Option) -> str:
    if width < 34:
        return ""
    letter = _letter(place)
    return _text(left, width, top, f"{letter} {option.votes}" if width > 84 else letter, PAPER)


def _text(left: float, width: float, top: float, words: str, ink: str) -> str:
    style = (
        f"width:{width:g}px;text-align:center;color:{ink};font-size:28px;line-height:{_THICK}px;"
        "font-weight:600;white-space:nowrap;overflow:hidden;"
    )
    return at(_LEFT + left, top, words, style)


def _hatched(left: float, width: float) -> str:
    lines = "".join(
        f"M{left + offset:.1f} {_THICK}l{min(16.0, width - offset):.1f} -{_THICK}"
        for offset in range(4, max(int(width) - 8, 0), 18)
    )
    return f'<path d="{lines}" stroke="#9b8f75" stroke-width="2" fill="none"/>' if lines else ""


def _key_rows(labels: Sequence[str]) -> int:
    return -(-(len(labels) + 1) // 2)


def _key(labels: Sequence[str], won: set[str], studio: Studio, top: float) -> str:
    """Return what each letter stands for, in two columns, and the hatched rest."""
    drawn = []
    for place, label in enumerate(labels):
        weight = 700 if label in won else 400
        clusters = studio.one_line(label, "Oswald", 30, weight, 440)
        drawn.append(_entry(place, _letter(place), _colour(place), markup(clusters), weight, top))
    drawn.append(_entry(len(labels), "", _SPENT, say("exhausted ballots"), 400, top))
    return "".join(drawn)


def _entry(place: int, letter: str, fill: str, words: str, weight: int, top: float) -> str:
    x, y = (place % 2) * 546, top + (place // 2) * _KEY
    box = (
        f"width:36px;height:34px;background:{fill};color:{PAPER};text-align:center;font-size:24px;"
        "line-height:34px;font-weight:600"
    )
    style = f"font-size:30px;line-height:34px;font-weight:{weight};white-space:nowrap"
    hatch = svg(36, 34, _hatched(0, 36)) if not letter else ""
    return at(x, y, letter or hatch, box + ";overflow:hidden") + at(x + 50, y, words, style)
