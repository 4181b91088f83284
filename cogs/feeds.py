"""`/feed`: where chapters are read from. For those who manage the server."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Samizdat
from bot.language.speech import say
from bot.ui.chapter_controls import managed_guild
from bot.ui.chapter_feeds import added_reply, feeds_reply, resumed
from bot.ui.chapter_options import (
    GUILD_ONLY,
    Channel,
    Choices,
    role_id,
    settled_channel,
    suggest_feeds,
    suggest_stories,
)
from bot.ui.chapter_why import trial_reply
from bot.ui.permissions import missing_for
from bot.ui.setup_story import with_bells

AnyInteraction = discord.Interaction[Any]
FEED = "Which feed"


class Feeds(commands.Cog):
    """Keeps the feeds of a server."""

    feed = app_commands.Group(
        name="feed",
        description="Where chapters are read from",
        default_permissions=discord.Permissions(manage_guild=True),
        **GUILD_ONLY,
    )

    def __init__(self, bot: Samizdat) -> None:
        self._services = bot.services
        self._following = bot.services.following

    @feed.command()
    @app_commands.describe(
        story="The story it tells of",
        url="The story's page, its thread, or a feed",
        channel="Where its chapters are announced (else the story's channel, that of /setup, here)",
        role="The role that is pinged (the story's when left out)",
    )
    async def add(
        self,
        interaction: AnyInteraction,
        story: str,
        url: str,
        channel: Channel | None = None,
        role: discord.Role | None = None,
    ) -> None:
        """Have a story announced by itself. What is there already is not announced."""
        guild_id, rung = managed_guild(interaction), role_id(role)
        told = await self._services.stories.find(guild_id, story)
        await interaction.response.defer(ephemeral=True)
        own = channel.id if channel is not None else None
        added = await self._following.add(told, url, own, rung, interaction.user.id)
        reply = added_reply(told, added, own or await settled_channel(interaction, told))
        reply = reply if role else with_bells(reply, told)
        await interaction.followup.send(**reply.sent(), ephemeral=True)

    @feed.command(name="list")
    async def list_feeds(self, interaction: AnyInteraction) -> None:
        """How each feed is doing: last look, next look, last error, what is missing."""
        guild_id = managed_guild(interaction)
        followed = await self._following.all(guild_id)
        await self._services.announcing.review(guild_id)
        problems = await self._services.problems.of(guild_id)
        usual = (await self._services.guilds.settings(guild_id)).chapter_channel
        missing = missing_for(interaction.client, followed, usual)
        reply = feeds_reply(followed, missing, problems, usual)
        await interaction.response.send_message(**reply.sent(), ephemeral=True)

    @feed.command()
    @app_commands.describe(url="A story's page, its thread, or a feed")
    async def test(self, interaction: AnyInteraction, url: str) -> None:
        """A dry run: what is read there, and what would be announced, and why not."""
        guild_id = managed_guild(interaction)
        await interaction.response.defer(ephemeral=True)
        trial = await self._following.test(guild_id, url)
        usual = (await self._services.guilds.settings(guild_id)).chapter_channel
        followed = [each for each, _ in trial.stories]
        reply = trial_reply(trial, missing_for(interaction.client, followed, usual), usual)
        await interaction.followup.send(**reply.sent(), ephemeral=True)

    @feed.command()
    @app_commands.describe(feed=FEED)
    async def pause(self, interaction: AnyInteraction, feed: str) -> None:
        """Stop asking a feed and announcing from it, until it is resumed."""
        guild_id = managed_guild(interaction)
        found = await self._following.find(guild_id, feed)
        await self._following.pause(guild_id, found.follow.id)
        said = say(
            "Paused: {host}. `/feed resume` goes on; nothing is lost meanwhile.",
            host=found.feed.host,
        )
        await interaction.response.send_message(said, ephemeral=True)

    @feed.command()
    @app_commands.describe(feed="Which feed (all of them when left out)")
    async def resume(self, interaction: AnyInteraction, feed: str | None = None) -> None:
        """Go on with a feed, and try again at once what Discord refused."""
        guild_id = managed_guild(interaction)
        found = await self._following.find(guild_id, feed) if feed else None
        again = await self._following.resume(guild_id, found.follow.id if found else None)
        for duty in ("feeds", "outbox"):
            self._services.duties.wake(duty)
        await interaction.response.send_message(resumed(again), ephemeral=True)

    @feed.command()
    @app_commands.describe(feed=FEED)
    async def remove(self, interaction: AnyInteraction, feed: str) -> None:
        """Follow a feed no more. Its chapters stay in the lists."""
        guild_id = managed_guild(interaction)
        found = await self._following.find(guild_id, feed)
        await self._following.remove(guild_id, found.follow.id)
        said = say("Removed: {host}. Adding it again announces nothing old.", host=found.feed.host)
        await interaction.response.send_message(said, ephemeral=True)

    @add.autocomplete("story")
    async def suggest_story(self, interaction: AnyInteraction, current: str) -> Choices:
        """Suggest stories."""
        return await suggest_stories(interaction, current)

    @pause.autocomplete("feed")
    @resume.autocomplete("feed")
    @remove.autocomplete("feed")
    async def suggest_feed(self, interaction: AnyInteraction, current: str) -> Choices:
        """Suggest feeds."""
        return await suggest_feeds(interaction, current)


async def setup(bot: Samizdat) -> None:
    """Add the cog."""
    await bot.add_cog(Feeds(bot))
