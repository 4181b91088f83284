"""The house of the sandbox: puts world, bot, room and lobby together and keeps them running."""

import asyncio
import logging
import tempfile
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import discord
import simcord
from aiohttp import web

from bot.app import Samizdat
from bot.clock import Clock, UtcClock
from bot.compose import open_services
from bot.sandbox.clock import SandboxClock
from bot.sandbox.lobby import Lobby
from bot.sandbox.portraits import draw_portraits
from bot.sandbox.press import Press, settings_of
from bot.sandbox.stage import Stage
from bot.sandbox.world import World, create_world
from bot.settings import Settings
from cogs import EXTENSIONS

# The talk in the room is from the last hour and a half, as if one had just come in.
_TALK = timedelta(hours=2)
_PACE = timedelta(minutes=7)

# The longest that one operation may take, a skipped hour among them.
_SETTLE_SECONDS = 30


async def keep_house(
    settings: Settings, port: int, say: Callable[[str], None], *, open_browser: bool
) -> None:
    """Serve the lobby on *port* and the room on the next, both free, until cancelled."""
    # At INFO it says that it logs in with a token, and here there is none.
    logging.getLogger("discord.client").setLevel(logging.WARNING)
    wall = UtcClock()
    pictures = await asyncio.to_thread(draw_portraits)
    with tempfile.TemporaryDirectory(prefix="samizdat-sandbox-") as folder:
        own = settings_of(Settings(data_dir=Path(folder), seeds_dirs=settings.seeds_dirs))
        async with open_world(wall) as world:
            clock = SandboxClock(world.env)
            stage = Stage(
                world,
                pictures,
                lambda: open_bot(own, clock),
                wall=wall,
                port=port + 1,
                lobby=f"http://127.0.0.1:{port}/",
            )
            press = Press(stage, port)
            lobby = Lobby(stage, port, press).application()
            async with aclosing(stage), served(lobby, port) as address:
                await stage.start()
                await press.open()
                say(f"The Reading Room is open: {address}")
                say("A simulated Discord with the real bot in it; nothing of it is kept.")
                say("Ctrl-C ends it.")
                if open_browser:
                    # Some of the browsers it may find return only when they are closed.
                    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
                await stage.run_clock()


@asynccontextmanager
async def open_bot(settings: Settings, clock: SandboxClock) -> AsyncIterator[Samizdat]:
    """Open the data that *settings* name and yield a new bot on them; close both in the end."""
    async with open_services(settings, clock) as services:
        bot = Samizdat(services, extensions=EXTENSIONS)
        try:
            yield bot
        finally:
            await bot.close()


@asynccontextmanager
async def open_world(wall: Clock) -> AsyncIterator[World]:
    """Yield the room as it is at *wall*'s moment: founded, talked in, and still without its bot."""
    # Nothing here speaks, so nobody need be told what it would take.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    nobody = discord.AutoShardedClient(intents=discord.Intents(guilds=True), shard_count=1)
    running = simcord.run(nobody, shard_count=1, check_errors=False, settle_timeout=_SETTLE_SECONDS)
    async with running as env:
        # simcord's own first moment is the first of January 2026.
        await _advance(env, wall.now() - _TALK)
        world = await create_world(env, pace=_PACE)
        await _advance(env, wall.now())
        yield world


async def _advance(env: simcord.Env, moment: datetime) -> None:
    # A computer whose clock is before simcord's first moment stays at that moment.
    await env.advance_time(max(0.0, (moment - env.now()).total_seconds()))


@asynccontextmanager
async def served(application: web.Application, port: int) -> AsyncIterator[str]:
    """Serve *application* on loopback and yield its address."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield f"http://127.0.0.1:{port}/"
    finally:
        await runner.cleanup()
