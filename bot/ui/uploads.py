"""Documents of a server as Discord shows them: what would be read, the shelf, the two buttons."""

import asyncio
from collections.abc import Iterable

import aiohttp
import discord

from bot.errors import BotError
from bot.ui.controls import AnyInteraction, Control, services
from bot.ui.text import safe_line
from bot.ui.theme import GREY, OPTION, RED, Reply, clip, field
from bot.uploads.models import MOST_BYTES, Document, UploadError
from bot.uploads.service import Draft

_DOWNLOAD = 20.0
"""Seconds for fetching an attachment of 5 MB from Discord."""
_NOTES = 5
_LISTED = 40


class NotAManagerError(BotError):
    """Somebody who does not look after the server would change what it has."""

    def __init__(self) -> None:
        super().__init__("That is for those who may manage this server (Manage Server).")


def guild_of(interaction: AnyInteraction) -> int:
    """Return the server somebody manages.

    Raises:
        NotAManagerError: it is none, or they may not manage it.
    """
    if interaction.guild_id is None or not interaction.permissions.manage_guild:
        raise NotAManagerError
    return interaction.guild_id


async def content_of(attachment: discord.Attachment) -> bytes:
    """Return the bytes of *attachment*.

    Raises:
        UploadError: it is too large, or Discord does not hand it over.
    """
    if attachment.size > MOST_BYTES:
        raise UploadError(
            f"That file has {attachment.size / 1_000_000:.1f} MB; a document may have "
            f"{MOST_BYTES // 1_000_000}. Split it and add its parts."
        )
    try:
        async with asyncio.timeout(_DOWNLOAD):
            return await attachment.read()
    except (discord.HTTPException, aiohttp.ClientError, OSError):
        # TimeoutError is an OSError.
        raise UploadError(
            "Discord did not hand the file over. Nothing was changed; try again."
        ) from None


def draft_reply(draft: Draft) -> Reply:
    """Return what would be read of a document, with the buttons to add it or not."""
    document, sight = draft.document, draft.sight
    counts = [
        f"{sight.words:,} words",
        f"{sight.entries:,} dated entries" if sight.entries != 1 else "1 dated entry",
        f"{sight.passages:,} passages" if sight.passages != 1 else "1 passage",
    ]
    embed = discord.Embed(
        title=clip(f"Read as {safe_line(sight.format)}: {safe_line(document.file)}", 250),
        description=" · ".join(counts),
        colour=RED,
    )
    dates = [f"{safe_line(sight.first)} to {safe_line(sight.last)}"] if sight.first else []
    field(embed, "From when to when", dates)
    field(embed, "Chapters", [f"- {clip(safe_line(each), 120)}" for each in sight.chapters[:10]])
    field(embed, "Begins with", [f"- {clip(safe_line(title), 150)}" for title in sight.titles])
    field(embed, "Noticed", [f"- {clip(safe_line(each), 180)}" for each in sight.warnings[:_NOTES]])
    new = "" if draft.joins else " (a new story here)"
    told = f", told in chapter {document.chapter}" if document.chapter else ""
    field(embed, "Goes to", [f"{safe_line(document.work_title)}{new}{told}"])
    embed.set_footer(text="Nothing is added yet. Only this server will see it.")
    view = discord.ui.View(timeout=None)
    view.add_item(KeepButton.to(document.id))
    view.add_item(DiscardButton.to(document.id))
    return Reply(embed, view)


def kept_embed(document: Document) -> discord.Embed:
    """Return that a document is on the shelf, and how to ask it something."""
    return discord.Embed(
        title="Added",
        description=(
            f"**{safe_line(document.file)}** now answers in this server, and only here. "
            f"Try `/event` with `work: {safe_line(document.work_title)}`."
        ),
        colour=RED,
    )


def shelf_embed(documents: Iterable[Document]) -> discord.Embed:
    """Return the documents of a server, by story."""
    lines, work = [], None
    for document in list(documents)[:_LISTED]:
        if document.work != work:
            lines.append(f"**{safe_line(document.work_title)}**")
            work = document.work
        chapter = f"chapter {document.chapter} · " if document.chapter else ""
        size = f"{max(document.size // 1000, 1):,} kB"
        lines.append(f"- {safe_line(document.file)} · {chapter}{size}")
    return discord.Embed(
        title="Documents of this server",
        description="\n".join(lines)
        or "None yet. `/canon add` reads a timeline, a saved thread, a chapter or an EPUB.",
        colour=RED if lines else GREY,
    )


def shelf_choice(document: Document) -> str:
    """Return a document as a line of autocomplete."""
    return clip(f"{document.work_title} · {document.file}", OPTION)


class KeepButton(Control, template=r"ck:(?P<id>\d{1,18})"):
    """Puts a draft on the server's shelf."""

    @classmethod
    def to(cls, document_id: int) -> "KeepButton":
        """Return the button for a draft."""
        item: discord.ui.Button[discord.ui.View] = discord.ui.Button(
            label="Add it", style=discord.ButtonStyle.success, custom_id=f"ck:{document_id}"
        )
        return cls(item, {"id": str(document_id)})

    async def act(self, interaction: AnyInteraction) -> None:
        """Build the server's archive with it, which takes a moment."""
        guild = guild_of(interaction)
        await interaction.response.defer()
        document = await services(interaction).uploads.keep(int(self.state["id"]), guild)
        await interaction.edit_original_response(embed=kept_embed(document), view=None)


class DiscardButton(Control, template=r"cd:(?P<id>\d{1,18})"):
    """Throws a draft away."""

    @classmethod
    def to(cls, document_id: int) -> "DiscardButton":
        """Return the button for a draft."""
        item: discord.ui.Button[discord.ui.View] = discord.ui.Button(
            label="Throw away", custom_id=f"cd:{document_id}"
        )
        return cls(item, {"id": str(document_id)})

    async def act(self, interaction: AnyInteraction) -> None:
        """Forget it."""
        await services(interaction).uploads.discard(int(self.state["id"]), guild_of(interaction))
        embed = discord.Embed(title="Thrown away", description="Nothing was added.", colour=GREY)
        await interaction.response.edit_message(embed=embed, view=None)
