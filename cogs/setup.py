"""`/setup`, and the first word on a new server."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Samizdat
from bot.ui.chapter_options import server_only
from bot.ui.setup import SETUP_CONTROLS, Panel
from bot.ui.setup_places import standing
from bot.ui.welcome import welcome_channel, welcome_post


class Setup(commands.Cog):
    """Lets those who manage a server say where things go."""

    def __init__(self, bot: Samizdat) -> None:
        self._bot = bot

    @server_only
    @app_commands.command()
    @app_commands.default_permissions(manage_guild=True)
    async def setup(self, interaction: discord.Interaction[Any]) -> None:
        """Channels, roles and looks in one panel; each is checked at once."""
        panel = Panel(await standing(interaction))
        await interaction.response.send_message(view=panel, ephemeral=True)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Say the three first steps, once, where a server greets its newcomers; else nothing."""
        channel = welcome_channel(guild)
        if channel is not None:
            await self._bot.services.outbox.put(welcome_post(guild, channel.id))


async def setup(bot: Samizdat) -> None:
    """Add the cog and the controls of its panel, which outlive a restart."""
    bot.add_dynamic_items(*SETUP_CONTROLS)
    await bot.add_cog(Setup(bot))
