"""The readers: a few connections that cannot write and never wait for the writer."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from typing import TypeVar

from bot.storage.connection import Connection
from bot.storage.transaction import running_loop

T = TypeVar("T")


class Readers:
    """Lends one idle connection to each query; the next query waits when all are lent."""

    def __init__(self, connections: Iterable[Connection]) -> None:
        self._idle: asyncio.Queue[Connection] = asyncio.Queue()
        for connection in connections:
            self._idle.put_nowait(connection)

    async def run(self, query: Callable[[sqlite3.Connection], T]) -> T:
        """Return `query(connection)`; it must leave no statement unfinished.

        A cancelled caller gives its connection back at once: the next query queues behind the one
        that still runs there.
        """
        running_loop()
        connection = await self._idle.get()
        try:
            return await connection.run(query)
        finally:
            self._idle.put_nowait(connection)
