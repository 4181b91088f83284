"""The axis of time and the places of the labels beside it. Pure geometry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.language.speech import say_month

_MONTH_STEPS = (1, 3, 6)
_YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000)
_LEAST_DAYS = 60
_FIRST_DAY, _LAST_DAY = date.min.toordinal(), date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from *first* to *last* (ordinals) on pixels from *top* to *bottom*."""

    first: int
    last: int
    top: float
    bottom: float

    def at(self, day: int) -> float:
        """Return the pixel of a day; beyond the ends, the end."""
        within = min(max(day, self.first), self.last)
        share = (within - self.first) / (self.last - self.first)
        return self.top + share * (self.bottom - self.top)

    def ticks(self, gap: float) -> list[tuple[float, str]]:
        """Return pixels and words of round dates, at least *gap* pixels apart."""
        for months in (*_MONTH_STEPS, *(12 * years for years in _YEAR_STEPS)):
            ticks = self._ticks_every(months)
            if all(below[0] - above[0] >= gap for above, below in pairwise(ticks)):
                return ticks
        return []

    def _ticks_every(self, months: int) -> list[tuple[float, str]]:
        begin = date.fromordinal(self.first)
        month = (begin.year * 12 + begin.month - 1) // months * months
        found: list[tuple[float, str]] = []
        while (year := month // 12) <= date.max.year and len(found) <= 200:
            if year >= date.min.year:
                day = date(year, month % 12 + 1, 1)
                if day.toordinal() > self.last:
                    break
                if day.toordinal() >= self.first:
                    words = f"{year}" if months >= 12 else say_month(day)
                    found.append((self.at(day.toordinal()), words))
            month += months
        return found


def axis(days: Sequence[tuple[int, int]], top: float, bottom: float) -> Axis:
    """Return the axis that shows all spans of *days* (first, last), with a little air around."""
    first = min((first for first, _ in days), default=_FIRST_DAY)
    last = max((last for _, last in days), default=_FIRST_DAY)
    air = max((_LEAST_DAYS - (last - first)) // 2, (last - first) // 40, 1)
    return Axis(max(first - air, _FIRST_DAY), min(last + air, _LAST_DAY), top, bottom)


def spread(wanted: Sequence[float], gap: float, top: float, bottom: float) -> list[float]:
    """Return places at least *gap* apart within *top* … *bottom*, as near to *wanted* as can be.

    *wanted* ascends. Least squares by pooling neighbours that want to overlap (PAVA, isotonic
    regression); if there is no room for all, they stand evenly.
    """
    count = len(wanted)
    if count and (count - 1) * gap > bottom - top:
        step = (bottom - top) / (count - 1)
        return [top + place * step for place in range(count)]
    pools: list[tuple[float, int]] = []
    for place, want in enumerate(wanted):
        mean, size = want - place * gap, 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean, size = (before * many + mean * size) / (many + size), many + size
        pools.append((mean, size))
    flat = [mean for mean, size in pools for _ in range(size)]
    highest = bottom - (count - 1) * gap
    return [min(max(mean, top), highest) + place * gap for place, mean in enumerate(flat)]


def evenly(count: int, most: int) -> list[int]:
    """Return at most *most* of *count* places, the first and the last among them."""
    if count <= most:
        return list(range(count))
    return [round(place * (count - 1) / (most - 1)) for place in range(most)]
