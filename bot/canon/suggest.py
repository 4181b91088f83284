"""Autocomplete: what a reader may mean while still typing. At most 25 lines of 100 characters."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import groupby

from bot.canon.answers import Suggestion, View
from bot.canon.dates import DateSpan, Precision, decade, year
from bot.canon.file import Scope
from bot.canon.labels import (
    MAX_LABEL,
    group_label,
    label,
    one_line,
    shortened,
)
from bot.canon.library import Library
from bot.canon.lookup import MAX_QUERY
from bot.canon.models import Entry
from bot.canon.names import fold
from bot.canon.query import parse_query
from bot.canon.query_words import MONTHS
from bot.canon.ranking import ranked
from bot.canon.search import candidate
from bot.canon.statements import (
    COUNT_BETWEEN,
    EVENTS_BETWEEN,
    EVENTS_ON,
    MENTIONED_ON,
    PASSAGES_BY_TEXT,
    YEARS,
)
from bot.canon.suggest_names import NameSuggester
from bot.canon.works import called

MAX_CHOICES = 25
"""Discord's limit on the lines of one autocomplete answer."""
_CANDIDATES = 30
_ALL_YEARS = 5000
_BEGUN_MONTH = re.compile(r"([a-z]+) (\d{1,3})")


class Suggester:
    """Suggests queries; asks the library on its own connection."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._file = library.file
        self._names = NameSuggester(library)

    async def works(self, text: str) -> list[Suggestion]:
        """Suggest the works whose title or key holds *text*, or that it names ("otl")."""
        folded = fold(text)
        named = called(text, self._library.works)
        return [
            Suggestion(shortened(work.title), work.slug)
            for number, work in self._library.works.items()
            if folded in fold(work.title) or folded in fold(work.slug) or number == named
        ][:MAX_CHOICES]

    async def dates(self, text: str, view: View) -> list[Suggestion]:
        """Suggest years for a begun date *text*: those that have entries."""
        return await self._file.apart(self._dates(text.strip()[:MAX_QUERY], view), quick=True)

    async def _dates(self, text: str, view: View) -> list[Suggestion]:
        scope = view.scope
        rows = await self._file.fetch(YEARS, {"scope": scope.json, "limit": _ALL_YEARS}, quick=True)
        counts = Counter(str(date.fromordinal(row["first_day"]).year) for row in rows)
        begun = [(at, count) for at, count in sorted(counts.items()) if at.startswith(text)]
        return [Suggestion(group_label(at, count), at) for at, count in begun][:MAX_CHOICES]

    async def events(self, text: str, view: View) -> list[Suggestion]:
        """Suggest what to ask of `/event` for the begun query *text*."""
        return await self._file.apart(self._events(text.strip()[:MAX_QUERY], view), quick=True)

    async def _events(self, text: str, view: View) -> list[Suggestion]:
        """Look through the stories; then, unless a work was named, through real history."""
        scopes = [view.scope]
        if view.work is None and view.history.works and view.history != view.scope:
            scopes.append(view.history)
        if not text:
            return await self._overview(view.scope)
        for guess in (False, True):
            for scope in scopes:
                if lines := await self._asked(text, scope, guess=guess):
                    return lines
        return []

    async def _asked(self, text: str, scope: Scope, *, guess: bool) -> list[Suggestion]:
        if text.isdecimal() and len(text) < 4:
            return await self._begun_year(text, scope)
        query = parse_query(text, self._library.eras(scope))
        if (query.anniversary and not query.words) or _BEGUN_MONTH.fullmatch(fold(text)):
            if days := await self._begun_day(text, query.anniversary, scope):
                return days
        if query.words:
            return await self._worded(query.words, query.span, scope, guess=guess)
        if query.span:
            return await self._dated(text, query.span, scope)
        return []

    async def _begun_day(
        self, text: str, day: tuple[int, int] | None, scope: Scope
    ) -> list[Suggestion]:
        """Offer what happened on *day* of any year, and what “May 19” may become: May 1924."""
        lines: list[Suggestion] = []
        if day:
            parameters = {
                "scope": scope.json,
                "month_day": day[0] * 100 + day[1],
                "limit": MAX_CHOICES,
            }
            rows = await self._file.fetch(EVENTS_ON, parameters, quick=True)
            rows += await self._file.fetch(MENTIONED_ON, parameters, quick=True)
            ids = list(dict.fromkeys(row["id"] for row in rows))
            lines = _lines(await self._library.entries(ids, scope, quick=True))
        begun = _BEGUN_MONTH.fullmatch(fold(text))
        if begun and (month := MONTHS.get(begun[1])):
            rows = await self._file.fetch(
                YEARS, {"scope": scope.json, "limit": _ALL_YEARS}, quick=True
            )
            dates = [(date.fromordinal(row["first_day"]), row["id"]) for row in rows]
            ids = [
                number
                for at, number in dates
                if at.month == month and str(at.year).startswith(begun[2])
            ]
            entries = await self._library.entries(ids[:MAX_CHOICES], scope, quick=True)
            lines += _lines(entries)
        return _distinct(lines)

    async def names(self, text: str, view: View) -> list[Suggestion]:
        """Suggest people, places and things for the begun name *text*; for none, the foremost."""
        return await self._file.apart(self._named(text.strip()[:MAX_QUERY], view), quick=True)

    async def _named(self, text: str, view: View) -> list[Suggestion]:
        scopes = list(dict.fromkeys((view.scope, view.history)))
        for find in (self._names.begun, self._names.like):
            for scope in scopes if view.work is None else scopes[:1]:
                if lines := await find(text, scope, MAX_CHOICES):
                    return _distinct(lines)
        return []

    async def _overview(self, scope: Scope) -> list[Suggestion]:
        """Offer the years that have entries, or the decades when they are too many."""
        rows = await self._file.fetch(YEARS, {"scope": scope.json, "limit": _ALL_YEARS}, quick=True)
        dated = [
            (DateSpan(r["first_day"], r["first_day"], Precision.DAY, ""), r["title"]) for r in rows
        ]
        by_year = [
            (at, list(group)) for at, group in groupby(dated, lambda row: row[0].first_day.year)
        ]
        if len(by_year) <= MAX_CHOICES:
            return [
                Suggestion(group_label(str(at), len(group), first=group[0][1]), str(at))
                for at, group in by_year
            ]
        decades = groupby(dated, lambda row: row[0].first_day.year // 10 * 10)
        return [
            Suggestion(group_label(f"{at}s", len(list(group))), f"{at}s") for at, group in decades
        ][:MAX_CHOICES]

    async def _begun_year(self, digits: str, scope: Scope) -> list[Suggestion]:
        """Offer what lies in the years that begin with *digits*: 193 is 1930 to 1939."""
        missing = 4 - len(digits)
        first = int(digits) * 10**missing
        if not 1 <= first <= 9999:
            return []
        last = min(first + 10**missing - 1, 9999)
        span = DateSpan(year(first).first, year(last).last, Precision.SPAN, "")
        if missing == 1:
            return await self._dated(f"{first}s", decade(first), scope)
        rows = await self._file.fetch(EVENTS_BETWEEN, _days(span, scope, _ALL_YEARS), quick=True)
        days = [DateSpan(row["first_day"], row["first_day"], Precision.DAY, "") for row in rows]
        decades = groupby(days, lambda each: each.first_day.year // 10 * 10)
        return [
            Suggestion(group_label(f"{at}s", len(list(group))), f"{at}s") for at, group in decades
        ][:MAX_CHOICES]

    async def _dated(self, text: str, span: DateSpan, scope: Scope) -> list[Suggestion]:
        """Offer everything of a span, then its entries one by one."""
        rows = await self._file.fetch(EVENTS_BETWEEN, _days(span, scope, MAX_CHOICES), quick=True)
        entries = await self._library.entries([row["id"] for row in rows], scope, quick=True)
        if len(entries) < 2:
            return _lines(entries)
        count = (await self._file.fetch(COUNT_BETWEEN, _days(span, scope, 0), quick=True))[0]
        text = one_line(text)
        everything = Suggestion(group_label(text, count["number"], everything=True), text)
        # A shortened question is another question.
        return _distinct(
            [everything, *_lines(entries)]
            if everything.label.startswith(f"{text} —")
            else _lines(entries)
        )

    async def _worded(
        self, words: str, span: DateSpan | None, scope: Scope, *, guess: bool
    ) -> list[Suggestion]:
        """Offer names, then entries that say the words; with *guess* also what resembles them."""
        search = self._library.search
        telling = search.wording.telling(words)
        terms = await search.terms.read(telling, scope, last_is_begun=True, quick=True)
        find = self._names.like if guess else self._names.begun
        names = [] if span else await find(words, scope)
        if guess:
            terms = await search.terms.corrected(terms, scope, quick=True)
        entries: tuple[Entry, ...] = ()
        if terms and all(term.words for term in terms):
            parameters = {
                "scope": scope.json,
                "match": " AND ".join(term.match for term in terms),
                "first": span.first if span else None,
                "last": span.last if span else None,
                "limit": _CANDIDATES,
            }
            rows = await self._file.fetch(PASSAGES_BY_TEXT, parameters, quick=True)
            weights = {term.said: 1.0 for term in terms}
            best = ranked([candidate(row) for row in rows], terms, " ".join(telling), weights)
            ids = [scored.id for scored in best[:MAX_CHOICES]]
            entries = await self._library.entries(ids, scope, quick=True)
        said = frozenset(word for term in terms for word in term.words)
        return _distinct([*names, *_lines(entries, said)])


def _days(span: DateSpan, scope: Scope, limit: int) -> dict[str, object]:
    return {"scope": scope.json, "first": span.first, "last": span.last, "limit": limit}


def _lines(entries: Iterable[Entry], words: Collection[str] = ()) -> list[Suggestion]:
    return [Suggestion(label(entry, words), entry.reference) for entry in entries]


def _distinct(lines: Sequence[Suggestion]) -> list[Suggestion]:
    seen: set[str] = set()
    labels: set[str] = set()
    kept = []
    for line in lines:
        if line.value not in seen and line.label not in labels and len(line.value) <= MAX_LABEL:
            seen.add(line.value)
            labels.add(line.label)
            kept.append(line)
    return kept[:MAX_CHOICES]
