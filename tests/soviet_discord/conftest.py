"""A House in the Reading Room: who moves, seconds and votes there, and what everybody sees."""

from collections.abc import Iterator, Sequence
from typing import Any

import discord
import pytest
import simcord
from worlds import World

from bot.app import Samizdat, Services
from bot.errors import BotError

GULAG = "That the author be sent to the gulag."


class House:
    """The channel #soviet of the room, and what can be done in it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.channel = world.channels["soviet"]
        self.vera = world.readers["vera"]
        self.otto = world.readers["otto"]
        self.mei = world.readers["mei"]
        self.ines = world.readers["ines"]
        self.admin = world.admin

    @property
    def services(self) -> Services:
        assert isinstance(self.world.env.bot, Samizdat)
        return self.world.env.bot.services

    async def move(self, text: str = GULAG, who: Any = None, **options: Any) -> discord.Message:
        """Move something and return the motion's message."""
        options = {"closes": "5m", **options}
        result = await (who or self.vera).slash(self.channel, "soviet motion", text=text, **options)
        return result.response

    async def open(self, text: str = GULAG, **options: Any) -> discord.Message:
        """Move something, have Otto second it, and return its message once that shows it."""
        message = await self.move(text, **options)
        await self.otto.click(message, label="Second")
        await self.later(1)
        return self.seen(message)

    async def later(self, seconds: float) -> None:
        await self.world.env.advance_time(seconds)

    async def until_closed(self) -> None:
        """Let five minutes pass, the grace, and the edits after them."""
        await self.later(303)
        await self.later(7)

    def seen(self, message: discord.Message) -> discord.Message:
        """Return the message as it is now."""
        return next(each for each in self.said() if each.id == message.id)

    def said(self) -> Sequence[discord.Message]:
        return self.channel.history()

    def verdicts(self) -> list[discord.Message]:
        return [each for each in self.said() if "the verdict" in text_of(each)]

    async def forge(self, who: Any, custom_id: str, **select: Any) -> simcord.InteractionResult:
        """Have somebody press a button (or use a menu) with an id of their own making."""
        view = discord.ui.View(timeout=None)
        if select:
            options = [discord.SelectOption(label="x", value=value) for value in select["values"]]
            menu = discord.ui.Select(custom_id=custom_id, options=options, max_values=len(options))
            view.add_item(menu)
        else:
            view.add_item(discord.ui.Button(label="x", custom_id=custom_id))
        view.stop()
        place = self.world.env.bot.get_channel(self.channel.id)
        message = await place.send("bait", view=view)
        if select:
            return await who.select(message, select["values"], custom_id=custom_id)
        return await who.click(message, custom_id=custom_id)


def text_of(message: discord.Message) -> str:
    """Return everything that is read in a message, buttons apart."""
    parts = [message.content]
    for embed in message.embeds:
        parts += [embed.author.name, embed.title, embed.description, embed.footer.text]
        for field in embed.fields:
            parts += [field.name, field.value]
    return "\n".join(part for part in parts if part)


def labels(message: discord.Message) -> list[str]:
    """Return the labels of a message's buttons."""
    rows = [row if isinstance(row, dict) else row.to_dict() for row in message.components]
    parts = [part for row in rows for part in row["components"]]
    return [part["label"] for part in parts if part["type"] == BUTTON]


BUTTON = 2


@pytest.fixture
def house(world, services) -> Iterator[House]:
    # A duty is called when it is due, and when it is woken; here nothing else helps it.
    for duty in services.duties.all:
        duty.longest_nap = 86_400.0
    yield House(world)
    # What readers were refused is noted by simcord as well; nothing else may have gone wrong.
    causes = [getattr(error, "__cause__", None) or error for error in world.env.errors]
    assert [cause for cause in causes if not isinstance(cause, BotError)] == []
