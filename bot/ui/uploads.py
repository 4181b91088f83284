"""Documents of a server as Discord shows them: what would be read, the shelf, the two buttons."""

import asyncio
from collections.abc import Iterable

import aiohttp
import discord

from bot.errors import BotError
from bot.language.speech import say, say_in, say_many, say_number
from bot.ui.controls import AnyInteraction, Control, services
from bot.ui.text import safe_line
from bot.ui.theme import GREY, OPTION, RED, Reply, clip, field
from bot.uploads.models import MOST_BYTES, Document, UploadError
from bot.uploads.service import Draft

_DOWNLOAD = 20.0
"""Seconds for fetching an attachment of 5 MB from Discord."""
_NOTES = 5
_CHAPTERS = 10
_LISTED = 40


class NotAManagerError(BotError):
    """Somebody who does not look after the server would change what it has."""

    def __init__(self) -> None:
        super().__init__(say("That is for those who may manage this server (Manage Server)."))


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
            say(
                "That file has {size} MB; a document may have {most}. Split it and add its parts.",
                size=say_number(round(attachment.size / 1_000_000, 1)),
                most=MOST_BYTES // 1_000_000,
            )
        )
    try:
        async with asyncio.timeout(_DOWNLOAD):
            return await attachment.read()
    except (discord.HTTPException, aiohttp.ClientError, OSError):
        # TimeoutError is an OSError.
        raise UploadError(
            say("Discord did not hand the file over. Nothing was changed; try again.")
        ) from None


def draft_reply(draft: Draft) -> Reply:
    """Return what would be read of a document, with the buttons to add it or not."""
    document, sight = draft.document, draft.sight
    counts = [
        say_many("{number} word", "{number} words", sight.words),
        say_many("{number} dated entry", "{number} dated entries", sight.entries),
        say_many("{number} passage", "{number} passages", sight.passages),
    ]
    embed = discord.Embed(
        title=clip(
            say(
                "Read as {format}: {file}",
                format=safe_line(_format_name(sight.format)),
                file=safe_line(document.file),
            ),
            250,
        ),
        description=" · ".join(counts),
        colour=RED,
    )
    first, last = safe_line(sight.first), safe_line(sight.last)
    dates = [say("{first} to {last}", first=first, last=last)] if sight.first else []
    field(embed, say("From when to when"), dates)
    field(
        embed, say("Chapters"), [f"- {clip(safe_line(each), 120)}" for each in sight.chapters[:10]]
    )
    titles = [f"- {clip(safe_line(title), 150)}" for title in sight.titles]
    field(embed, say("Begins with"), titles)
    notes = [f"- {clip(safe_line(each), 180)}" for each in sight.warnings[:_NOTES]]
    field(embed, say("Noticed"), notes)
    field(embed, say("Goes to"), [_goal(draft)])
    embed.set_footer(text=say("Nothing is added yet. Only this server will see it."))
    view = discord.ui.View(timeout=None)
    view.add_item(KeepButton.to(document.id))
    view.add_item(DiscardButton.to(document.id))
    return Reply(embed, view)


def _format_name(name: str) -> str:
    """Return what a format is called."""
    return {
        "prose": say_in("format", "prose"),
        "timeline": say_in("format", "timeline"),
        "thread": say_in("format", "thread"),
        "markdown": say_in("format", "markdown"),
    }.get(name, name)


def _goal(draft: Draft) -> str:
    """Return where a draft would stand."""
    document = draft.document
    said = safe_line(document.work_title)
    if not draft.joins:
        said = say("{title} (a new story here)", title=said)
    if not document.chapter:
        return said
    return f"{said}, " + say("told in chapter {chapter}", chapter=document.chapter)


def kept_embed(document: Document) -> discord.Embed:
    """Return that a document is on the shelf, and how to ask it something."""
    return discord.Embed(
        title=say("Added"),
        description=say(
            "**{file}** now answers in this server, and only here. "
            "Try `/event` with `work: {title}`.",
            file=safe_line(document.file),
            title=safe_line(document.work_title),
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
        said = [safe_line(document.file)]
        if document.chapter:
            said.append(say("chapter {chapter}", chapter=document.chapter))
        said.append(say("{size} kB", size=say_number(max(document.size // 1000, 1))))
        lines.append(f"- {' · '.join(said)}")
    return discord.Embed(
        title=say("Documents of this server"),
        description="\n".join(lines)
        or say("None yet. `/canon add` reads a timeline, a saved thread, a chapter or an EPUB."),
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
            label=say("Add it"), style=discord.ButtonStyle.success, custom_id=f"ck:{document_id}"
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
            label=say("Throw away"), custom_id=f"cd:{document_id}"
        )
        return cls(item, {"id": str(document_id)})

    async def act(self, interaction: AnyInteraction) -> None:
        """Forget it."""
        await services(interaction).uploads.discard(int(self.state["id"]), guild_of(interaction))
        embed = discord.Embed(
            title=say("Thrown away"), description=say("Nothing was added."), colour=GREY
        )
        await interaction.response.edit_message(embed=embed, view=None)
