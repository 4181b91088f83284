"""What `/help` shows: the commands somebody may use, in the words Discord knows them by."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import discord
from discord import app_commands

from bot.language.areas import DESCRIPTION, NAME
from bot.language.speech import mark, say, say_in
from bot.ui.controls import AnyInteraction, Control
from bot.ui.theme import RED, Reply, field

_EXAMPLES = (
    mark("`/event 1932` or `/event spring 1926`"),
    mark("`/event who killed stalin?`"),
    mark("`/event turkish war before 1933`"),
)
"""Each a line on a phone."""
_CREDIT = mark(
    "Answers cite their source: /lore sources. Emoji: Twemoji, CC-BY 4.0. Fonts: SIL Open Font "
    "License."
)
_ELSEWHERE = mark("And besides")
_YOURS = mark("Help and your data")
_ARCHIVE = mark("The archive")
_CHAPTERS = mark("Chapters")
_FEEDS = mark("Stories and feeds")
_MANAGERS = mark("For those who manage the server")
_ROOMS = {
    "event": _ARCHIVE,
    "lore": _ARCHIVE,
    "soviet": mark("The Supreme Soviet"),
    "chapter": _CHAPTERS,
    "subscribe": _CHAPTERS,
    "unsubscribe": _CHAPTERS,
    "subscriptions": _CHAPTERS,
    "story": _FEEDS,
    "feed": _FEEDS,
    "quote": mark("Quotes and cards"),
    "help": _YOURS,
    "privacy": _YOURS,
    "setup": _MANAGERS,
    "status": _MANAGERS,
    "canon": _MANAGERS,
}
"""Where a command is listed, by its first word; the rooms in this order."""


Commands = Iterable[app_commands.Command[Any, ..., Any]]


def help_reply(
    listed: Commands, permissions: discord.Permissions, menus: Iterable[str] = ()
) -> Reply:
    """Return what somebody with *permissions* may use here of *listed*, and the message *menus*.

    One look: the names alone, by room; the menu tells what those of a room do.
    """
    question = say("Ask the archive what happened, when, and to whom.")
    embed = discord.Embed(
        title=say("The bureau is open"),
        description="\n".join([question, *(say(example) for example in _EXAMPLES)]),
        colour=RED,
    )
    found = rooms(listed, permissions)
    for room, commands in found.items():
        field(embed, say(room), _names(commands))
    named = " · ".join(f"**{say_in(NAME, menu)}**" for menu in menus)
    field(embed, say("On a message: its menu, then Apps"), [named] if named else [])
    embed.set_footer(text=say(_CREDIT))
    view = discord.ui.View(timeout=None)
    view.add_item(RoomMenu.of(found))
    return Reply(embed, view)


def _names(commands: Commands) -> list[str]:
    """Return the names of *commands*: those of a group in a line, its own name said once."""
    alone, groups = [], defaultdict(list)
    for command in commands:
        first, _, rest = called(command).partition(" ")
        if rest:
            groups[first].append(rest)
        else:
            alone.append(f"`/{first}`")
    lines = [f"`/{first}` {' · '.join(rest)}" for first, rest in groups.items()]
    return [*([" ".join(alone)] if alone else []), *lines]


def room_reply(room: str, listed: Commands, permissions: discord.Permissions) -> Reply:
    """Return what each command of *room* does, with the menu to the others."""
    found = rooms(listed, permissions)
    lines = [
        f"`/{called(each)}`\n{say_in(DESCRIPTION, each.description)}"
        for each in found.get(room, ())
    ]
    title = say(room) if room in found else None
    description = "\n".join(lines) or say("Closed.")
    embed = discord.Embed(title=title, description=description, colour=RED)
    view = discord.ui.View(timeout=None)
    view.add_item(RoomMenu.of(found))
    return Reply(embed, view)


def called(command: app_commands.Command[Any, ..., Any]) -> str:
    """Return what a reader types for *command*, in their language."""
    return " ".join(say_in(NAME, word) for word in command.qualified_name.split())


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
        options = [discord.SelectOption(label=say(room), value=room) for room in found]
        menu: discord.ui.Select[Any] = discord.ui.Select(
            custom_id="he", placeholder=say("What do these do?"), options=options
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
