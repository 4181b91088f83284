"""What days a date in a document means, with the year (and month) lent by what it stands in."""

from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.canon import dates
from bot.canon.building.date_forms import Form, Point
from bot.canon.dates import DateSpan
from bot.canon.query_spans import alike, portion
from bot.language.sayings import Month, Sayable, Saying
from bot.language.speech import mark

_PARTS = {"early": 0, "mid": 1, "late": 2}
_IN_WORDS = MappingProxyType(
    {
        frozenset(["day", "month", "year"]): mark("{day} {month} {year}"),
        frozenset(["day", "month"]): mark("{day} {month}"),
        frozenset(["month", "year"]): mark("{month} {year}"),
    }
)
"""How a date is written, by what is known of it."""


class NoSuchDayError(ValueError):
    """The calendar has no such *day*, or the range runs backwards."""

    def __init__(self, day: Sayable) -> None:
        super().__init__(str(day))
        self.day = day


@dataclass(frozen=True, slots=True)
class Setting:
    """The year and month that are lent to a date without its own, and the days of the entry."""

    year: int | None = None
    month: int | None = None
    around: DateSpan | None = None

    @classmethod
    def of(cls, span: DateSpan | None) -> "Setting":
        """Return what an entry of *span* lends to the dates in it: nothing that it leaves open."""
        if span is None:
            return cls()
        first, last = span.first_day, span.last_day
        if first.year != last.year:
            return cls(around=span)
        return cls(first.year, first.month if first.month == last.month else None, span)

    def year_of(self, month: int) -> int | None:
        """Return the year that *month* lies in, None where that is not clear."""
        if self.year is not None or self.around is None:
            return self.year
        first, last = self.around.first_day.year, self.around.last_day.year
        if last - first > 2 or not 1 <= month <= 12:
            return None
        years = [y for y in range(first, last + 1) if self.around.overlaps(dates.month(y, month))]
        return years[0] if len(years) == 1 else None


def meaning(form: Form, setting: Setting) -> DateSpan | None:
    """Return the days *form* means in *setting*; None where nobody says of which year, or month.

    Raises:
        NoSuchDayError: there are none.
    """
    if form.until is not None:
        return _between(form, form.until, setting)
    start, finish = _lent(form, setting)
    if start.year is None or (finish is not None and finish.year is None):
        return None
    try:
        span = _span(form, start, start.year)
        if finish is not None and finish.year is not None:
            span = dates.between(span, _point(finish, finish.year))
        return portion(span, _PARTS[form.part], 3) if form.part else span
    except ValueError as error:
        raise NoSuchDayError(spoken(start, finish)) from error


def _between(form: Form, until: Form, setting: Setting) -> DateSpan | None:
    last = meaning(until, setting)
    lent = setting if last is None else Setting(last.first_day.year, setting.month, setting.around)
    first = meaning(replace(form, until=None), lent)
    if first is None or last is None:
        return None
    try:
        return dates.between(first, last)
    except ValueError as error:
        raise NoSuchDayError(spoken(form.start, until.start)) from error


def spoken(start: Point, finish: Point | None = None) -> Sayable:
    """Return a date in words: "30 February 1932"; with a month that is none, in figures."""
    if finish is not None:
        return Saying("{first} to {last}", first=spoken(start), last=spoken(finish))
    figures = {"year": start.year, "month": start.month, "day": start.day}
    known: dict[str, int | Month] = {name: each for name, each in figures.items() if each}
    text = _IN_WORDS.get(frozenset(known))
    if text is None or start.month is None or not 1 <= start.month <= 12:
        return "-".join(str(each) for each in known.values())
    known["month"] = Month(start.month)
    return Saying(text, **known)


def _lent(form: Form, setting: Setting) -> tuple[Point, Point | None]:
    """Fill in what the form leaves open; a range over New Year runs on into the next year."""
    start, finish = form.start, form.finish
    if form.lent_month:
        start = replace(start, month=setting.month, year=setting.year if setting.month else None)
        return start, None
    turns = finish is not None and (start.month or 0) > (finish.month or 12)
    if finish is not None and finish.year is not None and start.year is None:
        return replace(start, year=finish.year - turns), finish
    if start.year is None:
        start = replace(start, year=_year(form, setting))
    if finish is not None and finish.year is None and start.year is not None:
        finish = replace(finish, year=start.year + turns)
    return start, finish


def _year(form: Form, setting: Setting) -> int | None:
    if form.shift is not None:
        return None if setting.year is None else setting.year + form.shift
    return setting.year if form.start.month is None else setting.year_of(form.start.month)


def _span(form: Form, start: Point, year: int) -> DateSpan:
    if form.decades:
        if form.decades == 1:
            return dates.decade(year)
        return alike(year) if year % 100 == 0 else dates.century(year // 100 + 1)
    if form.season is not None:
        return dates.season(year, form.season)
    return _point(start, year)


def _point(point: Point, year: int) -> DateSpan:
    if point.month is None:
        return dates.year(year)
    if not 1 <= point.month <= 12:
        raise ValueError(point.month)
    return (
        dates.month(year, point.month)
        if point.day is None
        else dates.day(year, point.month, point.day)
    )
