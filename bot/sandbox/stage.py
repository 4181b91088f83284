"""The running simulation: one world, one bot on it, one channel shown, and a clock that goes.

simcord does one thing at a time and refuses, rather than queues, a second one. What a visitor does
on the page of the room is such a thing, and when it is refused that page gives up for good; so the
page's actions and everything here go through one lock.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from datetime import datetime, timedelta
from typing import Any

import discord
import simcord

from bot.app import Samizdat
from bot.clock import Clock
from bot.sandbox.world import World, hang_up_portraits, picture_addresses
from bot.sync import sync_commands

_log = logging.getLogger(__name__)

BotOpener = Callable[[], AbstractAsyncContextManager[Samizdat]]
"""Yields a bot that has never run, with its data open; leaving closes both."""

Deed = Callable[[World, Samizdat], Awaitable[None]]

# A jump settles all the work that falls into it, so a laptop that slept overnight catches up in
# steps between which the page stays usable.
_LONGEST_STEP = timedelta(hours=1)

# What discord.py calls its tasks for a command, a button or a modal, and an event.
_ANSWERING = ("CommandTree-", "discord-ui-", "discord.py:")

# A refresh makes every page fetch itself anew, and until it has, what is pressed there is refused
# as out of date: so none while somebody is typing or turning pages.
_QUIET = timedelta(seconds=3)


_MOST_MESSAGES = 6
_LINK = re.compile(r"\[([^\]]*)\]\(<[^>]*>\)")


class SandboxClock:
    """The clock of the simulation, for the bot's services."""

    def __init__(self, env: simcord.Env) -> None:
        self.env = env

    def now(self) -> datetime:
        """Return the simulated moment, aware, in UTC."""
        return self.env.now()


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
    ) -> None:
        self.world = world
        self.pictures = pictures
        self.channel = "lounge"
        self._env = world.env
        self._open_bot = open_bot
        self._wall = wall
        self._ahead = timedelta()
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

    async def start(self) -> None:
        """Bring the first bot into a world that has stood without one so far, and open the room."""
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

    async def skip(self, span: timedelta) -> None:
        """Let *span* (an hour at most) pass at once, and all that falls due in it happen.

        Raises:
            TimeoutError: that took too long; what was not reached is made up for by and by.
        """
        async with self._lock:
            self._ahead += span
            await self._catch_up()

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

    def messages(self) -> tuple[discord.Message, ...]:
        """Return what people last said in the channel that is shown, the newest first."""
        said = self.world.channels[self.channel].history()
        return tuple(each for each in reversed(said) if not each.author.bot)[:_MOST_MESSAGES]

    async def use_menu(self, who: str, menu: str, message_id: int) -> str:
        """Let somebody use a message menu of the bot; return what they were answered.

        Raises:
            LookupError: no such person or message is in the channel that is shown.
            SetupError: the bot has no such menu.
        """
        person = next((each for each in self.world.people if each.name == who), None)
        message = next((each for each in self.messages() if each.id == message_id), None)
        if person is None or message is None:
            raise LookupError(who)
        async with self._lock:
            channel = self.world.channels[self.channel]
            result = await person.context_menu(channel, menu, message)
            await self._refresh()
        answer = result.response
        if answer is None or not answer.content:
            return "No answer came."
        if answer.attachments:
            return "The card hangs in the room."
        seen = f"Only {person.name.title()} sees: " if answer.ephemeral else ""
        return seen + _LINK.sub(r"\1", answer.content).replace("**", "").partition("\n")[0]

    async def show(self, channel: str) -> str:
        """Show *channel* (a name of the world's) instead of the present one; return its address.

        The address holds a credential of its own and stays true until another channel is shown.
        """
        async with self._door:
            self.channel = channel
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
            await self._catch_up()
            changed = len(self._env.http_requests) != self._requests_shown
            if changed and self._wall.now() - self._acted > _QUIET:
                await self._refresh()

    @staticmethod
    def _cut_short() -> None:
        """Break off what the bot is at: a command that hangs would have to be waited for."""
        for task in asyncio.all_tasks():
            if task.get_name().startswith(_ANSWERING):
                task.cancel()

    async def _catch_up(self) -> None:
        due = self._wall.now() + self._ahead - self._env.now()
        step = min(due, _LONGEST_STEP).total_seconds()
        if step > 0:
            await self._env.advance_time(step)

    async def _bring_on_bot(self) -> None:
        async with AsyncExitStack() as opened:
            bot = await opened.enter_async_context(self._open_bot())
            bot.services.duties.rest_by(self._let_rest)
            bot.services.noticeboard.rest_by(self._let_rest)
            # Never without an argument: simcord would keep the old bot's views alive.
            await self._env.restart_bot(bot)
            await sync_commands(bot)
            self._bot = opened.pop_all()
        await self._refresh()

    async def _let_rest(self, nap: Awaitable[None]) -> None:
        # Else simcord waits in real time for naps that end before its patience does.
        await self._env.external_wait(nap, reason="a duty rests")

    async def _open_preview(self) -> str:
        if self._preview is not None:
            # Outside the lock, for it waits for what is being answered, and that needs the lock.
            await self._preview.close()
        async with self._lock:
            preview = self._env.preview(
                self.world.channels[self.channel],
                viewers=self.world.people,
                layout="channel",
                locale="en-GB",
                assets=picture_addresses(self.world, self._bot_id(), self.pictures),
                port=self._port,
            )
            self._lock_actions(preview)
            self._preview = await preview.__aenter__()
            return self._preview.url

    def _lock_actions(self, preview: simcord.Preview) -> None:
        """Let whatever a page of *preview* asks for wait for its turn."""
        act = preview._action  # noqa: SLF001 - simcord has no public place to wait in

        async def act_in_turn(context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
            async with self._lock:
                self._acted = self._wall.now()
                return await act(context_id, body)

        preview._action = act_in_turn  # type: ignore[method-assign] # noqa: SLF001

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
