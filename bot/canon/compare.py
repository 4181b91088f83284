"""`/lore compare`: the same time, person or war in every work, side by side."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from bot.canon.answers import View
from bot.canon.file import Scope
from bot.canon.labels import asked_of_group, one_line
from bot.canon.library import Library
from bot.canon.lookup import Lookup
from bot.canon.models import Dispute, Entity, Entry, Work
from bot.canon.names import fold
from bot.canon.registry import Card, NoSuchNameError, Registry
from bot.canon.search import Manner

_LINES = 4
_MOST_DISPUTES = 3


@dataclass(frozen=True, slots=True)
class Column:
    """What one work has: the entity as it is there, if any, and some of *total* entries."""

    work: Work
    entity: Entity | None
    entries: tuple[Entry, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """One query answered by each work for itself, stories before real history."""

    asked: str
    columns: tuple[Column, ...]
    disputes: tuple[Dispute, ...]


class Comparer:
    """Asks every work the same."""

    def __init__(self, library: Library, lookup: Lookup, registry: Registry) -> None:
        self._library = library
        self._lookup = lookup
        self._registry = registry

    async def compare(self, query: str, view: View) -> Comparison:
        """Return what each work of *view* and real history say to *query*: a date, name or words.

        A line or a key of autocomplete stands for its entity, or for the date of its entry.

        Raises:
            EmptyQueryError, QueryTooLongError.
        """
        return await self._library.file.apart(self._compare(query, view))

    async def _compare(self, query: str, view: View) -> Comparison:
        asked = asked_of_group(query.strip()) or query
        chosen = await self._lookup.chosen(asked, view)
        if chosen and chosen.date:
            asked = chosen.date.written
        card = None
        # Not a name: a date or words, then, and each work answers those for itself.
        with suppress(NoSuchNameError):
            card = await self._registry.entry(asked, view)
        columns = [
            await self._column(work, Scope(((number, ceiling),)), asked, card)
            for number, work in self._library.works.items()
            if (ceiling := dict(view.everything.works).get(number, 0))
        ]
        columns.sort(key=lambda column: column.work.is_history)
        disputes = card.disputes if card else await self._disputes(columns, view)
        return Comparison(card.entity.name if card else one_line(asked), tuple(columns), disputes)

    async def _column(self, work: Work, scope: Scope, asked: str, card: Card | None) -> Column:
        same = [card.entity, *card.others] if card else []
        there = next((each for each in same if each.work == work), None)
        own = View(scope, Scope(()), work)
        answer = await self._lookup.answer(there.reference if there else asked, own)
        # What has only some of the words is no counterpart.
        told = answer.entries if answer.manner is not Manner.SOME else ()
        if card and not there:
            told = _naming(card.entity, asked, told)
        shown = sorted(told[:_LINES], key=_by_date)
        return Column(work, there, tuple(shown), answer.total if told else 0)

    async def _disputes(self, columns: Iterable[Column], view: View) -> tuple[Dispute, ...]:
        """Return the contradictions about those whom the entries of the stories name."""
        found: dict[Dispute, None] = {}
        for column in columns:
            for entry in column.entries if not column.work.is_history else ():
                found |= dict.fromkeys(await self._library.disputes(entry.reference, view))
        return tuple(found)[:_MOST_DISPUTES]


def _naming(entity: Entity, asked: str, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return *entries* if the first of them says one of the entity's names as a whole."""
    names = {fold(name) for name in (asked, entity.name, *entity.aliases)}
    said = f" {fold(f'{entries[0].title} {entries[0].text}')} " if entries else ""
    return entries if any(f" {name} " in said for name in names) else ()


def _by_date(entry: Entry) -> tuple[bool, int]:
    return (entry.date is None, entry.date.span.first if entry.date else entry.number)
