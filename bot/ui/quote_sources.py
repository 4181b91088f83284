"""From Discord's message to what the quote book keeps."""

import discord

from bot.clock import instant
from bot.language.speech import speaking
from bot.quotes.models import Original
from bot.quotes.rules import Facts, require_quotable
from bot.quotes.words import MAX_TEXT, Names, digest, has_ink, resolved, shortened
from bot.ui.controls import AnyInteraction
from bot.ui.quote_people import Absence, Person, member_of
from bot.ui.quote_places import is_adult, language_here, room_of, server_of
from bot.ui.text import plain

_NAME = 80


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
        room_id=room_of(channel, message.channel.id),
        message_id=message.id,
        author_id=message.author.id,
        author_name=_named(person),
        text=shortened(text, MAX_TEXT),
        text_hash=digest(message.content),
        said_at=instant(message.created_at),
        age_restricted=is_adult(channel),
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


def _named(person: discord.Member | discord.User) -> str:
    return " ".join(plain(person.display_name).split())[:_NAME] or person.name


def _names(guild: discord.Guild, message: discord.Message) -> Names:
    return Names(
        people={each.id: each.display_name for each in message.mentions},
        roles={each.id: each.name for each in guild.roles},
        channels={each.id: each.name for each in (*guild.channels, *guild.threads)},
    )
