"""Dates for autocomplete: years and decades that have entries, and the entries of a date."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from bot.canon.answers import Suggestion
from bot.canon.dates import DateSpan, decade, month
from bot.canon.file import Scope
from bot.canon.labels import group_label, one_line
from bot.canon.library import Library
from bot.canon.names import fold
from bot.canon.query_languages import english
from bot.canon.query_words import MONTHS
from bot.canon.statements import (
    COUNT_BETWEEN,
    EVENTS_BETWEEN,
    EVENTS_IN_SPANS,
    EVENTS_ON,
    MENTIONED_ON,
    YEAR_COUNTS,
    YEARS,
)
from bot.canon.suggest_lines import MAX_CHOICES, distinct, entry_lines

_YEAR_DIGITS = 4
_FEW_EVENTS = 400
_MOST_YEARS = 3_000
_MOST_REMEMBERED = 200
_BEGUN_MONTH = re.compile(r"([^\W\d_]+) (\d{1,3})")


class DateSuggester:
    """Suggests dates; what is counted is kept, for a canon never changes."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._file = library.file
        self._counted: dict[Scope, Mapping[int, int]] = {}

    async def overview(self, scope: Scope) -> list[Suggestion]:
        """Offer the years that have entries, or the decades when they are too many."""
        limit = _FEW_EVENTS + 1
        rows = await self._file.fetch(YEARS, {"scope": scope.json, "limit": limit}, quick=True)
        by_year: dict[int, list[str]] = {}
        for row in rows:
            by_year.setdefault(date.fromordinal(row["first_day"]).year, []).append(row["title"])
        if len(rows) > _FEW_EVENTS or len(by_year) > MAX_CHOICES:
            return await self._decades("", scope)
        return [
            Suggestion(group_label(str(at), len(titles), first=titles[0]), str(at))
            for at, titles in by_year.items()
        ]

    async def years(self, text: str, scope: Scope) -> list[Suggestion]:
        """Offer the years that have entries and begin with *text*; decades when it is empty."""
        if not text:
            return await self._decades("", scope)
        years = await self._years(scope)
        return _groups({str(at): events for at, events in years.items()}, text)

    async def begun_year(self, digits: str, scope: Scope) -> list[Suggestion]:
        """Offer what lies in the years that begin with *digits*: 193 is 1930 to 1939."""
        if len(digits) == _YEAR_DIGITS - 1 and int(digits):
            return await self.dated(f"{digits}0s", decade(int(digits) * 10), scope)
        return await self._decades(digits, scope)

    async def begun_day(
        self, text: str, day: tuple[int, int] | None, scope: Scope
    ) -> list[Suggestion]:
        """Offer what happened on *day* of any year, and what “May 19” may become: May 1924."""
        ids: list[int] = []
        if day:
            of_day = {"scope": scope.json, "month_day": day[0] * 100 + day[1]}
            for statement in (EVENTS_ON, MENTIONED_ON):
                parameters = {**of_day, "limit": MAX_CHOICES}
                rows = await self._file.fetch(statement, parameters, quick=True)
                ids += [row["id"] for row in rows]
        begun = _BEGUN_MONTH.fullmatch(fold(text))
        if begun and (number := MONTHS.get(english(begun[1]))):
            years = [at for at in await self._years(scope) if str(at).startswith(begun[2])]
            spans = _pairs(month(at, number) for at in years[:_MOST_YEARS])
            parameters = {"scope": scope.json, "spans": spans, "limit": MAX_CHOICES}
            rows = await self._file.fetch(EVENTS_IN_SPANS, parameters, quick=True)
            ids += [row["id"] for row in rows]
        entries = await self._library.entries(dict.fromkeys(ids), scope, quick=True)
        return distinct(entry_lines(entries))

    async def dated(self, text: str, span: DateSpan, scope: Scope) -> list[Suggestion]:
        """Offer everything of a span, then its entries one by one."""
        days = self._file.days(span, scope, MAX_CHOICES)
        rows = await self._file.fetch(EVENTS_BETWEEN, days, quick=True)
        entries = await self._library.entries([row["id"] for row in rows], scope, quick=True)
        if len(entries) < 2:
            return entry_lines(entries)
        count = len(rows)
        if count == MAX_CHOICES:
            count = (await self._file.fetch(COUNT_BETWEEN, days, quick=True))[0]["number"]
        text = one_line(text)
        everything = Suggestion(group_label(text, count, everything=True), text)
        # A shortened question is another question.
        whole = [everything] if everything.label.startswith(f"{text} —") else []
        return distinct([*whole, *entry_lines(entries)])

    async def _decades(self, digits: str, scope: Scope) -> list[Suggestion]:
        decades = Counter[int]()
        for at, events in (await self._years(scope)).items():
            decades[at // 10 * 10] += events
        return _groups({f"{at}s": events for at, events in decades.items() if at}, digits)

    async def _years(self, scope: Scope) -> Mapping[int, int]:
        """Return the years in which something begins, in order, with how much."""
        kept = self._counted.get(scope)
        if kept is None:
            rows = await self._file.fetch(YEAR_COUNTS, {"scope": scope.json}, quick=True)
            kept = {row["year"]: row["events"] for row in rows}
            if len(self._counted) >= _MOST_REMEMBERED:
                self._counted.clear()
            self._counted[scope] = kept
        return kept


def _groups(counts: Mapping[str, int], begun: str) -> list[Suggestion]:
    """Return the lines of those of *counts* whose name begins so."""
    named = [(name, events) for name, events in counts.items() if name.startswith(begun)]
    return [Suggestion(group_label(name, events), name) for name, events in named[:MAX_CHOICES]]


def is_begun_month(text: str) -> bool:
    """Tell whether *text* is a month and the beginning of a year or of a day."""
    begun = _BEGUN_MONTH.fullmatch(fold(text))
    return begun is not None and english(begun[1]) in MONTHS


def _pairs(spans: Iterable[DateSpan]) -> str:
    return json.dumps([(span.first, span.last) for span in spans])
