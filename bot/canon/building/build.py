"""`canon build` and `canon check`: from seed folders to a canon file, all or nothing."""

import gc
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from bot.canon.building.build_lock import building
from bot.canon.building.keys import entry_stem
from bot.canon.building.plan import CanonPlan, plan
from bot.canon.building.seeds import fingerprint, gather
from bot.canon.building.write import CANON_QUESTIONS, SCHEMA, described, write
from bot.clock import instant
from bot.errors import Fault, OperatorError, SeedError

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

    Two builds of the same canon wait for each other.

    Raises:
        SeedError: a seed is at fault; *path* is as it was.
        OperatorError: *path* cannot be written; it is as it was.
    """
    with _no_cycles_sought():
        return _built(folders, path, now, watch)


@contextmanager
def _no_cycles_sought() -> Iterator[None]:
    """Leave Python's search for cycles alone: among a million rows it takes long and finds none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _built(folders: Sequence[Path], path: Path, now: datetime, watch: Watch) -> BuildReport:
    planned, seeds = _planned(folders)
    report = _report(planned)
    done = 0

    def progress(passages: int) -> None:
        nonlocal done
        done += passages
        watch(done, report.passages)

    about = {
        "schema": str(SCHEMA),
        "seeds": seeds,
        "built_at": str(instant(now)),
        "counts": described(planned),
    }
    try:
        with building(path) as new:
            write(planned, new, about, progress)
            _replace(new, path)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OperatorError(
            f"The canon cannot be written to {path}: {reason}. What was there before is unchanged."
        ) from error
    return report


def check(folders: Sequence[Path], path: Path) -> CheckReport:
    """Return what `build` would change in the canon at *path*, without touching it.

    Raises:
        SeedError: a seed is at fault.
    """
    planned, _seeds = _planned(folders)
    fresh = {
        f"{work.slug}/{row.key}": row.block.text
        for work in planned.works
        for source in work.sources
        for row in source.passages
    }
    old = _texts(path)
    added, removed = fresh.keys() - old.keys(), old.keys() - fresh.keys()
    reworded = _reworded(added, removed)
    return CheckReport(
        tuple(sorted(added - reworded.keys())),
        tuple(sorted(removed - set(reworded.values()))),
        tuple(sorted(reworded)),
        len(fresh.keys() & old.keys()),
        planned.notes,
    )


def _planned(folders: Sequence[Path]) -> tuple[CanonPlan, str]:
    """Return the plan of *folders* and their fingerprint; a fault of a file hides no other's."""
    gathered = gather(folders)
    try:
        planned = plan(gathered.works)
    except SeedError as error:
        raise SeedError([*gathered.faults, *error.faults]) from None
    if gathered.faults:
        raise SeedError(gathered.faults)
    notes = (*gathered.notes, *planned.notes)
    return CanonPlan(planned.works, notes), gathered.fingerprint


def _reworded(added: Set[str], removed: Set[str]) -> dict[str, str]:
    """Return new → old for entries of the same date and first words whose text is another."""
    old = _by_stem(removed)
    return {
        keys[0]: old[stem][0]
        for stem, keys in _by_stem(added).items()
        if len(keys) == len(old.get(stem, ())) == 1
    }


def _by_stem(references: Set[str]) -> dict[str, list[str]]:
    stems: dict[str, list[str]] = {}
    for reference in references:
        stems.setdefault(entry_stem(reference), []).append(reference)
    return stems


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
