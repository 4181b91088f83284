"""Deleting what servers left behind: late, and only when it is certain."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Final

from bot.clock import Clock, Instant, instant
from bot.departures.repository import DepartureRepository
from bot.storage.database import Database

log = logging.getLogger(__name__)

GRACE: Final = timedelta(days=30)
_AGAIN: Final = timedelta(hours=1)

Purge = Callable[[int], Awaitable[None]]
"""Deletes everything of a server from one kind of data."""
IsGone = Callable[[int], Awaitable[bool]]
"""Asks Discord whether the bot is certainly not in a server any more."""


class Departures:
    """Keeps the servers that removed the bot, and purges them after 30 days."""

    def __init__(
        self,
        repository: DepartureRepository,
        database: Database,
        purges: Sequence[Purge],
        clock: Clock,
    ) -> None:
        self._repository = repository
        self._database = database
        self._purges = tuple(purges)
        self._clock = clock
        self._is_gone: IsGone | None = None

    def ask(self, is_gone: IsGone) -> None:
        """Use *is_gone* from now on; without it nothing is ever purged."""
        self._is_gone = is_gone

    async def left(self, guild_id: int) -> None:
        """Note that a server removed the bot."""
        await self._repository.note(guild_id, instant(self._clock.now()))

    async def is_there(self, guild_id: int) -> None:
        """Note that the bot is in a server, perhaps again."""
        await self._repository.drop(guild_id)

    async def work(self) -> Instant:
        """Purge what is due; return when to look again. Absence alone proves nothing."""
        now = self._clock.now()
        for guild_id in await self._repository.before(instant(now - GRACE)):
            if self._is_gone is None or not await self._is_gone(guild_id):
                continue
            for purge in self._purges:
                await purge(guild_id)
            await self._repository.drop(guild_id)
            await self._database.checkpoint()
            log.info("deleted what server %d left behind", guild_id)
        return instant(now + _AGAIN)
