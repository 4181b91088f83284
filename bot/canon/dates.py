"""Spans of days: what a written date means.

A date in a story is rarely a day: "May 1932", "the spring of 1926", "before 1930". Each is kept as
the first and the last day it may mean (proleptic Gregorian ordinals, so that arithmetic and overlap
are integer work), how precisely it was given, and its EDTF notation (ISO 8601-2, Library of
Congress), which is what a person or another program can read.
"""

import calendar
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

BEGINNING = date.min.toordinal()
"""The first day of a span that is open to the past."""
END = date.max.toordinal()
"""The last day of a span that is open to the future."""

MONTHS = tuple(name.casefold() for name in calendar.month_name)
"""English month names, folded; index 1 is January, index 0 is empty."""

SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""Season names and their EDTF codes (northern hemisphere)."""

_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}


class Precision(StrEnum):
    """How closely a date is known, from the closest."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class DateSpan:
    """The days *first* to *last* (ordinals, both included) that a written date may mean."""

    first: int
    last: int
    precision: Precision
    edtf: str
    approximate: bool = False

    def __post_init__(self) -> None:
        """Refuse a span that runs backwards."""
        if not BEGINNING <= self.first <= self.last <= END:
            raise ValueError(f"no such span of days: {self.first} to {self.last}")

    @property
    def first_day(self) -> date:
        """The first day as a date."""
        return date.fromordinal(self.first)

    @property
    def last_day(self) -> date:
        """The last day as a date."""
        return date.fromordinal(self.last)

    def overlaps(self, other: "DateSpan") -> bool:
        """Tell whether some day belongs to both."""
        return self.first <= other.last and other.first <= self.last

    def contains(self, other: "DateSpan") -> bool:
        """Tell whether every day of *other* belongs to this span."""
        return self.first <= other.first and other.last <= self.last

    def roughly(self) -> "DateSpan":
        """Return the same days marked as approximate (EDTF `~`)."""
        return replace(self, approximate=True, edtf=self.edtf.rstrip("~") + "~")


def day(year: int, month: int, day_of_month: int) -> DateSpan:
    """Return one day. Raises ValueError where the calendar has none (30 February)."""
    found = date(year, month, day_of_month)
    ordinal = found.toordinal()
    return DateSpan(ordinal, ordinal, Precision.DAY, found.isoformat())


def month(year: int, number: int) -> DateSpan:
    """Return a whole month, *number* 1 to 12."""
    length = calendar.monthrange(year, number)[1]
    first = date(year, number, 1).toordinal()
    return DateSpan(first, first + length - 1, Precision.MONTH, f"{year:04}-{number:02}")


def season(year: int, code: int) -> DateSpan:
    """Return a season by its EDTF *code* 21 to 24; winter begins in *year* and ends in the next."""
    begin, finish = _SEASON_MONTHS[code]
    first = month(year, begin).first
    last = month(year + (finish - 1) // 12, (finish - 1) % 12 + 1).last
    return DateSpan(first, last, Precision.SEASON, f"{year:04}-{code}")


def year(number: int) -> DateSpan:
    """Return a whole year, 1 to 9999."""
    first, last = date(number, 1, 1).toordinal(), date(number, 12, 31).toordinal()
    return DateSpan(first, last, Precision.YEAR, f"{number:04}")


def decade(first_year: int) -> DateSpan:
    """Return the ten years from *first_year*, a multiple of ten."""
    span = between(year(first_year), year(first_year + 9))
    return replace(span, precision=Precision.DECADE, edtf=f"{first_year // 10:03}X")


def century(number: int) -> DateSpan:
    """Return a century as people count it: the 20th is 1901 to 2000 (EDTF writes it 19XX)."""
    span = between(year(number * 100 - 99), year(number * 100))
    return replace(span, precision=Precision.CENTURY, edtf=f"{number - 1:02}XX")


def between(start: DateSpan, finish: DateSpan) -> DateSpan:
    """Return all days from the first of *start* to the last of *finish*."""
    return DateSpan(
        start.first,
        finish.last,
        Precision.SPAN,
        f"{start.edtf.partition('/')[0]}/{finish.edtf.rpartition('/')[2]}",
        approximate=start.approximate or finish.approximate,
    )


def until(span: DateSpan, *, included: bool = True) -> DateSpan:
    """Return every day up to *span*, with it or (``before``) without it."""
    last = span.last if included else max(span.first - 1, BEGINNING)
    return DateSpan(BEGINNING, last, Precision.SPAN, f"../{span.edtf}", span.approximate)


def since(span: DateSpan, *, included: bool = True) -> DateSpan:
    """Return every day from *span* on, with it or (``after``) without it."""
    first = span.first if included else min(span.last + 1, END)
    return DateSpan(first, END, Precision.SPAN, f"{span.edtf}/..", span.approximate)
