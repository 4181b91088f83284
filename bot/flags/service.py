"""Telling the admins of a server what a reader says is wrong."""

from bot.clock import Clock, instant
from bot.duties import Duties
from bot.flags.models import Flag, NobodyToTellError, NothingSaidError
from bot.flags.repository import FlagRepository
from bot.guilds.service import Guilds


class Flags:
    """Takes readers' remarks and hands them to the outbox."""

    def __init__(
        self, repository: FlagRepository, guilds: Guilds, duties: Duties, clock: Clock
    ) -> None:
        self._repository = repository
        self._guilds = guilds
        self._duties = duties
        self._clock = clock

    async def channel(self, guild_id: int) -> int:
        """Return the channel that remarks of a server go to.

        Raises:
            NobodyToTellError: its admins have chosen none.
        """
        channel = (await self._guilds.settings(guild_id)).admin_channel
        if channel is None:
            raise NobodyToTellError
        return channel

    async def send(self, flag: Flag) -> None:
        """Keep a remark and have it told.

        Raises:
            NothingSaidError, NobodyToTellError, TooManyFlagsError.
        """
        if not flag.words.strip():
            raise NothingSaidError
        channel = await self.channel(flag.guild_id)
        await self._repository.add(flag, channel, instant(self._clock.now()))
        self._duties.wake("outbox")
