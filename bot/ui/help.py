"""What `/help` shows: the commands somebody may use, in the words Discord knows them by."""

from collections.abc import Iterable
from typing import Any

import discord
from discord import app_commands

from bot.ui.theme import RED, field

_EXAMPLES = (
    "`/event 1932` — a year, a month, a decade, `spring 1926`, `before 1930`",
    "`/event who killed stalin?` — words, names, questions; spelling is forgiven",
    "`/event turkish war before 1933` — both at once",
    "`/soviet motion That the next chapter have 10,000 words` — and somebody seconds it",
)
_CREDIT = (
    "Samizdat passes stories on. Answers cite their source; `/lore sources` lists them all.\n"
    "Emoji on cards: Twemoji, CC-BY 4.0. Fonts: SIL Open Font License."
)
_ELSEWHERE = "And besides"
_ROOMS = {
    "event": "The archive",
    "lore": "The archive",
    "soviet": "The Supreme Soviet",
    "chapter": "Chapters",
    "subscribe": "Chapters",
    "unsubscribe": "Chapters",
    "subscriptions": "Chapters",
    "story": "Stories and feeds",
    "feed": "Stories and feeds",
    "quote": "Quotes and cards",
    "privacy": "Your data",
    "setup": "For those who manage the server",
    "canon": "For those who manage the server",
}
"""Where a command is listed, by its first word; the rooms in this order."""


def help_embed(
    listed: Iterable[app_commands.Command[Any, ..., Any]],
    permissions: discord.Permissions,
    menus: Iterable[str] = (),
) -> discord.Embed:
    """Return what somebody with *permissions* may use here of *listed*, and the message *menus*."""
    embed = discord.Embed(
        title="The bureau is open",
        description="Ask the archive what happened, when, and to whom.",
        colour=RED,
    )
    field(embed, "Try this", list(_EXAMPLES))
    rooms: dict[str, list[str]] = {}
    for command in sorted(listed, key=lambda each: each.qualified_name):
        if _allowed(command, permissions):
            room = _ROOMS.get(command.qualified_name.partition(" ")[0], _ELSEWHERE)
            line = f"`/{command.qualified_name}` — {command.description}"
            rooms.setdefault(room, []).append(line)
    for room in dict.fromkeys([*_ROOMS.values(), _ELSEWHERE]):
        field(embed, room, rooms.get(room, []))
    named = " · ".join(f"**{menu}**" for menu in menus)
    field(embed, "On a message: its menu, then Apps", [named] if named else [])
    embed.set_footer(text=_CREDIT)
    return embed


def _allowed(
    command: app_commands.Command[Any, ..., Any], permissions: discord.Permissions
) -> bool:
    """Tell whether Discord's default permissions let somebody use *command*."""
    parts = [command, command.parent, command.parent.parent if command.parent else None]
    wanted = [part.default_permissions for part in parts if part and part.default_permissions]
    return permissions.administrator or all(permissions >= each for each in wanted)
