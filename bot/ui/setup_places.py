"""What a server has chosen and how it stands with it: what the panel of `/setup` shows."""

from dataclasses import dataclass

import discord

from bot.chapters.announcing.composer import Site
from bot.errors import BotError
from bot.guilds.models import Choice, GuildSettings
from bot.language.speech import mark, say
from bot.ui.chapter_controls import managed_guild
from bot.ui.controls import AnyInteraction, services
from bot.ui.permissions import look


@dataclass(frozen=True, slots=True)
class Place:
    """A channel that is chosen, and what it is for: *heading* is marked for `say`."""

    choice: Choice
    heading: str

    def of(self, chosen: GuildSettings) -> int | None:
        """Return the channel that was chosen for it."""
        channels = {
            Choice.CHAPTER_CHANNEL: chosen.chapter_channel,
            Choice.SOVIET_CHANNEL: chosen.soviet_channel,
            Choice.ADMIN_CHANNEL: chosen.admin_channel,
        }
        return channels[self.choice]


PLACES = {
    "chapters": Place(
        Choice.CHAPTER_CHANNEL,
        mark("Chapters are announced in"),
    ),
    "soviet": Place(
        Choice.SOVIET_CHANNEL,
        mark("The Soviet sits in"),
    ),
    "admins": Place(
        Choice.ADMIN_CHANNEL,
        mark("Trouble is reported in"),
    ),
}


class NotHereError(BotError):
    """What was picked is not of this server, or I cannot see the server."""

    def __init__(self) -> None:
        super().__init__(
            say("I cannot see that here. Add me to the server first, then choose again.")
        )


class EveryoneError(BotError):
    """@everyone would announce chapters."""

    def __init__(self) -> None:
        super().__init__(say("Not everyone may announce. Choose a role that somebody is given."))


class NoChannelToTestError(BotError):
    """A test ping was asked for before there is a channel for it."""

    def __init__(self) -> None:
        super().__init__(say("Choose the channel for chapters first: that is where the test goes."))


class CannotTestError(BotError):
    """A test ping cannot be sent; the sentence says what is missing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with a server: what was chosen, which stories are followed, how channels are.

    *looks* is by the name of a place; a place without a channel is not in it.
    """

    guild: discord.Guild
    chosen: GuildSettings
    stories: tuple[str, ...]
    looks: dict[str, Site]


def managed_server(interaction: AnyInteraction) -> discord.Guild:
    """Return the server that somebody manages and asks from, and that the bot is in.

    Raises:
        NotTheManagerError, NoServerError, NotHereError: they may not manage it, or it is none.
    """
    guild: discord.Guild | None = interaction.client.get_guild(managed_guild(interaction))
    if guild is None:
        raise NotHereError
    return guild


async def standing(interaction: AnyInteraction) -> Standing:
    """Return how it stands with the server of *interaction*, whose manager asks.

    Raises:
        NotTheManagerError, NoServerError: they may not manage it, or it is none.
    """
    guild = managed_server(interaction)
    guild_id, given = guild.id, services(interaction)
    chosen = await given.guilds.settings(guild_id)
    stories = await given.stories.all(guild_id)
    looks = {
        name: look(interaction.client, guild_id, channel)
        for name, place in PLACES.items()
        if (channel := place.of(chosen)) is not None
    }
    return Standing(guild, chosen, tuple(story.title for story in stories), looks)
