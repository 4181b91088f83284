"""One process to a database: a lock that the operating system drops when the process dies."""

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from bot.errors import StorageError
from bot.storage.files import sibling

if sys.platform == "win32":
    import msvcrt

    # Windows forbids reading locked bytes, so the lock sits far behind the holder's name.
    _LOCKED_BYTE = 1 << 20

    def _acquire(file: FileIO) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _release(file: FileIO) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _acquire(file: FileIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(file: FileIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


@contextmanager
def hold_lock(database: Path) -> Iterator[None]:
    """Hold `<database>.lock` while the block runs.

    The file itself stays: removing it would let two processes lock two files of the same name.

    Raises:
        StorageError: another process holds it, or the folder cannot be written to.
    """
    path = sibling(database, ".lock")
    try:
        # Not "w": whoever holds the lock has written its name there.
        file = path.open("a+b", buffering=0)
    except OSError as error:
        raise StorageError(
            f"{path} cannot be written ({error.strerror}). "
            "Set DATA_DIR to a folder this program may write to."
        ) from error
    with file:
        try:
            _acquire(file)
        except (BlockingIOError, PermissionError):  # Linux and macOS, Windows
            raise _held(database, file) from None
        except OSError as error:
            raise StorageError(
                f"{path} cannot be locked ({error.strerror}). "
                "Network folders often cannot; set DATA_DIR to a folder on a local disk."
            ) from error
        try:
            with suppress(OSError):  # a courtesy to the next one, not worth failing on a full disk
                file.truncate(0)
                file.write(f"process {os.getpid()} on {platform.node()}".encode())
            yield
        finally:
            file.truncate(0)
            _release(file)


def _held(database: Path, file: FileIO) -> StorageError:
    file.seek(0)
    holder = file.read(200).decode(errors="replace") or "another process"
    return StorageError(
        f"{database} is in use by another Samizdat ({holder}). "
        "Stop that one first, or give this one a DATA_DIR of its own."
    )
