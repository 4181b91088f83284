"""What a community database file is, told before anything is written to it.

A file that is not ours is never opened for writing: every refusal here is a sentence that says what
was found and what to do.
"""

import os
import sqlite3
from pathlib import Path
from typing import Final

from bot.errors import StorageError

APPLICATION_ID: Final = 0x53414D5A
"""“SAMZ” in the header of every community database (https://sqlite.org/pragma.html#pragma_application_id)."""

BACKUPS: Final = "backups"
"""The folder beside the database that holds its backups."""

_MAGIC: Final = b"SQLite format 3\0"
_HEADER: Final = 100  # bytes; the application id stands at 68, big-endian (sqlite.org/fileformat)
_SHOWN: Final = 3  # findings of an integrity check that are quoted


def sibling(database: Path, suffix: str) -> Path:
    """Return the file that stands beside *database* under its name plus *suffix*."""
    return database.with_name(database.name + suffix)


def create_folder(folder: Path) -> None:
    """Create *folder* and its parents, readable to their owner alone, unless they are there."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The folder {folder} cannot be created ({error.strerror}). "
            "Set DATA_DIR to a folder this program may write to."
        ) from error


def require_usable(database: Path) -> None:
    """Refuse a file that must not become, or stay, the community database; change nothing.

    Raises:
        StorageError: it is not a database, another program's, read-only, or has lost its main file.
    """
    if not database.exists() or database.stat().st_size == 0:
        log = sibling(database, "-wal")
        # SQLite would delete the log of an empty database, and with it the newest writes.
        if log.exists() and log.stat().st_size > 0:
            raise StorageError(
                f"{database} is missing or empty, but its log {log.name} is not. Put the database "
                "file back beside it, or move the log away and restore a backup."
            )
        return
    if (fault := identity_fault(database)) is not None:
        raise StorageError(fault)
    if not os.access(database, os.W_OK):
        raise StorageError(f"{database} is read-only. Give this program the right to write to it.")


def identity_fault(database: Path) -> str | None:
    """Return what shows, from the header alone, that *database* is not one of ours; or None."""
    if not database.is_file():
        return f"{database} is not a file."
    if sibling(database, "-journal").exists():
        return None  # a write was cut off: SQLite has to undo it before the header means anything
    try:
        with database.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        return f"{database} cannot be read ({error.strerror})."
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        return (
            f"{database} is not a SQLite database, or its beginning is damaged. "
            "Move it away, and restore a backup if you have one."
        )
    return _foreign(database, int.from_bytes(header[68:72], "big"))


def damage(connection: sqlite3.Connection, database: Path, *, thorough: bool = False) -> str | None:
    """Return what is wrong inside the open *database*, in a sentence, or None.

    *thorough* also compares indexes with their tables, which takes several times as long.
    """
    check = "PRAGMA integrity_check" if thorough else "PRAGMA quick_check"
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        if application == 0 and _is_blank(connection):
            return None
        findings = [row[0] for row in connection.execute(check)]
    except sqlite3.DatabaseError as error:
        return damaged(database, str(error))
    if findings != ["ok"]:
        return damaged(database, *findings)
    return _foreign(database, application)


def _is_blank(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_schema").fetchone() is None


def _foreign(database: Path, application: int) -> str | None:
    if application == APPLICATION_ID:
        return None
    return (
        f"{database} belongs to another program (application_id {application:#x}). "
        "Move it away, or set DATA_DIR to another folder."
    )


def damaged(database: Path, *findings: str) -> str:
    """Return the sentence for a file of ours that SQLite can no longer trust."""
    return (
        f"{database} is damaged: {'; '.join(findings[:_SHOWN])}. Stop everything that uses it and "
        f"run `samizdat db restore FILE` with the newest sound file from {BACKUPS}/."
    )
