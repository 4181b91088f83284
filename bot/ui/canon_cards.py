"""Cards of the canon: a passage with its source, for whoever may see it here."""

from collections.abc import Mapping

import discord

from bot.canon.excerpt import Stretch
from bot.canon.quote import CARD, Quote, quote_of
from bot.cards.quote import initials
from bot.cards.scenes import Emblem, QuoteScene, Style
from bot.errors import BotError
from bot.language.speech import say
from bot.quotes.errors import NotYourCardError
from bot.ui.cards import CardReply, drawn, made_by, style_label, usual_style, with_view
from bot.ui.controls import (
    AnyInteraction,
    Control,
    archive_of,
    asker,
    base36,
    button,
    is_private,
    services,
)
from bot.ui.lore import citation, when
from bot.ui.text import safe_line

REFERENCE = r"(?P<reference>[a-z0-9-]{1,32}/[^\s/]{1,44})"
STYLE = rf"(?P<style>{'|'.join(Style)})"
STRETCH = r"(?:(?P<start>[0-9a-z]{1,4})\.(?P<length>[0-9a-z]{1,2}):)?"
"""Which characters of the text are quoted (first, and how many); without it, how it begins."""
_FURTHEST = 36**4


class BeyondHereError(BotError):
    """The entry is not in the archive any more, or not for everybody in this channel."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "That passage cannot be shown to everybody here: it lies beyond what you have "
                "read, or beyond this channel's ceiling, or its document has changed."
            )
        )


class CanonCardButton(Control, template=rf"qc:{STRETCH}{REFERENCE}"):
    """Posts the card of an entry, for everybody to see."""

    @classmethod
    def of(cls, quote: Quote) -> "CanonCardButton":
        """Return the button under what says *quote*."""
        return cls(button(say("Quote card"), f"qc:{_where(quote)}"), {})

    async def act(self, interaction: AnyInteraction) -> None:
        """Post the card."""
        quote = await _quoted(interaction, self.state)
        await post_canon_card(interaction, quote, await usual_style(interaction))


class CanonStyleButton(Control, template=rf"qt:{STYLE}:{STRETCH}{REFERENCE}"):
    """Redraws a card in another style, for whoever made it."""

    @classmethod
    def of(cls, quote: Quote, style: Style, *, current: bool) -> "CanonStyleButton":
        """Return the button for *style*; disabled when it is the *current* one."""
        custom_id = f"qt:{style}:{_where(quote)}"
        return cls(button(style_label(style), custom_id, disabled=current), {})

    async def act(self, interaction: AnyInteraction) -> None:
        """Put the card in its new style in the place of the old one."""
        if made_by(interaction) != interaction.user.id:
            raise NotYourCardError
        quote = await _quoted(interaction, self.state, private=is_private(interaction))
        services(interaction).pace.take(interaction.user.id)
        await interaction.response.defer()
        reply = await _card(interaction, quote, Style(self.state["style"]))
        await interaction.edit_original_response(**reply.put())


CANON_CONTROLS = (CanonCardButton, CanonStyleButton)


async def post_canon_card(
    interaction: AnyInteraction, quote: Quote, style: Style, *, private: bool = False
) -> None:
    """Answer with the card of *quote*.

    Raises:
        TooQuickError.
    """
    services(interaction).pace.take(interaction.user.id)
    # The press may have a queue; Discord waits three seconds.
    await interaction.response.defer(thinking=True, ephemeral=private)
    reply = await _card(interaction, quote, style)
    await interaction.edit_original_response(**reply.put())


def _where(quote: Quote) -> str:
    """Return what an id carries of *quote*: its entry, and which stretch unless the usual."""
    start, end = quote.stretch
    usual = quote == quote_of(quote.entry) or start >= _FURTHEST
    return f"{'' if usual else f'{base36(start)}.{base36(end - start)}:'}{quote.entry.reference}"


async def _quoted(
    interaction: AnyInteraction, state: Mapping[str, str | None], *, private: bool = False
) -> Quote:
    """Return the quote behind an id, as far as everybody who sees the card may see it."""
    archive = await archive_of(interaction)
    view = await services(interaction).progress.view(
        archive.library, asker(interaction, private=private)
    )
    reading = await archive.library.read(state["reference"] or "", view)
    if reading is None:
        raise BeyondHereError
    if not state["start"]:
        return quote_of(reading.entry)
    start, length = int(state["start"], 36), int(state["length"] or "", 36) or CARD
    return Quote(reading.entry, Stretch(start, start + min(length, CARD)))


async def _card(interaction: AnyInteraction, quote: Quote, style: Style) -> CardReply:
    entry = quote.entry
    credit = f"**{safe_line(entry.work.title)}** · {safe_line(when(entry))} · "
    credit += safe_line(citation(entry))
    reply = await drawn(interaction, canon_scene(quote, style), credit, "passage")
    view = discord.ui.View(timeout=None)
    for each in Style:
        view.add_item(CanonStyleButton.of(quote, each, current=each is style))
    return with_view(reply, view)


def canon_scene(quote: Quote, style: Style) -> QuoteScene:
    """Return *quote* as it is drawn: its words, its date, its work and source."""
    entry, work = quote.entry, quote.entry.work
    chapter = say("chapter {number}", number=entry.source.chapter)
    told = f" · {chapter}" if entry.source.chapter else ""
    name, meta = work.title, f"{when(entry)} · {entry.source.title}"
    if style is Style.NEWSPAPER:
        # Its masthead is the work already.
        name, meta = entry.source.title, when(entry)
    elif not entry.date:
        meta = when(entry)
    return QuoteScene(
        text=quote.text,
        name=name,
        meta=meta + told,
        title=work.title,
        footer=citation(entry).removeprefix("Source: "),
        style=style,
        emblem=Emblem(initials(work.title)[:2], work.colour),
        markdown=False,
    )
