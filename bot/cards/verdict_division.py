"""Aye, abstain, nay: the house in its seats, the numbers, the two bars with their marks."""

from decimal import Decimal
from fractions import Fraction

from bot.cards.hemicycle import INNER, house
from bot.cards.scenes import Division, Turnout
from bot.cards.shapes import (
    BLUE,
    GREY,
    INK,
    NEITHER,
    NO,
    PAPER,
    RED,
    TROUGH,
    YES,
    at,
    disc,
    rectangle,
    sign,
    svg,
)
from bot.cards.studio import Studio
from bot.language.speech import mark, say, say_many, say_number

HEIGHT = 438
"""Pixels of the body."""

_COLOURS = (RED, GREY, BLUE)
_SIDES = ((mark("Aye"), YES), (mark("Abstain"), NEITHER), (mark("Nay"), NO))
_FIGURE_SIZES = ((3, 58), (5, 45), (6, 37), (7, 31), (9, 25))
"""Digits and commas of the longest number, and the size of all three (px)."""
_NEEDED = {
    (False, False): mark("Needed: {share} of votes cast"),
    (False, True): mark("Needed: {share} of the roll"),
    (True, False): mark("Needed: more than {share} of votes cast"),
    (True, True): mark("Needed: more than {share} of the roll"),
}
"""By whether the share must be exceeded, and whether it is one of the roll."""
_RADIUS = 284
_BAR = 26


def percent(part: int, whole: int) -> str:
    """Return a share in per cent to one decimal, rounded half up, in whole numbers throughout."""
    tenths = (2000 * part + whole) // (2 * whole) if whole else 0
    whole_number, tenth = divmod(tenths, 10)
    share = say_number(Decimal(tenths) / 10 if tenth else whole_number)
    return say("{share}%", share=share)


def described(count: Division) -> str:
    """Return the numbers in words."""
    cast = count.aye + count.nay
    return say(
        "Aye {ayes} ({aye_share} of votes cast), abstain {abstentions}, nay {nays} ({nay_share}).",
        ayes=count.aye,
        aye_share=percent(count.aye, cast),
        abstentions=count.abstain,
        nays=count.nay,
        nay_share=percent(count.nay, cast),
    )


def turnout_words(turnout: Turnout) -> str:
    """Return how many voted, and how many had to, in words."""
    voted, roll = say_number(turnout.voted), turnout.roll
    said = (
        say("Turnout {voted}", voted=voted)
        if roll is None
        else say("Turnout {voted} of {roll}", voted=voted, roll=say_number(roll))
    )
    quorum = say("quorum {quorum}", quorum=say_number(turnout.quorum))
    return f"{said}, {quorum}." if turnout.quorum else f"{said}."


def body(count: Division, turnout: Turnout | None, studio: Studio) -> str:
    """Return the markup of the count."""
    return (
        _house(count, studio)
        + _numbers(count, studio)
        + _threshold(count, turnout, studio)
        + _quorum(turnout, studio)
    )


def _house(count: Division, studio: Studio) -> str:
    sides = (count.aye, count.abstain, count.nay)
    seats = house(sides)
    middle, base = 292, _RADIUS + 8
    inner = _RADIUS * INNER
    floor = (
        f"M{middle - _RADIUS} {base}A{_RADIUS} {_RADIUS} 0 0 1 {middle + _RADIUS} {base}"
        f"H{middle + inner:g}A{inner:g} {inner:g} 0 0 0 {middle - inner:g} {base}Z"
    )
    discs = f'<path d="{floor}" fill="{TROUGH}" opacity=".45"/>' + "".join(
        disc(
            middle + seat.x * _RADIUS,
            base - seat.y * _RADIUS,
            seats.radius * _RADIUS,
            _COLOURS[seat.side],
        )
        for seat in seats.seats
    )
    total = sum(sides)
    each = seats.ballots_a_seat
    key = (
        say_many("ballot", "ballots", total)
        if each == 1
        else say("ballots, {number} a seat", number=each)
    )
    size = studio.size_for(key, "Oswald", (28, 24, 20), 2 * inner)
    centred = "width:584px;text-align:center;"
    return (
        at(0, 0, svg(600, base + 30, discs))
        + at(0, base - 92, say_number(total), centred + "font-size:68px;line-height:1", "figure")
        + at(0, base - 22, key, centred + f"font-size:{size}px;color:#5c5347")
    )


