"""Everything a work holds, sorted by the chapter that tells it: for writing a canon out."""

from collections import defaultdict
from dataclasses import dataclass

from bot.canon.file import Scope
from bot.canon.inventory_statements import EVERY_ALIAS, EVERY_ENTITY, EVERY_MENTION, EVERY_PASSAGE
from bot.canon.library import NO_CEILING, Library
from bot.canon.models import Entity, Entry, Work

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Told:
    """Something and the chapter that tells it; 0: known to every reader."""

    chapter: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Named:
    """An entity: when it is first told, its other names by chapter, and where it is named."""

    chapter: int
    entity: Entity
    aliases: tuple[tuple[int, str], ...]
    entries: tuple[str, ...]
    """Keys of the entries that name it, in the order of the documents."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """All of one work. Entries by date where they have one, then in the order of the documents."""

    work: Work
    entries: tuple[Told, ...]
    entities: tuple[Named, ...]

    @property
    def chapters(self) -> tuple[int, ...]:
        """The chapters that something is told in, in order."""
        told = {each.chapter for each in self.entries} | {each.chapter for each in self.entities}
        aliases = {chapter for each in self.entities for chapter, _ in each.aliases}
        return tuple(sorted(told | aliases))


async def inventory(library: Library, number: int) -> Inventory:
    """Return everything of the work with row id *number*, spoilers and all; remarks apart."""
    return await library.file.apart(_inventory(library, number))


async def _inventory(library: Library, number: int) -> Inventory:
    of_work = {"work_id": number}
    scope = Scope(((number, NO_CEILING),))
    chapters = {
        row["id"]: row["told_order"] for row in await library.file.fetch(EVERY_PASSAGE, of_work)
    }
    ids, told, keys = list(chapters), [], {}
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        for each, entry in zip(batch, await library.entries(batch, scope), strict=True):
            told.append(Told(chapters[each], entry))
            keys[each] = entry.key
    aliases, named = defaultdict(list), defaultdict(list)
    for row in await library.file.fetch(EVERY_ALIAS, of_work):
        aliases[row["entity_id"]].append((row["told_order"], row["text"]))
    for row in await library.file.fetch(EVERY_MENTION, of_work):
        if row["passage_id"] in keys:
            named[row["entity_id"]].append(keys[row["passage_id"]])
    entities = tuple(
        Named(
            row["told_order"],
            library.entity(row),
            tuple(aliases[row["id"]]),
            tuple(named[row["id"]]),
        )
        for row in await library.file.fetch(EVERY_ENTITY, of_work)
    )
    told.sort(key=lambda each: (each.entry.date is None, _day(each.entry)))
    return Inventory(library.works[number], tuple(told), entities)


def _day(entry: Entry) -> int:
    return entry.date.span.first if entry.date else 0
