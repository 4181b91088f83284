"""Servers, channels and messages of the quote book: what is where, and who may see it."""

import asyncio
import logging
from typing import Final

import aiohttp
import discord

from bot.errors import BotError
from bot.language.speech import ENGLISH, say
from bot.quotes.models import Quote, Reach, Showing
from bot.ui.controls import AnyInteraction, services

log = logging.getLogger(__name__)

LOOK_UP: Final = 1.0
"""Seconds that Discord has to tell of a member or a message; without an answer we go on. Two such
questions come before an interaction is acknowledged, which must be within three seconds."""
_GONE = frozenset({10003, 10008})
"""Discord's codes for a channel and a message that are no more."""


class NotHereError(BotError):
    """The quote book is asked for where there is none."""

    def __init__(self) -> None:
        super().__init__(
            say("The quote book is kept for servers I am a member of, and this is none.")
        )


def server_of(interaction: AnyInteraction) -> discord.Guild:
    """Return the server of *interaction* as the bot knows it.

    Raises:
        NotHereError: it is a private message, or the bot is no member there.
    """
    number = interaction.guild_id
    guild: discord.Guild | None = interaction.client.get_guild(number) if number else None
    if guild is None:
        raise NotHereError
    return guild


async def language_here(interaction: AnyInteraction) -> str:
    """Return the language of what stays in the channels of the server of *interaction*."""
    settings = await services(interaction).guilds.settings(server_of(interaction).id)
    return settings.language or ENGLISH


async def reach_of(interaction: AnyInteraction, *, private: bool) -> Reach:
    """Return what of the book may be shown here.

    In public that is what was said in this very channel or where every member may read; in
    *private*, whatever the asker may read. Nothing age-restricted leaves age-restricted channels.

    Raises:
        NotHereError.
    """
    guild, here = server_of(interaction), interaction.channel
    adult = is_adult(here)
    rooms = {room_of(here, interaction.channel_id or 0)}
    asker = interaction.user
    viewer = asker if private and isinstance(asker, discord.Member) else guild.default_role
    for room in await services(interaction).quotes.book.rooms(guild.id):
        channel = guild.get_channel(room)
        if channel is None or (is_adult(channel) and not adult):
            continue
        if channel.permissions_for(viewer).view_channel:
            rooms.add(room)
    return Reach(guild.id, frozenset(rooms), adult)


def moderates(interaction: AnyInteraction, quote: Quote) -> bool:
    """Tell whether whoever pressed may manage messages where *quote* was said."""
    guild, original = server_of(interaction), quote.original
    here = room_of(interaction.channel, interaction.channel_id or 0)
    if here == original.room_id:
        return interaction.permissions.manage_messages
    room = guild.get_channel(original.room_id)
    if room is None or not isinstance(interaction.user, discord.Member):
        return False
    return room.permissions_for(interaction.user).manage_messages


def room_of(channel: object, channel_id: int) -> int:
    """Return the channel whose readers may see what is said in *channel*."""
    if isinstance(channel, discord.Thread) and not channel.is_private():
        return channel.parent_id
    return channel_id


def is_adult(channel: object) -> bool:
    """Tell whether *channel* is age-restricted."""
    ask = getattr(channel, "is_nsfw", None)
    return bool(ask()) if ask is not None else False


def link(guild_id: int, channel_id: int, message_id: int) -> str:
    """Return the address of a message."""
    return f"https://discord.com/channels/{guild_id}/{channel_id}/{message_id}"


async def is_gone(client: discord.Client, channel_id: int, message_id: int) -> bool:
    """Tell whether a message is known to be deleted; one we may not see counts as there."""
    channel = client.get_partial_messageable(channel_id)
    try:
        async with asyncio.timeout(LOOK_UP):
            await channel.fetch_message(message_id)
    except discord.NotFound as error:
        return error.code in _GONE
    except (TimeoutError, discord.HTTPException, aiohttp.ClientError, OSError):
        return False
    return False


async def take_down(client: discord.Client, showings: tuple[Showing, ...]) -> int:
    """Delete messages of ours, as far as Discord lets us; return how many are left standing."""
    left = 0
    for showing in showings:
        channel = client.get_partial_messageable(showing.channel_id)
        try:
            await channel.get_partial_message(showing.message_id).delete()
        except discord.NotFound:
            continue
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.info("a card could not be taken down: %s", error)
            left += 1
    return left
