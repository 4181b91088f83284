"""Who was forgotten, kept beside the database, so that a restored backup forgets them again.

Not a table: an old backup would bring back an old table. Not the ids either, only their SHA-256:
enough to recognise somebody whose records have come back, and no list of people. A line is kept
for 35 days, longer than any backup. All functions block.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.clock import Instant, instant, moment

KEPT = timedelta(days=35)
_PARTIAL = ".partial"


@dataclass(frozen=True, slots=True)
class Tombstone:
    """That somebody was forgotten at a moment."""

    fingerprint: str
    at: Instant


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
            found.append(Tombstone(str(said["person"]), Instant(int(said["at"]))))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def add(path: Path, tombstone: Tombstone) -> None:
    """Add a tombstone and drop those that are old; on disk when this returns."""
    oldest = instant(moment(tombstone.at) - KEPT)
    kept = [each for each in read(path) if each.at > oldest] + [tombstone]
    lines = [json.dumps({"person": each.fingerprint, "at": each.at}) + "\n" for each in kept]
    partial = path.with_name(path.name + _PARTIAL)
    with partial.open("w", encoding="utf-8") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
