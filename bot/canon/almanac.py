"""`/lore today`: what the works date to this day of the year, or else to this month."""

import json
from dataclasses import dataclass
from datetime import date

from bot.canon.answers import View
from bot.canon.dates import DateSpan, day, month
from bot.canon.file import Scope
from bot.canon.library import Library
from bot.canon.lookup import MAX_QUERY
from bot.canon.models import Entry
from bot.canon.query import parse_query
from bot.canon.statements import EVENTS_IN_SPANS, MENTIONED_ON, YEAR_COUNTS
from bot.errors import BotError
from bot.language.speech import say

_MOST = 10
_LOOKED_AT = 200


class UnreadableDateError(BotError):
    """An end of a timeline is no date."""

    def __init__(self, text: str) -> None:
        super().__init__(
            say(
                "“{text}” is not a date I can read. Try `1924`, `May 1924` or `19 May 1924`.",
                text=text[:60],
            )
        )


def span_query(start: str | None, end: str | None) -> str:
    """Return the query for everything from *start* to *end*, either of them open, to be shown.

    It is in the reader's language; `parse_query` reads it in any.

    Raises:
        UnreadableDateError: one of them is given and is not a date, or says more than one.
    """
    for text in (start, end):
        if text is not None:
            query = parse_query(text[:MAX_QUERY])
            if query.span is None or query.words:
                raise UnreadableDateError(text)
    if start and end:
        return say("from {start} to {end}", start=start.strip(), end=end.strip())
    if end:
        return say("until {end}", end=end.strip())
    return say("since {start}", start=start.strip() if start else 1000)


@dataclass(frozen=True, slots=True)
class Anniversaries:
    """The entries of one day of the year, over all works; *whole_month*: the day had none."""

    day: date
    entries: tuple[Entry, ...]
    whole_month: bool


class Almanac:
    """Knows the days of the year."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._file = library.file

    async def on(self, today: date, view: View) -> Anniversaries:
        """Return what happened on *today*'s day in other years; else in its month.

        Entries of the month that name no day count for the month only: a list that parks them on
        the first would be full of false anniversaries.
        """
        return await self._file.apart(self._on(today, view))

    async def _on(self, today: date, view: View) -> Anniversaries:
        scope = view.everything if view.work is None else view.scope
        years = await self._years(scope)
        days = [span for year in years if (span := _same_day(today, year))]
        exact = [each for each, precision in await self._rows(days, scope) if precision == "day"]
        if named := await self._chosen([*exact, *await self._spoken(today, scope)], scope):
            return Anniversaries(today, named, whole_month=False)
        months = [month(year, today.month) for year in years]
        ids = [each for each, _ in await self._rows(months, scope)]
        return Anniversaries(today, await self._chosen(ids, scope), whole_month=True)

    async def _spoken(self, today: date, scope: Scope) -> list[int]:
        """Return the entries that name the day in their text ("on the 19th of May")."""
        month_day = today.month * 100 + today.day
        parameters = {"scope": scope.json, "month_day": month_day, "limit": _LOOKED_AT}
        return [row["id"] for row in await self._file.fetch(MENTIONED_ON, parameters)]

    async def _chosen(self, ids: list[int], scope: Scope) -> tuple[Entry, ...]:
        """Return the first of *ids*, stories before real history, each by date."""
        entries = await self._library.entries(dict.fromkeys(ids), scope)
        kept = sorted(entries, key=lambda entry: entry.work.is_history)[:_MOST]
        return tuple(kept)

    async def _years(self, scope: Scope) -> list[int]:
        rows = await self._file.fetch(YEAR_COUNTS, {"scope": scope.json})
        return [row["year"] for row in rows]

    async def _rows(self, spans: list[DateSpan], scope: Scope) -> list[tuple[int, str]]:
        pairs = json.dumps([(span.first, span.last) for span in spans])
        parameters = {"scope": scope.json, "spans": pairs, "limit": _LOOKED_AT}
        rows = await self._file.fetch(EVENTS_IN_SPANS, parameters)
        return [(row["id"], row["precision"]) for row in rows]


def _same_day(today: date, year: int) -> DateSpan | None:
    try:
        return day(year, today.month, today.day)
    except ValueError:  # 29 February
        return None
