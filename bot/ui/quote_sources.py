"""From Discord's message to what the quote book keeps, and where it may be shown."""

import asyncio
import logging
from enum import Enum, auto

import aiohttp
import discord

from bot.clock import instant
from bot.errors import BotError
from bot.language.speech import ENGLISH, say, speaking
from bot.quotes.models import Original, Quote, Reach, Showing
from bot.quotes.rules import Facts, require_quotable
from bot.quotes.words import MAX_TEXT, Names, digest, has_ink, resolved, shortened
from bot.ui.controls import AnyInteraction, services
from bot.ui.text import plain

log = logging.getLogger(__name__)

_LOOK_UP = 1.0
"""Seconds that Discord has to tell of a member or a message; without an answer we go on. Two such
questions come before an interaction is acknowledged, which must be within three seconds."""
_PORTRAIT = 2.0
_MOST_BYTES = 1024 * 1024
_SIDE = 256
_GONE = frozenset({10003, 10008})
"""Discord's codes for a channel and a message that are no more."""
_NAME = 80


class Absence(Enum):
    """Why there is no member: they left, Discord did not say in time, nobody asked."""

    LEFT = auto()
    UNTOLD = auto()
    UNASKED = auto()


Person = discord.Member | Absence
UNASKED = Absence.UNASKED


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


async def original_of(
    interaction: AnyInteraction, message: discord.Message
) -> tuple[Original, Person]:
    """Return *message*, which somebody pointed at, as the book keeps it, and who wrote it.

    Raises:
        NotHereError, NotQuotableError.
    """
    guild = server_of(interaction)
    with speaking(await language_here(interaction)):
        text = resolved(message.content, _names(guild, message))
    facts = facts_of(message, words=has_ink(plain(text)))
    require_quotable(facts)
    author = await member_of(interaction, guild, message.author.id)
    require_quotable(Facts(words=True, left=author is Absence.LEFT))
    person = author if isinstance(author, discord.Member) else message.author
    channel = interaction.channel
    original = Original(
        guild_id=guild.id,
        channel_id=message.channel.id,
        room_id=_room_of(channel, message.channel.id),
        message_id=message.id,
        author_id=message.author.id,
        author_name=_named(person),
        text=shortened(text, MAX_TEXT),
        text_hash=digest(message.content),
        said_at=instant(message.created_at),
        age_restricted=_is_adult(channel),
    )
    return original, author


def facts_of(message: discord.Message, *, words: bool) -> Facts:
    """Return what decides whether *message* can be quoted."""
    reference = message.reference
    forwarded = reference is not None and reference.type is discord.MessageReferenceType.forward
    return Facts(
        words=words,
        by_bot=message.author.bot,
        by_webhook=message.webhook_id is not None,
        system=message.is_system() or message.author.system,
        forwarded=forwarded or bool(message.message_snapshots),
        poll=message.poll is not None,
        pictures=bool(message.attachments),
        embeds=bool(message.embeds),
        stickers=bool(message.stickers),
    )


async def member_of(interaction: AnyInteraction, guild: discord.Guild, user_id: int) -> Person:
    """Return a member, or why there is none."""
    if user_id == interaction.user.id and isinstance(interaction.user, discord.Member):
        return interaction.user
    try:
        async with asyncio.timeout(_LOOK_UP):
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


async def reach_of(interaction: AnyInteraction, *, private: bool) -> Reach:
    """Return what of the book may be shown here.

    In public that is what was said in this very channel or where every member may read; in
    *private*, whatever the asker may read. Nothing age-restricted leaves age-restricted channels.

    Raises:
        NotHereError.
    """
    guild, here = server_of(interaction), interaction.channel
    adult = _is_adult(here)
    rooms = {_room_of(here, interaction.channel_id or 0)}
    asker = interaction.user
    viewer = asker if private and isinstance(asker, discord.Member) else guild.default_role
    for room in await services(interaction).quotes.book.rooms(guild.id):
        channel = guild.get_channel(room)
        if channel is None or (_is_adult(channel) and not adult):
            continue
        if channel.permissions_for(viewer).view_channel:
            rooms.add(room)
    return Reach(guild.id, frozenset(rooms), adult)


def moderates(interaction: AnyInteraction, quote: Quote) -> bool:
    """Tell whether whoever pressed may manage messages where *quote* was said."""
    guild, original = server_of(interaction), quote.original
    here = _room_of(interaction.channel, interaction.channel_id or 0)
    if here == original.room_id:
        return interaction.permissions.manage_messages
    room = guild.get_channel(original.room_id)
    if room is None or not isinstance(interaction.user, discord.Member):
        return False
    return room.permissions_for(interaction.user).manage_messages


async def is_gone(client: discord.Client, channel_id: int, message_id: int) -> bool:
    """Tell whether a message is known to be deleted; one we may not see counts as there."""
    channel = client.get_partial_messageable(channel_id)
    try:
        async with asyncio.timeout(_LOOK_UP):
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


def link(guild_id: int, channel_id: int, message_id: int) -> str:
    """Return the address of a message."""
    return f"https://discord.com/channels/{guild_id}/{channel_id}/{message_id}"


def _room_of(channel: object, channel_id: int) -> int:
    """Return the channel whose readers may see what is said in *channel*."""
    if isinstance(channel, discord.Thread) and not channel.is_private():
        return channel.parent_id
    return channel_id


def _is_adult(channel: object) -> bool:
    ask = getattr(channel, "is_nsfw", None)
    return bool(ask()) if ask is not None else False


def _named(person: discord.Member | discord.User) -> str:
    return " ".join(plain(person.display_name).split())[:_NAME] or person.name


def _names(guild: discord.Guild, message: discord.Message) -> Names:
    return Names(
        people={each.id: each.display_name for each in message.mentions},
        roles={each.id: each.name for each in guild.roles},
        channels={each.id: each.name for each in (*guild.channels, *guild.threads)},
    )
