"""What words do to spans of days: join them, bound them, divide them, loosen them.

Notation: EDTF as the Library of Congress keeps it (https://www.loc.gov/standards/datetime/), which
is ISO 8601-2. An interval's ends are written as short as they can be, so that `before May 1924` is
`../1924-04`; where an end is open it is `..`.
"""

from dataclasses import replace
from datetime import date
from enum import Enum, auto

from bot.canon import dates
from bot.canon.dates import DateSpan, Precision


class Bound(Enum):
    """How a word like “before” cuts time at a date."""

    BEFORE = auto()
    """Up to the date, without it."""
    UNTIL = auto()
    """Up to the date and with it."""
    AFTER = auto()
    """From the date on, without it."""
    SINCE = auto()
    """From the date on and with it."""


def _opening(first: int, last: int) -> str:
    """Return the shortest EDTF date that begins on *first* and does not reach past *last*."""
    if first <= dates.BEGINNING:
        return ".."
    day = date.fromordinal(first)
    if day.day != 1 or last < dates.month(day.year, day.month).last:
        return day.isoformat()
    return day.isoformat()[: 4 if day.month == 1 and last >= dates.year(day.year).last else 7]


def _closing(first: int, last: int) -> str:
    """Return the shortest EDTF date that ends on *last* and does not reach back before *first*."""
    if last >= dates.END:
        return ".."
    day = date.fromordinal(last)
    month = dates.month(day.year, day.month)
    if last != month.last or first > month.first:
        return day.isoformat()
    return day.isoformat()[: 4 if day.month == 12 and first <= dates.year(day.year).first else 7]


def days(first: int, last: int, *, approximate: bool = False) -> DateSpan:
    """Return the days *first* to *last* under their shortest EDTF notation."""
    mark = "~" if approximate else ""
    ends = [_opening(first, last), _closing(first, last)]
    if ends[0] == ends[1] != "..":
        ends.pop()
    edtf = "/".join(end if end == ".." else end + mark for end in ends)
    return DateSpan(first, last, Precision.SPAN, edtf, approximate)


def bounded(span: DateSpan, bound: Bound) -> DateSpan:
    """Return all days that stand to *span* as *bound* says; at the end of time, one day."""
    first, last = dates.BEGINNING, dates.END
    match bound:
        case Bound.BEFORE:
            last = max(span.first - 1, dates.BEGINNING)
        case Bound.UNTIL:
            last = span.last
        case Bound.AFTER:
            first = min(span.last + 1, dates.END)
        case Bound.SINCE:
            first = span.first
    return days(first, last, approximate=span.approximate)


def joined(one: DateSpan, other: DateSpan) -> DateSpan:
    """Return every day from the earlier to the later, in whichever order they are given."""
    if one.contains(other):
        return one
    if other.contains(one):
        return other
    early, late = sorted((one, other), key=lambda span: (span.first, span.last))
    start, finish = early.edtf.split("/")[0], late.edtf.rsplit("/", maxsplit=1)[-1]
    edtf = f"{start}/{finish}"
    return DateSpan(early.first, late.last, Precision.SPAN, edtf, approximate="~" in edtf)


def common(one: DateSpan, other: DateSpan) -> DateSpan | None:
    """Return the days that belong to both, or None."""
    if one.contains(other):
        return other
    if other.contains(one):
        return one
    if not one.overlaps(other):
        return None
    approximate = one.approximate or other.approximate
    first, last = max(one.first, other.first), min(one.last, other.last)
    return days(first, last, approximate=approximate)


def paired(
    ones: tuple[DateSpan, ...], others: tuple[DateSpan, ...]
) -> list[tuple[DateSpan, DateSpan]]:
    """Match the readings of two dates: if both may be day first or month first, both are alike."""
    if len(ones) == len(others):
        return list(zip(ones, others, strict=True))
    return [(one, other) for one in ones for other in others]


