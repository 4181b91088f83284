"""The Reading Room for tests, and the few things simcord must be asked for with care.

A test says `world` and acts as one of its people:

    answer = await world.readers["vera"].slash(world.channels["lounge"], "event", query="1932")
"""

from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import simcord

from bot.app import Samizdat, Services
from bot.clock import Clock
from bot.sandbox.clock import SandboxClock
from bot.sandbox.world import World, create_world
from bot.sync import sync_commands
from cogs import EXTENSIONS

__all__ = [
    "RoomClock",
    "World",
    "create_world",
    "last_request",
    "new_bot",
    "reading_in",
    "restart",
    "write_seeds",
]

_CANON = """\
title = "The Paper Republic"
kind = "fiction"
author = "The tests"
blurb = "A small country that is run by its printers."

[[document]]
file = "timeline.txt"
title = "Annals of the Paper Republic"
format = "timeline"
tier = "timeline"
"""

_TIMELINE = """\
The country that the printers made is young; this is what its almanac remembers.

• March 1931. The Printers' Strike begins in Novgrad. For nine days no paper appears.

• June 1932. The Paper Republic is proclaimed by Marta Velikov. Its three misprints become law.

• 14 October 1932. The Treaty of Inkwell ends the quarrel with the Bookbinders' League.

• May 1933. The Harbour War breaks out over a cargo of newsprint. It lasts until the paper is wet.

• January 1934. The Great Erratum is published. Marta Velikov steps down and reads proofs.
"""


class RoomClock:
    """The clock of the services under test: the room's, once there is a room."""

    def __init__(self) -> None:
        self.room: Clock | None = None

    async def rest(self, nap: Awaitable[None]) -> None:
        """Let a duty rest without simcord waiting for the end of its nap in real time."""
        if isinstance(self.room, SandboxClock):
            await self.room.env.external_wait(nap, reason="a duty rests")
        else:
            await nap

    def now(self) -> datetime:
        """Return the room's moment; before it opens, simcord's first one."""
        return self.room.now() if self.room else datetime(2026, 1, 1, tzinfo=UTC)


def write_seeds(folder: Path) -> Path:
    """Write one small work of five dated entries, `paper-republic`, and return *folder*."""
    work = folder / "paper-republic"
    work.mkdir(parents=True)
    (work / "canon.toml").write_text(_CANON, "utf-8")
    (work / "timeline.txt").write_text(_TIMELINE, "utf-8")
    return folder


def new_bot(services: Services) -> Samizdat:
    """Return a bot that has never run, with every cog."""
    # simcord wants to know: it has no gateway that would recommend a number.
    return Samizdat(services, extensions=EXTENSIONS, shard_count=1)


async def restart(world: World) -> Samizdat:
    """Replace the bot by a new one on the same data and world; return it.

    Always this, never `restart_bot()` alone: that keeps the old bot's views alive, and a bot that
    forgets its buttons passes (see test_simcord_seams.py).
    """
    old = world.env.bot
    if not isinstance(old, Samizdat):
        raise TypeError(f"the room's bot is a {type(old).__name__}")
    await old.close()
    bot = new_bot(old.services)
    await world.env.restart_bot(bot)
    await sync_commands(bot)
    return bot


def last_request(world: World, ending: str = "") -> simcord.HttpLogEntry:
    """Return the bot's last request whose path ends in *ending*; its `json` is what was sent.

    For what simcord does not check or shows wrongly: `allowed_mentions`, `/crosspost`.
    """
    for request in reversed(world.env.http_requests):
        if request.path.endswith(ending):
            return request
    raise LookupError(f"the bot made no request that ends in {ending!r}")


@contextmanager
def reading_in(world: World, locale: str) -> Iterator[None]:
    """Have everybody's Discord set to *locale* inside: simcord's is American whatever one does."""
    parsers: Any = world.env.bot._connection.parsers
    take = parsers["INTERACTION_CREATE"]
    parsers["INTERACTION_CREATE"] = lambda data: take({**data, "locale": locale})
    try:
        yield
    finally:
        parsers["INTERACTION_CREATE"] = take
