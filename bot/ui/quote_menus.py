"""What the message menus and `/quote random` do: ask for leave, find what is there, show it."""

import discord

from bot.language.speech import say, speaking
from bot.quotes.errors import NoSuchQuoteError
from bot.quotes.models import Original, Purpose, Quote, Reach, State, Wanted
from bot.ui.cards import usual_style
from bot.ui.controls import AnyInteraction, services
from bot.ui.mentions import only
from bot.ui.quote_cards import asking_view, put, saved_view, show
from bot.ui.quote_places import is_gone, language_here, link, reach_of, take_down
from bot.ui.quote_sources import original_of
from bot.ui.quotes import question, saved

_TRIES = 4
"""Quotes drawn by chance whose messages may turn out to be deleted, before we give up."""


async def quote_message(
    interaction: AnyInteraction, message: discord.Message, purpose: Purpose
) -> None:
    """Quote *message*, or ask its author first.

    Raises:
        NotHereError, NotQuotableError, RefusedError, StillAskingError, TooManyQuestionsError,
        TooQuickError, BeingDrawnError.
    """
    quotes, pace = services(interaction).quotes, services(interaction).pace
    original, person = await original_of(interaction, message)
    known = await quotes.of_message(original)
    if known is not None and await _known(interaction, known, original, purpose):
        return
    if purpose is Purpose.CARD:
        pace.check(interaction.user.id)
    quote = await quotes.propose(original, interaction.user.id, purpose)
    if quote.state is State.ASKED:
        await _ask(interaction, quote)
    elif purpose is Purpose.SAVE:
        await interaction.response.send_message(saved(quote), view=saved_view(quote))
    else:
        pace.take(interaction.user.id)
        with quotes.press.held(quote):
            await show(interaction, quote, await usual_style(interaction), person=person)


async def _known(
    interaction: AnyInteraction, quote: Quote, original: Original, purpose: Purpose
) -> bool:
    """Answer with what the book has of a message; False when a card is wanted and there is none."""
    said = say("That message is in the quote book already, as No. {number}.", number=quote.number)
    if purpose is Purpose.CARD:
        where = await _first_card(interaction, quote)
        if where is None:
            return False
        said = say(
            "That message has its card already, No. {number}: {link}",
            number=quote.number,
            link=where,
        )
    if quote.original.text_hash != original.text_hash:
        since = say("It was edited since; the book has what it said then.")
        said = f"{said}\n-# {since}"
    await interaction.response.send_message(said, ephemeral=True)
    return True


async def _first_card(interaction: AnyInteraction, quote: Quote) -> str | None:
    """Return the address of the first card of *quote* that is still there."""
    quotes = services(interaction).quotes
    for showing in await quotes.showings.of_quote(quote.id):
        if not await is_gone(interaction.client, showing.channel_id, showing.message_id):
            return link(quote.original.guild_id, showing.channel_id, showing.message_id)
        await quotes.showings.drop(showing.message_id)
    return None


async def _ask(interaction: AnyInteraction, quote: Quote) -> None:
    with speaking(await language_here(interaction)):
        asked, view = question(quote, interaction.user.display_name), asking_view(quote)
    # The only ping of the quote book: of somebody who chose to be asked, about their own words.
    await interaction.response.send_message(
        asked, view=view, allowed_mentions=only(quote.original.author_id)
    )


async def show_by_chance(interaction: AnyInteraction, wanted: Wanted, *, private: bool) -> None:
    """Answer with a quote by chance; one whose message was deleted leaves the book instead.

    Raises:
        EmptyBookError, TooQuickError, NotHereError.
    """
    quotes = services(interaction).quotes
    reach = await reach_of(interaction, private=private)
    quote = await quotes.book.at_random(reach, wanted)
    services(interaction).pace.take(interaction.user.id)
    await interaction.response.defer(thinking=True, ephemeral=private)
    for _ in range(_TRIES):
        if not await _dropped(interaction, quote):
            await put(interaction, quote, await usual_style(interaction), public=not private)
            return
        quote = await quotes.book.at_random(reach, wanted)
    raise NoSuchQuoteError


async def show_one(
    interaction: AnyInteraction, quote_id: int, reach: Reach, *, private: bool
) -> None:
    """Answer with one quote of the book.

    Raises:
        NoSuchQuoteError, TooQuickError.
    """
    quote = await services(interaction).quotes.book.get(quote_id, reach)
    services(interaction).pace.take(interaction.user.id)
    await interaction.response.defer(thinking=True, ephemeral=private)
    if await _dropped(interaction, quote):
        raise NoSuchQuoteError
    await put(interaction, quote, await usual_style(interaction), public=not private)


async def _dropped(interaction: AnyInteraction, quote: Quote) -> bool:
    """Tell whether the message of *quote* was deleted; then the quote and its cards go too."""
    original = quote.original
    if not await is_gone(interaction.client, original.channel_id, original.message_id):
        return False
    removed = await services(interaction).quotes.original_gone(quote)
    await take_down(interaction.client, removed.showings)
    return True
