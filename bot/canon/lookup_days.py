"""What a date alone is answered with: what is dated so, else what speaks of it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.canon.answers import PAGE_SIZE, Answer
from bot.canon.dates import DateSpan, Precision
from bot.canon.file import Scope
from bot.canon.library import Library
from bot.canon.models import Entry
from bot.canon.query import Query
from bot.canon.statements import (
    COUNT_BETWEEN,
    EVENTS_BETWEEN,
    EVENTS_ON,
    MENTIONED_BETWEEN,
    MENTIONED_ON,
)

MAX_RESULTS = 400


class DayAnswers:
    """Answers queries that are nothing but a date."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._file = library.file

    async def by_days(self, query: Query, span: DateSpan, scope: Scope, page: int) -> Answer:
        """Answer a date: what is dated then; else what speaks of it.

        A single day is also looked for in the text of entries: "on the 19th" of a month's entry.
        """
        if span.precision is Precision.DAY:
            ids, named = await self._of_day(span, scope)
            answer = await self._paged(query, ids, len(ids), scope, page)
            return answer if named else replace(answer, single=False, elsewhen=bool(ids))
        days = self._file.days(span, scope, MAX_RESULTS)
        dated = [row["id"] for row in await self._file.fetch(EVENTS_BETWEEN, days)]
        if dated:
            total = len(dated)
            if total == MAX_RESULTS:
                total = (await self._file.fetch(COUNT_BETWEEN, days))[0]["number"]
            return await self._paged(query, dated, total, scope, page)
        spoken = [row["id"] for row in await self._file.fetch(MENTIONED_BETWEEN, days)]
        answer = await self._paged(query, spoken, len(spoken), scope, page)
        return replace(answer, mentioned=bool(spoken), single=False)

    async def within(self, span: DateSpan, scope: Scope) -> tuple[Entry, ...]:
        """Return what is dated within *span*, by date, `MAX_RESULTS` at most."""
        days = self._file.days(span, scope, MAX_RESULTS)
        rows = await self._file.fetch(EVENTS_BETWEEN, days)
        return await self._library.entries([row["id"] for row in rows], scope)

    async def on_day(self, query: Query, day: tuple[int, int], scope: Scope, page: int) -> Answer:
        """Answer a day of any year."""
        parameters = {
            "scope": scope.json,
            "month_day": day[0] * 100 + day[1],
            "limit": MAX_RESULTS,
        }
        rows = await self._file.fetch(EVENTS_ON, parameters)
        rows += await self._file.fetch(MENTIONED_ON, parameters)
        ids = list(dict.fromkeys(row["id"] for row in rows))
        return await self._paged(query, ids, len(ids), scope, page)

    async def by_either(self, query: Query, scope: Scope, page: int) -> Answer:
        """Answer a date that can be read two ways (5/6/1924) with what either reading brings."""
        ids: list[int] = []
        for span in query.alternatives:
            ids += [each for each in (await self._of_day(span, scope))[0] if each not in ids]
        return replace(await self._paged(query, ids, len(ids), scope, page), single=False)

    async def _of_day(self, span: DateSpan, scope: Scope) -> tuple[list[int], bool]:
        """Return what is said of one day, and whether it is: else what is dated around it."""
        days = self._file.days(span, scope, MAX_RESULTS)
        rows = await self._file.fetch(EVENTS_BETWEEN, days)
        exact = [row["id"] for row in rows if row["precision"] == Precision.DAY]
        spoken = [row["id"] for row in await self._file.fetch(MENTIONED_BETWEEN, days)]
        named = list(dict.fromkeys(exact + spoken))
        return (named, True) if named else ([row["id"] for row in rows], False)

    async def _paged(
        self, query: Query, ids: Sequence[int], total: int, scope: Scope, page: int
    ) -> Answer:
        start = page * PAGE_SIZE
        entries = await self._library.entries(ids[start : start + PAGE_SIZE], scope)
        return Answer(query, entries, total, page, single=total == 1, by_date=True)
