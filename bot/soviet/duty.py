"""The closer at work: closes what is due, and sees that it is shown."""

from collections.abc import Callable
from typing import Final

from bot.clock import Instant
from bot.outbox.models import Delivered
from bot.soviet.errors import NoSuchMotionError
from bot.soviet.noticeboard import Noticeboard
from bot.soviet.service import Soviet
from bot.storage.database import Transaction

DUTY: Final = "soviet"
"""The name of the closer's duty."""
TOPIC: Final = "motion:"
"""How the topics of the chamber's posts begin; then come the motion's id and what is said."""
SHOWS_THE_MOTION: Final = frozenset({"tabled", "opened"})
"""What is said by posts that are the motion's own message from then on."""


class Closer:
    """Does the duty `soviet`. What is overdue when the process starts is closed at once."""

    def __init__(self, soviet: Soviet, board: Noticeboard, announce: Callable[[], None]) -> None:
        self._soviet = soviet
        self._board = board
        self._announce = announce

    async def work(self) -> Instant | None:
        """Close what is due and return when the next is (`bot.duties.Work`)."""
        closed = await self._soviet.closing.close_overdue()
        for each in closed:
            self._board.mark(each.motion, final=True)
            if each.motion.amends_id is not None:
                await self._reword(each.motion.guild_id, each.motion.amends_id)
        if closed:
            self._announce()
        return await self._soviet.closing.next_wakeup()

    async def _reword(self, guild_id: int, motion_id: int) -> None:
        """Have the motion whose wording was voted on show the one that was chosen."""
        try:
            self._board.mark(await self._soviet.chamber.motion_by_id(guild_id, motion_id))
        except NoSuchMotionError:
            return

    async def hear_delivered(self, tx: Transaction, post: Delivered) -> None:
        """Note which message shows a motion that was posted by the outbox (`Relay.listen`)."""
        motion_id, _, said = post.topic.removeprefix(TOPIC).partition(":")
        if said in SHOWS_THE_MOTION and post.message_id is not None:
            await self._soviet.chamber.placed(
                tx, post.guild_id, int(motion_id), post.channel_id, post.message_id
            )
