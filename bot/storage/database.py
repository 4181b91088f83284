"""The community database: one writer, a few readers, one process.

    async with Database.open(path, migrations, clock=clock) as database:
        row = await database.fetch_one("SELECT … WHERE id = :id", {"id": 1})
        await database.write(cast_ballot)

aiosqlite alone is unsafe for a transaction of several awaits on a shared connection: a cancelled
caller leaves it open, another task's commit publishes half of it, a rollback erases a neighbour's
acknowledged write. Here every write is one operation (see `bot.storage.transaction`), run by one
writer; operations that wait at the same time share a commit, and so the price of its fsync.
"""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

from bot.clock import Clock
from bot.errors import StorageError
from bot.storage.backup import backup
from bot.storage.connection import (
    DURABLE,
    READER,
    WRITER,
    Connection,
    Parameters,
    StorageFailedError,
    connect,
    failure,
    in_words,
)
from bot.storage.files import BACKUPS, create_folder, damage, damaged, require_usable
from bot.storage.lock import hold_lock
from bot.storage.migrate import migrate, read_migrations
from bot.storage.readers import Readers
from bot.storage.transaction import Operation, Transaction
from bot.storage.writer import Writer

__all__ = ["Database", "Operation", "Parameters", "StorageFailedError", "Transaction"]

T = TypeVar("T")


class Database:
    """An open community database; made by `Database.open` only."""

    is_shared = False
    """Whether other processes may have it open as well."""

    def __init__(
        self, path: Path, connection: Connection, writer: Writer, readers: Readers
    ) -> None:
        self.path = path
        self._connection = connection
        self._writer = writer
        self._readers = readers

    @classmethod
    @asynccontextmanager
    async def open(
        cls, path: Path, migrations_folder: Path, *, clock: Clock, readers: int = 3
    ) -> AsyncIterator[Self]:
        """Lock, check, migrate and open the database at *path*; create it when it is missing.

        On leaving, writes already asked for are finished and later ones refused.

        Raises:
            StorageError: it is in use, not ours, damaged, too new, or cannot be created.
        """
        create_folder(path.parent)
        with hold_lock(path):
            # Blocks, on purpose: nothing runs yet, and a signal must not stop a migration half-way.
            _prepare(path, migrations_folder, clock)
            # Closed in reverse: the readers before the writer, so that the writer's is the last
            # connection and alone folds the log into the file; the lock only after that.
            async with AsyncExitStack() as stack:
                connection = await _enter(stack, Connection(path, WRITER))
                pool = [await _enter(stack, Connection(path, READER)) for _ in range(readers)]
                writer = Writer(connection)
                stack.push_async_callback(writer.close)
                yield cls(path, connection, writer, Readers(pool))

    async def write(self, operation: Operation[T]) -> T:
        """Run *operation* in a transaction and return its result once that is on disk.

        All of it happens or nothing. When it raises, it alone is undone and the exception comes
        back here. A caller cancelled before its turn has changed nothing; cancelled later, the
        operation still runs to its end and is committed. An operation awaits nothing but its
        transaction (`bot.storage.transaction` says why).

        Raises:
            StorageFailedError: the disk is full or broken, or the database is closed; nothing was
                saved.
        """
        return await self._writer.write(operation)

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> sqlite3.Row | None:
        """Return the first row (columns by name) of a query over what is committed, or None."""
        return await self._readers.run(partial(_fetch_one, sql, parameters))

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[sqlite3.Row]:
        """Return all rows (columns by name) of a query over what is committed."""
        return await self._readers.run(partial(_fetch_all, sql, parameters))

    async def checkpoint(self) -> bool:
        """Fold the log into the file and empty it; False when readers kept that from ending.

        Only then are erased rows gone from the disk: the log holds old pages until it is reused.
        """
        return await self._connection.run(_checkpoint)


def _prepare(path: Path, migrations_folder: Path, clock: Clock) -> None:
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
) -> sqlite3.Row | None:
    # Closed, not left to the garbage collector: an unfinished query keeps the log from being reset.
    with in_words(), closing(connection.execute(sql, parameters or {})) as cursor:
        row: sqlite3.Row | None = cursor.fetchone()
        return row


def _fetch_all(
    sql: str, parameters: Parameters | None, connection: sqlite3.Connection
) -> list[sqlite3.Row]:
    with in_words():
        return connection.execute(sql, parameters or {}).fetchall()


def _checkpoint(connection: sqlite3.Connection) -> bool:
    with in_words():
        busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return busy == 0
