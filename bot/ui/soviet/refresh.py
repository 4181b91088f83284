"""Messages that a crash, or another language, left behind are brought up to date."""

import asyncio
import logging
from typing import Final

from bot.app import Samizdat, Services
from bot.clock import Instant, instant
from bot.soviet.models import DAY_MS, Motion, Status

log = logging.getLogger(__name__)

_LATELY: Final = 2 * DAY_MS
_MOST: Final = 100
_BETWEEN: Final = 0.05
"""Seconds between two marks: Discord takes 50 requests a second from a bot, all together."""


async def reworded(services: Services, guild_id: int) -> None:
    """Mark every running motion of a server whose language has changed."""
    running = (Status.OPEN, Status.TABLED)
    for motion in await services.soviet.chamber.motions(guild_id, running, limit=_MOST):
        services.noticeboard.mark(motion)


async def refresh(bot: Samizdat) -> None:
    """Mark every running motion, and those decided in the last two days, of all guilds here.

    What had been marked when the process ended is known to nobody; a message that shows the truth
    already is edited once for nothing.
    """
    since = Instant(instant(bot.services.clock.now()) - _LATELY)
    chamber, board = bot.services.soviet.chamber, bot.services.noticeboard
    count = 0
    for guild_id in sorted(await chamber.stirring(since)):
        if bot.get_guild(guild_id) is None:
            continue
        running = await chamber.motions(guild_id, (Status.OPEN, Status.TABLED), limit=_MOST)
        decided = await chamber.motions(guild_id, (Status.CLOSED,), limit=_MOST)
        stale: list[Motion] = [each for each in decided if (each.closed_at or 0) >= since]
        for motion in (*running, *stale):
            board.mark(motion, final=motion.status is Status.CLOSED)
            count += 1
            await asyncio.sleep(_BETWEEN)
    if count:
        log.info("%d motions are brought up to date", count)
