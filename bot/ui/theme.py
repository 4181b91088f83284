"""Discord's limits and the look of what we send. Nobody else counts characters."""

from dataclasses import dataclass
from typing import Any

import discord

from bot.ui.text import plain

# Limits of the API (docs: resources/message, interactions/application-commands, components).
TITLE = 256
DESCRIPTION = 4096
FIELDS = 25
FIELD_NAME = 256
FIELD_VALUE = 1024
FOOTER = 2048
AUTHOR = 256
EMBED = 6000
BUTTON = 80
OPTION = 100
CUSTOM_ID = 100
CHOICES = 25

READABLE = 3000
"""Characters of running text shown at once: about two screens of a phone."""

RED = 0xA11D21
GREY = 0x6B6B6B


@dataclass(frozen=True)
class Reply:
    """What a command or a button answers with; keyword arguments of discord.py's send and edit."""

    embed: discord.Embed
    view: discord.ui.View | None = None

    def sent(self) -> dict[str, Any]:
        """Return the arguments for sending this as a new message."""
        return {"embed": fitted(self.embed), **({"view": self.view} if self.view else {})}

    def edited(self) -> dict[str, Any]:
        """Return the arguments for putting this in the place of an earlier answer."""
        return {"embed": fitted(self.embed), "view": self.view}


def clip(text: str, length: int) -> str:
    """Return *text* in at most *length* characters, cut between words, with an ellipsis."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    cut = max(head.rfind(" "), head.rfind("\n"))
    return head[: cut if cut > length // 2 else len(head)].rstrip(" ,;:–—-\\") + "…"


def fitted(embed: discord.Embed) -> discord.Embed:
    """Return *embed* within Discord's limits: fields go first, then the end of the description.

    Its author and footer lose the signs that are not seen.
    """
    embed.title = clip(embed.title, TITLE) if embed.title else embed.title
    # Shown as they are, without marks: only what is not seen can do harm there.
    author, footer = embed.author, embed.footer
    if author.name:
        name = clip(plain(author.name), AUTHOR)
        embed.set_author(name=name, url=author.url, icon_url=author.icon_url)
    if footer.text:
        embed.set_footer(text=clip(plain(footer.text), FOOTER), icon_url=footer.icon_url)
    while len(embed.fields) > FIELDS or (len(embed) > EMBED and embed.fields):
        embed.remove_field(len(embed.fields) - 1)
    room = min(DESCRIPTION, EMBED - len(embed) + len(embed.description or ""))
    if embed.description:
        embed.description = clip(embed.description, max(room, 1))
    return embed


def field(embed: discord.Embed, name: str, lines: list[str]) -> None:
    """Add as many whole *lines* as a field holds; nothing when there are none."""
    kept: list[str] = []
    for line in lines:
        line = clip(line, FIELD_VALUE)  # noqa: PLW2901 - the same line, made to fit
        if sum(len(each) + 1 for each in kept) + len(line) > FIELD_VALUE:
            break
        kept.append(line)
    if kept:
        embed.add_field(name=clip(plain(name), FIELD_NAME), value="\n".join(kept), inline=False)
