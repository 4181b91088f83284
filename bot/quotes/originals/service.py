"""Taking out what was deleted: each quoted message is looked for once a day."""

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from bot.clock import Clock, Instant, instant
from bot.quotes.models import Quote, Showing
from bot.quotes.originals.repository import OriginalRepository
from bot.quotes.service import Quotes

log = logging.getLogger(__name__)

EVERY: Final = timedelta(days=1)
AT_ONCE: Final = 5
"""Messages looked for in one turn of the duty, some 14,000 a day: never a burst."""

IsGone = Callable[[Quote], Awaitable[bool | None]]
"""Asks Discord whether the message of a quote was deleted; None: not now, ask again later."""
TakeDown = Callable[[tuple[Showing, ...]], Awaitable[object]]
"""Deletes messages of ours."""


class Originals:
    """Looks after quotes that nobody opens: whoever deletes a message means its copies too."""

    def __init__(self, repository: OriginalRepository, quotes: Quotes, clock: Clock) -> None:
        self._repository = repository
        self._quotes = quotes
        self._clock = clock
        self._is_gone: IsGone | None = None
        self._take_down: TakeDown | None = None

    def ask(self, is_gone: IsGone, take_down: TakeDown) -> None:
        """Use these from now on; without them nothing is looked for."""
        self._is_gone, self._take_down = is_gone, take_down

    async def work(self) -> Instant | None:
        """Look for those that were not looked for in a day; the duty comes back by itself."""
        if self._is_gone is None or self._take_down is None:
            return None
        now = self._clock.now()
        for quote in await self._repository.unseen_since(instant(now - EVERY), AT_ONCE):
            gone = await self._is_gone(quote)
            if gone is None:
                break
            if not gone:
                await self._repository.seen(quote.id, instant(now))
                continue
            removed = await self._quotes.original_gone(quote)
            await self._take_down(removed.showings)
            log.info("quote %d went with its message", quote.id)
        return None
