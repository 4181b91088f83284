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
)
_CREDIT = (
    "Samizdat passes stories on. Answers cite their source; `/lore sources` lists them all.\n"
    "Emoji on cards: Twemoji, CC-BY 4.0. Fonts: SIL Open Font License."
)


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
    # A field for each group: all commands together are too long for one.
    groups: dict[str, list[str]] = {}
    for command in sorted(listed, key=lambda each: each.qualified_name):
        if _allowed(command, permissions):
            group = command.root_parent.description if command.root_parent else "Commands"
            line = f"`/{command.qualified_name}` — {command.description}"
            groups.setdefault(group, []).append(line)
    for group, lines in groups.items():
        field(embed, group, lines)
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
