"""The closer at work: closes what is due, and sees that it is shown."""

from collections.abc import Callable

from bot.clock import Instant
from bot.soviet.chamber import Chamber
from bot.soviet.closing import Closing
from bot.soviet.errors import NoSuchMotionError
from bot.soviet.noticeboard import Noticeboard

DUTY = "soviet"
"""The name of the closer's duty."""


class Closer:
    """Does the duty `soviet`. What is overdue when the process starts is closed at once."""

    def __init__(
        self,
        chamber: Chamber,
        closing: Closing,
        board: Noticeboard,
        announce: Callable[[], None],
    ) -> None:
        self._chamber = chamber
        self._closing = closing
        self._board = board
        self._announce = announce

    async def work(self) -> Instant | None:
        """Close what is due and return when the next is (`bot.duties.Work`)."""
        closed = await self._closing.close_overdue()
        for each in closed:
            self._board.mark(each.motion, final=True)
            if each.motion.amends_id is not None:
                await self._reword(each.motion.guild_id, each.motion.amends_id)
        if closed:
            self._announce()
        return await self._closing.next_wakeup()

    async def _reword(self, guild_id: int, motion_id: int) -> None:
        """Have the motion whose wording was voted on show the one that was chosen."""
        try:
            self._board.mark(await self._chamber.motion_by_id(guild_id, motion_id))
        except NoSuchMotionError:
            return
