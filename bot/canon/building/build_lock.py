"""One build at a time: a lock that the operating system drops when the process dies."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _acquire(descriptor: int) -> None:
        # Tries for ten seconds, a second each, and then fails: the build says so in a sentence.
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _acquire(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)


@contextmanager
def building(canon: Path) -> Iterator[Path]:
    """Yield the path that a new canon may be written to, while no other process builds *canon*.

    Whatever an earlier build left behind when it was killed is removed; so is the new file in the
    end, if it is still there. The lock file stays: two processes could lock two of the same name.

    Raises:
        OSError: the folder cannot be written to.
    """
    canon.parent.mkdir(parents=True, exist_ok=True)
    with canon.with_name(f"{canon.name}.lock").open("a+b") as lock:
        _acquire(lock.fileno())
        for left in canon.parent.glob(f"{_escaped(canon.name)}*.new*"):
            left.unlink(missing_ok=True)
        new = canon.with_name(f"{canon.name}.new")
        try:
            yield new
        finally:
            new.unlink(missing_ok=True)


def _escaped(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)
