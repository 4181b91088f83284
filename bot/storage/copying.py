"""Moving a community from one engine to the other: every row, checked, and resumable.

Source and target are walked side by side in the order of their keys. What the target lacks is
inserted, and then everything is compared once more. So a copy that was cut short is simply made
again: it finds its work done up to there. If the source has changed meanwhile, it begins anew.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bot.errors import StorageError
from bot.storage.rows import Value

SOME: Final = 500
"""Rows that are read, and committed, at a time."""

Key = tuple[Value, ...]
Record = tuple[Value, ...]
Watch = Callable[[str, int], None]
"""Is told which table is copied, and how many rows more are done."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, those of its key, and the tables its rows point to."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    parents: frozenset[str]

    def key_of(self, record: Record) -> Key:
        """Return the key of a record."""
        return tuple(record[self.columns.index(name)] for name in self.key)


class End(Protocol):
    """One end of a copy."""

    async def tables(self) -> Sequence[Table]:
        """Return the tables of the community, those that others point to first."""
        ...

    async def page(self, table: Table, after: Key | None) -> list[Record]:
        """Return the next `SOME` records beyond a key, in the order of keys."""
        ...

    async def clear(self, tables: Sequence[Table]) -> None:
        """Delete every record of every table."""
        ...

    async def insert(self, table: Table, records: Sequence[Record]) -> None:
        """Add records."""
        ...

    async def counters(self) -> dict[str, int]:
        """Return table → the highest number it ever gave to a row."""
        ...

    async def raise_counters(self, counters: dict[str, int]) -> None:
        """Have no number given again that was given at the other end."""
        ...


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: rows of each table, and how many of them had to be written this time."""

    rows: dict[str, int]
    written: int


async def copy(source: End, target: End, watch: Watch = lambda _table, _rows: None) -> Copied:
    """Make *target* hold exactly what *source* holds; return what there is now.

    Raises:
        StorageError: the ends have different tables, or one of them was changed meanwhile.
    """
    tables = await source.tables()
    if set(tables) != set(await target.tables()):
        raise StorageError("The two databases have different tables: they are of other versions.")
    if not await _is_part(source, target, tables):
        await target.clear(tables)
    rows, written = dict.fromkeys((table.name for table in tables), 0), 0
    for table in tables:
        async for theirs, ours in _side_by_side(source, target, table):
            there = set(ours)
            missing = [record for record in theirs if record not in there]
            await target.insert(table, missing)
            written += len(missing)
            rows[table.name] += len(theirs)
            watch(table.name, len(theirs))
    await target.raise_counters(await source.counters())
    await _compare(source, target, tables)
    return Copied(rows, written)


async def _is_part(source: End, target: End, tables: Sequence[Table]) -> bool:
    """Tell whether *target* holds nothing but what *source* holds."""
    for table in tables:
        async for theirs, ours in _side_by_side(source, target, table):
            if not set(ours) <= set(theirs):
                return False
    return True


async def _compare(source: End, target: End, tables: Sequence[Table]) -> None:
    """Require that both ends hold the same, and give the same numbers to what comes next."""
    for table in tables:
        async for theirs, ours in _side_by_side(source, target, table):
            if theirs != ours:
                raise StorageError(
                    f"After copying, the table {table.name} differs: somebody else writes to one "
                    "of the databases. Stop every Samizdat that uses them and copy again."
                )
    given = await target.counters()
    if any(given.get(name, 0) < number for name, number in (await source.counters()).items()):
        raise StorageError("After copying, numbers of rows would be given a second time.")


async def _side_by_side(
    source: End, target: End, table: Table
) -> AsyncIterator[tuple[list[Record], list[Record]]]:
    """Yield the records of both ends in stretches that cover the same keys."""
    left, right = _Pages(source, table), _Pages(target, table)
    while True:
        await left.fill()
        await right.fill()
        if not left.records and not right.records:
            return
        border = _border(left, right)
        yield left.take(border), right.take(border)


class _Pages:
    """The records of one end that were read and not yet handed on."""

    def __init__(self, end: End, table: Table) -> None:
        self._end = end
        self._table = table
        self._after: Key | None = None
        self.ended = False
        self.records: list[Record] = []

    async def fill(self) -> None:
        if not self.records and not self.ended:
            self.records = await self._end.page(self._table, self._after)
            self.ended = len(self.records) < SOME
            if self.records:
                self._after = self.last

    @property
    def last(self) -> Key:
        return self._table.key_of(self.records[-1])

    def take(self, border: Key | None) -> list[Record]:
        """Hand on the records up to a key; None: all."""
        taken = list(self._up_to(border))
        self.records = self.records[len(taken) :]
        return taken

    def _up_to(self, border: Key | None) -> Iterator[Record]:
        for record in self.records:
            if border is not None and _order(self._table.key_of(record)) > _order(border):
                return
            yield record


def _border(left: _Pages, right: _Pages) -> Key | None:
    """Return up to which key both ends have been read; None: both to their end."""
    read = [pages.last for pages in (left, right) if pages.records and not pages.ended]
    return min(read, key=_order, default=None)


def _order(key: Key) -> tuple[object, ...]:
    """Return what orders keys as both engines order them: numbers, and texts by code points."""
    return tuple(part.encode() if isinstance(part, str) else part for part in key)
