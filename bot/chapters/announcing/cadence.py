"""How often a story's chapters come, read off those that came. Pure; all times in milliseconds."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.language.speech import say, say_many

DAY = 86_400_000
HIATUS = 60 * DAY
_FEWEST = 4
_LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Cadence:
    """The usual days between two chapters: the middle half of the last gaps, whole days."""

    least: int
    most: int

    def __str__(self) -> str:
        """Return it in words: “usually every 9–14 days”."""
        if self.most <= 1:
            return say("usually every day")
        if self.least == self.most:
            return say_many("usually every {number} day", "usually every {number} days", self.most)
        return say_many(
            "usually every {least}–{number} days",
            "usually every {least}–{number} days",
            self.most,
            least=max(self.least, 1),
        )


def cadence(times: Sequence[int]) -> Cadence | None:
    """Return the cadence of chapters that appeared at *times*; None when they are too few.

    Chapters of one day count as one, so that a story moved in a batch has no cadence of zero.
    """
    days: list[int] = []
    for at in sorted(times):
        if not days or at - days[-1] >= DAY // 2:
            days.append(at)
    days = days[-_LOOKED_AT - 1 :]
    gaps = sorted(later - earlier for earlier, later in pairwise(days))
    if len(gaps) < _FEWEST:
        return None
    low, high = gaps[len(gaps) // 4], gaps[(3 * len(gaps)) // 4]
    return Cadence(max(1, round(low / DAY)), max(1, round(high / DAY)))


def days_since(earlier: int, later: int) -> int:
    """Return the whole days from *earlier* to *later*, 0 at least."""
    return max(0, (later - earlier) // DAY)
