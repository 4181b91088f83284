"""What the whole of a timeline says about how it writes its dates."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.canon.building.formats.timeline_lines import Line
from bot.canon.building.leading_dates import STRICT, Habits, leading_date

_FIGURES = re.compile(
    r"[*_\[(]{0,4}(?P<a>\d{1,2})(?P<mark>[-/])(?P<b>\d{1,2})(?P=mark)(?P<y>[12]\d{3})\b"
)
_LOOSE = Habits(loose=True)
_FEWEST = 3
_MOST_LINES = 1_500


def habits_of(lines: Sequence[Line], year: int | None) -> Habits:
    """Return the habits of a timeline of *lines*; *year* is lent to dates without one."""
    return Habits(
        _is_loose([line for line in lines[:_MOST_LINES] if not line.level], year),
        _has_day_first(lines),
    )


def _has_day_first(lines: Sequence[Line]) -> bool | None:
    """Tell which number of 5/6/1924 is the day: by those above 12, else by the order of entries."""
    found = [match for line in lines if (match := _FIGURES.match(line.content)) is not None]
    dates = [(int(one["y"]), int(one["a"]), int(one["b"])) for one in found]
    firsts = any(first > 12 for _year, first, _second in dates)
    seconds = any(second > 12 for _year, _first, second in dates)
    if firsts != seconds:
        return firsts
    if firsts:
        return None
    if any(one["mark"] == "-" for one in found) and not any(one["mark"] == "/" for one in found):
        return True  # 7-8-1932 is written where days stand first
    backwards = [
        sum(after < before for before, after in pairwise(order))
        for order in (
            [(year, second, first) for year, first, second in dates],
            [(year, first, second) for year, first, second in dates],
        )
    ]
    return None if backwards[0] == backwards[1] else backwards[0] < backwards[1]


def _is_loose(lines: Sequence[Line], year: int | None) -> bool:
    """Tell whether most entries begin with a date and a blank alone, in the order of time."""
    loose: list[tuple[Line, int]] = []
    strict = 0
    for line in lines:
        if line.level or not line.content[:1].isalnum() or line.wrapped:
            continue
        found = leading_date(line.content, year=year, month=None, habits=_LOOSE)
        if found is None or found.span is None or found.worded:
            continue
        if leading_date(line.content, year=year, month=None, habits=STRICT) is not None:
            strict += 1
        else:
            loose.append((line, found.span.first))
    bulleted = sum(line.bulleted for line, _first in loose)
    among = sum(line.bulleted for line in lines) if 2 * bulleted > len(loose) else len(lines)
    fewest = 2 if bulleted == len(loose) == among else _FEWEST
    if len(loose) < fewest or len(loose) + strict < 0.6 * among:
        return False
    in_order = sum(after >= before for (_l, before), (_m, after) in pairwise(loose))
    return in_order >= 0.75 * (len(loose) - 1)
