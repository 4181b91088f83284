"""Dates as documents write them: at the head of an entry, and in the run of a text.

Pure. Readers' queries have a grammar of their own (`bot.canon.query`): what stands in a document is
written in whole sentences, and leans on the entry it stands in for its year.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.canon.building.date_forms import Form, forms_at
from bot.canon.building.date_meaning import NoSuchDayError, Setting, meaning
from bot.canon.building.date_neighbours import article_before, is_rough, means_a_date
from bot.canon.building.date_words import ANCHOR, NOT_BEFORE
from bot.canon.building.leading_dates import LeadingDate, leading_date
from bot.canon.dates import DateSpan, Precision

__all__ = ["LeadingDate", "MentionedDate", "leading_date", "mentioned_dates"]


@dataclass(frozen=True, slots=True)
class MentionedDate:
    """A date in a text: it stands at *start* to *end*, reads *written* there, and means *span*."""

    start: int
    end: int
    written: str
    span: DateSpan


_BLANK = re.compile(r"[\n\t\u00a0\u2007\u2009\u202f\u3000]")
_JOINED = re.compile(r"\w[-‑]")  # "U-14", "pre-1914"
_LISTED = re.compile(r",? (?:and|or) | ?/ ?|, (?=[12]\d{3}(?:, | and | or )[12]\d{3}\b)")


def mentioned_dates(text: str, context: DateSpan | None) -> tuple[MentionedDate, ...]:
    """Return the dates *text* mentions, in order, never two on the same words.

    A date without a year has that of *context*, the days of the entry it stands in; "of the same
    year" means that of the last full date before it, else the entry's. Where the year is not clear
    from these there is no date: rather none than a wrong one.
    """
    plain = _BLANK.sub(" ", text)
    if ANCHOR.search(plain) is None:
        return ()
    return tuple(_mentions(text, plain, Setting.of(context)))


def _mentions(text: str, plain: str, setting: Setting) -> Iterator[MentionedDate]:
    position = 0
    told = setting
    last: MentionedDate | None = None
    while (anchor := ANCHOR.search(plain, position)) is not None:
        start = anchor.start()
        position = anchor.end()
        if start and (plain[start - 1] in NOT_BEFORE or _JOINED.match(plain, max(0, start - 2))):
            continue
        listed = _listed(plain, last, start)
        for form in forms_at(plain, start):
            if not (listed and _is_a_year(form)) and not means_a_date(form, plain, start):
                continue
            try:
                span = meaning(form, told if form.shift is not None else setting)
            except NoSuchDayError:
                position = form.end  # "30 February 1932" is not "February 1932"
                break
            if span is None:
                continue
            if is_rough(plain, start):
                span = span.roughly()
            begin = article_before(plain, start) if form.ordinal else start
            last = MentionedDate(begin, form.end, text[begin : form.end], span)
            yield last
            position = form.end
            if form.start.year is not None and form.start.month is not None:
                told = Setting(form.start.year, form.start.month)
            break


def _listed(text: str, last: MentionedDate | None, start: int) -> bool:
    """Tell whether what stands at *start* goes on a list of years: "1924, 1925 and 1926"."""
    if last is None or last.span.precision is not Precision.YEAR or start - last.end > 6:
        return False
    found = _LISTED.match(text, last.end)
    return found is not None and found.end() == start


def _is_a_year(form: Form) -> bool:
    year = form.start.year
    return form.finish is None and year is not None and not form.start.month and year % 100 != 0
