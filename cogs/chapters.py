"""`/chapter`: announce by hand, list, and explain."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Samizdat
from bot.chapters.announcing.service import ByHand
from bot.clock import instant
from bot.ui.chapter_controls import (
    CONTROLS,
    chapters_reply,
    guild_of,
    managed_guild,
    owner_of,
)
from bot.ui.chapter_options import GUILD_ONLY, Choices, require_announcer, suggest_stories
from bot.ui.chapter_why import why_reply
from bot.ui.chapters import announced_reply, latest_reply
from bot.ui.permissions import CachedPremises

AnyInteraction = discord.Interaction[Any]
STORY = "Which story"


class Chapters(commands.Cog):
    """Announces and lists chapters."""

    chapter = app_commands.Group(
        name="chapter", description="Chapters: announce, list, explain", **GUILD_ONLY
    )

    def __init__(self, bot: Samizdat) -> None:
        self._services = bot.services
        self._announcing = bot.services.announcing

    @chapter.command()
    @app_commands.describe(
        story=STORY,
        title="The chapter's title",
        url="Where it is read",
        words="How many words it has",
        summary="A line about it",
        category="What it is, when not a chapter of the story itself: sidestory, omake …",
    )
    async def announce(
        self,
        interaction: AnyInteraction,
        story: str,
        title: str,
        url: str,
        words: int | None = None,
        summary: str | None = None,
        category: str | None = None,
    ) -> None:
        """Announce a chapter by hand, for authors and announcers."""
        guild_id = await require_announcer(interaction)
        told = await self._services.stories.find(guild_id, story)
        order = ByHand(title, url, words, summary, category)
        receipt = await self._announcing.announce(told, order, interaction.user.id)
        reply = announced_reply(told, receipt)
        await interaction.response.send_message(**reply.sent(), ephemeral=True)

    @chapter.command()
    @app_commands.describe(story=STORY)
    async def latest(self, interaction: AnyInteraction, story: str | None = None) -> None:
        """The newest chapter, and when the next one is usually due."""
        guild_id, stories = guild_of(interaction), self._services.stories
        told = [await stories.find(guild_id, story)] if story else await stories.all(guild_id)
        newest = [(each, await self._announcing.chapters(each)) for each in told]
        reply = latest_reply(newest, instant(self._services.clock.now()))
        await interaction.response.send_message(**reply.sent())

    @chapter.command(name="list")
    @app_commands.describe(story=STORY)
    async def list_chapters(self, interaction: AnyInteraction, story: str | None = None) -> None:
        """The chapters of a story with words, totals and links."""
        told = await self._services.stories.only(guild_of(interaction), story)
        chapters = await self._announcing.chapters(told)
        reply = chapters_reply(told, chapters, 0, owner_of(interaction))
        await interaction.response.send_message(**reply.sent())

    @chapter.command()
    @app_commands.describe(url="The chapter's address")
    async def why(self, interaction: AnyInteraction, url: str) -> None:
        """For admins: the life of one announcement, or exactly what is missing."""
        life = await self._announcing.why(managed_guild(interaction), url)
        await interaction.response.send_message(**why_reply(life).sent(), ephemeral=True)

    @announce.autocomplete("story")
    @latest.autocomplete("story")
    @list_chapters.autocomplete("story")
    async def suggest(self, interaction: AnyInteraction, current: str) -> Choices:
        """Suggest stories."""
        return await suggest_stories(interaction, current)


async def setup(bot: Samizdat) -> None:
    """Add the cog, its buttons, and what looks at channels before something is announced."""
    bot.services.announcing.attach(CachedPremises(bot))
    bot.add_dynamic_items(*CONTROLS)
    await bot.add_cog(Chapters(bot))
