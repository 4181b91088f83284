"""`/lore compare`: the same time, person or war in every work, side by side."""

from contextlib import suppress
from dataclasses import dataclass

from bot.canon.answers import View
from bot.canon.file import Scope
from bot.canon.library import Library
from bot.canon.lookup import Lookup
from bot.canon.models import Dispute, Entity, Entry, Work
from bot.canon.registry import NoSuchNameError, Registry

_LINES = 4


@dataclass(frozen=True, slots=True)
class Column:
    """What one work has: the entity as it is there, if any, and the first of *total* entries."""

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

        Raises:
            EmptyQueryError, QueryTooLongError.
        """
        card = None
        # Not a name: a date or words, then, and each work answers those for itself.
        with suppress(NoSuchNameError):
            card = await self._registry.entry(query, view)
        same = [card.entity, *card.others] if card else []
        columns = []
        for number, work in self._library.works.items():
            own = View(Scope(((number, self._ceiling(number, view)),)), Scope(()), work)
            if not own.scope.works[0][1]:
                continue
            there = next((each for each in same if each.work == work), None)
            answer = await self._lookup.answer(there.reference if there else query, own)
            columns.append(Column(work, there, answer.entries[:_LINES], answer.total))
        columns.sort(key=lambda column: column.work.is_history)
        return Comparison(query, tuple(columns), card.disputes if card else ())

    def _ceiling(self, number: int, view: View) -> int:
        """Return how far the view reaches into a work; 0 when not at all."""
        return dict(view.everything.works).get(number, 0)
