"""Who was forgotten, kept beside the database, so that a restored backup forgets them again.

Not a table: an old backup would bring back an old table. Not the ids either, only their SHA-256:
enough to recognise somebody whose records have come back, and no list of people. A line is kept
for 35 days, longer than any backup.

Each has a name by chance, under which the database notes that it is done: of two processes that
keep files of their own, and of two deletions at once, neither can note the other's. All functions
block.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from bot.clock import Instant, instant, moment

KEPT = timedelta(days=35)
NAMELESS = ""
_PARTIAL = ".partial"


@dataclass(frozen=True, slots=True)
class Tombstone:
    """That somebody was forgotten at a moment; *name*: what the database calls it."""

    fingerprint: str
    at: Instant
    name: str = field(default_factory=lambda: secrets.token_hex(16))


def fingerprint(user_id: int) -> str:
    """Return what stands for a person here."""
    return hashlib.sha256(f"forgotten:{user_id}".encode()).hexdigest()


def read(path: Path) -> list[Tombstone]:
    """Return the tombstones of *path*, none when there is no such file.

    A line that was being written when the power went is left out: that deletion was not begun.
    """
    if not path.exists():
        return []
    found = []
    for line in path.read_text("utf-8").splitlines():
        try:
            said = json.loads(line)
            person, at = str(said["person"]), Instant(int(said["at"]))
            found.append(Tombstone(person, at, str(said.get("name", NAMELESS))))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def add(path: Path, tombstone: Tombstone) -> list[Tombstone]:
    """Add a tombstone and drop those that are old; on disk when this returns the dropped."""
    oldest = instant(moment(tombstone.at) - KEPT)
    found = read(path)
    _write(path, [*(each for each in found if each.at > oldest), tombstone])
    return [each for each in found if each.at <= oldest]


def name_all(path: Path) -> list[Tombstone]:
    """Name those of *path* from before there were names, and return them."""
    found = read(path)
    named = [replace(each, name=secrets.token_hex(16)) for each in found if each.name == NAMELESS]
    if named:
        _write(path, [*(each for each in found if each.name != NAMELESS), *named])
    return named


def _write(path: Path, tombstones: Iterable[Tombstone]) -> None:
    lines = [
        json.dumps({"person": each.fingerprint, "at": each.at, "name": each.name}) + "\n"
        for each in tombstones
    ]
    partial = path.with_name(path.name + _PARTIAL)
    with partial.open("w", encoding="utf-8") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
