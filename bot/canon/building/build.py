"""`canon build` and `canon check`: from seed folders to a canon file, all or nothing."""

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from bot.canon.building.plan import CanonPlan, plan
from bot.canon.building.seeds import fingerprint, read_seeds
from bot.canon.building.write import CANON_QUESTIONS, SCHEMA, described, write
from bot.clock import instant
from bot.errors import Fault, OperatorError

Watch = Callable[[int, int], None]
"""Told (passages written so far, passages in all)."""


@dataclass(frozen=True)
class BuildReport:
    """What a build made: counts by name, and what it noticed on the way."""

    works: int
    passages: int
    events: int
    entities: int
    notes: tuple[Fault, ...]


@dataclass(frozen=True)
class CheckReport:
    """What a build would change: references of entries gained, lost and reworded."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    notes: tuple[Fault, ...]


def is_current(path: Path, folders: Sequence[Path]) -> bool:
    """Tell whether the canon at *path* is what *folders* and this program would build."""
    about = _about(path)
    return about is not None and about == {"schema": str(SCHEMA), "seeds": fingerprint(folders)}


def is_readable(path: Path) -> bool:
    """Tell whether *path* is a canon this program can answer from, however old its seeds."""
    about = _about(path)
    return about is not None and about.get("schema") == str(SCHEMA)


def build(
    folders: Sequence[Path], path: Path, now: datetime, watch: Watch = lambda _done, _all: None
) -> BuildReport:
    """Build the canon of *folders* into *path*, replacing what is there only when it is whole.

    Raises:
        SeedError: a seed is at fault; *path* is as it was.
        OperatorError: the folder of *path* cannot be written.
    """
    seeds_hash = fingerprint(folders)
    planned = plan(read_seeds(folders))
    total = sum(len(source.passages) for work in planned.works for source in work.sources)
    done = 0

    def progress(passages: int) -> None:
        nonlocal done
        done += passages
        watch(done, total)

    about = {
        "schema": str(SCHEMA),
        "seeds": seeds_hash,
        "built_at": str(instant(now)),
        "counts": described(planned),
    }
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.unlink(missing_ok=True)
        write(planned, new, about, progress)
        _replace(new, path)
    except (OSError, sqlite3.Error) as error:
        raise OperatorError(f"The canon cannot be written to {path}: {error}") from error
    finally:
        new.unlink(missing_ok=True)
    return _report(planned)


def check(folders: Sequence[Path], path: Path) -> CheckReport:
    """Return what `build` would change in the canon at *path*, without touching it.

    Raises:
        SeedError: a seed is at fault.
    """
    planned = plan(read_seeds(folders))
    fresh = {
        f"{work.seed.slug}/{row.key}": row.block.text
        for work in planned.works
        for source in work.sources
        for row in source.passages
    }
    old = _texts(path)
    return CheckReport(
        tuple(sorted(fresh.keys() - old.keys())),
        tuple(sorted(old.keys() - fresh.keys())),
        tuple(sorted(key for key in fresh.keys() & old.keys() if fresh[key] != old[key])),
        sum(fresh[key] == old[key] for key in fresh.keys() & old.keys()),
        planned.notes,
    )


def _replace(new: Path, path: Path) -> None:
    """Put *new* in the place of *path* so that a crash leaves the one or the other."""
    with new.open("rb+") as file:
        os.fsync(file.fileno())
    new.replace(path)
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _about(path: Path) -> dict[str, str] | None:
    """Return what the file says of its own build, or None when it is no canon of ours."""
    try:
        with closing(_open(path)) as connection:
            return dict(connection.execute(CANON_QUESTIONS["about"]).fetchall())
    except (sqlite3.Error, OSError):
        return None


def _texts(path: Path) -> dict[str, str]:
    try:
        with closing(_open(path)) as connection:
            return dict(connection.execute(CANON_QUESTIONS["texts"]).fetchall())
    except (sqlite3.Error, OSError):
        return {}


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True)


def _report(planned: CanonPlan) -> BuildReport:
    rows = [row for work in planned.works for source in work.sources for row in source.passages]
    return BuildReport(
        len(planned.works),
        len(rows),
        sum(row.event_key is not None for row in rows),
        sum(len(work.entities) for work in planned.works),
        planned.notes,
    )
