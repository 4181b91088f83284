# ruff: noqa: ANN401 - what simcord takes and gives has no narrower type
"""The room as the gallery needs it: people who do things, and pictures of what they see."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import simcord
from aiohttp.test_utils import unused_port

from benchmarks.gallery.camera import PHONE, Camera, Shot
from bot.app import Samizdat
from bot.guilds.models import Choice
from bot.sandbox.clock import SandboxClock
from bot.sandbox.house import open_bot, open_world, served
from bot.sandbox.lobby import Lobby
from bot.sandbox.portraits import draw_portraits
from bot.sandbox.press import Press, settings_of
from bot.sandbox.stage import Stage
from bot.sandbox.world import World
from bot.settings import Settings

MOMENT = timedelta(seconds=20)
"""After which a message that was marked has been edited."""


class StandingClock:
    """The real moment, as the gallery has it: always the same, so that pictures are comparable."""

    def now(self) -> datetime:
        """Return it."""
        return datetime(2026, 11, 26, 18, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Seen:
    """A message, and somebody who sees it."""

    who: str
    channel: str
    message: Any

    @property
    def part(self) -> str:
        """The message in the page."""
        return f'[data-message-id="{self.message.id}"]'


class Room:
    """Has people do things and takes pictures of what they see. *wanted*: names; empty: all."""

    def __init__(
        self, stage: Stage, press: Press, lobby: str, camera: Camera, folder: Path, wanted: set[str]
    ) -> None:
        self.stage = stage
        self.press = press
        self.lobby = lobby
        self.taken: dict[str, int] = {}
        self.faults: list[str] = []
        self._camera = camera
        self._folder = folder
        self._wanted = wanted

    def person(self, who: str, channel: str) -> simcord.MemberActor:
        """Return somebody by their lower-case name, as a member of the server of *channel*."""
        annex = self.stage.annex
        known = annex.people if annex and channel in annex.channels else self.stage.world.people
        return next(each for each in known if each.name == who)

    async def ask(self, who: str, channel: str, command: str, /, **options: Any) -> Seen:
        """Have somebody use a slash command; return the answer."""
        return await self._done(who, channel, lambda: self._slash(who, channel, command, options))

    async def menu(self, who: str, channel: str, name: str, message: Any) -> Seen:
        """Have somebody use a message menu; return the answer."""
        place = self.stage.channels[channel]
        actor = self.person(who, channel)
        return await self._done(who, channel, lambda: actor.context_menu(place, name, message))

    async def click(self, who: str, seen: Seen, label: str) -> Seen:
        """Have somebody press a button; return the answer, or the message where it was changed."""
        actor = self.person(who, seen.channel)
        return await self._done(
            who, seen.channel, lambda: actor.click(seen.message, label=label), seen
        )

    async def pick(self, who: str, seen: Seen, custom_id: str, *values: Any) -> Seen:
        """Have somebody choose from the menu whose id begins with *custom_id*."""
        actor = self.person(who, seen.channel)
        whole = _whole_id(seen.message.components, custom_id)
        return await self._done(
            who,
            seen.channel,
            lambda: actor.select(seen.message, list(values), custom_id=whole),
            seen,
        )

    async def make_owner(self, who: str) -> None:
        """Make somebody the one who runs the bot, and an administrator."""
        person, guild = self.person(who, "lounge"), self.stage.world.guild

        async def make(world: World, bot: Samizdat) -> None:
            role = guild.create_role("Keys", permissions=discord.Permissions(administrator=True))
            world.env.backend.add_member_role(guild.id, person.id, role.id)
            bot.owner_id = person.id

        await self.stage.act(make)

    async def choose(self, choice: Choice, channel: str) -> None:
        """Have the room's admin choose *channel* for something."""
        place, admin = self.stage.channels[channel], self.stage.world.admin

        async def put(world: World, bot: Samizdat) -> None:
            await bot.services.guilds.choose(world.guild.id, choice, place.id, admin.id)

        await self.stage.act(put)

    async def last(self, who: str, channel: str) -> Seen:
        """Return what was said last in *channel*, but for lines of Discord's own."""
        said = [each for each in self.stage.channels[channel].history() if not each.is_system()]
        return Seen(who, channel, said[-1])

    async def found(self, who: str, channel: str, author: str) -> Seen:
        """Return the message in *channel* whose embed begins with the line *author*."""
        said = self.stage.channels[channel].history()
        return Seen(
            who,
            channel,
            next(
                each
                for each in reversed(said)
                if each.embeds and author in str(each.embeds[0].author.name)
            ),
        )

    async def take(self, name: str, seen: Seen, **changes: Any) -> None:
        """Take a picture of a message as whoever sees it has it on a phone."""
        if self._wanted and name not in self._wanted:
            return
        stage = self.stage
        if (stage.channel, stage.viewer) == (seen.channel, seen.who):
            address = await stage.address()
        else:
            address = await stage.show(seen.channel, seen.who)
        await self.shoot(name, address, **{"part": seen.part, **changes})

    async def shoot(self, name: str, address: str, **changes: Any) -> None:
        """Take a picture of a page."""
        if self._wanted and name not in self._wanted:
            return
        shot = Shot(address, str(self._folder / f"{name}.webp"), **{"width": PHONE, **changes})
        try:
            self.taken[name] = await self._camera.take(shot)
        except RuntimeError as fault:
            self.faults.append(str(fault))

    async def _slash(
        self, who: str, channel: str, command: str, options: dict[str, Any]
    ) -> simcord.InteractionResult:
        place = self.stage.channels[channel]
        return await self.person(who, channel).slash(place, command, **options)

    async def _done(self, who: str, channel: str, deed: Any, before: Seen | None = None) -> Seen:
        results: list[simcord.InteractionResult] = []

        async def act(_world: World, _bot: Samizdat) -> None:
            results.append(await deed())

        await self.stage.act(act)
        answer = results[0].response
        if answer is None:
            if before is None:
                raise RuntimeError(f"{who} was not answered in #{channel}")
            return Seen(who, channel, before.message)
        return Seen(who, channel, answer)


def _whole_id(components: Any, begun: str) -> str:
    for each in components:
        found = str(each.get("custom_id", ""))
        if found.startswith(begun):
            return found
        below = _whole_id(each.get("components", ()), begun)
        if below:
            return below
    return ""


@asynccontextmanager
async def open_room(folder: Path, wanted: set[str], data: Path) -> AsyncIterator[Room]:
    """Yield the sandbox, open, with a camera in it; pictures go to *folder*, data to *data*."""
    wall, port = StandingClock(), unused_port()
    settings = settings_of(Settings(data_dir=data))
    async with AsyncExitStack() as opened:
        camera = await opened.enter_async_context(Camera())
        world = await opened.enter_async_context(open_world(wall))
        clock = SandboxClock(world.env)
        stage = Stage(
            world,
            draw_portraits(),
            lambda: open_bot(settings, clock),
            wall=wall,
            port=0,
            lobby=f"http://127.0.0.1:{port}/",
        )
        press = Press(stage, port)
        await opened.enter_async_context(aclosing(stage))
        lobby = Lobby(stage, port, press).application()
        address = await opened.enter_async_context(served(lobby, port))
        await stage.start()
        await press.open()
        yield Room(stage, press, address, camera, folder, wanted)
