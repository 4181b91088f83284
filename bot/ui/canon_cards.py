"""Cards of the canon: a passage with its source, for whoever may see it here."""

import discord

from bot.canon.excerpt import excerpt
from bot.canon.models import Entry
from bot.cards.quote import initials
from bot.cards.scenes import Emblem, QuoteScene, Style
from bot.errors import BotError
from bot.language.speech import say
from bot.quotes.errors import NotYourCardError
from bot.ui.cards import CardReply, drawn, made_by, style_label, usual_style, with_view
from bot.ui.controls import AnyInteraction, Control, archive_of, asker, button, services
from bot.ui.lore import citation, when
from bot.ui.text import safe_line

REFERENCE = r"(?P<reference>[a-z0-9-]{1,32}/[^\s/]{1,44})"
STYLE = rf"(?P<style>{'|'.join(Style)})"
_WORDS = 600
"""Characters of a passage on a card; of a longer one, its first sentences."""


class BeyondHereError(BotError):
    """The entry is not in the archive any more, or not for everybody in this channel."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "That passage cannot be shown to everybody here: it lies beyond what you have "
                "read, or beyond this channel's ceiling, or its document has changed."
            )
        )


class CanonCardButton(Control, template=rf"qc:{REFERENCE}"):
    """Posts the card of an entry, for everybody to see."""

    @classmethod
    def of(cls, entry: Entry) -> "CanonCardButton":
        """Return the button under *entry*."""
        state = {"reference": entry.reference}
        return cls(button(say("Quote card"), f"qc:{entry.reference}"), state)

    async def act(self, interaction: AnyInteraction) -> None:
        """Post the card."""
        entry = await _entry(interaction, self.state["reference"])
        await post_canon_card(interaction, entry, await usual_style(interaction))


class CanonStyleButton(Control, template=rf"qt:{STYLE}:{REFERENCE}"):
    """Redraws a card in another style, for whoever made it."""

    @classmethod
    def of(cls, entry: Entry, style: Style, *, current: bool) -> "CanonStyleButton":
        """Return the button for *style*; disabled when it is the *current* one."""
        custom_id = f"qt:{style}:{entry.reference}"
        state = {"style": str(style), "reference": entry.reference}
        return cls(button(style_label(style), custom_id, disabled=current), state)

    async def act(self, interaction: AnyInteraction) -> None:
        """Put the card in its new style in the place of the old one."""
        if made_by(interaction) != interaction.user.id:
            raise NotYourCardError
        message = interaction.message
        private = message is not None and message.flags.ephemeral
        entry = await _entry(interaction, self.state["reference"], private=private)
        services(interaction).pace.take(interaction.user.id)
        await interaction.response.defer()
        reply = await _card(interaction, entry, Style(self.state["style"]))
        await interaction.edit_original_response(**reply.put())


CANON_CONTROLS = (CanonCardButton, CanonStyleButton)


async def post_canon_card(
    interaction: AnyInteraction, entry: Entry, style: Style, *, private: bool = False
) -> None:
    """Answer with the card of *entry*.

    Raises:
        TooQuickError.
    """
    services(interaction).pace.take(interaction.user.id)
    # The press may have a queue; Discord waits three seconds.
    await interaction.response.defer(thinking=True, ephemeral=private)
    reply = await _card(interaction, entry, style)
    await interaction.edit_original_response(**reply.put())


async def _entry(interaction: AnyInteraction, reference: str, *, private: bool = False) -> Entry:
    """Return the entry as far as everybody who sees the card may see it."""
    archive = await archive_of(interaction)
    view = await services(interaction).progress.view(
        archive.library, asker(interaction, private=private)
    )
    reading = await archive.library.read(reference, view)
    if reading is None:
        raise BeyondHereError
    return reading.entry


async def _card(interaction: AnyInteraction, entry: Entry, style: Style) -> CardReply:
    credit = f"**{safe_line(entry.work.title)}** · {safe_line(when(entry))} · {_cited(entry)}"
    reply = await drawn(interaction, canon_scene(entry, style), credit, "passage")
    view = discord.ui.View(timeout=None)
    for each in Style:
        view.add_item(CanonStyleButton.of(entry, each, current=each is style))
    return with_view(reply, view)


def canon_scene(entry: Entry, style: Style) -> QuoteScene:
    """Return *entry* as it is drawn: its words, its date, its work and source."""
    work = entry.work
    chapter = say("chapter {number}", number=entry.source.chapter)
    told = f" · {chapter}" if entry.source.chapter else ""
    name, meta = work.title, f"{when(entry)} · {entry.source.title}"
    if style is Style.NEWSPAPER:
        # Its masthead is the work already.
        name, meta = entry.source.title, when(entry)
    elif not entry.date:
        meta = when(entry)
    return QuoteScene(
        text=excerpt(entry.text.strip(), (), _WORDS),
        name=name,
        meta=meta + told,
        title=work.title,
        footer=citation(entry).removeprefix("Source: "),
        style=style,
        emblem=Emblem(initials(work.title)[:2], work.colour),
        markdown=False,
    )


def _cited(entry: Entry) -> str:
    return safe_line(citation(entry))
