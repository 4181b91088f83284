"""Cards of members' messages and the buttons under them. All their state is in their ids."""

from typing import Any

import discord

from bot.cards.scenes import Style
from bot.language.speech import say, speaking
from bot.quotes.errors import NotYourCardError
from bot.quotes.models import Purpose, Quote, Showing
from bot.ui.canon_cards import STYLE
from bot.ui.cards import CardReply, drawn, made_by, style_label, usual_style, with_view
from bot.ui.controls import (
    AnyInteraction,
    Control,
    base36,
    button,
    from_base36,
    is_private,
    services,
)
from bot.ui.quote_people import UNASKED, Person, member_of, portrait_of
from bot.ui.quote_places import language_here, reach_of, server_of
from bot.ui.quote_removal import QUOTE, RemoveButton
from bot.ui.quotes import credit, quote_scene, saved

_YES, _NO = "y", "n"


class StyleButton(Control, template=rf"qs:{STYLE}:{QUOTE}"):
    """Redraws a card in another style, for whoever made it."""

    @classmethod
    def of(cls, quote: Quote, style: Style, *, current: bool) -> "StyleButton":
        """Return the button for *style*; disabled when it is the *current* one."""
        shown = base36(quote.id)
        state = {"style": str(style), "quote": shown}
        return cls(button(style_label(style), f"qs:{style}:{shown}", disabled=current), state)

    async def act(self, interaction: AnyInteraction) -> None:
        """Put the card in its new style in the place of the old one."""
        reach = await reach_of(interaction, private=is_private(interaction))
        quote = await services(interaction).quotes.book.get(from_base36(self.state["quote"]), reach)
        if interaction.user.id not in {made_by(interaction), quote.maker_id}:
            raise NotYourCardError
        services(interaction).pace.take(interaction.user.id)
        await interaction.response.defer()
        reply = await card_of(interaction, quote, Style(self.state["style"]))
        await interaction.edit_original_response(**reply.put())


async def _answered(interaction: AnyInteraction, quote: Quote | None) -> None:
    """Put what came of a question in its place."""
    if quote is None:
        await _replace(interaction, say("The author would rather not. Nothing of it was kept."))
    elif quote.purpose is Purpose.SAVE:
        await _replace(interaction, saved(quote), saved_view(quote))
    else:
        await interaction.response.defer()
        with services(interaction).quotes.press.held(quote):
            await put(interaction, quote, await usual_style(interaction))


class AnswerButton(Control, template=rf"qa:{QUOTE}:(?P<answer>[{_YES}{_NO}])"):
    """An author's yes or no to being quoted."""

    @classmethod
    def of(cls, quote: Quote, answer: str, label: str) -> "AnswerButton":
        """Return the button that gives *answer*."""
        shown = base36(quote.id)
        return cls(button(label, f"qa:{shown}:{answer}"), {"quote": shown, "answer": answer})

    async def act(self, interaction: AnyInteraction) -> None:
        """Put the quote into the book and show it here, or erase it."""
        guild, answer = server_of(interaction), self.state["answer"]
        number = from_base36(self.state["quote"])
        quote = await services(interaction).quotes.answer(
            number, guild.id, interaction.user.id, agreed=answer == _YES
        )
        with speaking(await language_here(interaction)):
            await _answered(interaction, quote)


QUOTE_CONTROLS = (RemoveButton, StyleButton, AnswerButton)


def card_view(quote: Quote, style: Style) -> discord.ui.View:
    """Return the buttons under a card."""
    view = discord.ui.View(timeout=None)
    for each in Style:
        view.add_item(StyleButton.of(quote, each, current=each is style))
    view.add_item(RemoveButton.of(quote))
    return view


def saved_view(quote: Quote) -> discord.ui.View:
    """Return the button under the note that a quote is in the book."""
    view = discord.ui.View(timeout=None)
    view.add_item(RemoveButton.of(quote))
    return view


def asking_view(quote: Quote) -> discord.ui.View:
    """Return the buttons under the question to an author."""
    view = discord.ui.View(timeout=None)
    view.add_item(AnswerButton.of(quote, _YES, say("You may")))
    view.add_item(AnswerButton.of(quote, _NO, say("Rather not")))
    return view


async def show(
    interaction: AnyInteraction,
    quote: Quote,
    style: Style,
    *,
    private: bool = False,
    person: Person = UNASKED,
) -> None:
    """Answer with the card of *quote*; a public one is remembered, so that it can be taken down."""
    # The portrait is on its way through the net, and the press may have a queue.
    await interaction.response.defer(thinking=True, ephemeral=private)
    await put(interaction, quote, style, public=not private, person=person)


async def put(
    interaction: AnyInteraction,
    quote: Quote,
    style: Style,
    *,
    public: bool = True,
    person: Person = UNASKED,
) -> None:
    """Put the card of *quote* in the place of the answer that was promised."""
    reply = await card_of(interaction, quote, style, person)
    message = await interaction.edit_original_response(**reply.put())
    if public:
        showing = Showing(message.channel.id, message.id)
        await services(interaction).quotes.shown(quote, showing)


async def card_of(
    interaction: AnyInteraction, quote: Quote, style: Style, person: Person = UNASKED
) -> CardReply:
    """Return *quote* drawn, with its words and its buttons."""
    guild = server_of(interaction)
    if person is UNASKED:
        person = await member_of(interaction, guild, quote.original.author_id)
    channel = guild.get_channel_or_thread(quote.original.channel_id)
    place = channel.name if channel else ""
    portrait = await portrait_of(person)
    scene = quote_scene(quote, style, server=guild.name, channel=place, avatar=portrait)
    reply = await drawn(interaction, scene, credit(quote, place), f"quote-{quote.number}")
    return with_view(reply, card_view(quote, style))


async def _replace(
    interaction: AnyInteraction, content: str, view: discord.ui.View | None = None
) -> None:
    arguments: dict[str, Any] = {"content": content, "view": view}
    await interaction.response.edit_message(
        **arguments, allowed_mentions=discord.AllowedMentions.none()
    )
