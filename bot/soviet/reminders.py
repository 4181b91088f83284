"""Reminders that readers ask for: one private message before a vote closes, through the outbox.

Nobody is ever reminded who did not ask, and what is written says nothing of any vote.
"""

from typing import Final

from bot.clock import Clock, Instant, instant
from bot.errors import BotError
from bot.language.speech import say
from bot.outbox.models import PRIVATE, SEND, Post
from bot.outbox.repository import enqueue
from bot.soviet.chamber import Chamber
from bot.soviet.errors import DivisionClosedError, NotOpenYetError
from bot.soviet.models import HOUR_MS, MINUTE_MS, Motion, Status
from bot.storage.database import Database, Transaction

_LEADS: Final = (12 * HOUR_MS, HOUR_MS, 10 * MINUTE_MS)
"""How long before the close: the longest of these of which twice as much is left."""


class NothingToRemindOfError(BotError):
    """Nobody knows when the vote closes, or it closes too soon."""


class Reminders:
    """Takes down who wants to be reminded of which vote."""

    def __init__(self, database: Database, clock: Clock, chamber: Chamber) -> None:
        self._database = database
        self._clock = clock
        self._chamber = chamber

    async def ask(self, guild_id: int, motion_id: int, user_id: int) -> Instant:
        """Have *user_id* reminded of an open vote, once, and return when.

        Raises:
            NoSuchMotionError, NotOpenYetError, DivisionClosedError.
            NothingToRemindOfError: it ends with a chapter, or in a few minutes.
        """
        motion = await self._chamber.motion_by_id(guild_id, motion_id)
        now = instant(self._clock.now())
        at = when(motion, now)
        post = reminder(motion, user_id, at)

        async def operation(tx: Transaction) -> None:
            await enqueue(tx, post, now)

        await self._database.write(operation)
        return at


def when(motion: Motion, now: Instant) -> Instant:
    """Return when a reader is reminded of *motion*; errors as `Reminders.ask`. Pure."""
    if motion.status is Status.TABLED:
        raise NotOpenYetError(motion)
    closes = motion.ends_at
    if motion.status is not Status.OPEN or closes is None:
        raise DivisionClosedError(motion)
    if motion.until_chapter:
        raise NothingToRemindOfError(
            say("It closes with the next chapter; nobody knows when that is.")
        )
    for lead in _LEADS:
        if closes - now >= 2 * lead:
            return Instant(closes - lead)
    raise NothingToRemindOfError(say("It closes in a few minutes: vote now, then it is done."))


def reminder(motion: Motion, user_id: int, at: Instant) -> Post:
    """Return the private message to *user_id*, in the language they ask for it in. Pure."""
    closes = (motion.ends_at or 0) // 1000
    where = ""
    if motion.channel_id is not None and motion.message_id is not None:
        path = f"{motion.guild_id}/{motion.channel_id}/{motion.message_id}"
        where = f"\n<https://discord.com/channels/{path}>"
    said = say(
        "The vote on motion № {number} closes <t:{closes}:R>. You asked to be told.",
        number=motion.number,
        closes=closes,
    )
    return Post(
        topic=f"reminder:{motion.id}",
        step=SEND,
        guild_id=PRIVATE,
        channel_id=user_id,
        body={"content": said + where, "allowed_mentions": {"parse": []}},
        marker=said,
        not_before=at,
    )
