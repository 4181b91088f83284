"""Backups: copies that were checked before they got their name, and the way back.

All functions block and belong in a thread when a bot is running. None of them checkpoints a
database that a bot has open, and none touches the file it copies from.
"""

import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from bot.clock import Clock
from bot.errors import StorageError
from bot.storage.connection import DURABLE, READER, connect
from bot.storage.files import create_folder, damage, identity_fault, sibling
from bot.storage.lock import hold_lock
from bot.storage.migrate import Migration, history_fault, history_of, read_migrations

_PARTIAL: Final = ".partial"


def backup(database: Path, folder: Path, clock: Clock) -> Path:
    """Copy *database*, also while a bot writes to it, to a new file in *folder*; return that file.

    The copy holds everything committed before the call, is one file without a log beside it, has
    passed the integrity check and is on disk when this returns.

    Raises:
        StorageError: *database* is not a sound database of ours, or the copy cannot be written.
    """
    if (fault := identity_fault(database)) is not None:
        raise StorageError(fault)
    create_folder(folder)
    target = _free_name(folder, f"{database.stem}.{_stamp(clock)}", database.suffix)
    partial = sibling(target, _PARTIAL)
    try:
        _copy(database, partial)
        partial.replace(target)
        _sync(folder)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"The backup to {target} failed: {error}.") from error
    finally:
        _remove(partial)
    return target


def check(path: Path, migrations_folder: Path) -> list[str]:
    """Return everything wrong with the database or backup at *path*; nothing wrong, empty list.

    Looks at the integrity of tables and indexes, rows that point to missing rows, the application
    id, and the history of migrations. A schema older than the newest one is no fault.
    """
    migrations = read_migrations(migrations_folder)
    if not path.exists():
        return [f"There is no file {path}."]
    if (fault := identity_fault(path)) is not None:
        return [fault]
    try:
        with closing(connect(path, READER)) as connection:
            return _faults(connection, path, migrations)
    except sqlite3.Error as error:
        return [f"{path} cannot be read: {error}."]


def restore(
    backup_file: Path, database: Path, migrations_folder: Path, clock: Clock
) -> Path | None:
    """Put a copy of *backup_file* in the place of *database*; return where the old one is kept.

    Until the last step the old database stays in place, whole; that step is one rename. An older
    backup is brought to the newest schema at the next start.

    Raises:
        StorageError: a bot is running on *database*, the backup is not sound, or the disk refuses.
    """
    create_folder(database.parent)
    with hold_lock(database):
        if faults := check(backup_file, migrations_folder):
            raise StorageError(f"{backup_file} cannot be restored. " + " ".join(faults))
        partial = sibling(database, _PARTIAL)
        try:
            _copy(backup_file, partial)
            kept = _keep(database, clock)
            partial.replace(database)
            _sync(database.parent)
        except (OSError, sqlite3.Error) as error:
            raise StorageError(f"The restore of {backup_file} failed: {error}.") from error
        finally:
            _remove(partial)
        return kept


def _copy(source: Path, target: Path) -> None:
    """Copy with SQLite's backup API, which includes the log; check the copy and sync it."""
    _remove(target)
    with (
        closing(connect(source, READER)) as old,
        closing(connect(target, DURABLE, create=True)) as new,
    ):
        old.backup(new)
        # The copy inherits WAL mode; as a file on its own it must not need a second one.
        new.execute("PRAGMA journal_mode = DELETE").fetchall()
        if (fault := damage(new, source, thorough=True)) is not None:
            raise StorageError(fault)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _keep(database: Path, clock: Clock) -> Path | None:
    """Give *database* a second name, with everything committed in it, and clear its side files."""
    if not database.exists():
        return None
    # Not into a file that is no database any more: SQLite would delete the log it cannot apply.
    if identity_fault(database) is None:
        with suppress(sqlite3.Error), closing(connect(database, DURABLE)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    kept = _free_name(database.parent, f"{database.name}.before-restore-{_stamp(clock)}", "")
    try:
        os.link(database, kept)
    except OSError:  # a file system without hard links
        shutil.copy2(database, kept)
    # What is left beside a damaged file belongs to it; beside the restored one it would be
    # replayed into the wrong database.
    for suffix in ("-wal", "-journal"):
        if (side := sibling(database, suffix)).exists():
            side.replace(sibling(kept, suffix))
    sibling(database, "-shm").unlink(missing_ok=True)
    return kept


def _faults(
    connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]
) -> list[str]:
    if (fault := damage(connection, path, thorough=True)) is not None:
        return [fault]
    dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
    faults = [
        f"A row of {row[0]} (rowid {row[1]}) points to a row of {row[2]} that is missing."
        for row in dangling
    ]
    history = history_fault(*history_of(connection), migrations)
    return faults if history is None else [*faults, history]


def _stamp(clock: Clock) -> str:
    return f"{clock.now():%Y%m%d-%H%M%S}"


def _free_name(folder: Path, name: str, suffix: str) -> Path:
    """Return a path in *folder* that does not exist yet: no backup overwrites another."""
    number = 1
    path = folder / f"{name}{suffix}"
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}{suffix}"
    return path


def _remove(partial: Path) -> None:
    for suffix in ("", "-journal", "-wal", "-shm"):
        sibling(partial, suffix).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Make a rename in *folder* survive a power cut; Windows has no handle for folders."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
