"""`/story`: the stories that are followed here. For those who manage the server."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Samizdat
from bot.chapters.stories.models import Change
from bot.ui.chapter_controls import managed_guild
from bot.ui.chapter_feeds import changed_reply, followed_reply, stories_reply
from bot.ui.chapter_options import GUILD_ONLY, Channel, Choices, role_id, suggest_stories

AnyInteraction = discord.Interaction[Any]


class Stories(commands.Cog):
    """Keeps the stories of a server."""

    story = app_commands.Group(
        name="story",
        description="The stories that are followed here",
        default_permissions=discord.Permissions(manage_guild=True),
        **GUILD_ONLY,
    )

    def __init__(self, bot: Samizdat) -> None:
        self._stories = bot.services.stories
        self._subscribing = bot.services.subscribing

    @story.command()
    @app_commands.describe(
        title="Its title",
        author="Who writes it",
        url="Where it is read",
        quota="Words a chapter owes its readers (10,000 when left out)",
    )
    async def add(
        self,
        interaction: AnyInteraction,
        title: str,
        author: str | None = None,
        url: str | None = None,
        quota: int | None = None,
    ) -> None:
        """Follow a story here."""
        guild_id = managed_guild(interaction)
        change = Change(title=title, author=author, url=url, quota=quota)
        made = await self._stories.add(guild_id, change, interaction.user.id)
        await interaction.response.send_message(**followed_reply(made).sent())

    @story.command()
    @app_commands.describe(
        story="Which story",
        title="Its new title",
        author="Who writes it",
        url="Where it is read",
        quota="Words a chapter owes its readers",
        channel="Where its chapters are announced",
        role="The role that is pinged",
        spoilers="Hide the titles of chapters as spoilers",
    )
    async def edit(  # noqa: PLR0913, PLR0917 - the options of the command
        self,
        interaction: AnyInteraction,
        story: str,
        title: str | None = None,
        author: str | None = None,
        url: str | None = None,
        quota: int | None = None,
        channel: Channel | None = None,
        role: discord.Role | None = None,
        spoilers: bool | None = None,  # noqa: FBT001 - an option of the command
    ) -> None:
        """Change a story: title, quota, channel, role, spoilers."""
        guild_id = managed_guild(interaction)
        old = await self._stories.find(guild_id, story)
        where = channel.id if channel is not None else None
        change = Change(title, author, url, quota, spoilers, role_id(role), where)
        made = await self._stories.edit(guild_id, old.id, change)
        await interaction.response.send_message(**changed_reply(made).sent())

    @story.command(name="list")
    async def list_stories(self, interaction: AnyInteraction) -> None:
        """List the stories followed here, where they go and who is subscribed."""
        guild_id = managed_guild(interaction)
        stories = await self._stories.all(guild_id)
        reply = stories_reply(stories, await self._subscribing.counts(guild_id))
        await interaction.response.send_message(**reply.sent(), ephemeral=True)

    @edit.autocomplete("story")
    async def suggest(self, interaction: AnyInteraction, current: str) -> Choices:
        """Suggest stories."""
        return await suggest_stories(interaction, current)


async def setup(bot: Samizdat) -> None:
    """Add the cog."""
    await bot.add_cog(Stories(bot))
