"""Where the bot is, and was: listens to Discord; there are no commands here."""

import discord
from discord.ext import commands

from bot.app import Samizdat


class Presence(commands.Cog):
    """Keeps track of the servers that add and remove the bot."""

    def __init__(self, bot: Samizdat) -> None:
        self._bot = bot
        self._departures = bot.services.departures

    async def cog_load(self) -> None:
        """Have the data of servers purged once Discord confirms that the bot is gone."""
        self._departures.ask(self._is_gone)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note a removal; discord.py tells an outage by another event."""
        await self._departures.left(guild.id)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Note that the bot is back."""
        await self._departures.is_there(guild.id)

    async def _is_gone(self, guild_id: int) -> bool:
        if not self._bot.is_ready() or self._bot.get_guild(guild_id) is not None:
            return False
        try:
            await self._bot.http.get_guild(guild_id, with_counts=False)
        except (discord.NotFound, discord.Forbidden):
            return True
        # It answered, so the bot is there: the row was a mistake.
        await self._departures.is_there(guild_id)
        return False


async def setup(bot: Samizdat) -> None:
    """Add the cog."""
    await bot.add_cog(Presence(bot))
