"""What comes in with an interaction: who clicked, in which server, how many may vote."""

import asyncio
import logging
from typing import Any, Final

import aiohttp
import discord

from bot.clock import instant
from bot.errors import BotError
from bot.language.speech import say
from bot.soviet.clicks import Click, Member, Roll, is_id
from bot.soviet.errors import NoSuchMotionError
from bot.soviet.models import Motion
from bot.soviet.service import Soviet
from bot.ui.controls import AnyInteraction, Control, base36, services

log = logging.getLogger(__name__)

MOTION: Final = r"(?P<motion>[0-9a-z]{1,13})"
"""A motion's id inside the id of a button. Hostile: it is looked up in the click's guild."""
FORM_SECONDS: Final = 15 * 60.0
"""For how long an opened form is kept; Discord's own token for it lives no longer."""
_PATIENCE: Final = 5.0


class OnlyInServersError(BotError):
    """The chamber sits in servers only."""

    def __init__(self) -> None:
        super().__init__(say("The Soviet sits in servers only; here there is nobody to vote with."))


class MotionControl(Control, template=r"(?!)"):
    """A button or a menu that belongs to a motion."""

    @property
    def motion_id(self) -> int:
        """The id that the button claims; the chamber checks whether it is this guild's."""
        return motion_id_of(self.state["motion"])


def soviet_of(interaction: AnyInteraction) -> Soviet:
    """Return the chamber of the bot behind *interaction*."""
    return services(interaction).soviet


def motion_id_of(key: str) -> int:
    """Return the id that *key* (see `MOTION`) stands for.

    Raises:
        NoSuchMotionError: no motion can have it.
    """
    number = int(key, 36)
    if not is_id(number):
        raise NoSuchMotionError
    return number


def motion_key(motion: Motion) -> str:
    """Return a motion's id as its buttons carry it."""
    return base36(motion.id)


def guild_of(interaction: AnyInteraction) -> int:
    """Return the guild somebody acts in.

    Raises:
        OnlyInServersError: it is a private message.
    """
    if interaction.guild_id is None:
        raise OnlyInServersError
    return interaction.guild_id


def click_of(interaction: AnyInteraction) -> Click:
    """Return who clicked, as Discord says it: never what their client says.

    Raises:
        OnlyInServersError: they are in a private message.
    """
    guild_id, user = guild_of(interaction), interaction.user
    joined = user.joined_at if isinstance(user, discord.Member) else None
    # Where the bot is no member and knows no roles, discord.py puts None among them.
    roles: list[Any] = list(user.roles) if isinstance(user, discord.Member) else []
    member = Member(
        user_id=user.id,
        joined_at=None if joined is None else instant(joined),
        role_ids=frozenset(role.id for role in roles if role is not None),
        is_bot=user.bot,
        manages=interaction.permissions.manage_guild,
        name=user.display_name,
    )
    return Click(guild_id, interaction.id, member, interaction.channel_id)


async def roll_of(interaction: AnyInteraction, role_id: int | None) -> Roll:
    """Return how many may vote: everybody, or the holders of a role. Acknowledge before you ask.

    Without the members intent nobody is known by name, and the count discord.py keeps is of the
    moment at which the guild was loaded; so Discord is asked. Bots are counted with everybody.
    """
    guild = interaction.guild
    if guild is None:
        return Roll()
    known = Roll(0 if role_id is not None else guild.member_count or 0)
    try:
        async with asyncio.timeout(_PATIENCE):
            if role_id is None:
                fetched = await interaction.client.fetch_guild(guild.id, with_counts=True)
                return Roll(fetched.approximate_member_count or known.size)
            counts = await guild.role_member_counts()
            return Roll({role.id: count for role, count in counts.items()}.get(role_id, 0))
    except (TimeoutError, discord.HTTPException, discord.RateLimited, aiohttp.ClientError) as error:
        log.warning("the roll of guild %s could not be counted: %r", guild.id, error)
        return known
