"""The end of a copy that is a PostgreSQL."""

from collections.abc import Sequence
from typing import Final

import asyncpg

from bot.storage.copying import SOME, Key, Record, Table
from bot.storage.postgres.migrate import identities, raise_identities

_NOT_COPIED: Final = ("migration", "writer_mark", "unfinished_copy")
_COLUMNS: Final = """
SELECT c.relname AS "table", a.attname AS name
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = current_schema() AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
"""
_KEYS: Final = """
SELECT c.relname AS "table", a.attname AS name
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place)
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
 WHERE n.nspname = current_schema() AND i.indisprimary ORDER BY c.relname, k.place
"""
_PARENTS: Final = """
SELECT child.relname AS "table", parent.relname AS name
  FROM pg_constraint f JOIN pg_class child ON child.oid = f.conrelid
  JOIN pg_class parent ON parent.oid = f.confrelid
  JOIN pg_namespace n ON n.oid = child.relnamespace
 WHERE n.nspname = current_schema() AND f.contype = 'f' AND f.conrelid <> f.confrelid
"""


class PostgresEnd:
    """A database of ours with the newest schema."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def tables(self) -> Sequence[Table]:
        """See `End`; in no order, as only the other end's is needed."""
        columns, keys, parents = [await self._lists(sql) for sql in (_COLUMNS, _KEYS, _PARENTS)]
        return [
            Table(
                name,
                tuple(sorted(columns[name])),
                tuple(keys.get(name, ())),
                frozenset(parents.get(name, ())),
            )
            for name in columns
            if name not in _NOT_COPIED
        ]

    async def _lists(self, sql: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in await self._connection.fetch(sql):
            found.setdefault(row["table"], []).append(row["name"])
        return found

    async def page(self, table: Table, after: Key | None) -> list[Record]:
        """See `End`."""
        keys = _names(table.key)
        beyond = "" if after is None else f"WHERE ({keys}) > ({_marks(table.key)})"
        rows = await self._connection.fetch(
            f"SELECT {_names(table.columns)} FROM {table.name} {beyond}"  # noqa: S608 - names from the schema
            f" ORDER BY {keys} LIMIT {SOME}",
            *(after or ()),
        )
        return [tuple(row) for row in rows]

    async def clear(self, tables: Sequence[Table]) -> None:
        """See `End`."""
        await self._connection.execute(f"TRUNCATE {', '.join(table.name for table in tables)}")

    async def insert(self, table: Table, records: Sequence[Record]) -> None:
        """See `End`."""
        if records:
            await self._connection.executemany(  # atomic by itself
                f"INSERT INTO {table.name} ({_names(table.columns)})"  # noqa: S608
                f" VALUES ({_marks(table.columns)})",
                records,
            )

    async def counters(self) -> dict[str, int]:
        """See `End`."""
        found = await identities(self._connection)
        return {each.table: each.last for each in found if each.last}

    async def raise_counters(self, counters: dict[str, int]) -> None:
        """See `End`."""
        await raise_identities(self._connection, counters)


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _marks(columns: Sequence[str]) -> str:
    return ", ".join(f"${place}" for place in range(1, len(columns) + 1))