def figure_size(*numbers: int) -> int:
    """Return the size (px) at which the longest of *numbers* stays clear of the word beside it."""
    longest = max(len(say_number(number)) for number in numbers)
    return next((size for length, size in _FIGURE_SIZES if longest <= length), 22)


def _numbers(count: Division, studio: Studio) -> str:
    cast = count.aye + count.nay
    size = figure_size(count.aye, count.abstain, count.nay)
    drawn = []
    for place, ((name, path), number) in enumerate(
        zip(_SIDES, (count.aye, count.abstain, count.nay), strict=True)
    ):
        top = 14 + place * 98
        share = percent(number, cast) if path is not NEITHER and cast else ""
        mark = f"border-radius:50%;width:68px;height:68px;background:{_COLOURS[place]}"
        glyph = f'<div style="padding:14px">{sign(path, 40, PAPER, 16)}</div>'
        drawn.append(at(640, top, glyph, mark))
        figure = f"font-size:{size}px;line-height:76px;width:136px;text-align:right"
        drawn.append(at(700, top - 4, say_number(number), figure, "figure"))
        words = "line-height:76px;"
        side = studio.size_for(say(name), "Oswald", (31, 27, 23), 112 if share else 218)
        drawn.append(at(854, top - 4, say(name), f"{words}font-size:{side}px"))
        right = f"{words}font-size:31px;width:106px;text-align:right"
        drawn.append(at(966, top - 4, f"<b>{share}</b>", right))
    return "".join(drawn)


def _threshold(count: Division, turnout: Turnout | None, studio: Studio) -> str:
    """Return the bar of ayes against nays, with the mark that the ayes had to reach."""
    cast = count.aye + count.nay
    roll = None if turnout is None else turnout.roll
    whole = roll if count.of_roll and roll else cast
    aye = 500 * count.aye / whole if whole else 0
    nay = 500 * count.nay / whole if whole else 0
    bar = (
        rectangle(0, 12, 500, _BAR, TROUGH)
        + rectangle(0, 12, aye, _BAR, RED)
        + rectangle(500 - nay, 12, nay, _BAR, BLUE)
        + _mark(count.threshold)
    )
    share = f"{count.threshold.numerator}/{count.threshold.denominator}"
    label = say(_NEEDED[count.strictly, count.of_roll], share=share)
    return _labelled(0, label, bar, studio)


def _quorum(turnout: Turnout | None, studio: Studio) -> str:
    """Return the bar of those who voted, with the mark that they had to reach."""
    if turnout is None:
        return ""
    whole = turnout.roll or max(turnout.voted, turnout.quorum, 1)
    bar = rectangle(0, 12, 500, _BAR, TROUGH) + rectangle(
        0, 12, 500 * min(turnout.voted / whole, 1), _BAR, INK
    )
    if turnout.quorum:
        bar += _mark(Fraction(min(turnout.quorum, whole), whole), RED)
    return _labelled(572, turnout_words(turnout).removesuffix("."), bar, studio)


def _labelled(left: int, label: str, bar: str, studio: Studio) -> str:
    size = studio.size_for(label, "Oswald", (30, 26, 22), 540 if left == 0 else 500)
    words = at(left, 350, label, f"font-size:{size}px;line-height:36px")
    return words + at(left, 384, svg(500, 50, bar))


def _mark(share: Fraction, fill: str = INK) -> str:
    place = 500 * float(share)
    return rectangle(min(max(place - 3, 0), 494), 2, 6, _BAR + 20, fill)
