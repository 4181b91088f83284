"""What is kept about a reader: `/privacy`."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Samizdat
from bot.language.speech import say
from bot.ui.privacy import (
    QUESTION,
    DeleteButton,
    consent_named,
    delete_view,
    exported,
    exported_words,
    quoting,
)

AnyInteraction = discord.Interaction[Any]

WHO = [
    app_commands.Choice(name="allow: anybody in the same server", value="allow"),
    app_commands.Choice(name="ask: I want to be asked each time", value="ask"),
    app_commands.Choice(name="refuse: nobody", value="refuse"),
]


class Privacy(commands.Cog):
    """Shows and deletes what is kept about whoever asks."""

    privacy = app_commands.Group(name="privacy", description="What I keep about you")

    def __init__(self, bot: Samizdat) -> None:
        self._services = bot.services

    @privacy.command()
    async def export(self, interaction: AnyInteraction) -> None:
        """Everything I keep about you, in a file only you see."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        records = await self._services.privacy.export(interaction.user.id)
        await interaction.edit_original_response(
            content=exported_words(records), attachments=[exported(records)]
        )

    @privacy.command()
    async def delete(self, interaction: AnyInteraction) -> None:
        """Delete everything I keep about you; asks once more first."""
        await interaction.response.send_message(
            say(QUESTION), view=delete_view(interaction.user.id), ephemeral=True
        )

    @privacy.command()
    @app_commands.describe(choice="Who may quote you (left out: shows what holds now)")
    @app_commands.choices(choice=WHO)
    async def quoting(self, interaction: AnyInteraction, choice: str | None = None) -> None:
        """Who may put your messages on cards and into quote books."""
        quotes, user_id = self._services.quotes, interaction.user.id
        if choice is not None:
            await quotes.set_consent(user_id, consent_named(choice))
        said = quoting(await quotes.consent(user_id))
        await interaction.response.send_message(said, ephemeral=True)


async def setup(bot: Samizdat) -> None:
    """Add the cog and the button that deletes."""
    bot.add_dynamic_items(DeleteButton)
    await bot.add_cog(Privacy(bot))
