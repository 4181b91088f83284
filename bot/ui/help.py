"""What `/help` shows: the commands somebody may use, in the words Discord knows them by."""

from collections.abc import Iterable
from typing import Any

import discord
from discord import app_commands

from bot.ui.controls import AnyInteraction, Control
from bot.ui.theme import RED, Reply, field

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


Commands = Iterable[app_commands.Command[Any, ..., Any]]


def help_reply(
    listed: Commands, permissions: discord.Permissions, menus: Iterable[str] = ()
) -> Reply:
    """Return what somebody with *permissions* may use here of *listed*, and the message *menus*.

    One look: the names alone, by room; the menu tells what those of a room do.
    """
    embed = discord.Embed(
        title="The bureau is open",
        description="Ask the archive what happened, when, and to whom.",
        colour=RED,
    )
    field(embed, "Try this", list(_EXAMPLES))
    found = rooms(listed, permissions)
    for room, commands in found.items():
        field(embed, room, [" ".join(f"`/{each.qualified_name}`" for each in commands)])
    named = " · ".join(f"**{menu}**" for menu in menus)
    field(embed, "On a message: its menu, then Apps", [named] if named else [])
    embed.set_footer(text=_CREDIT)
    view = discord.ui.View(timeout=None)
    view.add_item(RoomMenu.of(found))
    return Reply(embed, view)


def room_reply(room: str, listed: Commands, permissions: discord.Permissions) -> Reply:
    """Return what each command of *room* does, with the menu to the others."""
    found = rooms(listed, permissions)
    lines = [f"`/{each.qualified_name}`\n{each.description}" for each in found.get(room, ())]
    embed = discord.Embed(title=room, description="\n".join(lines) or "Closed.", colour=RED)
    view = discord.ui.View(timeout=None)
    view.add_item(RoomMenu.of(found))
    return Reply(embed, view)


def rooms(
    listed: Commands, permissions: discord.Permissions
) -> dict[str, list[app_commands.Command[Any, ..., Any]]]:
    """Return the commands somebody with *permissions* may use, by room."""
    found: dict[str, list[app_commands.Command[Any, ..., Any]]] = {
        room: [] for room in (*_ROOMS.values(), _ELSEWHERE)
    }
    for command in sorted(listed, key=lambda each: each.qualified_name):
        if _allowed(command, permissions):
            room = _ROOMS.get(command.qualified_name.partition(" ")[0], _ELSEWHERE)
            found[room].append(command)
    return {room: commands for room, commands in found.items() if commands}


def known_commands(tree: app_commands.CommandTree[Any]) -> Commands:
    """Return every slash command of *tree*."""
    return [each for each in tree.walk_commands() if isinstance(each, app_commands.Command)]


class RoomMenu(Control, template=r"he"):
    """Tells what the commands of a room do."""

    @classmethod
    def of(cls, found: Iterable[str]) -> "RoomMenu":
        """Return the menu of the rooms *found*."""
        options = [discord.SelectOption(label=room, value=room) for room in found]
        menu: discord.ui.Select[Any] = discord.ui.Select(
            custom_id="he", placeholder="What do these do?", options=options
        )
        return cls(menu, {})

    async def act(self, interaction: AnyInteraction) -> None:
        """Show the room in the place of what is there; only its reader sees it."""
        listed = known_commands(interaction.client.tree)
        reply = room_reply(self.chosen(interaction), listed, interaction.permissions)
        await interaction.response.edit_message(**reply.edited())


def _allowed(
    command: app_commands.Command[Any, ..., Any], permissions: discord.Permissions
) -> bool:
    """Tell whether Discord's default permissions let somebody use *command*."""
    parts = [command, command.parent, command.parent.parent if command.parent else None]
    wanted = [part.default_permissions for part in parts if part and part.default_permissions]
    return permissions.administrator or all(permissions >= each for each in wanted)
