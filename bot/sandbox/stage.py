"""The running simulation: one world, one bot on it, one channel shown, and a clock that goes.

simcord does one thing at a time and refuses, rather than queues, a second one. What a visitor does
on the page of the room is such a thing, and when it is refused that page gives up for good; so the
page's actions and everything here go through one lock.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from datetime import datetime, timedelta
from typing import Any

import discord
import simcord
from discord import app_commands

from bot.app import Samizdat
from bot.clock import Clock
from bot.sandbox.annex import Annex, found_annex
from bot.sandbox.clock import SimulatedTime
from bot.sandbox.dress import Signs, dress, let_embeds_speak
from bot.sandbox.world import FORUM, READERS, World, hang_up_portraits, picture_addresses
from bot.sync import sync_commands

_log = logging.getLogger(__name__)

BotOpener = Callable[[], AbstractAsyncContextManager[Samizdat]]
"""Yields a bot that has never run, with its data open; leaving closes both."""

Deed = Callable[[World, Samizdat], Awaitable[None]]

# What discord.py calls its tasks for a command, a button or a modal, and an event.
_ANSWERING = ("CommandTree-", "discord-ui-", "discord.py:")

# A refresh makes every page fetch itself anew, and until it has, what is pressed there is refused
# as out of date: so none while somebody is typing or turning pages.
_QUIET = timedelta(seconds=3)


class Stage:
    """What the lobby can do to the simulation. Open it by `start`, end it by `aclose`."""

    def __init__(
        self,
        world: World,
        pictures: Mapping[str, bytes],
        open_bot: BotOpener,
        *,
        wall: Clock,
        port: int,
        lobby: str = "/",
    ) -> None:
        self.world = world
        self.annex: Annex | None = None
        self.pictures = pictures
        self.channel = "lounge"
        self.viewer = READERS[0].key
        self.noted: set[str] = set()
        """What was done of which the bot keeps nothing: commands by name, and "restart"."""
        self._lobby = lobby
        self._env = world.env
        self._open_bot = open_bot
        self._wall = wall
        self._time = SimulatedTime(world.env, wall)
        self._port = port
        self._lock = asyncio.Lock()
        self._door = asyncio.Lock()
        self._bot = AsyncExitStack()
        self._preview: simcord.Preview | None = None
        self._requests_shown = 0
        self._acted = wall.now()

    def now(self) -> datetime:
        """Return the simulated moment, aware, in UTC."""
        return self._env.now()

    @property
    def bot(self) -> Samizdat | None:
        """The bot that is in the room; none while it is away."""
        bot = self._env.bot
        return bot if isinstance(bot, Samizdat) and not bot.is_closed() else None

    @property
    def channels(self) -> Mapping[str, simcord.ChannelHandle]:
        """Every channel that can be shown, by name: those of the room, then those of the annex."""
        return {**self.world.channels, **(self.annex.channels if self.annex else {})}

    @property
    def people(self) -> tuple[simcord.MemberActor, ...]:
        """Who is in the server of the channel that is shown; whoever looks comes first."""
        annex = self._shown_annex()
        known = annex.people if annex else self.world.people
        return tuple(sorted(known, key=lambda each: each.name != self.viewer))

    async def start(self) -> None:
        """Bring the first bot into a world that has stood without one so far, and open the room."""
        let_embeds_speak()
        hang_up_portraits(self.world, self.pictures)
        async with self._lock:
            await self._bring_on_bot()
        await self.show(self.channel)

    async def aclose(self) -> None:
        """Close the room's page, the bot and its data; the world itself is simcord's to end."""
        self._cut_short()
        if self._preview is not None:
            await self._preview.close()
        await self._bot.aclose()

    async def restart(self) -> None:
        """Close the bot and its data, then start a new bot on the same data and the same world.

        Raises:
            OperatorError: the data cannot be opened again; the room is without a bot.
        """
        self._cut_short()
        async with self._lock:
            await self._bot.aclose()
            await self._bring_on_bot()
            self.noted.add("restart")

    async def skip(self, span: timedelta) -> None:
        """Let *span* pass at once, and all that falls due in it happen.

        Raises:
            TimeoutError: that took too long; what was not reached is made up for by and by.
        """
        self._time.skip(span)
        async with self._lock:
            await self._time.catch_up()
            await self._refresh()

    async def act(self, deed: Deed) -> None:
        """Do *deed* with the world and the bot that is in it, in turn with everything else.

        Raises:
            TypeError: there is no bot of ours in it.
        """
        async with self._lock:
            bot = self._env.bot
            if not isinstance(bot, Samizdat):
                raise TypeError("the room is without its bot")
            await deed(self.world, bot)
            await self._refresh()

    async def found_annex(self) -> None:
        """Found the second server, which the bot is then added to; once."""
        async with self._lock:
            if self.annex is None:
                self.annex = found_annex(self.world)
                await self._env.settle()

    async def show(self, channel: str, viewer: str | None = None) -> str:
        """Show *channel* instead of the present one, as somebody; return its address.

        The address holds a credential of its own and stays true until another channel is shown.
        """
        async with self._door:
            self.channel = channel
            self.viewer = viewer or self.viewer
            return await self._open_preview()

    async def address(self) -> str:
        """Return the address of the channel that is shown, showing it again if it was closed."""
        async with self._door:
            if self._preview is not None:
                # "End preview session" in the room's own menu closes it behind our back.
                with suppress(simcord.SetupError):
                    return self._preview.url
            return await self._open_preview()

    async def run_clock(self) -> None:
        """Move the simulated clock with the real one, and show what changed; never returns."""
        while True:
            await asyncio.sleep(1)
            try:
                await self.tick()
            except TimeoutError as error:
                # What was reached is kept, and the next tick goes on from there.
                _log.warning("the simulated clock fell behind: %s", error)

    async def tick(self) -> None:
        """Catch up with the real clock; show what the bot did unless somebody is busy there."""
        async with self._lock:
            await self._time.catch_up()
            changed = len(self._env.http_requests) != self._requests_shown
            if changed and self._wall.now() - self._acted > _QUIET:
                await self._refresh()

    @staticmethod
    def _cut_short() -> None:
        """Break off what the bot is at: a command that hangs would have to be waited for."""
        for task in asyncio.all_tasks():
            if task.get_name().startswith(_ANSWERING):
                task.cancel()

    async def _bring_on_bot(self) -> None:
        async with AsyncExitStack() as opened:
            bot = await opened.enter_async_context(self._open_bot())
            bot.services.duties.rest_by(self._let_rest)
            bot.services.noticeboard.rest_by(self._let_rest)
            # It takes its time, and simcord waits five seconds for a bot's start.
            await bot.services.painter.warm_up()
            bot.add_listener(self._note, "on_app_command_completion")
            # Never without an argument: simcord would keep the old bot's views alive.
            await self._env.restart_bot(bot)
            await sync_commands(bot)
            self._bot = opened.pop_all()
        await self._refresh()

    async def _note(
        self,
        _interaction: discord.Interaction[Any],
        command: app_commands.Command[Any, ..., Any] | app_commands.ContextMenu,
    ) -> None:
        self.noted.add(command.qualified_name)

    def _shown_annex(self) -> Annex | None:
        annex = self.annex
        return annex if annex is not None and self.channel in annex.channels else None

    async def _let_rest(self, nap: Awaitable[None]) -> None:
        # Else simcord waits in real time for naps that end before its patience does.
        await self._env.external_wait(nap, reason="a duty rests")

    async def _open_preview(self) -> str:
        if self._preview is not None:
            # Outside the lock, for it waits for what is being answered, and that needs the lock.
            await self._preview.close()
        async with self._lock:
            preview = self._env.preview(
                self.channels[self.channel],
                viewers=self.people,
                layout="channel",
                locale="en-GB",
                assets=picture_addresses(self.world, self._bot_id(), self.pictures),
                port=self._port,
            )
            dress(preview, self._signs())
            self._lock_actions(preview)
            self._preview = await preview.__aenter__()
            return self._preview.url

    def _lock_actions(self, preview: simcord.Preview) -> None:
        """Let whatever a page of *preview* asks for wait for its turn."""
        act = preview._action  # noqa: SLF001 - simcord has no public place to wait in

        async def act_in_turn(context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
            async with self._lock:
                self._acted = self._wall.now()
                self._follow_viewer(body)
                return await act(context_id, body)

        preview._action = act_in_turn  # type: ignore[method-assign] # noqa: SLF001

    def _follow_viewer(self, body: Mapping[str, Any]) -> None:
        """Remember whom a visitor has become in the room, for the next channel they enter."""
        if body.get("kind") == "viewer":
            chosen = [each for each in self.people if str(each.id) == str(body.get("viewer_id"))]
            self.viewer = chosen[0].name if chosen else self.viewer

    def _signs(self) -> Signs:
        annex = self._shown_annex()
        server, known = (
            (annex.guild.name, annex.channels)
            if annex
            else (self.world.guild.name, self.world.channels)
        )
        shown = [name for name in known if name != FORUM]
        return Signs(server, shown, self.channel, self._lobby)

    def _bot_id(self) -> int:
        user = self._env.bot.user
        if user is None:
            raise RuntimeError("the bot of the simulation is not logged in")
        return user.id

    async def _refresh(self) -> None:
        self._requests_shown = len(self._env.http_requests)
        if self._preview is None:
            return
        try:
            await self._preview.refresh()
        except simcord.SetupError as error:
            if "not active" not in str(error):
                raise
            self._preview = None
