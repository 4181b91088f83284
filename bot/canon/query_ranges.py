"""Two dates that belong together: “1926 to 1928”, “Feb-May 1932”, “between 10 and 13 August 1932”.

A range whose ends stand the wrong way round is turned, except that months and seasons of one named
year run over New Year: “Nov-Feb 1932” is November 1931 to February 1932.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.canon import dates
from bot.canon import query_words as words
from bot.canon.dates import DateSpan
from bot.canon.query_dates import DateReader
from bot.canon.query_pieces import (
    Reading,
    day_reading,
    month_reading,
    year_reading,
)
from bot.canon.query_spans import Bound, bounded, common, joined, paired, portion
from bot.canon.query_tokens import Kind
from bot.language.speech import mark, say

_YEARLESS = mark("A range of days needs its year, as in 10 to 13 August 1932.")


@dataclass(frozen=True, slots=True)
class _Start:
    """The first half of a range that takes its year from the second: `Feb` in “Feb-May 1932”."""

    stop: int
    fill: Callable[[Reading], Reading | None]
    """The whole date, given the range's other end; None where the two do not go together."""
    turns: bool = True
    """It may lie in the year before the other end's."""
    month: int = 0
    day: int = 0


class RangeReader(DateReader):
    """Reads one date or two that are joined."""

    def ranged(
        self, index: int, *, both: bool = False, after: bool = False, edge: bool = False
    ) -> Reading | None:
        """Read a date, or two with “to”, a dash, a slash or `..` between them.

        With *both* there must be two, and “and” joins them as well (“between 1926 and 1928”). With
        *after* the first is itself left out (“after 1926 until 1928”). *edge* is as in `dated`.
        """
        start = self._start(index)
        if start and (reading := self._lent(start, edge=edge)):
            return reading
        first = self.dated(index, edge=edge)
        if first is None or first.problem:
            return first
        at = self._joint(first.stop, also=both)
        second = self._far_end(first, at, edge=edge) if at > first.stop else None
        if second is None:
            return None if both else first
        if first.anniversary or not second.spans:
            return replace(
                second, problem=second.problem or say(_YEARLESS), anniversary=None, spans=()
            )
        spoken = self.line.at(first.stop).kind is Kind.WORD
        spans = _spans(first.spans, second.spans, without_first=after and spoken)
        return Reading(second.stop, spans, joint="to" if spoken else "-") if spans else first

    def _joint(self, index: int, *, also: bool) -> int:
        """Return where the line goes on after what joins two dates; *index* itself if nothing."""
        line, key = self.line, self.line.key(index)
        if line.binds(index, "-") and line.key(index + 1) in words.JOINERS:  # “mid-to-late 1930s”
            stop = index + 2 + line.binds(index + 2, "-")
        elif line.is_mark(index, "-–/") or key == ".." or key in words.JOINERS:
            stop = index + 1
        elif line.says(index, ("up", "to")):
            stop = index + 2
        elif also and key in {"and", "or", "&"}:
            stop = index + 1
        else:
            return index
        return self.article(stop)

    def _far_end(self, first: Reading, index: int, *, edge: bool) -> Reading | None:
        """Read the second date, which may lean on the *first*: `18` in “1914 to 18”."""
        line, key = self.line, self.line.key(index)
        if key in words.PRESENT or (key == ".." and line.is_mark(index - 1, "/")):
            spans = tuple(bounded(span, Bound.SINCE) for span in first.spans)
            return Reading(index + 1, spans)
        second = self.dated(index, edge=edge)
        if second is None:
            return None if first.anniversary else self._shortened(first, index)
        if second.anniversary and first.spans:
            lent = day_reading(second.stop, first.year, *second.anniversary)
            return lent if first.month else None
        return second

    def _shortened(self, first: Reading, index: int) -> Reading | None:
        """Read `18` in “1914 to 18”, `August` in “May 1924 to August”."""
        line, stop = self.line, self.after_month(index)
        short = line.at(index).value if line.digits(index) == 2 else 0
        if first.year and short > first.year % 100 and not self.counts(index):
            return year_reading(index + 1, first.year - first.year % 100 + short)
        if first.month and self.month(index) and self.closes(stop):
            return month_reading(stop, first.year, self.month(index))
        return None

    def _lent(self, start: _Start, *, edge: bool) -> Reading | None:
        """Read the rest of a range whose *start* has no year of its own."""
        at = self._joint(start.stop, also=True)
        if at == start.stop:
            return None
        finish = self._same_month(start, at) or self.dated(at, edge=edge)
        if finish is None or finish.problem:
            return finish
        if finish.anniversary:
            return Reading(finish.stop, problem=say(_YEARLESS)) if start.day else None
        first = start.fill(finish)
        if first and first.spans and start.turns and first.spans[0].first > finish.spans[0].last:
            first = start.fill(replace(finish, year=finish.year - 1))
        if first is None or not first.spans:
            return first
        joint = "to" if self.line.at(start.stop).kind is Kind.WORD else "-"
        return replace(finish, spans=_spans(first.spans, finish.spans), joint=joint)

    def _same_month(self, start: _Start, index: int) -> Reading | None:
        """Read `25, 1924` in “May 19-25, 1924”."""
        day = self.day_number(index) if start.month and start.day else 0
        if not day or self.month(index + 1) or self.line.key(index + 1) == "of":
            return None
        year, stop = self.short_year(self.separator(index + 1))
        if not year:
            return Reading(index + 1, problem=say(_YEARLESS))
        return day_reading(stop, year, start.month, day)

    def _start(self, index: int) -> _Start | None:
        """Read a date without a year, such as may begin a range."""
        token, after = self.line.at(index), index + 1
        found: _Start | None = None
        if month := self.month(index):
            after = self.after_month(index)
            day = self.day_number(after)
            found = _day_start(after + 1, month, day) if day else _month_start(after, month)
        elif code := self.season(index):
            found = _season_start(after, code)
        elif token.key in words.PARTS:
            found = _part_start(after, words.PARTS[token.key])
        elif token.kind is Kind.QUARTER and 1 <= token.value <= 4:
            found = _quarter_start(after, token.value)
        elif self.numeric(index) is None and (day := self.day_number(index)):
            # “10. bis 13. August 1932”
            after += self.line.is_mark(after, ".") and self.line.key(after + 1) in words.JOINERS
            at = after + (self.line.key(after) == "of")
            month = self.month(at)
            found = _day_start(self.after_month(at) if month else after, month, day)
        return found


