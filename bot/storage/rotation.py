"""Backups by themselves: one an hour, and which of the old ones may go."""

import asyncio
import logging
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.clock import Clock, Instant, instant
from bot.storage.backup import backup

log = logging.getLogger(__name__)

EVERY: Final = timedelta(hours=1)
_ALL_FOR: Final = timedelta(hours=24)
_ONE_A_DAY_FOR: Final = timedelta(days=30)
_STAMPED: Final = re.compile(r"\.(\d{8}-\d{6})(?:-\d+)?\.sqlite$")


class Backups:
    """The duty that backs up the community database and keeps the folder from growing."""

    def __init__(self, database: Path, folder: Path, clock: Clock) -> None:
        self._database = database
        self._folder = folder
        self._clock = clock

    async def run(self) -> Instant:
        """Make a backup if the last is an hour old, drop what may go; return when to come again.

        Raises:
            StorageError: it failed; the old backups stay.
        """
        newest = await asyncio.to_thread(self._newest)
        now = self._clock.now()
        if newest is None or not timedelta() <= now - newest < EVERY:
            made = await asyncio.to_thread(backup, self._database, self._folder, self._clock)
            await asyncio.to_thread(self._drop, now)
            log.info("backed up to %s", made.name)
            newest = now
        return instant(newest + EVERY)

    def _newest(self) -> datetime | None:
        return max((at for at, _ in self._kept()), default=None)

    def _kept(self) -> list[tuple[datetime, Path]]:
        if not self._folder.is_dir():
            return []
        dated = ((taken_at(path), path) for path in self._folder.iterdir())
        return [(at, path) for at, path in dated if at is not None]

    def _drop(self, now: datetime) -> None:
        kept = self._kept()
        for at in expendable((at for at, _ in kept), now):
            for path in (path for taken, path in kept if taken == at):
                path.unlink(missing_ok=True)


def taken_at(path: Path) -> datetime | None:
    """Return when a backup was taken, by its name; None for any other file."""
    match = _STAMPED.search(path.name)
    if match is None:
        return None
    try:
        return datetime.strptime(match[1], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def expendable(taken: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return which backups may go: all of a day stay, then the last of each day, for 30 days.

    Nothing older stays: somebody who asked to be forgotten must be gone from backups too. The
    newest stays in any case, however long the bot was away.
    """
    moments = sorted(set(taken))
    kept = set(moments[-1:])
    last_of_day = {at.date(): at for at in moments}
    for at in moments:
        age = now - at
        if age <= _ALL_FOR or (age <= _ONE_A_DAY_FOR and last_of_day[at.date()] == at):
            kept.add(at)
    return set(moments) - kept
