"""Who is quoted: the member as the server has them, and their portrait."""

import asyncio
import logging
from enum import Enum, auto

import aiohttp
import discord

from bot.ui.controls import AnyInteraction
from bot.ui.quote_places import LOOK_UP

log = logging.getLogger(__name__)

_PORTRAIT = 2.0
_MOST_BYTES = 1024 * 1024
_SIDE = 256


class Absence(Enum):
    """Why there is no member: they left, Discord did not say in time, nobody asked."""

    LEFT = auto()
    UNTOLD = auto()
    UNASKED = auto()


Person = discord.Member | Absence
UNASKED = Absence.UNASKED


async def member_of(interaction: AnyInteraction, guild: discord.Guild, user_id: int) -> Person:
    """Return a member, or why there is none."""
    if user_id == interaction.user.id and isinstance(interaction.user, discord.Member):
        return interaction.user
    try:
        async with asyncio.timeout(LOOK_UP):
            return await guild.fetch_member(user_id)
    except discord.NotFound:
        return Absence.LEFT
    except (TimeoutError, discord.HTTPException, aiohttp.ClientError, OSError) as error:
        log.info("a member could not be looked up: %s", error)
        return Absence.UNTOLD


async def portrait_of(person: Person) -> bytes | None:
    """Return the picture of a member as Discord's CDN has it, at most 1 MB; None without one."""
    if not isinstance(person, discord.Member):
        return None
    asset = person.guild_avatar or person.avatar
    if asset is None:
        return None
    try:
        async with asyncio.timeout(_PORTRAIT):
            picture = await asset.replace(size=_SIDE, format="png").read()
    except (
        TimeoutError,
        ValueError,
        discord.DiscordException,
        aiohttp.ClientError,
        OSError,
    ) as error:
        log.info("a portrait could not be had: %s", type(error).__name__)
        return None
    return picture if len(picture) <= _MOST_BYTES else None