def _day_start(stop: int, month: int, day: int) -> _Start:
    def fill(finish: Reading) -> Reading | None:
        if not finish.day and not (month and finish.month):
            return None
        return day_reading(finish.stop, finish.year, month or finish.month, day)

    return _Start(stop, fill, turns=month > 0, month=month, day=day)


def _month_start(stop: int, month: int) -> _Start:
    def fill(finish: Reading) -> Reading | None:
        return month_reading(finish.stop, finish.year, month) if finish.month else None

    return _Start(stop, fill)


def _season_start(stop: int, code: int) -> _Start:
    def fill(finish: Reading) -> Reading | None:
        is_season = finish.spans[0].precision is dates.Precision.SEASON
        return Reading(finish.stop, (dates.season(finish.year, code),)) if is_season else None

    return _Start(stop, fill)


def _quarter_start(stop: int, number: int) -> _Start:
    def fill(finish: Reading) -> Reading | None:
        quarter = finish.year and not finish.month
        span = portion(dates.year(finish.year), number - 1, 4) if quarter else None
        return Reading(finish.stop, (span,)) if span else None

    return _Start(stop, fill)


def _part_start(stop: int, third: int) -> _Start:
    def fill(finish: Reading) -> Reading | None:
        span = portion(finish.whole, third, 3) if finish.whole else None
        return Reading(finish.stop, (span,)) if span else None

    return _Start(stop, fill, turns=False)


def _spans(
    ones: tuple[DateSpan, ...], others: tuple[DateSpan, ...], *, without_first: bool = False
) -> tuple[DateSpan, ...]:
    pairs = paired(ones, others)
    if not without_first:
        return tuple(joined(one, other) for one, other in pairs)
    cuts = ((bounded(a, Bound.AFTER), bounded(b, Bound.UNTIL)) for a, b in pairs)
    return tuple(span for after, until in cuts if (span := common(after, until)))
