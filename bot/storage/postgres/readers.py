"""The readers: a few sessions for what is committed, each opened when it is first needed."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import asyncpg

from bot.storage.errors import CLOSED, StorageFailedError
from bot.storage.postgres import connecting
from bot.storage.postgres.dialect import render
from bot.storage.postgres.faults import failure, is_loss, lost
from bot.storage.rows import Parameters, Row
from bot.storage.transaction import running_loop

_AGAIN: Final = 2
"""How often a query whose connection broke is asked anew: it changes nothing."""


class Readers:
    """Lends one idle connection to each query; the next query waits when all are lent."""

    def __init__(self, connect: Callable[[], Awaitable[asyncpg.Connection]], number: int) -> None:
        self._connect = connect
        self._number = number
        self._open = True
        # The last one back goes out first, so that quiet times keep one warm.
        self._idle: asyncio.LifoQueue[asyncpg.Connection | None] = asyncio.LifoQueue()
        for _ in range(number):
            self._idle.put_nowait(None)

    async def fetch(self, sql: str, parameters: Parameters | None) -> list[Row]:
        """Return the rows of a query.

        Raises:
            StorageFailedError: the server cannot be reached, or has no time for it.
        """
        running_loop()
        query, values = render(sql, parameters or {})
        for attempt in range(_AGAIN + 1):
            if not self._open:
                raise StorageFailedError(CLOSED)
            connection = await self._idle.get()
            try:
                if connection is None or connection.is_closed():
                    connection = None
                    connection = await self._connect()
                return list(await connection.fetch(query, *values))
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                if connection is None or not is_loss(error, connection):
                    raise failure(error) or error from None
                connection.terminate()
                connection = None
                if attempt == _AGAIN:
                    raise lost() from None
            finally:
                self._idle.put_nowait(connection)
        raise RuntimeError("unreachable")

    async def close(self) -> None:
        """Refuse what comes from now on, let what is under way end, and close."""
        self._open = False
        for _ in range(self._number):
            connection = await self._idle.get()
            if connection is not None:
                await connecting.close(connection)
