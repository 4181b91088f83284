"""`/subscribe` and its kin: a reader's own choice of what rings."""

from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Samizdat
from bot.chapters.subscribing.models import How
from bot.language.speech import say
from bot.ui.chapter_controls import guild_of, subscribe, subscribe_default, unsubscribe
from bot.ui.chapter_options import Choices, server_only, suggest_stories
from bot.ui.chapters import subscribed_reply, subscriptions_reply

AnyInteraction = discord.Interaction[Any]
STORY = "Which story"


class Subscriptions(commands.Cog):
    """Keeps what readers want to be told of."""

    def __init__(self, bot: Samizdat) -> None:
        self._stories = bot.services.stories
        self._subscribing = bot.services.subscribing

    @app_commands.command(name="subscribe")
    @server_only
    @app_commands.describe(
        story=STORY,
        how="role: the story's role · ping: by name · digest: a private message once a week",
        min_words="Only chapters of at least so many words",
        category="main (usual), all, or what the source calls it: sidestory, omake …",
    )
    async def begin(
        self,
        interaction: AnyInteraction,
        story: str,
        how: Literal["role", "ping", "digest"] | None = None,
        min_words: int = 0,
        category: str | None = None,
    ) -> None:
        """Be told when a story has a new chapter."""
        told = await self._stories.find(guild_of(interaction), story)
        chosen, reader = How(how) if how else None, interaction.user.id
        wanted = self._subscribing.wish(told, reader, chosen, min_words, category)
        if chosen is None and wanted.how is How.ROLE:
            wanted = await subscribe_default(interaction, told)
        else:
            await subscribe(interaction, told, wanted)
        await interaction.response.send_message(**subscribed_reply(wanted).sent(), ephemeral=True)

    @app_commands.command(name="unsubscribe")
    @server_only
    @app_commands.describe(story=STORY)
    async def end(self, interaction: AnyInteraction, story: str) -> None:
        """Be told of a story no more."""
        told = await self._stories.find(guild_of(interaction), story)
        await unsubscribe(interaction, told)
        await interaction.response.send_message(
            say("Unsubscribed. No hard feelings."), ephemeral=True
        )

    @app_commands.command(name="subscriptions")
    @server_only
    async def show(self, interaction: AnyInteraction) -> None:
        """What you are told of here, and how."""
        found = await self._subscribing.of_reader(guild_of(interaction), interaction.user.id)
        reply = subscriptions_reply(found)
        await interaction.response.send_message(**reply.sent(), ephemeral=True)

    @begin.autocomplete("story")
    @end.autocomplete("story")
    async def suggest(self, interaction: AnyInteraction, current: str) -> Choices:
        """Suggest stories."""
        return await suggest_stories(interaction, current)


async def setup(bot: Samizdat) -> None:
    """Add the cog."""
    await bot.add_cog(Subscriptions(bot))
