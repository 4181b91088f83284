"""The end of a copy that is a SQLite file."""

import sqlite3
from collections.abc import Sequence

from bot.storage.copying import SOME, Key, Record, Table

_NOT_COPIED = ("migration",)


class SqliteEnd:
    """A file of ours with the newest schema, opened by `bot.storage.connection.connect`.

    The methods block: nothing else runs while a community is moved.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        # Rows may be deleted before those that point to them; in the end all are compared.
        connection.execute("PRAGMA foreign_keys = OFF")

    async def tables(self) -> Sequence[Table]:
        """See `End`."""
        names = self._connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            " ORDER BY name"
        )
        found = {row[0]: self._table(row[0]) for row in names if row[0] not in _NOT_COPIED}
        return _parents_first(found)

    def _table(self, name: str) -> Table:
        columns = self._connection.execute(f"PRAGMA table_info({name})").fetchall()
        keys = sorted((row["pk"], row["name"]) for row in columns if row["pk"])
        parents = self._connection.execute(f"PRAGMA foreign_key_list({name})")
        return Table(
            name,
            tuple(sorted(row["name"] for row in columns)),
            tuple(column for _, column in keys),
            frozenset(row["table"] for row in parents) - {name},
        )

    async def page(self, table: Table, after: Key | None) -> list[Record]:
        """See `End`."""
        keys = ", ".join(table.key)
        beyond = "" if after is None else f"WHERE ({keys}) > ({_marks(table.key)})"
        rows = self._connection.execute(
            f"SELECT {', '.join(table.columns)} FROM {table.name} {beyond}"  # noqa: S608 - names from the schema
            f" ORDER BY {keys} LIMIT {SOME}",
            after or (),
        )
        return [_clean(row) for row in rows]

    async def clear(self, tables: Sequence[Table]) -> None:
        """See `End`."""
        for table in tables:
            self._connection.execute(f"DELETE FROM {table.name}")  # noqa: S608

    async def insert(self, table: Table, records: Sequence[Record]) -> None:
        """See `End`."""
        columns = ", ".join(table.columns)
        self._many(
            f"INSERT INTO {table.name} ({columns}) VALUES ({_marks(table.columns)})",  # noqa: S608
            records,
        )

    def _many(self, sql: str, values: Sequence[Sequence[object]]) -> None:
        if not values:
            return
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._connection.executemany(sql, values)
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise

    async def counters(self) -> dict[str, int]:
        """See `End`."""
        return dict(map(tuple, self._connection.execute("SELECT name, seq FROM sqlite_sequence")))

    async def raise_counters(self, counters: dict[str, int]) -> None:
        """See `End`."""
        known = await self.counters()
        for name, number in counters.items():
            if name not in known:
                sql = "INSERT INTO sqlite_sequence (seq, name) VALUES (?, ?)"
            else:
                sql = "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?"
            self._connection.execute(sql, (number, name))


def _marks(names: Sequence[str]) -> str:
    return ", ".join("?" * len(names))


def _clean(row: sqlite3.Row) -> Record:
    """Return a row as PostgreSQL can keep it: it has no text with NUL in it."""
    return tuple(
        value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value
        for value in row
    )


def _parents_first(tables: dict[str, Table]) -> list[Table]:
    ordered: dict[str, Table] = {}
    while len(ordered) < len(tables):
        ready = [t for t in tables.values() if t.name not in ordered and t.parents <= set(ordered)]
        ordered.update((table.name, table) for table in ready)
    return list(ordered.values())
