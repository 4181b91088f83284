"""`/status`: how the process is, for whoever runs it."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Samizdat
from bot.ui.status import NotTheOwnerError, status_embed


class Status(commands.Cog):
    """Tells the owner of the application how it is."""

    def __init__(self, bot: Samizdat) -> None:
        self._bot = bot

    @app_commands.command()
    @app_commands.default_permissions(administrator=True)
    async def status(self, interaction: discord.Interaction[Any]) -> None:
        """How the bot is, for whoever runs it."""
        if not await self._bot.is_owner(interaction.user):
            raise NotTheOwnerError
        health, duties = self._bot.health, self._bot.services.duties.all
        complaints = health.complaints() if health else ()
        lag = health.lag if health else None
        embed = status_embed(self._bot.link(), duties, complaints, lag)
        await interaction.response.send_message(embed=embed, ephemeral=True)


async def setup(bot: Samizdat) -> None:
    """Add the cog."""
    await bot.add_cog(Status(bot))
