"""The library: every question that may be asked of the canon, and the rows made into models."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

from bot.canon.answers import Reading, View
from bot.canon.dates import DateSpan, Precision
from bot.canon.entity_statements import ALIASES, DISPUTES_IN, ENTITIES_IN, ENTITY_BY_KEY, PARALLELS
from bot.canon.file import CanonFile, Scope
from bot.canon.models import Dispute, Entity, EntityKind, Entry, Source, Work
from bot.canon.query import parse_iso_span
from bot.canon.search import Search, ids_json
from bot.canon.statements import (
    ENTRIES_BY_ID,
    ENTRY_BY_KEY,
    ERAS,
    EVENT_AFTER,
    EVENT_BEFORE,
    EVENTS_BETWEEN,
    PASSAGE_BESIDE,
    SOURCES,
    WORKS,
)
from bot.canon.works import NoSuchWorkError, entry_of, number_called, source_of, work_of

PageOf = Callable[[str], str | None]
NO_CEILING = 2**62
"""The ceiling of a reader who has read everything."""
FIRST_CHAPTER = 1
"""The ceiling of a reader who has not said how far they are: never all of a story."""
_NAMED_ENTITIES = 12
_SHOWN_DISPUTES = 2
_SHOWN_PARALLELS = 3
_PARALLEL_CANDIDATES = 24
_PARALLEL_DAYS = 15 * 366


class Library:
    """Answers questions about works, sources and single entries."""

    def __init__(self, file: CanonFile) -> None:
        self.file = file
        self.search = Search(file)
        self.works: dict[int, Work] = {}
        self._eras: dict[int, dict[str, DateSpan]] = {}
        self._sources: dict[int, Source] = {}
        self._last_chapters: dict[int, int] = {}

    @classmethod
    async def open(cls, path: Path, page_of: PageOf = lambda _slug: None) -> Self:
        """Open the canon at *path*; what is few and always needed is read at once.

        *page_of* tells the address of a work's page on the website, by its key.
        """
        library = cls(await CanonFile.open(path))
        try:
            await library._load(page_of)
        except BaseException:
            await library.close()
            raise
        return library

    async def close(self) -> None:
        """Close the file."""
        await self.file.close()

    async def _load(self, page_of: PageOf) -> None:
        for row in await self.file.fetch(WORKS):
            self.works[row["id"]] = replace(work_of(row), page=page_of(row["slug"]))
        for row in await self.file.fetch(SOURCES):
            self._sources[row["id"]] = source_of(row)
            last = self._last_chapters.get(row["work_id"], 0)
            self._last_chapters[row["work_id"]] = max(last, row["chapter"])
        for row in await self.file.fetch(ERAS):
            self._eras.setdefault(row["work_id"], {})[row["name"]] = parse_iso_span(row["edtf"])

    def eras(self, scope: Scope) -> dict[str, DateSpan]:
        """Return the named eras of the works in *scope*: folded name → days."""
        return {
            name: span
            for work, _ in reversed(scope.works)
            for name, span in self._eras.get(work, {}).items()
        }

    def view(self, work: str | None, ceilings: Mapping[str, int] | None = None) -> View:
        """Return what a question may look at: the work called *work*, or every story.

        *work* is a key, a title in any spelling, or "OTL" for real history. *ceilings* are the last
        chapters a reader may be shown, by work; a story that is not among them shows its first.
        None, for those who look after the works, shows everything.

        Raises:
            NoSuchWorkError: nothing is called so.
        """
        told = {
            each: NO_CEILING
            if ceilings is None or known.is_history
            else ceilings.get(known.slug, FIRST_CHAPTER)
            for each, known in self.works.items()
        }
        history = Scope(tuple((each, told[each]) for each in told if self.works[each].is_history))
        if work is not None and work.strip():
            found = number_called(work, self.works)
            return View(Scope(((found, told[found]),)), history, self.works[found])
        stories = Scope(
            tuple((each, told[each]) for each in told if not self.works[each].is_history)
        )
        return View(stories if stories.works else history, history)

    def view_or_all(self, work: str | None, ceilings: Mapping[str, int] | None = None) -> View:
        """Return `view`, or the view of every story while *work* is only half typed."""
        try:
            return self.view(work, ceilings)
        except NoSuchWorkError:
            return self.view(None, ceilings)

    def work_called(self, name: str) -> Work:
        """Return the work with this key or title. Raises NoSuchWorkError."""
        return self.works[number_called(name, self.works)]

    def last_chapter(self, work: Work) -> int:
        """Return the number of the last chapter *work* is told in; 0 when it has none."""
        if work.is_history:
            return 0
        number = next(each for each, known in self.works.items() if known == work)
        return self._last_chapters.get(number, 0)

    async def entries(
        self, ids: Iterable[int], scope: Scope, *, quick: bool = False
    ) -> tuple[Entry, ...]:
        """Return the entries with these row ids, in their order, leaving out what *scope* hides."""
        wanted = list(ids)
        if not wanted:
            return ()
        parameters = {"scope": scope.json, "ids": ids_json(wanted)}
        found = await self.file.fetch(ENTRIES_BY_ID, parameters, quick=quick)
        rows = {row["id"]: row for row in found}
        return tuple(self._entry(rows[each]) for each in wanted if each in rows)

    async def row_called(self, reference: str, scope: Scope) -> sqlite3.Row | None:
        """Return the row of the entry whose `reference` this is, or None."""
        work, _, key = reference.partition("/")
        for each, known in self.works.items():
            if known.slug == work:
                parameters = {"scope": scope.json, "work_id": each, "key": key}
                rows = await self.file.fetch(ENTRY_BY_KEY, parameters)
                return rows[0] if rows else None
        return None

    async def entity_called(self, reference: str, scope: Scope) -> Entity | None:
        """Return the entity whose `reference` this is, or None."""
        work, _, key = reference.partition("/~")
        for each, known in self.works.items():
            if known.slug == work and key:
                parameters: Mapping[str, object] = {
                    "scope": scope.json,
                    "work_id": each,
                    "key": key,
                }
                for row in await self.file.fetch(ENTITY_BY_KEY, parameters):
                    aliases = await self.file.fetch(
                        ALIASES, {"scope": scope.json, "entity_id": row["id"]}
                    )
                    return self.entity(row, tuple(alias["text"] for alias in aliases))
        return None

    async def read(self, reference: str, view: View) -> Reading | None:
        """Return the entry called *reference* with its neighbours and parallels, or None.

        An entry of real history can be opened from any view.
        """
        return await self.file.apart(self._read(reference, view))

    async def _read(self, reference: str, view: View) -> Reading | None:
        row = await self.row_called(reference, view.everything)
        if row is None:
            return None
        entry = self._entry(row)
        own = Scope(tuple(each for each in view.everything.works if each[0] == row["work_id"]))
        before, after = await self._neighbours(row, own)
        parameters = {
            "scope": view.everything.json,
            "passage_id": row["id"],
            "work_id": row["work_id"],
        }
        named = await self.file.fetch(ENTITIES_IN, {**parameters, "limit": _NAMED_ENTITIES})
        return Reading(
            entry,
            before,
            after,
            tuple(self.entity(each) for each in named),
            await self.disputes(reference, view),
            () if entry.work.is_history else await self._parallels(row, view),
        )

    async def disputes(self, reference: str, view: View) -> tuple[Dispute, ...]:
        """Return what other works say otherwise about those the entry called *reference* names."""
        row = await self.row_called(reference, view.everything)
        if row is None:
            return ()
        parameters = {
            "scope": view.everything.json,
            "passage_id": row["id"],
            "work_id": row["work_id"],
            "limit": _SHOWN_DISPUTES,
        }
        rows = await self.file.fetch(DISPUTES_IN, parameters)
        return await self.contradictions(rows, view.everything)

    async def _neighbours(
        self, row: sqlite3.Row, scope: Scope
    ) -> tuple[Entry | None, Entry | None]:
        if row["first_day"] is None:
            beside = [
                await self.file.fetch(
                    PASSAGE_BESIDE,
                    {"scope": scope.json, "source_id": row["source_id"], "number": number},
                )
                for number in (row["number"] - 1, row["number"] + 1)
            ]
        else:
            parameters = {
                "scope": scope.json,
                "first": row["first_day"],
                "position": row["position"],
            }
            beside = [
                await self.file.fetch(each, parameters) for each in (EVENT_BEFORE, EVENT_AFTER)
            ]
        found = [await self.entries([each["id"] for each in rows], scope) for rows in beside]
        return (found[0][0] if found[0] else None, found[1][0] if found[1] else None)

    async def _parallels(self, row: sqlite3.Row, view: View) -> tuple[Entry, ...]:
        """Return what happened in real history: to the same people, nearest in time; then then."""
        if row["first_day"] is None or not view.history.works:
            return ()
        scope = view.history
        shared = await self.file.fetch(
            PARALLELS,
            {"scope": scope.json, "passage_id": row["id"], "limit": _PARALLEL_CANDIDATES},
        )
        near = [
            each for each in shared if abs(each["first_day"] - row["first_day"]) < _PARALLEL_DAYS
        ]
        near.sort(
            key=lambda each: (
                abs(each["first_day"] - row["first_day"]) / 366 - 12 * each["weight"],
                each["first_day"],
            )
        )
        days = DateSpan(row["first_day"], row["last_day"], Precision(row["precision"]), row["edtf"])
        then = await self.file.fetch(EVENTS_BETWEEN, self.file.days(days, scope, 2))
        ids = [each["id"] for each in near[: _SHOWN_PARALLELS - 1]]
        ids += [each["id"] for each in then if each["id"] not in ids]
        entries = await self.entries(ids[:_SHOWN_PARALLELS], scope)
        return tuple(sorted(entries, key=lambda each: each.date.span.first if each.date else 0))

    async def beside(self, day: int, scope: Scope) -> tuple[Entry | None, Entry | None]:
        """Return the dated entries nearest before and after *day* (an ordinal)."""
        parameters = {"scope": scope.json, "first": day, "position": 0}
        before = await self.file.fetch(EVENT_BEFORE, parameters)
        after = await self.file.fetch(EVENT_AFTER, parameters)
        earlier = await self.entries([row["id"] for row in before], scope)
        later = await self.entries([row["id"] for row in after], scope)
        return (earlier[0] if earlier else None, later[0] if later else None)

    def _entry(self, row: sqlite3.Row) -> Entry:
        return entry_of(row, self.works[row["work_id"]], self._sources[row["source_id"]])

    def entity(self, row: sqlite3.Row, aliases: tuple[str, ...] = ()) -> Entity:
        """Return the entity of a row of any statement that has its columns."""
        work = self.works[row["work_id"]]
        kind = EntityKind(row["kind"])
        return Entity(row["key"], work, row["name"], kind, row["blurb"], aliases, row["concept"])

    async def contradictions(
        self, rows: Sequence[sqlite3.Row], scope: Scope
    ) -> tuple[Dispute, ...]:
        """Return the disputes in *rows* of a statement about them, with the passages they cite."""
        sides = ("here_passage", "there_passage")
        ids = {row[side]: None for row in rows for side in sides if row[side] is not None}
        cited = dict(zip(ids, await self.entries(ids, scope), strict=True))
        return tuple(
            Dispute(
                row["about"],
                self.works[row["here_id"]],
                row["here"],
                self.works[row["there_id"]],
                row["there"],
                *(cited.get(row[side]) for side in sides),
            )
            for row in rows
        )
