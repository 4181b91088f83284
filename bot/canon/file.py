"""The canon file, opened for reading: a few connections that never wait for a writer.

`immutable=1` promises SQLite that nobody changes the file, which holds: a build writes another one
and renames it over this name, so an open canon stays what it was.

A question takes a dozen statements. Each alone in a thread would cost more in going there and back
than in SQLite, so `apart` takes the whole question to a thread, ranking included: the event loop
stays free, and a statement there is a plain call.
"""

import asyncio
import json
import sqlite3
import threading
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Self, TypeVar
from urllib.parse import quote

from bot.canon.dates import DateSpan
from bot.canon.statements import LONG_EVENTS

LOOKUP_CONNECTIONS = 2
_CACHE_KIB = 8192

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scope:
    """Who may see what: (work id, ceiling) pairs. What is not in it does not exist."""

    works: tuple[tuple[int, int], ...]

    @property
    def json(self) -> str:
        """The pairs as the statements take them."""
        return "[" + ",".join(f"[{work},{ceiling}]" for work, ceiling in self.works) + "]"


class _Here(threading.local):
    """The connection that the running thread may use at once."""

    connection: sqlite3.Connection | None = None


class _Lane:
    """Threads that each have a connection while they work."""

    def __init__(self, connections: Sequence[sqlite3.Connection], name: str) -> None:
        self._connections = connections
        self._free: SimpleQueue[sqlite3.Connection] = SimpleQueue()
        for connection in connections:
            self._free.put(connection)
        self.threads = ThreadPoolExecutor(len(connections), thread_name_prefix=name)

    def run(self, here: _Here, work: Coroutine[Any, Any, T]) -> T:
        """Run *work* to its end in this thread."""
        here.connection = self._free.get()
        try:
            work.send(None)
        except StopIteration as finished:
            result: T = finished.value
            return result
        finally:
            self._free.put(here.connection)
            here.connection = None
        work.close()
        raise RuntimeError("a question to the canon waited for something other than the canon")

    def close(self) -> None:
        """Wait for what is being read, then close the connections."""
        self.threads.shutdown()
        for connection in self._connections:
            connection.close()


class CanonFile:
    """Read-only access to one canon file. Autocomplete has a connection of its own."""

    def __init__(self, lookups: Sequence[sqlite3.Connection], quick: sqlite3.Connection) -> None:
        self._here = _Here()
        self._lookups = _Lane(lookups, "canon")
        self._quick = _Lane([quick], "canon-quick")
        self._long_events = "[]"

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open *path*, which must exist and be whole."""
        connections = await asyncio.to_thread(_connect, path, LOOKUP_CONNECTIONS + 1)
        file = cls(connections[1:], connections[0])
        long = await file.fetch(LONG_EVENTS)
        file._long_events = json.dumps([row["id"] for row in long])
        return file

    def days(self, span: DateSpan, scope: Scope, limit: int) -> dict[str, object]:
        """Return the parameters of a statement about what happened within *span*."""
        days = {"first": span.first, "last": span.last, "long": self._long_events}
        return {"scope": scope.json, **days, "limit": limit}

    async def close(self) -> None:
        """Close every connection; waits for what is being read."""
        for lane in (self._lookups, self._quick):
            await asyncio.to_thread(lane.close)

    async def apart(self, work: Coroutine[Any, Any, T], *, quick: bool = False) -> T:
        """Run *work*, which must wait for nothing but this file, in a thread; return its result.

        *quick* is autocomplete's own lane. Within other work it simply runs.
        """
        if self._here.connection is not None:
            return await work
        lane = self._quick if quick else self._lookups
        # What goes wrong is said there, in the reader's language.
        context = copy_context()
        try:
            asked = lane.threads.submit(context.run, lane.run, self._here, work)
        except RuntimeError:  # closed: the process is ending
            work.close()
            raise
        # Cancelled before its turn it is never begun, and a coroutine wants to be ended then.
        asked.add_done_callback(lambda done: work.close() if done.cancelled() else None)
        return await asyncio.wrap_future(asked)

    def answer_here(self, work: Coroutine[Any, Any, T]) -> T:
        """Return the result of *work*, run in this thread. Blocking."""
        return self._lookups.run(self._here, work)

    async def fetch(
        self, sql: str, parameters: Mapping[str, object] | None = None, *, quick: bool = False
    ) -> list[sqlite3.Row]:
        """Return all rows of one statement; *quick* is autocomplete's own lane."""
        return await self.apart(self._fetched(sql, parameters or {}), quick=quick)

    async def _fetched(self, sql: str, parameters: Mapping[str, object]) -> list[sqlite3.Row]:
        connection = self._here.connection
        if connection is None:
            raise RuntimeError("a statement is run by apart()")
        try:
            return connection.execute(sql, parameters).fetchall()
        except UnicodeEncodeError:
            return []  # Half of a surrogate pair was typed: no file holds such a text.


def _connect(path: Path, count: int) -> list[sqlite3.Connection]:
    uri = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    connections: list[sqlite3.Connection] = []
    try:
        for _ in range(count):
            # A lane gives each connection to one thread at a time.
            connection = sqlite3.connect(
                uri, uri=True, isolation_level=None, check_same_thread=False
            )
            connections.append(connection)
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    except BaseException:
        for connection in connections:
            connection.close()
        raise
    return connections
