"""The date at the head of an entry: "May 1924. …", "28 June: …", "in 1399, …"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from bot.canon import dates
from bot.canon.building.date_forms import Form, Point, forms_at
from bot.canon.building.date_meaning import NoSuchDayError, Setting, meaning, spoken
from bot.canon.building.date_words import DASHES
from bot.canon.building.leading_forms import dates_with_asides, head_forms
from bot.canon.building.leading_marks import (
    BEGINS_WITH_THE_TIME,
    BLANK,
    CLOSING,
    DASH,
    END,
    GAP,
    MAY_BEGIN,
    NO_OPENING,
    OPENING,
    STRONG,
    Kind,
    begins_a_sentence,
    fits,
    separator,
)
from bot.canon.building.leading_plain import plain_head
from bot.canon.building.leading_tail import Tail, tails
from bot.canon.building.words_abroad import (
    AND_ABROAD,
    ANNO_DOMINI,
    BEFORE_CHRIST,
    CENTURY_ABROAD,
    TO_ABROAD,
)
from bot.canon.dates import MONTHS, DateSpan, Precision
from bot.language.sayings import Saying


@dataclass(frozen=True, slots=True)
class LeadingDate:
    """The date an entry begins with, and the *rest* of it after the date and its separator.

    *written* is the date as it stands there, with the year (or month) lent to it. *span* is None
    where no day can be told; *problem* then is a sentence that says why. *mark* is what ends it,
    as `leading_marks` names it; *worded*: a word such as "in" stands before it, as it does in any
    sentence. *either* are the two days that 5/6/1924 may be.
    """

    span: DateSpan | None
    written: str
    rest: str
    problem: Saying | None = None
    mark: str = ""
    worded: bool = False
    either: tuple[DateSpan, DateSpan] | None = None

    @property
    def is_marked(self) -> bool:
        """Whether it is set off as dates of entries are, and hardly those of sentences."""
        return (self.mark in STRONG or self.mark == BLANK) and not self.worded


@dataclass(frozen=True, slots=True)
class Habits:
    """How a document writes its dates, where that is not clear from one of them alone.

    *loose*: nothing but a blank parts a date from its entry. *day_first*: 5/6/1924 is a day of
    June; None where nobody knows.
    """

    loose: bool = False
    day_first: bool | None = None


STRICT = Habits()
_HEAD = 200  # no date with all its marks is longer
_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " ") | {"_": "*"})
_OLD_YEAR = re.compile(
    r"(?P<anno>AD |A\.D\. )?(?P<year>\d{1,4})(?![\w]|[,.]\d)"
    rf"(?: (?P<era>{ANNO_DOMINI}))?",
    re.IGNORECASE,
)
_BEFORE_CHRIST = re.compile(
    rf"[^:;,\n]{{0,40}}?\d{{1,4}}[^\s\d]{{0,3}}(?:[ -](?:{CENTURY_ABROAD}|century|centuries))? ?"
    rf"(?:{BEFORE_CHRIST})",
    re.IGNORECASE,
)
_LONGEST_BEFORE_CHRIST = 70
_SAYS_BEFORE_CHRIST = re.compile(rf"\d[^:;]{{0,24}}?(?:{BEFORE_CHRIST})", re.IGNORECASE)
_BARE_DAY = re.compile(
    rf"(?P<day>\d{{1,2}})(?:(?P<th>st|nd|rd|th)|\.(?= ?[:{DASHES}]))?"
    rf"(?: ?[{DASHES}] ?(?P<last>\d{{1,2}})(?:st|nd|rd|th|\.(?=:))?)?(?!\w)"
)
_UNTIL = re.compile(rf" (?:to|until|till|through|and|or|up to|{AND_ABROAD}|{TO_ABROAD}) (?:the )?")


def leading_date(
    text: str, *, year: int | None, month: int | None, habits: Habits = STRICT
) -> LeadingDate | None:
    """Return the date *text* begins with, None if it begins with none.

    A date without a year has *year*, that of the heading or entry it stands under; a day alone
    ("9: …", "11th – …") is one of *month*. What is followed by no separator ("May 1924 was a hard
    month") is none; a date alone, on a line of its own, is one.
    """
    head = plain_head(text)
    if head is not None:
        return LeadingDate(head.span, head.written, text[head.end :].strip(), mark=head.mark)
    found = _first(text, Setting(year, month), habits)
    return None if found is None else _joined(_narrowed(found))


def _first(text: str, setting: Setting, habits: Habits = STRICT) -> LeadingDate | None:
    """Return the date at the head of *text*."""
    plain = text[:_HEAD].translate(_BLANKS)
    # A digit needs no look for the words before it; and no date begins with any other letter.
    bare = plain[:1].isdigit() and BEGINS_WITH_THE_TIME.match(plain) is None
    opening = (NO_OPENING if bare else OPENING).match(plain)
    if opening is None or MAY_BEGIN.match(plain, opening.end()) is None:
        return None
    if _SAYS_BEFORE_CHRIST.search(plain, 0, _LONGEST_BEFORE_CHRIST) is not None:
        early = _before_christ(text, plain, opening)
        if early is not None:
            return early
    for kind, form in _forms(plain, opening.end(), setting):
        for tail in [Tail(form.end)] if kind is Kind.NUMBER else tails(plain, form.end):
            closing = CLOSING.match(plain, tail.end)
            written = plain[opening.end() : tail.notes or tail.end].strip()
            mark = separator(written, opening, closing) if closing else ""
            has_tail = tail.end > form.end
            loose = habits.loose and not has_tail and _is_bare(opening)
            if closing is None or not fits(
                kind, written, mark, opening, has_tail=has_tail, loose=loose
            ):
                continue
            rest = text[closing.end() :].strip()
            if mark == BLANK and not opening["word"] and begins_a_sentence(rest):
                continue
            if "*" in opening["marks"] and "*" in closing["close"] + closing["close_2"]:
                mark = GAP if mark == "." else mark  # in bold, with its full stop
            found = _dated(form, setting, written, _Around(rest, mark, opening), habits)
            return None if found is None else _said(found, opening, tail)
    return None


def _before_christ(text: str, plain: str, opening: re.Match[str]) -> LeadingDate | None:
    """Return a date before the year 1: none is counted, and whoever keeps the seeds is told."""
    found = _BEFORE_CHRIST.match(plain, opening.end())
    closing = CLOSING.match(plain, found.end()) if found else None
    if found is None or closing is None:
        return None
    written = found.group().strip()
    mark = separator(written, opening, closing)
    if not fits(Kind.FULL, written, mark, opening, has_tail=False, loose=False):
        return None
    problem = Saying("“{date}” lies before the year 1.", date=written)
    return LeadingDate(None, written, text[closing.end() :].strip(), problem, mark)


def _is_bare(opening: re.Match[str]) -> bool:
    """Tell whether no word stands before the date."""
    return not any(char.isalpha() for char in opening.group())


def _forms(plain: str, start: int, setting: Setting) -> Iterator[tuple[Kind, Form]]:
    for form in chain(
        dates_with_asides(plain, start),
        forms_at(plain, start),
        head_forms(plain, start, setting.year),
    ):
        if (longer := _to_another(plain, form)) is not None:
            yield Kind.FULL, longer
        dated = form.start.year is not None or form.finish is not None or form.decades
        kind = Kind.DAY if form.start.day is not None else Kind.MONTH
        yield Kind.FULL if dated else kind, form
    old = _OLD_YEAR.match(plain, start)
    if (
        old is not None
        and int(old["year"])
        and (old["anno"] or old["era"] or len(old["year"]) == 3)
    ):
        kind = Kind.FULL if old["anno"] or old["era"] else Kind.OLD_YEAR
        yield kind, Form(old.end(), Point(int(old["year"])))
    day = _BARE_DAY.match(plain, start)
    if day is not None and setting.month is not None and 1 <= int(day["day"]) <= 31:
        kind = Kind.NUMBERED if day["th"] else Kind.NUMBER
        finish = Point(None, setting.month, int(day["last"])) if day["last"] else None
        yield kind, Form(day.end(), Point(None, setting.month, int(day["day"])), finish)


def _to_another(plain: str, form: Form) -> Form | None:
    """Return *form* up to another date: "from 5 May 1914 to June 1915"."""
    until = _UNTIL.match(plain, form.end)
    if until is None or form.finish or form.decades:
        return None
    for other in forms_at(plain, until.end()):
        if form.part and other.part and not other.finish:
            return replace(form, end=other.end, until=other)  # late May or early June
        if form.season or form.part:
            continue
        plain_date = not (other.finish or other.season or other.decades or other.part)
        if plain_date and other.start.year is not None and not other.year_first:
            return replace(form, end=other.end, finish=other.start)
    return None


def _said(found: LeadingDate, opening: re.Match[str], tail: Tail) -> LeadingDate:
    """Return *found* with what the words around it say of it."""
    before = opening["roughly"] or (f"{opening['bound']} " if opening["bound"] else "")
    if found.span is None or not (before or tail.doubt or tail.aside):
        return found
    span, written = found.span, before + found.written
    if before or tail.doubt:
        span = span.roughly()
    if tail.aside:
        closer = _first(tail.aside, Setting(span.first_day.year))
        if closer is not None and closer.span is not None and not closer.rest:
            span = closer.span if span.contains(closer.span) else span
    return replace(found, span=span, written=written)


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a date: the *rest* of the entry, the mark before it, the words above."""

    rest: str
    mark: str
    opening: re.Match[str]

    def date(
        self,
        span: DateSpan | None,
        written: str,
        problem: Saying | None = None,
        either: tuple[DateSpan, DateSpan] | None = None,
    ) -> LeadingDate:
        worded = bool(self.opening["word"] or self.opening["bound"])
        return LeadingDate(span, written, self.rest, problem, self.mark, worded, either)


def _dated(
    form: Form, setting: Setting, written: str, around: _Around, habits: Habits
) -> LeadingDate | None:
    year = form.start.year
    if form.ambiguous:
        other = Point(year, form.start.day, form.start.month)
        if habits.day_first is None and form.finish is None:
            problem = Saying(
                "“{date}” may be {one} or {other}.",
                date=written,
                one=spoken(form.start),
                other=spoken(other),
            )
            first, last = sorted(map(_day, (form.start, other)), key=lambda day: day.first)
            return around.date(None, written, problem, (first, last))
        if habits.day_first:
            finish = form.finish
            turned = finish and Point(finish.year, finish.day, finish.month)
            form = replace(form, start=other, finish=turned)
    try:
        span = meaning(form, setting)
    except NoSuchDayError as error:
        if form.finish is None:
            problem = Saying("There is no {day} in the calendar.", day=error.day)
        else:
            problem = Saying("“{date}” runs backwards, or there is no such day.", date=written)
        return around.date(None, written, problem)
    if span is None and (form.start.month is None or form.start.day is None):
        return None  # "May: …", where no heading gives a year, is no date at all
    if span is None:
        return around.date(
            None, written, Saying("“{date}” has no year here or above.", date=written)
        )
    return around.date(span, _whole(form, span, written))


def _day(point: Point) -> DateSpan:
    return dates.day(point.year or 1, point.month or 1, point.day or 1)


def _whole(form: Form, span: DateSpan, written: str) -> str:
    """Return *written* with the month and year that were lent to it."""
    finish = form.finish or Point()
    if form.start.year or finish.year or form.decades or form.shift is not None:
        return written
    if not re.search(r"[^\W\d_]{3}", written):
        written = f"{written} {MONTHS[span.first_day.month].title()}"
    american = written[0].isalpha() and any(char.isdigit() for char in written)
    day = span.last_day if form.finish else span.first_day
    return f"{written}{', ' if american else ' '}{day.year}"


def _narrowed(found: LeadingDate) -> LeadingDate:
    """Take in the closer date after a year, as in "1932: Jan 5 – …"; not that of a sentence."""
    if found.span is None or found.span.precision is not Precision.YEAR or not found.rest:
        return found
    closer = _first(found.rest, Setting(found.span.first_day.year))
    if closer is None or closer.span is None or closer.worded:
        return found
    return closer if found.span.contains(closer.span) else found


def _joined(found: LeadingDate) -> LeadingDate:
    """Take in the far end of a range that is written with a dash: "May 1914 – 7 June 1915: …"."""
    if found.span is None or found.mark != DASH or not found.rest or found.worded:
        return found
    last = _first(found.rest, Setting())
    if last is None or last.span is None or last.worded or last.mark not in {":", DASH, END}:
        return found
    if last.span.first <= found.span.last:
        return found
    written = f"{found.written} – {last.written}"
    return replace(last, span=dates.between(found.span, last.span), written=written)
