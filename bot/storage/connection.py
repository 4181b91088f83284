"""Connections to a database file: how each kind is opened, and which of SQLite's errors get words.

Every statement runs on the thread of its aiosqlite connection. aiosqlite queues a call at once and
cannot take it back, so a cancelled caller leaves an `await`, never a statement: `Connection.run`
hands over a whole function for that reason, and nothing here spreads a transaction over awaits.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final, TypeVar, cast

import aiosqlite

from bot.storage.errors import CLOSED, StorageFailedError

T = TypeVar("T")

_EVERY: Final = ("PRAGMA busy_timeout = 5000", "PRAGMA trusted_schema = OFF")
# NORMAL would let a power cut take back a vote that was already acknowledged, and without
# secure_delete (compiled in by Debian, not by others) erased rows stay readable in the file.
DURABLE: Final = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA journal_size_limit = 67108864",
)
_WAL: Final = "PRAGMA journal_mode = WAL"
WRITER: Final = (_WAL, *DURABLE)
# Only the writer checkpoints: up to 3.51.2 SQLite can corrupt the file when two connections
# reset the log at the same moment, and Debian 12 and 13 ship such a version.
READER: Final = ("PRAGMA query_only = ON", "PRAGMA wal_autocheckpoint = 0")

_WORDS: Final = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk reports an error or is full",
    sqlite3.SQLITE_READONLY: "the file is read-only",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; restore a backup",
    sqlite3.SQLITE_NOTADB: "the file is damaged; restore a backup",
    sqlite3.SQLITE_BUSY: "another program keeps the file locked",
    sqlite3.SQLITE_LOCKED: "another program keeps the file locked",
    sqlite3.SQLITE_NOMEM: "there is not enough memory",
}


def failure(error: BaseException) -> StorageFailedError:
    """Return *error* as a sentence for the operator."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the high bits only refine it
    reason = f"{_WORDS[code]} ({error})" if code in _WORDS else str(error)
    return StorageFailedError(f"The database could not be used just now: {reason}.")


@contextmanager
def in_words() -> Iterator[None]:
    """Turn SQLite's complaints about disk, file and memory into `StorageFailedError`.

    A broken constraint or a mistake in the SQL is not the operator's to mend and passes as it is.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _WORDS:
            raise failure(error) from error
        raise


def connect(path: Path, pragmas: Sequence[str], *, create: bool = False) -> sqlite3.Connection:
    """Open *path* with *pragmas* set; a missing file is created only when *create* says so."""
    if create and not path.exists():
        path.touch(mode=0o600)  # people's data: SQLite gives -wal and -shm the same mode
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)
    try:
        _configure(connection, pragmas)
    except BaseException:
        connection.close()
        raise
    return connection


def _configure(connection: sqlite3.Connection, pragmas: Sequence[str]) -> None:
    connection.isolation_level = None  # otherwise sqlite3 begins transactions by itself
    connection.row_factory = sqlite3.Row
    for pragma in (*_EVERY, *pragmas):
        answer = connection.execute(pragma).fetchone()
        if pragma == _WAL and answer[0] != "wal":
            raise StorageFailedError(
                "The database cannot keep a write-ahead log in its folder; network folders often "
                "do not allow it. Set DATA_DIR to a folder on a local disk."
            )


class Connection(aiosqlite.Connection):
    """An aiosqlite connection that can run a whole function on its thread, in one go."""

    def __init__(self, path: Path, pragmas: Sequence[str]) -> None:
        super().__init__(partial(connect, path, pragmas), 64)
        self._closing = False

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return `work(connection)`, run on the database thread, uninterrupted.

        When the caller is cancelled, *work* still runs to its end and its result is dropped.
        """
        if self._closing:
            raise StorageFailedError(CLOSED)
        result = await self._execute(work, self._conn)  # type: ignore[no-untyped-call]
        return cast("T", result)

    async def close(self) -> None:
        """Finish what is queued and close; later calls of `run` are refused in words."""
        self._closing = True
        await super().close()
