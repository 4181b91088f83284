"""Dates for autocomplete: years and decades that have entries, and the entries of a date."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date

from bot.canon.answers import Suggestion
from bot.canon.dates import DateSpan, decade, month, year
from bot.canon.entity_statements import COUNT_IN_SPANS, EVENTS_IN_SPANS, YEAR_RANGE
from bot.canon.file import Scope
from bot.canon.labels import group_label, one_line
from bot.canon.library import Library
from bot.canon.names import fold
from bot.canon.query_words import MONTHS
from bot.canon.statements import COUNT_BETWEEN, EVENTS_BETWEEN, EVENTS_ON, MENTIONED_ON, YEARS
from bot.canon.suggest_lines import MAX_CHOICES, distinct, entry_lines

_YEAR_DIGITS = 4
_FEW_EVENTS = 400
_MOST_YEARS = 3_000
_BEGUN_MONTH = re.compile(r"([a-z]+) (\d{1,3})")


class DateSuggester:
    """Suggests dates; what is counted is kept, for a canon never changes."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._file = library.file
        self._counted: dict[tuple[Scope, str], list[Suggestion]] = {}

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
        begun = [at for at in await self._years(scope) if str(at).startswith(text)]
        return await self._groups(scope, [(str(at), year(at)) for at in begun[:_MOST_YEARS]])

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
        if begun and (number := MONTHS.get(begun[1])):
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
        kept = self._counted.get((scope, digits))
        if kept is None:
            starts = dict.fromkeys(at // 10 * 10 for at in await self._years(scope))
            named = [(f"{at}s", decade(at)) for at in starts if at and str(at).startswith(digits)]
            kept = await self._groups(scope, named[:_MOST_YEARS])
            if len(self._counted) > _FEW_EVENTS:
                self._counted.clear()
            self._counted[scope, digits] = kept
        return kept

    async def _groups(
        self, scope: Scope, named: Sequence[tuple[str, DateSpan]]
    ) -> list[Suggestion]:
        """Return the lines of those spans in which something begins, with how much."""
        parameters = {"scope": scope.json, "spans": _pairs(span for _, span in named)}
        rows = await self._file.fetch(COUNT_IN_SPANS, parameters, quick=True)
        counts = {row["first"]: row["number"] for row in rows}
        return [
            Suggestion(group_label(name, counts[span.first]), name)
            for name, span in named
            if span.first in counts
        ][:MAX_CHOICES]

    async def _years(self, scope: Scope) -> range:
        row = (await self._file.fetch(YEAR_RANGE, {"scope": scope.json}, quick=True))[0]
        if row["first"] is None:
            return range(0)
        first, last = date.fromordinal(row["first"]).year, date.fromordinal(row["last"]).year
        return range(first, last + 1)


def is_begun_month(text: str) -> bool:
    """Tell whether *text* is a month and the beginning of a year or of a day."""
    begun = _BEGUN_MONTH.fullmatch(fold(text))
    return begun is not None and begun[1] in MONTHS


def _pairs(spans: Iterable[DateSpan]) -> str:
    return json.dumps([(span.first, span.last) for span in spans])
