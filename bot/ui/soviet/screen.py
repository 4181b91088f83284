"""A message of the chamber: an embed and rows of buttons, as a reply or as JSON for the outbox.

A verdict is composed inside a transaction, on the database's thread, where no event loop runs; and
a `discord.ui.View` cannot be made without one. So rows are kept as rows until somebody sends them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import discord

from bot.ui.theme import Reply, fitted

BUTTONS_IN_A_ROW: Final = 5
NOBODY: Final[dict[str, list[str]]] = {"parse": []}
"""The allowed_mentions of everything the chamber sends: it pings nobody, ever."""

Item = discord.ui.Item[Any]


@dataclass(frozen=True)
class Screen:
    """What is shown; *rows* are at most 5, each of 5 buttons or one menu."""

    embed: discord.Embed
    rows: tuple[tuple[Item, ...], ...] = ()

    def reply(self) -> Reply:
        """Return it as an answer to an interaction; only where an event loop runs."""
        if not self.rows:
            return Reply(self.embed)
        view = discord.ui.View(timeout=None)
        for number, row in enumerate(self.rows):
            for item in row:
                item.row = number
                view.add_item(item)
        return Reply(self.embed, view)

    def body(self) -> dict[str, Any]:
        """Return it as Discord's JSON of a message."""
        return {
            "embeds": [fitted(self.embed).to_dict()],
            "components": [
                {"type": 1, "components": [item.to_component_dict() for item in row]}
                for row in self.rows
            ],
            "allowed_mentions": NOBODY,
        }


def buttons(items: Sequence[Item]) -> tuple[tuple[Item, ...], ...]:
    """Return *items* in rows of five."""
    return tuple(
        tuple(items[start : start + BUTTONS_IN_A_ROW])
        for start in range(0, len(items), BUTTONS_IN_A_ROW)
    )


def link(label: str, url: str) -> Item:
    """Return a button that leads to *url*."""
    return discord.ui.Button(style=discord.ButtonStyle.link, label=label, url=url)


def message_url(guild_id: int, channel_id: int, message_id: int) -> str:
    """Return the address of a message."""
    return f"https://discord.com/channels/{guild_id}/{channel_id}/{message_id}"
