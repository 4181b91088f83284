"""Migrations: numbered SQL files that bring any older database to the newest schema.

All that are missing are applied in one transaction, each with its number, name, SHA-256 and time in
the table `migration`; a failure leaves the database as it was. What was applied is history: the
runner refuses a file that was changed afterwards, and a database that is ahead of the files.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from bot.clock import Clock, instant
from bot.errors import StorageError
from bot.storage.files import APPLICATION_ID

_FILE_NAME: Final = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
_HISTORY: Final = """
CREATE TABLE migration (
    number     INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL UNIQUE,
    sha256     TEXT    NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT
"""


@dataclass(frozen=True)
class Migration:
    """One step of the schema, as its file says it."""

    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """The hash of the text; a checkout with Windows newlines has the same."""
        return sha256(self.sql.encode()).hexdigest()


def read_migrations(folder: Path) -> tuple[Migration, ...]:
    """Return the migrations in *folder*, in order.

    Raises:
        StorageError: there are none, one has a wrong name, or their numbers have a gap.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".sql")
        migrations = [(path.name, path.read_text(encoding="utf-8")) for path in files]
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(f"The migrations in {folder} cannot be read: {error}") from error
    if not migrations:
        raise StorageError(f"There are no migrations in {folder}. Install the program again.")
    for expected, (name, _) in enumerate(migrations, start=1):
        match = _FILE_NAME.fullmatch(name)
        if match is None or int(match[1]) != expected:
            raise StorageError(
                f"The migrations in {folder} are not gap-free: {name} stands where "
                f"{expected:04}_….sql belongs. Install the program again."
            )
    return tuple(
        Migration(number, name.removesuffix(".sql"), sql)
        for number, (name, sql) in enumerate(migrations, start=1)
    )


def history_of(connection: sqlite3.Connection) -> tuple[list[tuple[str, str]], int]:
    """Return the (name, SHA-256) of what was applied to a SQLite file, and its user_version."""
    return _applied(connection), connection.execute("PRAGMA user_version").fetchone()[0]


def history_fault(
    applied: Sequence[tuple[str, str]], version: int, migrations: Sequence[Migration]
) -> str | None:
    """Return why *migrations* cannot continue a history, or None."""
    if len(applied) > len(migrations) or version > len(migrations):
        return (
            f"The database has schema {max(version, len(applied))}, written by a newer version of "
            f"this program, which knows {len(migrations)}. Update the program, or restore a backup "
            "from before the update."
        )
    for number, (name, digest) in enumerate(applied, start=1):
        migration = migrations[number - 1]
        if migration.sha256 != digest:
            return (
                f"The migration {name} was changed after it was applied to this database. "
                "Bring its original text back and put the change into a new migration."
            )
    if version != len(applied):
        return (
            f"The database says schema {version}, but records {len(applied)} migrations: something "
            "else has changed it. Restore a backup."
        )
    return None


def migrate(
    connection: sqlite3.Connection,
    migrations: Sequence[Migration],
    clock: Clock,
    *,
    back_up: Callable[[], object],
) -> tuple[Migration, ...]:
    """Apply what is missing, all or nothing, and return it; the caller holds the lock.

    *back_up* is called first when there is an older schema, and so something to lose.

    Raises:
        StorageError: the history does not fit, or a migration failed; nothing was changed.
    """
    if (fault := history_fault(*history_of(connection), migrations)) is not None:
        raise StorageError(fault)
    done = len(_applied(connection))
    pending = tuple(migrations[done:])
    if not pending:
        return ()
    if done:
        back_up()
    # A table is rebuilt by dropping the old one, which would take the rows that point to it along;
    # the check before the commit covers what this leaves open. Without effect inside BEGIN.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not done:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(_HISTORY)
        for migration in pending:
            _apply(connection, migration)
            _record(connection, migration, clock)
        _require_whole(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
    return pending


def _applied(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    known = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'"
    if connection.execute(known).fetchone() is None:
        return []
    rows = connection.execute("SELECT name, sha256 FROM migration ORDER BY number")
    return [(row[0], row[1]) for row in rows]


def _apply(connection: sqlite3.Connection, migration: Migration) -> None:
    # executescript() would commit first; the authorizer keeps a file from doing it by itself.
    connection.set_authorizer(_no_transactions)
    statement = ""
    try:
        for statement in split(migration.sql):
            connection.execute(statement)
    except sqlite3.Error as error:
        raise StorageError(
            f"The migration {migration.name} failed ({error}), nothing was changed. The statement: "
            f"{' '.join(statement.split())[:200]}"
        ) from error
    finally:
        connection.set_authorizer(None)


def _no_transactions(action: int, *_: object) -> int:
    forbidden = (sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_SAVEPOINT)
    return sqlite3.SQLITE_DENY if action in forbidden else sqlite3.SQLITE_OK


def split(sql: str) -> Iterator[str]:
    """Yield the statements of *sql*: split where one ends, not within triggers and strings."""
    statement = ""
    for piece in re.split(r"(?<=;)", sql):
        statement += piece
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement  # a closing comment, or something SQLite will name an error


def _record(connection: sqlite3.Connection, migration: Migration, clock: Clock) -> None:
    connection.execute(
        "INSERT INTO migration (number, name, sha256, applied_at)"
        " VALUES (:number, :name, :sha256, :applied_at)",
        {
            "number": migration.number,
            "name": migration.name,
            "sha256": migration.sha256,
            "applied_at": instant(clock.now()),
        },
    )
    connection.execute(f"PRAGMA user_version = {migration.number}")


def _require_whole(connection: sqlite3.Connection) -> None:
    broken = sorted({(row[0], row[2]) for row in connection.execute("PRAGMA foreign_key_check")})
    if broken:
        pairs = ", ".join(f"{table} → {parent}" for table, parent in broken)
        raise StorageError(
            f"After the migrations some rows would point to rows that are missing ({pairs}). "
            "Nothing was changed; this is a fault of the migration, please report it."
        )
