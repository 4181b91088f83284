"""`/help`: what this person can do here."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Samizdat
from bot.ui.help import help_embed
from bot.ui.theme import Reply

MESSAGE_MENU = discord.AppCommandType.message


class Help(commands.Cog):
    """Lists the commands."""

    def __init__(self, bot: Samizdat) -> None:
        self._tree = bot.tree

    @app_commands.command()
    async def help(self, interaction: discord.Interaction[Any]) -> None:
        """What I can do here, for you."""
        listed = [
            each for each in self._tree.walk_commands() if isinstance(each, app_commands.Command)
        ]
        menus = [each.name for each in self._tree.walk_commands(type=MESSAGE_MENU)]
        reply = Reply(help_embed(listed, interaction.permissions, menus))
        await interaction.response.send_message(**reply.sent(), ephemeral=True)


async def setup(bot: Samizdat) -> None:
    """Add the cog."""
    await bot.add_cog(Help(bot))