def is_open(span: DateSpan) -> bool:
    """Tell whether *span* has no beginning or no end."""
    return span.first == dates.BEGINNING or span.last == dates.END


def portion(span: DateSpan, index: int, count: int) -> DateSpan:
    """Return part *index* (from 0) of *count*: “early 1938” is part 0 of 3.

    Years are cut between months, decades and centuries between years (early 1930s = 1930-1933,
    mid = 1934-1936, late = 1937-1939), seasons between months, all else between days.
    """
    start, finish = span.first_day, span.last_day
    if span.precision in {Precision.DECADE, Precision.CENTURY}:
        years = finish.year - start.year + 1
        first = dates.year(start.year - -years * index // count).first
        last = dates.year(start.year - -years * (index + 1) // count - 1).last
    elif span.precision is Precision.YEAR or (span.precision is Precision.SEASON and count == 3):
        months = (finish.year - start.year) * 12 + finish.month - start.month + 1
        first = _month(start, months * index // count).first
        last = _month(start, months * (index + 1) // count - 1).last
    else:
        size = span.last - span.first + 1
        first = span.first + size * index // count
        last = max(first, span.first + size * (index + 1) // count - 1)
    return days(first, last, approximate=span.approximate)


def _month(start: date, offset: int) -> DateSpan:
    count = start.month - 1 + offset
    return dates.month(start.year + count // 12, count % 12 + 1)


def loosened(span: DateSpan) -> DateSpan:
    """Return *span* as “about” means it, marked approximate.

    A year gains one year on either side, a month or season one month, a day a week; a decade and
    anything longer is loose enough as it is. The EDTF stays the date that was said, with `~`.
    """
    if span.precision is Precision.SEASON or is_open(span):  # EDTF has no `1926-24~` and no `..~`
        edtf = days(span.first, span.last, approximate=True).edtf
    else:
        edtf = "/".join(end.rstrip("~") + "~" for end in span.edtf.split("/"))
    first, last = span.first, span.last
    if span.precision is Precision.YEAR:
        year = span.first_day.year
        first, last = dates.year(max(year - 1, 1)).first, dates.year(min(year + 1, 9999)).last
    elif span.precision in {Precision.MONTH, Precision.SEASON}:
        first = _month(date.fromordinal(max(first - 1, 1)), 0).first
        last = _month(date.fromordinal(min(last + 1, dates.END)), 0).last
    elif span.precision is Precision.DAY:
        first, last = max(first - 7, dates.BEGINNING), min(last + 7, dates.END)
    return replace(span, first=first, last=last, edtf=edtf, approximate=True)


def alike(first_year: int) -> DateSpan:
    """Return the hundred years that begin alike (EDTF `18XX`: 1800 to 1899)."""
    span = dates.between(dates.decade(first_year), dates.decade(first_year + 90))
    return replace(span, precision=Precision.CENTURY, edtf=f"{first_year // 100:02}XX")


def stretch(span: DateSpan, unit: str, count: int, *, last: bool) -> DateSpan:
    """Return the first (or *last*) *count* months, weeks or days of *span*, all of it at most."""
    if unit == "months":
        end, begin = span.last_day, span.first_day
        month = (begin if not last else end).month + (count - 1 if not last else 1 - count)
        at = (begin if not last else end).year * 12 + month - 1
        edge = dates.month(at // 12, at % 12 + 1)
        first, final = (edge.first, span.last) if last else (span.first, edge.last)
    else:
        length = count * 7 if unit == "weeks" else count
        first, final = span.last - length + 1, span.first + length - 1
        first, final = (first, span.last) if last else (span.first, final)
    return days(max(first, span.first), min(final, span.last), approximate=span.approximate)


def easter(year: int) -> date:
    """Return Easter Sunday of a *year* of the Gregorian calendar, by the anonymous computus."""
    golden, century, rest = year % 19, year // 100, year % 100
    shift = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - shift - rest % 4) % 7
    late = (golden + 11 * shift + 22 * weekday) // 451
    month, day = divmod(shift + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
