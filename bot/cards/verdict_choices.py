"""Single and multiple choice: bars in order of votes; equal votes share a rank."""

from collections.abc import Sequence

from bot.cards.alt import in_few_words
from bot.cards.scenes import Choices, Option, Turnout
from bot.cards.shapes import INK, RED, TROUGH, YES, at, rectangle, sign, svg
from bot.cards.studio import Studio, markup
from bot.cards.verdict_division import percent, turnout_words
from bot.language.speech import say, say_many

_ROW, _SMALLEST_ROW = 92, 46
_LABEL, _BAR, _BAR_WIDTH = 440, 468, 420
_ABOVE = 44
_WORDS = 500
"""Characters of all labels together in a description: every number has to be in it."""


def height(count: Choices) -> float:
    """Return the pixels that the bars need at least."""
    return _ABOVE + max(len(count.options), 4) * _SMALLEST_ROW


def ranked(options: Sequence[Option]) -> list[tuple[int, Option]]:
    """Return the options by votes with their ranks: 1, 2, 2, 4."""
    ordered = sorted(options, key=lambda option: -option.votes)
    return [
        (1 + sum(other.votes > option.votes for other in options), option) for option in ordered
    ]


def described(count: Choices) -> str:
    """Return the numbers in words."""
    ordered = ranked(count.options)
    labels = in_few_words([option.label for _, option in ordered], _WORDS)
    rows = (
        f"{rank}. {label}: {option.votes}{won_mark(option)}"
        for label, (rank, option) in zip(labels, ordered, strict=True)
    )
    return f"{'; '.join(rows)}. {_ballots(count)}."


def won_mark(option: Option) -> str:
    """Return what stands in a description behind an option that won."""
    won = say("won")
    return f" ({won})" if option.won else ""


def _ballots(count: Choices) -> str:
    number = count.ballots
    return say_many("{number} ballot", "{number} ballots", number, number=number)


def body(count: Choices, turnout: Turnout | None, studio: Studio, room: float) -> str:
    """Return the markup of the bars."""
    rows = ranked(count.options)
    step = min(_ROW, (room - _ABOVE) / max(len(rows), 1))
    most = max((option.votes for _, option in rows), default=0)
    ballots = _ballots(count) if turnout is None else turnout_words(turnout)[:-1]
    head = at(0, 0, ballots, "font-size:30px;color:#4a4238")
    return head + "".join(
        _row(rank, option, most, count.ballots, studio, _ABOVE + place * step, step)
        for place, (rank, option) in enumerate(rows)
    )


def _row(
    rank: int, option: Option, most: int, ballots: int, studio: Studio, top: float, step: float
) -> str:
    size = 30 if step > 60 else 26
    ink, weight = (RED, 600) if option.won else (INK, 400)
    style = f"font-size:{size}px;line-height:{step:g}px;font-weight:{weight};white-space:nowrap;"
    label = studio.one_line(
        option.label, "Oswald", size, weight, _LABEL - (100 if option.won else 56)
    )
    tick = f"&nbsp; {sign(YES, size, RED, 18)}" if option.won else ""
    thick = min(step * 0.5, 38)
    width = _BAR_WIDTH * option.votes / most if most else 0
    bar = rectangle(0, 0, _BAR_WIDTH, thick, TROUGH) + rectangle(0, 0, width, thick, ink)
    number = f"<b>{option.votes}</b> · {percent(option.votes, ballots)}"
    return (
        at(0, top, f"{rank}.", style)
        + at(50, top, markup(label) + tick, style)
        + at(_BAR, top + (step - thick) / 2, svg(_BAR_WIDTH, thick, bar))
        + at(892, top, number, f"{style}width:180px;text-align:right;")
    )
