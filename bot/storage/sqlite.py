"""The engine that needs no server: one file, one process, one writer, a few readers.

aiosqlite alone is unsafe for a transaction of several awaits on a shared connection: a cancelled
caller leaves it open, another task's commit publishes half of it, a rollback erases a neighbour's
acknowledged write. Here operations run on the database's own thread, each in one go.
"""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

from bot.clock import Clock, Instant, instant
from bot.errors import StorageError
from bot.storage.backup import backup
from bot.storage.commit import BATCH, commit_together
from bot.storage.connection import (
    DURABLE,
    READER,
    WRITER,
    Connection,
    connect,
    failure,
    in_words,
)
from bot.storage.files import BACKUPS, create_folder, damage, damaged, require_usable
from bot.storage.jobs import Job
from bot.storage.lock import hold_lock
from bot.storage.migrate import migrate, read_migrations
from bot.storage.readers import Readers
from bot.storage.rows import Parameters, Row
from bot.storage.transaction import Operation
from bot.storage.writer import Writer

T = TypeVar("T")


class SqliteEngine:
    """An open SQLite file; made by `SqliteEngine.open` only."""

    def __init__(
        self, path: Path, connection: Connection, writer: Writer, readers: Readers, clock: Clock
    ) -> None:
        self.path: Path | None = path
        self.connection = connection
        self._writer = writer
        self._readers = readers
        self._clock = clock

    @classmethod
    @asynccontextmanager
    async def open(
        cls, path: Path, migrations_folder: Path, *, clock: Clock, readers: int
    ) -> AsyncIterator[Self]:
        """Lock, check, migrate and open the file at *path*; see `Database.open`."""
        create_folder(path.parent)
        with hold_lock(path):
            # Blocks, on purpose: nothing runs yet, and a signal must not stop a migration half-way.
            prepare(path, migrations_folder, clock)
            # Closed in reverse: the readers before the writer, so that the writer's is the last
            # connection and alone folds the log into the file; the lock only after that.
            async with AsyncExitStack() as stack:
                connection = await _enter(stack, Connection(path, WRITER))
                pool = [await _enter(stack, Connection(path, READER)) for _ in range(readers)]

                async def commit(jobs: Sequence[Job]) -> None:
                    await connection.run(partial(commit_together, jobs))

                writer = Writer(commit, BATCH)
                stack.push_async_callback(writer.close)
                yield cls(path, connection, writer, Readers(pool), clock)

    async def write(self, operation: Operation[T]) -> T:
        """See `Database.write`."""
        return await self._writer.write(operation)

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """See `Database.fetch_one`."""
        return await self._readers.run(partial(_fetch_one, sql, parameters))

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """See `Database.fetch_all`."""
        return await self._readers.run(partial(_fetch_all, sql, parameters))

    async def checkpoint(self) -> bool:
        """See `Database.checkpoint`."""
        return await self.connection.run(_checkpoint)

    async def now(self) -> Instant:
        """Return the clock's time: there is one process."""
        return instant(self._clock.now())


def prepare(path: Path, migrations_folder: Path, clock: Clock) -> None:
    """Leave at *path* a sound database of ours with the newest schema, or refuse in words."""
    migrations = read_migrations(migrations_folder)
    require_usable(path)
    try:
        with closing(connect(path, DURABLE, create=True)) as connection:
            if (fault := damage(connection, path)) is not None:
                raise StorageError(fault)
            back_up = partial(backup, path, path.parent / BACKUPS, clock)
            migrate(connection, migrations, clock, back_up=back_up)
    except (OSError, sqlite3.Error) as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in {
            sqlite3.SQLITE_CORRUPT,
            sqlite3.SQLITE_NOTADB,
        }:
            raise StorageError(damaged(path, str(error))) from error
        raise StorageError(
            f"{path} cannot be opened: {error}. See that the disk has space and that this program "
            f"may write to {path.parent}."
        ) from error


async def _enter(stack: AsyncExitStack, connection: Connection) -> Connection:
    try:
        await stack.enter_async_context(connection)
    except sqlite3.Error as error:
        raise failure(error) from error
    return connection


def _fetch_one(
    sql: str, parameters: Parameters | None, connection: sqlite3.Connection
) -> Row | None:
    # Closed, not left to the garbage collector: an unfinished query keeps the log from being reset.
    with in_words(), closing(connection.execute(sql, parameters or {})) as cursor:
        row: sqlite3.Row | None = cursor.fetchone()
        return row


def _fetch_all(
    sql: str, parameters: Parameters | None, connection: sqlite3.Connection
) -> list[Row]:
    with in_words():
        return connection.execute(sql, parameters or {}).fetchall()


def _checkpoint(connection: sqlite3.Connection) -> bool:
    with in_words():
        busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return busy == 0
