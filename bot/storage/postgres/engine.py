"""The engine that several processes share."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final, Self, TypeVar

import asyncpg
from pydantic import SecretStr

from bot.clock import Clock, Instant, instant
from bot.storage.errors import CLOSED, StorageFailedError
from bot.storage.migrate import read_migrations
from bot.storage.postgres import connecting
from bot.storage.postgres.address import Address
from bot.storage.postgres.committing import BATCH, Committer, Connect
from bot.storage.postgres.faults import failure, refusal
from bot.storage.postgres.migrate import migrate, require_usable, table_names
from bot.storage.postgres.readers import Readers
from bot.storage.postgres.thread import LoopThread
from bot.storage.rows import Parameters, Row
from bot.storage.transaction import Operation
from bot.storage.writer import Writer

T = TypeVar("T")
log = logging.getLogger(__name__)

_NOW: Final = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now"
_NOT_CLEARED: Final = (
    StorageFailedError,
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,  # the session was ended before it was asked
)
_NOTICED: Final = 2000  # milliseconds by which two clocks may differ
_STARTING: Final = 30  # times a second apart that a server is asked which says it is starting


class PostgresEngine:
    """A PostgreSQL database; made by `PostgresEngine.open` only."""

    path: Path | None = None

    def __init__(
        self, connect: Connect, committer: Committer, writer: Writer, readers: Readers
    ) -> None:
        self.committer = committer
        self._connect = connect
        self._writer = writer
        self._readers = readers
        self._clearing = asyncio.Lock()
        self._open = True

    @classmethod
    @asynccontextmanager
    async def open(
        cls, url: SecretStr, migrations_folder: Path, *, clock: Clock, readers: int
    ) -> AsyncIterator[Self]:
        """Check, migrate and open the database at *url*; see `Database.open`."""
        address = Address.read(url)
        await prepare(address, migrations_folder, clock)
        async with AsyncExitStack() as stack:
            pool = Readers(partial(connecting.reconnect, address, reads_only=True), readers)
            stack.push_async_callback(pool.close)
            thread = await stack.enter_async_context(LoopThread("storage"))
            connect = partial(connecting.reconnect, address)
            committer = Committer(connect)
            stack.push_async_callback(lambda: thread.run(committer.close()))
            await thread.run(committer.enter())
            writer = Writer(lambda jobs: thread.run(committer.commit(jobs)), BATCH)
            stack.push_async_callback(writer.close)
            engine = cls(connect, committer, writer, pool)
            stack.callback(engine.close)
            yield engine

    async def write(self, operation: Operation[T]) -> T:
        """See `Database.write`."""
        return await self._writer.write(operation)

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """See `Database.fetch_one`."""
        rows = await self._readers.fetch(sql, parameters)
        return rows[0] if rows else None

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """See `Database.fetch_all`."""
        return await self._readers.fetch(sql, parameters)

    async def checkpoint(self) -> bool:
        """Have the server clear erased rows away; see `Database.checkpoint`.

        Its autovacuum would not come for a few rows.
        """
        if not self._open:
            raise StorageFailedError(CLOSED)
        async with self._clearing:
            try:
                await clear_away(await self._connect())
            except _NOT_CLEARED as error:
                log.warning("erased rows are not cleared away: %s", failure(error) or error)
                return False
        return True

    def close(self) -> None:
        """Refuse what comes from now on."""
        self._open = False

    async def now(self) -> Instant:
        """See `Database.now`."""
        (row,) = await self._readers.fetch(_NOW, None)
        return Instant(row["now"])


async def prepare(
    address: Address, migrations_folder: Path, clock: Clock, *, unfinished: bool = False
) -> None:
    """Leave at *address* a database of ours with the newest schema; *unfinished*: or half a copy.

    Raises:
        StorageError: it cannot be reached or used; the sentence says what to do, and no secret.
    """
    migrations = read_migrations(migrations_folder)
    async with in_words(address):
        connection = await _connected(address)
        try:
            await require_usable(connection, unfinished=unfinished)
            await migrate(connection, migrations, clock)
            await _compare_clocks(connection, clock)
        finally:
            await connecting.close(connection)


@asynccontextmanager
async def in_words(address: Address) -> AsyncIterator[None]:
    """Turn what the server, or its absence, raises into a `StorageError` for the operator."""
    try:
        yield
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, UnicodeError) as error:
        refused = refusal(error, address)
        if refused is None:
            raise
    else:
        return
    raise refused  # out here, so that nothing that knows the address is chained to it


async def clear_away(connection: asyncpg.Connection) -> None:
    """Vacuum the tables of the community, and close the *connection*."""
    try:
        tables = ", ".join(f'"{name}"' for name in await table_names(connection))
        await connection.execute("SET statement_timeout = '120s'")
        await connection.execute(f"VACUUM {tables}", timeout=125)
    finally:
        await connecting.close(connection)


async def _connected(address: Address) -> asyncpg.Connection:
    """Return a connection; a server that says it is starting is waited for."""
    for _ in range(_STARTING):
        try:
            return await connecting.connect(address)
        except asyncpg.CannotConnectNowError:
            log.info("the PostgreSQL server is starting, waiting for it")
            await asyncio.sleep(1)
    return await connecting.connect(address)


async def _compare_clocks(connection: asyncpg.Connection, clock: Clock) -> None:
    """Say so when this machine's clock is not the server's: deadlines are judged by the former."""
    before = instant(clock.now())
    server = await connection.fetchval(_NOW)
    after = instant(clock.now())
    if not before - _NOTICED <= server <= after + _NOTICED:
        seconds = (server - after) / 1000
        log.warning(
            "the clock of this machine and that of the PostgreSQL server differ by %.1f s; "
            "have both keep time (NTP)",
            abs(seconds),
        )
