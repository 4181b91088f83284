"""What is chosen for announcements, checked when it is done: channels, roles, announcers."""

from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.chapters.announcing.models import NotAnAnnouncerError
from bot.chapters.stories.models import Change, Story
from bot.errors import BotError
from bot.language.speech import say
from bot.ui.chapter_controls import NoServerError
from bot.ui.controls import AnyInteraction, services
from bot.ui.text import plain
from bot.ui.theme import clip

Choices = list[app_commands.Choice[str]]
Channel = discord.TextChannel | discord.Thread

GUILD_ONLY: Any = {
    "guild_only": True,
    "allowed_contexts": app_commands.AppCommandContext(
        guild=True, dm_channel=False, private_channel=False
    ),
    "allowed_installs": app_commands.AppInstallationType(guild=True, user=False),
}
"""Arguments of groups whose commands belong to servers, not to private messages."""


T = TypeVar("T")


def server_only(command: T) -> T:
    """Keep a command without a group out of private messages and user installs."""
    everywhere: Any = command
    contexts = app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    installs = app_commands.allowed_installs(guilds=True, users=False)
    kept: T = installs(contexts(everywhere))
    return kept


class EverybodyRoleError(BotError):
    """@everyone would be the role of a story."""

    def __init__(self) -> None:
        super().__init__(
            say("A story cannot ping everyone. Make a role that readers can take or leave.")
        )


def role_id(role: discord.Role | None) -> int | None:
    """Return the id of a role that may be a story's, None for none.

    Raises:
        EverybodyRoleError: it is everybody's.
    """
    if role is not None and role.is_default():
        raise EverybodyRoleError
    return None if role is None else role.id


async def settled_channel(interaction: AnyInteraction, story: Story) -> int:
    """Return where the chapters of *story* go: its channel, else the server's.

    Where neither was chosen, the channel somebody asks from becomes the story's.
    """
    given = services(interaction)
    chosen = await given.guilds.settings(story.guild_id)
    if (kept := story.channel_id or chosen.chapter_channel) is not None:
        return kept
    if interaction.channel_id is None:
        raise NoServerError
    change = Change(channel_id=interaction.channel_id)
    await given.stories.edit(story.guild_id, story.id, change)
    return interaction.channel_id


async def require_announcer(interaction: AnyInteraction) -> int:
    """Return the server in which somebody may announce chapters.

    Raises:
        NoServerError, NotAnAnnouncerError.
    """
    if interaction.guild_id is None:
        raise NoServerError
    chosen = (await services(interaction).guilds.settings(interaction.guild_id)).announcer_role
    member = interaction.user
    holds = isinstance(member, discord.Member) and chosen in {role.id for role in member.roles}
    if not (interaction.permissions.manage_guild or (chosen is not None and holds)):
        raise NotAnAnnouncerError(chosen)
    return interaction.guild_id


async def suggest_stories(interaction: AnyInteraction, current: str) -> Choices:
    """Return the stories of this server that *current* may become."""
    if interaction.guild_id is None:
        return []
    found = await services(interaction).stories.suggest(interaction.guild_id, current)
    return [_choice(story.title, story.id) for story in found[:25]]


async def suggest_feeds(interaction: AnyInteraction, current: str) -> Choices:
    """Return the feeds of this server that *current* may become, to those who manage it."""
    if interaction.guild_id is None or not interaction.permissions.manage_guild:
        return []
    found = await services(interaction).following.all(interaction.guild_id)
    named = [(f"{each.story_title} · {each.feed.host}", each.follow.id) for each in found]
    fits = [(name, number) for name, number in named if current.casefold() in name.casefold()]
    return [_choice(name, number) for name, number in fits[:25]]


def _choice(name: str, number: int) -> app_commands.Choice[str]:
    shown = " ".join(plain(name).split()) or say("untitled")
    return app_commands.Choice(name=clip(shown, 100), value=str(number))
