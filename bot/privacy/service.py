"""A person's records: all of them in one file, or none of them any more."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from bot.clock import Clock, Instant, instant, moment
from bot.language.speech import say
from bot.privacy import tombstones
from bot.privacy.models import Deleted, Records
from bot.privacy.tombstones import Tombstone, fingerprint
from bot.storage.state import AppState

log = logging.getLogger(__name__)

_DONE = "privacy.forgotten."
_UNTIL = "privacy.forgotten_until"
"""What stood for all that were done, before each had a name."""
_CHECKPOINTS = 20
_BETWEEN_CHECKPOINTS = 0.1


class Privacy:
    """Asks every kind of records about a person. *checkpoint* clears erased rows from the disk."""

    def __init__(
        self,
        records: Sequence[Records],
        state: AppState,
        checkpoint: Callable[[], Awaitable[bool]],
        clock: Clock,
        tombstone_file: Path,
    ) -> None:
        self._records = tuple(records)
        self._state = state
        self._checkpoint = checkpoint
        self._clock = clock
        self._file = tombstone_file
        self._writing = asyncio.Lock()  # the file is read and written anew

    async def export(self, user_id: int) -> dict[str, object]:
        """Return everything that is kept about a person, in values that JSON knows."""
        kept = {
            each.name: [dict(row) for row in await each.export(user_id)] for each in self._records
        }
        return {
            "what": say(
                "Everything Samizdat keeps about you. Times are milliseconds since 1970, UTC."
            ),
            "user_id": str(user_id),
            "made_at": f"{self._clock.now():%Y-%m-%dT%H:%M:%SZ}",
            "records": kept,
        }

    async def delete(self, user_id: int) -> tuple[Deleted, ...]:
        """Delete everything that may be deleted; return what there was and what is left.

        The tombstone comes first: from then on the deletion is repeated until it is complete, also
        when the process dies half-way.
        """
        now = instant(self._clock.now())
        before = {each.name: len(await each.export(user_id)) for each in self._records}
        tombstone = Tombstone(fingerprint(user_id), now)
        async with self._writing:
            old = await asyncio.to_thread(tombstones.add, self._file, tombstone)
        for each in self._records:
            await each.forget(user_id)
        await self._note([tombstone])
        await self._state.remove([_DONE + each.name for each in old])
        await self._clear_the_disk()
        after = {each.name: len(await each.export(user_id)) for each in self._records}
        return tuple(Deleted(name, before[name], after[name]) for name in before)

    async def replay(self) -> int:
        """Forget again whom a restored backup has brought back; return how many were.

        The database notes which deletions are done in it, so an older one lacks some.
        """
        await self._name_old_ones()
        done = await self._state.under(_DONE)
        found = await asyncio.to_thread(tombstones.read, self._file)
        undone = [each for each in found if _DONE + each.name not in done]
        if not undone:
            return 0
        due = {each.fingerprint for each in undone}
        again = 0
        for each in self._records:
            for person in await each.people():
                if fingerprint(person) in due:
                    await each.forget(person)
                    again += 1
        await self._note(undone)
        await self._clear_the_disk()
        last = Instant(max(each.at for each in undone))
        log.warning("forgot again what a restored backup knew, from before %s", moment(last))
        return again

    async def _name_old_ones(self) -> None:
        until = int(await self._state.get(_UNTIL) or 0)
        named = await asyncio.to_thread(tombstones.name_all, self._file)
        await self._note([each for each in named if each.at <= until])

    async def _note(self, done: Sequence[Tombstone]) -> None:
        now = instant(self._clock.now())
        await self._state.put_all({_DONE + each.name: str(each.at) for each in done}, now)

    async def _clear_the_disk(self) -> None:
        """Fold the log into the file; readers may keep that from ending at once."""
        for _ in range(_CHECKPOINTS):
            if await self._checkpoint():
                return
            await asyncio.sleep(_BETWEEN_CHECKPOINTS)
        log.warning("erased rows stay in the write-ahead log until its next checkpoint")
