"""`/help`: what this person can do here."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Samizdat
from bot.ui.help import RoomMenu, help_reply, known_commands

MESSAGE_MENU = discord.AppCommandType.message


class Help(commands.Cog):
    """Lists the commands."""

    def __init__(self, bot: Samizdat) -> None:
        self._tree = bot.tree

    @app_commands.command()
    async def help(self, interaction: discord.Interaction[Any]) -> None:
        """What I can do here, for you."""
        listed = known_commands(self._tree)
        menus = [each.name for each in self._tree.walk_commands(type=MESSAGE_MENU)]
        reply = help_reply(listed, interaction.permissions, menus)
        await interaction.response.send_message(**reply.sent(), ephemeral=True)


async def setup(bot: Samizdat) -> None:
    """Add the cog and its menu, which outlives a restart."""
    bot.add_dynamic_items(RoomMenu)
    await bot.add_cog(Help(bot))
