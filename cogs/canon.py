"""`/canon`: the documents that a server adds to the archive, for itself alone."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Samizdat
from bot.ui.theme import CHOICES
from bot.ui.uploads import (
    DiscardButton,
    KeepButton,
    content_of,
    draft_reply,
    guild_of,
    shelf_choice,
    shelf_embed,
)
from bot.uploads.service import Offer

AnyInteraction = discord.Interaction[Any]


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class Canon(commands.GroupCog, group_name="canon", group_description="This server's own documents"):
    """Adds documents to a server's archive and takes them out. For those who manage it."""

    def __init__(self, bot: Samizdat) -> None:
        self._uploads = bot.services.uploads
        self._archives = bot.services.archives

    @app_commands.command()
    @app_commands.describe(
        file="A timeline, a saved thread, a chapter as text, Markdown or EPUB; up to 5 MB",
        work="The story it belongs to; a new name makes a new story",
        title="What the document is called (left out: as it says itself)",
        chapter="The chapter it tells, so that it spoils nobody; left out: known to all",
    )
    async def add(
        self,
        interaction: AnyInteraction,
        file: discord.Attachment,
        work: app_commands.Range[str, 1, 100],
        title: app_commands.Range[str, 1, 100] | None = None,
        chapter: app_commands.Range[int, 1, 1_000_000] | None = None,
    ) -> None:
        """Read a document for this server: first you see what would be read."""
        guild = guild_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        content = await content_of(file)
        offer = Offer(file.filename, content, work, title or "", chapter or 0)
        draft = await self._uploads.look(guild, interaction.user.id, offer)
        await interaction.edit_original_response(**draft_reply(draft).edited())

    @app_commands.command()
    @app_commands.describe(document="The document to take out")
    async def remove(self, interaction: AnyInteraction, document: str) -> None:
        """Take a document out of this server's archive."""
        guild = guild_of(interaction)
        number = int(document) if document.isdecimal() and len(document) <= 18 else 0
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._uploads.remove(number, guild)
        shelf = await self._uploads.documents(guild)
        await interaction.edit_original_response(embed=shelf_embed(shelf))

    @app_commands.command(name="list")
    async def show(self, interaction: AnyInteraction) -> None:
        """Show the documents this server has added."""
        shelf = await self._uploads.documents(guild_of(interaction))
        await interaction.response.send_message(embed=shelf_embed(shelf), ephemeral=True)

    @add.autocomplete("work")
    async def suggest_work(
        self, interaction: AnyInteraction, current: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest the stories that are here."""
        archive = await self._archives.of(interaction.guild_id)
        found = await archive.suggester.works(current)
        return [app_commands.Choice(name=each.label, value=each.value) for each in found]

    @remove.autocomplete("document")
    async def suggest_document(
        self, interaction: AnyInteraction, current: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest the documents of this server to those who may remove them."""
        if interaction.guild_id is None or not interaction.permissions.manage_guild:
            return []
        shelf = await self._uploads.documents(interaction.guild_id)
        lines = [(shelf_choice(each), str(each.id)) for each in shelf]
        fitting = [line for line in lines if current.casefold() in line[0].casefold()]
        return [app_commands.Choice(name=name, value=value) for name, value in fitting[:CHOICES]]


async def setup(bot: Samizdat) -> None:
    """Add the cog and the buttons of its drafts, which outlive a restart."""
    bot.add_dynamic_items(KeepButton, DiscardButton)
    await bot.add_cog(Canon(bot))
