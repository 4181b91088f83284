"""The date at the head of an entry: "May 1924. …", "28 June: …", "in 1399, …"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from bot.canon.building.date_forms import Form, Point, forms_at
from bot.canon.building.date_meaning import NoSuchDayError, Setting, meaning, spoken
from bot.canon.building.date_words import DASHES, SMALL_MONTH, WEEKDAYS
from bot.canon.dates import MONTHS, DateSpan, Precision


@dataclass(frozen=True, slots=True)
class LeadingDate:
    """The date an entry begins with, and the *rest* of it after the date and its separator.

    *written* is the date as it stands there, with the year (or month) lent to it. *span* is None
    where no day can be told; *problem* then is a sentence that says why.
    """

    span: DateSpan | None
    written: str
    rest: str
    problem: str = ""


class _Kind(Enum):
    """What may have to follow a date before it counts as one."""

    FULL = auto()
    DAY = auto()
    MONTH = auto()
    OLD_YEAR = auto()
    """A year of three digits, which may as well be an amount."""
    NUMBER = auto()
    """The day of a month that a heading names."""
    NUMBERED = auto()
    """The same as an ordinal: 9th."""


_HEAD = 160  # no date with all its marks is longer
_END, _GAP, _BLANK = "end", "gap", "blank"
_FITTING = {
    _Kind.FULL: {_END, _GAP, ":", "–", ".", ","},
    _Kind.DAY: {_END, _GAP, ":", "–", ".", ","},
    _Kind.MONTH: {_END, _GAP, ":", "–", "."},
    _Kind.OLD_YEAR: {":", "–"},
    _Kind.NUMBER: {":", "–"},
    _Kind.NUMBERED: {_GAP, ":", "–", ".", ","},
}
_FITTING_AFTER_IN = {
    _Kind.FULL: {_END, _GAP, _BLANK, ":", "–", ".", ","},
    _Kind.MONTH: {_END, ":", "–", ","},
    _Kind.OLD_YEAR: {":", "–", ","},
    _Kind.NUMBER: set[str](),
}

_MARKS = {mark: mark for mark in ":.,"} | dict.fromkeys(";|=→", ":")
_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " "))
_OPENING = re.compile(
    r"(?P<marks>[*_\[(\"'“]{0,4})"
    rf"(?:(?:{'|'.join(sorted(WEEKDAYS))}),? )?"
    r"(?:(?P<word>in|on|by) |(?P<roughly>circa |around |about |c\. ?|ca\. ?|~ ?))?"
    r"(?:the (?=\d|year |first|second|third|early|mid|late|spring|summer|autumn|fall|winter))?"
    r"(?:year )?",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    rf"(?P<close>[*_\])'\"”]{{0,4}})(?P<gap>[ \t]*)(?P<mark>[:.,;|=→]|[{DASHES}]{{1,3}}>?)?"
    rf"(?P<close_2>[*_\])]{{0,4}})(?P<gap_2>[ \t]*)(?:[{DASHES}]{{1,3}}[ \t]+)?"
)
_OLD_YEAR = re.compile(
    r"(?P<anno>AD |A\.D\. )?(?P<year>\d{1,4})(?![\w]|[,.]\d)"
    r"(?: (?P<era>BCE?\b|B\.C\.(?:E\.)?|AD\b|A\.D\.|CE\b|C\.E\.))?",
    re.IGNORECASE,
)
_BARE_DAY = re.compile(
    r"(?P<day>\d{1,2})(?P<th>st|nd|rd|th)?"
    rf"(?: ?[{DASHES}] ?(?P<last>\d{{1,2}})(?:st|nd|rd|th)?)?(?!\w)"
)


def leading_date(text: str, *, year: int | None, month: int | None) -> LeadingDate | None:
    """Return the date *text* begins with, None if it begins with none.

    A date without a year has *year*, that of the heading or entry it stands under; a day alone
    ("9: …", "11th – …") is one of *month*. What is followed by no separator ("May 1924 was a hard
    month") is none; a date alone, on a line of its own, is one.
    """
    plain = text[:_HEAD].translate(_BLANKS)
    opening = _OPENING.match(plain)
    if opening is None:
        return None
    found = _first(text, plain, opening, Setting(year, month))
    return None if found is None else _narrowed(found)


def _first(text: str, plain: str, opening: re.Match[str], setting: Setting) -> LeadingDate | None:
    """Return the date after *opening* in *text*, of which *plain* is the head."""
    for kind, form in _forms(plain, opening.end(), setting):
        closing = _CLOSING.match(plain, form.end)
        written = plain[opening.end() : form.end].strip()
        if closing is None or not _fits(kind, written, opening, closing):
            continue
        found = _dated(form, setting, written, text[closing.end() :].strip())
        if found is not None and found.span is not None and opening["roughly"]:
            prefix = opening["roughly"].strip()
            return replace(found, span=found.span.roughly(), written=f"{prefix} {found.written}")
        return found
    return None


def _forms(plain: str, start: int, setting: Setting) -> Iterator[tuple[_Kind, Form]]:
    for form in forms_at(plain, start):
        dated = form.start.year is not None or form.finish is not None or form.decades
        kind = _Kind.DAY if form.start.day is not None else _Kind.MONTH
        yield _Kind.FULL if dated else kind, form
    old = _OLD_YEAR.match(plain, start)
    if (
        old is not None
        and int(old["year"])
        and (old["anno"] or old["era"] or len(old["year"]) == 3)
    ):
        sign = -1 if (old["era"] or "").upper().startswith("B") else 1
        kind = _Kind.FULL if old["anno"] or old["era"] else _Kind.OLD_YEAR
        yield kind, Form(old.end(), Point(sign * int(old["year"])))
    day = _BARE_DAY.match(plain, start)
    if day is not None and setting.month is not None and 1 <= int(day["day"]) <= 31:
        kind = _Kind.NUMBERED if day["th"] else _Kind.NUMBER
        finish = Point(None, setting.month, int(day["last"])) if day["last"] else None
        yield kind, Form(day.end(), Point(None, setting.month, int(day["day"])), finish)


def _fits(kind: _Kind, written: str, opening: re.Match[str], closing: re.Match[str]) -> bool:
    """Tell whether the date ends in what ends a date at the head of an entry."""
    if SMALL_MONTH.search(written) and not any(char.isdigit() for char in written):
        return False
    separator = _separator(written, opening, closing)
    if opening["word"]:
        return separator in _FITTING_AFTER_IN.get(kind, _FITTING[kind])
    return separator in _FITTING[kind]


def _separator(written: str, opening: re.Match[str], closing: re.Match[str]) -> str:
    """Return what stands after the date: a mark (any dash as –), `_END`, `_GAP`, `_BLANK` or ""."""
    mark, gaps = closing["mark"], closing["gap"] + closing["gap_2"]
    following = closing.string[closing.end() : closing.end() + 1]
    if not following:
        return _END
    if mark is None:
        wide = "\t" in gaps or len(gaps) > 2 or (closing["close"] and opening["marks"])
        abbreviated = "." if written.endswith(".") else _BLANK if gaps else ""
        return _GAP if wide else abbreviated
    if not gaps and (mark == "-" or (mark in ".,:" and following.isdigit())):
        return ""  # "1914-pattern", "1914.5", "19:30"
    return _MARKS.get(mark[0], "–")


def _dated(form: Form, setting: Setting, written: str, rest: str) -> LeadingDate | None:
    year = form.start.year
    if form.ambiguous:
        other = Point(year, form.start.day, form.start.month)
        both = f"{spoken(form.start)} or {spoken(other)}"
        return LeadingDate(None, written, rest, f"“{written}” may be {both}.")
    if year is not None and year < 1:
        return LeadingDate(None, written, rest, f"“{written}” lies before the year 1.")
    try:
        span = meaning(form, setting)
    except NoSuchDayError as error:
        fault = f"“{written}” runs backwards, or there is no such day."
        fault = fault if form.finish else f"There is no {error} in the calendar."
        return LeadingDate(None, written, rest, fault)
    if span is None and (form.start.month is None or form.start.day is None):
        return None  # "May: …", where no heading gives a year, is no date at all
    if span is None:
        return LeadingDate(None, written, rest, f"“{written}” has no year here or above.")
    return LeadingDate(span, _whole(form, span, written), rest)


def _whole(form: Form, span: DateSpan, written: str) -> str:
    """Return *written* with the month and year that were lent to it."""
    finish = form.finish or Point()
    if form.start.year or finish.year or form.decades or form.shift is not None:
        return written
    if not re.search("[a-z]{3}", written, re.IGNORECASE):
        written = f"{written} {MONTHS[span.first_day.month].title()}"
    american = written[0].isalpha() and any(char.isdigit() for char in written)
    day = span.last_day if form.finish else span.first_day
    return f"{written}{', ' if american else ' '}{day.year}"


def _narrowed(found: LeadingDate) -> LeadingDate:
    """Take in the closer date after a year, as in "1932: Jan 5 – …"; not that of a sentence."""
    if found.span is None or found.span.precision is not Precision.YEAR or not found.rest:
        return found
    plain = found.rest[:_HEAD].translate(_BLANKS)
    opening = _OPENING.match(plain)
    if opening is None or opening["word"]:
        return found
    closer = _first(found.rest, plain, opening, Setting(found.span.first_day.year))
    inside = closer is not None and closer.span is not None and found.span.contains(closer.span)
    return closer if closer is not None and inside else found
