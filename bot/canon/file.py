"""The canon file, opened for reading: a few connections that never wait for a writer.

`immutable=1` promises SQLite that nobody changes the file, which holds: a build writes another one
and renames it over this name, so an open canon stays what it was.
"""

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

import aiosqlite

LOOKUP_CONNECTIONS = 2
_CACHE_KIB = 8192


@dataclass(frozen=True, slots=True)
class Scope:
    """Who may see what: (work id, ceiling) pairs. What is not in it does not exist."""

    works: tuple[tuple[int, int], ...]

    @property
    def json(self) -> str:
        """The pairs as the statements take them."""
        return "[" + ",".join(f"[{work},{ceiling}]" for work, ceiling in self.works) + "]"


class CanonFile:
    """Read-only access to one canon file. Autocomplete has a connection of its own."""

    def __init__(
        self, lookups: Sequence[aiosqlite.Connection], quick: aiosqlite.Connection
    ) -> None:
        self._lookups = lookups
        self._quick = quick
        self._turn = 0

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open *path*, which must exist and be whole."""
        connections: list[aiosqlite.Connection] = []
        try:
            for _ in range(LOOKUP_CONNECTIONS + 1):
                connections.append(await _connect(path))
        except BaseException:
            await asyncio.gather(*(connection.close() for connection in connections))
            raise
        return cls(connections[1:], connections[0])

    async def close(self) -> None:
        """Close every connection; waits for what is being read."""
        await asyncio.gather(*(each.close() for each in (*self._lookups, self._quick)))

    async def fetch(
        self, sql: str, parameters: Mapping[str, object] | None = None, *, quick: bool = False
    ) -> list[sqlite3.Row]:
        """Return all rows of one statement; *quick* is autocomplete's own lane."""
        self._turn = (self._turn + 1) % len(self._lookups)
        connection = self._quick if quick else self._lookups[self._turn]
        return list(await connection.execute_fetchall(sql, parameters or {}))


async def _connect(path: Path) -> aiosqlite.Connection:
    uri = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    connection = await aiosqlite.connect(uri, uri=True, isolation_level=None)
    connection.row_factory = sqlite3.Row
    await connection.execute("PRAGMA query_only = ON")
    await connection.execute("PRAGMA trusted_schema = OFF")
    await connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return connection
