"""The quote book as Discord shows it: pure functions from quotes to texts and embeds."""

from collections.abc import Sequence

import discord

from bot.cards.scenes import QuoteScene, Style
from bot.clock import moment
from bot.language.speech import say, say_date, say_many, say_number
from bot.quotes.book import PAGE_SIZE
from bot.quotes.models import Page, Purpose, Quote, Standing
from bot.quotes.words import covered
from bot.ui.quote_places import link
from bot.ui.text import plain, safe_line
from bot.ui.theme import OPTION, RED, clip

_LINE = 180


def day(quote: Quote) -> str:
    """Return when it was said, in words."""
    return say_date(moment(quote.original.said_at))


def source(quote: Quote) -> str:
    """Return the address of the message that is quoted."""
    original = quote.original
    return link(original.guild_id, original.channel_id, original.message_id)


def quote_scene(
    quote: Quote, style: Style, *, server: str, channel: str, avatar: bytes | None
) -> QuoteScene:
    """Return *quote* as it is drawn."""
    place = f"#{channel} · " if channel else ""
    return QuoteScene(
        text=quote.original.text,
        name=quote.original.author_name,
        meta=f"{place}{day(quote)}",
        title=server,
        style=style,
        avatar=avatar,
    )


def credit(quote: Quote, channel: str) -> str:
    """Return the line under a quote: who, where, when, the way to the message, its number."""
    place = f"#{safe_line(channel)} · " if channel else ""
    said = f"<t:{quote.original.said_at // 1000}:D>"
    message = say("[the message](<{link}>) · No. {number}", link=source(quote), number=quote.number)
    return f"**{safe_line(quote.original.author_name)}** · {place}{said} · {message}"


def saved(quote: Quote) -> str:
    """Return what is said when a quote is in the book, without its words."""
    return say(
        "**No. {number}** of the quote book: [a message](<{link}>) by {author}.",
        number=quote.number,
        link=source(quote),
        author=safe_line(quote.original.author_name),
    )


def question(quote: Quote, asker: str) -> str:
    """Return what an author is asked; what they wrote stays between them and whoever asked."""
    values = {
        "author": quote.original.author_id,
        "asker": safe_line(asker),
        "link": source(quote),
    }
    wish = (
        say(
            "<@{author}>, {asker} would like to have [a message of yours](<{link}>) on a quote "
            "card. You asked to be asked.",
            **values,
        )
        if quote.purpose is Purpose.CARD
        else say(
            "<@{author}>, {asker} would like to have [a message of yours](<{link}>) in the quote "
            "book. You asked to be asked.",
            **values,
        )
    )
    how = say("Only you can answer. No answer within three days is a no.")
    return f"{wish}\n-# {how}"


def line(quote: Quote) -> str:
    """Return a quote on one line of a list."""
    said = clip(safe_line(plain(covered(quote.original.text))), _LINE)
    return (
        f"- **{quote.number}** · {safe_line(quote.original.author_name)}: {said} "
        f"[↗](<{source(quote)}>)"
    )


def option(quote: Quote) -> str:
    """Return a quote as a line of a menu or of autocomplete."""
    said = " ".join(plain(covered(quote.original.text)).split())
    return clip(f"{quote.number} · {plain(quote.original.author_name)}: {said}", OPTION)


def page_embed(page: Page, title: str, asked: str = "") -> discord.Embed:
    """Return a page of the book. The author line is what was searched: the buttons read it."""
    embed = discord.Embed(title=title, description="\n".join(map(line, page.quotes)), colour=RED)
    if asked:
        embed.set_author(name=clip(plain(asked), 200))
    pages = -(-page.total // PAGE_SIZE)
    embed.set_footer(
        text=say_many(
            "Page {page} of {pages} · {number} quote that may be shown here",
            "Page {page} of {pages} · {number} quotes that may be shown here",
            page.total,
            page=page.page + 1,
            pages=pages,
        )
    )
    return embed


def standings_embed(standings: Sequence[Standing]) -> discord.Embed:
    """Return who is quoted most."""
    lines = [
        f"{place}. **{safe_line(each.name)}** · {say_number(each.quotes)}"
        for place, each in enumerate(standings, 1)
    ]
    embed = discord.Embed(title=say("Most quoted"), description="\n".join(lines), colour=RED)
    embed.set_footer(text=say("Distinct messages, as far as they may be shown here"))
    return embed
