"""The community database, whichever engine keeps it.

    async with Database.open(place, migrations, clock=clock) as database:
        row = await database.fetch_one("SELECT … WHERE id = :id", {"id": 1})
        await database.write(cast_ballot)

A *place* that is a path is a SQLite file, of one process; an address (`postgresql://…`) is a
database that several processes may share. Every write is one operation (see
`bot.storage.transaction`), run by one writer, and whatever engine and however many processes: as
if one ran after another. Operations that wait at the same time share a commit, and so its price.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Self, TypeVar

from pydantic import SecretStr

from bot.clock import Clock, Instant
from bot.storage.engine import Engine
from bot.storage.errors import OutcomeUnknownError, StorageFailedError, missing_extra
from bot.storage.rows import Parameters, Row
from bot.storage.sqlite import SqliteEngine
from bot.storage.transaction import Operation, Transaction

__all__ = [
    "Database",
    "Operation",
    "OutcomeUnknownError",
    "Parameters",
    "Place",
    "Row",
    "StorageFailedError",
    "Transaction",
]

T = TypeVar("T")

Place = Path | SecretStr
"""Where the database is: a file, or the address of a server, which may hold a password."""


class Database:
    """An open community database; made by `Database.open` only."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_shared = engine.path is None
        """Whether other processes may have it open as well."""

    @classmethod
    @asynccontextmanager
    async def open(
        cls, place: Place, migrations_folder: Path, *, clock: Clock, readers: int = 3
    ) -> AsyncIterator[Self]:
        """Check, migrate and open the database at *place*; a missing file is created.

        On leaving, writes already asked for are finished and later ones refused.

        Raises:
            StorageError: it is in use, not ours, damaged, too new, cannot be created or reached.
        """
        async with _opening(place, migrations_folder, clock, readers) as engine:
            yield cls(engine)

    @property
    def path(self) -> Path | None:
        """The file it is kept in; None: a server keeps it."""
        return self.engine.path

    async def write(self, operation: Operation[T]) -> T:
        """Run *operation* in a transaction and return its result once that is on disk.

        All of it happens or nothing. When it raises, it alone is undone and the exception comes
        back here. A caller cancelled before its turn has changed nothing; cancelled later, the
        operation still runs to its end and is committed. An operation awaits nothing but its
        transaction, and may be run again (`bot.storage.transaction` says why).

        Raises:
            StorageFailedError: the disk is full or broken, the server cannot be reached, or the
                database is closed; nothing was saved.
            OutcomeUnknownError: the server was lost while it saved: all was, or nothing.
        """
        return await self.engine.write(operation)

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """Return the first row (columns by name) of a query over what is committed, or None."""
        return await self.engine.fetch_one(sql, parameters)

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Return all rows (columns by name) of a query over what is committed."""
        return await self.engine.fetch_all(sql, parameters)

    async def checkpoint(self) -> bool:
        """Have erased rows go from the disk; False when readers kept that from ending.

        SQLite's log holds old pages until it is folded into the file. A server does what it does
        at its own time (docs/operating.md).
        """
        return await self.engine.checkpoint()

    async def now(self) -> Instant:
        """Return the time that all processes of this database share: a server's own."""
        return await self.engine.now()


def _opening(
    place: Place, migrations_folder: Path, clock: Clock, readers: int
) -> AbstractAsyncContextManager[Engine]:
    if isinstance(place, Path):
        return SqliteEngine.open(place, migrations_folder, clock=clock, readers=readers)
    try:
        # asyncpg is an extra: whoever keeps a file needs none of it.
        from bot.storage.postgres.engine import PostgresEngine  # noqa: PLC0415
    except ImportError as error:
        raise missing_extra(error) from None
    return PostgresEngine.open(place, migrations_folder, clock=clock, readers=readers)
