"""Pictures in messages: each with its words beside it, and drawn without holding up anybody."""

from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import discord

from bot.cards.errors import PainterBusyError, PaintingError
from bot.cards.scenes import MAX_ALT, Picture, QuoteScene, Scene, Style
from bot.language.speech import mark, say, say_many
from bot.quotes.words import pieces, shortened
from bot.ui.controls import AnyInteraction, services
from bot.ui.text import safe
from bot.ui.theme import DESCRIPTION, fitted

CONTENT = 2000
"""Characters of a message's text, by Discord."""
_LABELS = {
    Style.POSTER: mark("Poster"),
    Style.NEWSPAPER: mark("Newspaper"),
    Style.PLAIN: mark("Plain"),
}


@dataclass(frozen=True)
class CardReply:
    """A message with a picture: *content* and *embed* say all that it shows. No picture: words."""

    content: str
    picture: Picture | None
    name: str
    embed: discord.Embed | None = None
    view: discord.ui.View | None = None

    def put(self) -> dict[str, Any]:
        """Return the arguments for putting this in the place of a message or of its promise."""
        embeds = [fitted(self.embed)] if self.embed else []
        return {
            "content": self.content,
            "embeds": embeds,
            "attachments": [self._file(self.picture)] if self.picture else [],
            "view": self.view,
            "allowed_mentions": discord.AllowedMentions.none(),
        }

    def _file(self, picture: Picture) -> discord.File:
        return discord.File(
            BytesIO(picture.png), f"{self.name}.png", description=picture.alt[:MAX_ALT]
        )


async def drawn(
    interaction: AnyInteraction, scene: QuoteScene, credit: str, name: str
) -> CardReply:
    """Return *scene* as a message: the picture, the same words, and the line *credit* (markdown).

    When it cannot be drawn or attached, the words go alone, with the reason.
    """
    words = quoted(scene.text, spoilers=scene.markdown)
    picture, note = await painted(interaction, scene)
    foot = f"-# {credit}" + (f"\n-# {note}" if note else "")
    content = f"{words}\n{foot}"
    if len(content) <= CONTENT:
        return CardReply(content, picture, name)
    embed = discord.Embed(description=quoted(scene.text, DESCRIPTION, spoilers=scene.markdown))
    return CardReply(foot, picture, name, embed)


async def painted(interaction: AnyInteraction, scene: Scene) -> tuple[Picture | None, str]:
    """Return *scene* drawn, if it can be drawn and attached, and what is to be said of that."""
    if interaction.guild_id is not None and not interaction.app_permissions.attach_files:
        return None, say("I may not attach pictures in this channel, so here are the words alone.")
    try:
        picture = await services(interaction).painter.paint(scene)
    except (PaintingError, PainterBusyError) as error:
        return None, str(error)
    if not picture.lost:
        return picture, ""
    return picture, say_many(
        "One sign could not be drawn; the words are whole.",
        "{number} signs could not be drawn; the words are whole.",
        picture.lost,
    )


def with_view(reply: CardReply, view: discord.ui.View) -> CardReply:
    """Return *reply* with buttons under it."""
    return replace(reply, view=view)


def quoted(text: str, room: int | None = None, *, spoilers: bool = True) -> str:
    """Return *text* as a quotation that does nothing; spoilers stay covered.

    In at most *room* characters (None: any); where it was cut stands `[…]`.
    """
    said, length = _quoted(text, spoilers=spoilers), len(text)
    while room is not None and len(said) > room:
        # What is made safe grows by its own measure: cut until it fits.
        length = length * room // (len(said) + 1) - 1
        said = _quoted(shortened(text, max(length, 8)), spoilers=spoilers)
    return said


def _quoted(text: str, *, spoilers: bool) -> str:
    parts = pieces(text) if spoilers else [(text, False)]
    said = "".join(f"||{safe(piece)}||" if hidden else safe(piece) for piece, hidden in parts)
    return "\n".join(f"> {line}" for line in said.strip().split("\n"))


def style_label(style: Style) -> str:
    """Return what a button calls *style*."""
    return say(_LABELS[style])


def style_named(name: str | None) -> Style:
    """Return the style called *name*, the poster for none and for one that is gone."""
    return Style(name) if name in set(Style) else Style.POSTER


async def usual_style(interaction: AnyInteraction) -> Style:
    """Return the style of the server's choice."""
    if interaction.guild_id is None:
        return Style.POSTER
    settings = await services(interaction).guilds.settings(interaction.guild_id)
    return style_named(settings.card_style)


def made_by(interaction: AnyInteraction) -> int | None:
    """Return who asked for the message that was clicked on: Discord says so, not an id."""
    message = interaction.message
    metadata = message.interaction_metadata if message else None
    return metadata.user.id if metadata else None
