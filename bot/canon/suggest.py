"""Autocomplete: what a reader may mean while still typing. At most 25 lines of 100 characters."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from rapidfuzz import fuzz

from bot.canon.answers import Suggestion, View
from bot.canon.dates import DateSpan, Precision, decade, year
from bot.canon.file import Scope
from bot.canon.labels import (
    MAX_LABEL,
    entity_label,
    group_label,
    label,
    one_line,
    shortened,
)
from bot.canon.library import Library
from bot.canon.lookup import MAX_QUERY
from bot.canon.models import Entry
from bot.canon.names import fold, name_key
from bot.canon.query import parse_query
from bot.canon.ranking import ranked
from bot.canon.search import candidate
from bot.canon.spelling import trigram_match
from bot.canon.statements import (
    COUNT_BETWEEN,
    ENTITIES_BY_PREFIX,
    ENTITIES_BY_TRIGRAM,
    EVENTS_BETWEEN,
    PASSAGES_BY_TEXT,
    YEARS,
)

MAX_CHOICES = 25
"""Discord's limit on the lines of one autocomplete answer."""
_MOST_NAMES = 8
_LEAST_NAME_LIKENESS = 75.0
_LEAST_FUZZY = 4
_CANDIDATES = 30
_ALL_YEARS = 5000


class Suggester:
    """Suggests queries; asks the library on its own connection."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._file = library.file

    async def works(self, text: str) -> list[Suggestion]:
        """Suggest the works whose title holds *text*."""
        folded = fold(text)
        return [
            Suggestion(shortened(work.title), work.slug)
            for work in self._library.works.values()
            if folded in fold(work.title)
        ][:MAX_CHOICES]

    async def events(self, text: str, view: View) -> list[Suggestion]:
        """Suggest what to ask of `/event` for the begun query *text*."""
        return await self._file.apart(self._events(text.strip()[:MAX_QUERY], view), quick=True)

    async def _events(self, text: str, view: View) -> list[Suggestion]:
        if not text:
            return await self._overview(view.scope)
        if text.isdecimal() and len(text) < 4:
            return await self._begun_year(text, view.scope)
        query = parse_query(text, self._library.eras(view.scope))
        if query.words:
            return await self._worded(query.words, query.span, view)
        if query.span:
            return await self._dated(text, query.span, view.scope)
        return []

    async def names(self, text: str, view: View) -> list[Suggestion]:
        """Suggest people, places and things for the begun name *text*; for none, the foremost."""
        named = self._names(text.strip()[:MAX_QUERY], view, most=MAX_CHOICES)
        return await self._file.apart(named, quick=True)

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

    async def _worded(self, words: str, span: DateSpan | None, view: View) -> list[Suggestion]:
        search = self._library.search
        telling = search.wording.telling(words)
        terms = await search.terms.read(telling, view.scope, last_is_begun=True, quick=True)
        known = all(term.words for term in terms)
        names = [] if span else await self._names(words, view, fuzzy=not known)
        if not known:
            terms = await search.terms.corrected(terms, view.scope, quick=True)
        entries: tuple[Entry, ...] = ()
        if terms and all(term.words for term in terms):
            parameters = {
                "scope": view.scope.json,
                "match": " AND ".join(term.match for term in terms),
                "first": span.first if span else None,
                "last": span.last if span else None,
                "limit": _CANDIDATES,
            }
            rows = await self._file.fetch(PASSAGES_BY_TEXT, parameters, quick=True)
            weights = {term.said: 1.0 for term in terms}
            best = ranked([candidate(row) for row in rows], terms, " ".join(telling), weights)
            ids = [scored.id for scored in best[:MAX_CHOICES]]
            entries = await self._library.entries(ids, view.scope, quick=True)
        said = frozenset(word for term in terms for word in term.words)
        return _distinct([*names, *_lines(entries, said)])

    async def _names(
        self, words: str, view: View, *, fuzzy: bool = True, most: int = _MOST_NAMES
    ) -> list[Suggestion]:
        """Offer the names that begin like *words*, with the alias that did; else the nearest."""
        prefix = name_key(words)
        if words and not prefix:
            return []
        rows = await self._file.fetch(
            ENTITIES_BY_PREFIX,
            {"scope": view.scope.json, "prefix": prefix, "limit": most * 4},
            quick=True,
        )
        if not rows and fuzzy and len(prefix) >= _LEAST_FUZZY:
            rows = await self._near(prefix, view)
        lines = []
        for row in rows:
            work = self._library.works[row["work_id"]]
            alias = None if row["is_name"] else row["alias"]
            line = entity_label(row["name"], row["kind"], work.title, alias)
            lines.append(Suggestion(line, f"{work.slug}/~{row['key']}"))
        return _distinct(lines)[:most]

    async def _near(self, prefix: str, view: View) -> list[sqlite3.Row]:
        """Return the names that resemble what was typed, the best first."""
        parameters = {
            "scope": view.scope.json,
            "match": trigram_match(prefix),
            "limit": _CANDIDATES,
        }
        rows = await self._file.fetch(ENTITIES_BY_TRIGRAM, parameters, quick=True)
        scored = [(fuzz.ratio(prefix, row["folded"][: len(prefix) + 1]), row) for row in rows]
        scored = [each for each in scored if each[0] >= _LEAST_NAME_LIKENESS]
        return [row for _, row in sorted(scored, key=lambda each: -each[0])]


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
