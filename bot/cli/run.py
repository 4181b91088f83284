"""`run`: the bot on Discord, from its settings to its last word."""

import asyncio
import logging
import signal
from argparse import Namespace
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

import aiohttp
import discord
from discord.http import Route

from bot.app import Samizdat
from bot.cli.canon import progress_bar
from bot.clock import Clock
from bot.compose import open_services
from bot.connection import Patience, waiting_time
from bot.errors import OperatorError, SettingsError
from bot.garbage import Garbage
from bot.health import HEALTHY_FILE, Health, serve
from bot.leases.cluster import TAKEN_OVER, joined
from bot.settings import Settings
from bot.storage.files import BACKUPS
from bot.storage.rotation import Backups
from bot.sync import sync_commands
from bot.ui.invite import invite_url
from cogs import EXTENSIONS

log = logging.getLogger(__name__)

_CLOSING = 4.0
"""Seconds for each of the two steps of closing, of the 10 that a stop may take."""
_PASSING = (discord.DiscordException, aiohttp.ClientError, OSError, RecursionError)
"""What Discord's absence can look like. Recursion: discord.py calls itself for every try."""
_WRONG_TOKEN = 4004
"""The gateway's close code for a token that is not, or no longer, valid."""

_LAST_WORD = 1.0
"""Seconds for Discord's own reason to arrive before ours is given."""

NOT_OURS = "Discord refuses this token. Copy it anew from the page “Bot” of your application."

HOW_TO_BEGIN = """\
There is no DISCORD_TOKEN, so there is no Discord to talk to.

  To look around without one:   make demo   (or: python -m bot sandbox)
  To run the bot for real:      create an application at
                                https://discord.com/developers/applications,
                                copy the token from its page “Bot”, and put it into a file
                                named .env:
                                DISCORD_TOKEN=…
                                README.md has the steps with the invite link."""


def run(_options: Namespace, settings: Settings, clock: Clock) -> int:
    """Run the bot until a signal ends it; return the exit code."""
    if settings.token is None:
        raise SettingsError(HOW_TO_BEGIN)
    return asyncio.run(_run(settings, settings.token.get_secret_value(), clock))


async def _run(settings: Settings, token: str, clock: Clock) -> int:
    stop = _stop_signal()
    if settings.discord_api is not None:
        # Everything of discord.py's goes there, interactions included; uploads of readers do not.
        Route.BASE = f"{settings.discord_api}/api/v{discord.http.INTERNAL_API_VERSION}"
    with progress_bar() as watch:
        async with open_services(settings, clock, watch, with_workers=True) as services:
            if (file := services.database.path) is not None:
                folder = settings.data_dir / BACKUPS
                services.duties.add("backup", Backups(file, folder, clock).run)
            bot = Samizdat(
                services,
                extensions=EXTENSIONS,
                dev_guild_id=settings.dev_guild_id,
                shard_count=settings.shard_count,
                shard_ids=settings.shard_ids,
            )
            garbage = Garbage()
            bot.add_listener(garbage.on_ready)
            cluster = joined(services.keeper, services.duties, settings.shard_ids)
            async with cluster as ousted, _watched(bot, settings):
                await services.archives.common.rehearse()
                garbage.settle()
                await serve_until(stop, bot, token, ousted)
    return 0


@asynccontextmanager
async def _watched(bot: Samizdat, settings: Settings) -> AsyncIterator[None]:
    """Watch how the process is, and tell whoever asks on HEALTH_PORT.

    Raises:
        OperatorError: the port is taken.
    """
    services = bot.services
    health = Health(services.clock, services.duties, bot.link, settings.data_dir / HEALTHY_FILE)
    bot.health = health
    watching = asyncio.create_task(health.watch(), name="health")
    runner = None
    try:
        if settings.health_port is not None:
            try:
                runner = await serve(health, settings.health_port)
            except OSError as error:
                raise OperatorError(
                    f"HEALTH_PORT {settings.health_port} cannot be used: {error.strerror}."
                ) from None
        yield
    finally:
        watching.cancel()
        if runner is not None:
            await runner.cleanup()


def _stop_signal() -> asyncio.Event:
    """Return the event that SIGINT or SIGTERM sets."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, stop.set)
        except NotImplementedError:  # Windows: Ctrl-C raises KeyboardInterrupt instead
            break
    return stop


async def serve_until(
    stop: asyncio.Event, bot: Samizdat, token: str, ousted: asyncio.Event | None = None
) -> None:
    """Be on Discord until *stop* is set, whatever is being waited for then.

    Raises:
        OperatorError: Discord does not let the bot in, or another process took over (*ousted*).
    """
    serving = asyncio.create_task(_serve(bot, token), name="discord")
    stopped = asyncio.create_task(stop.wait(), name="stop")
    # Asked on with a token that was revoked, Discord bans the address.
    revoked = asyncio.create_task(bot.breaker.token_refused.wait(), name="revoked")
    replaced = asyncio.create_task((ousted or asyncio.Event()).wait(), name="ousted")
    ends = {serving, stopped, revoked, replaced}
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    if revoked.done() and not serving.done():
        await asyncio.wait({serving}, timeout=_LAST_WORD)
    for waiting in (stopped, revoked, replaced):
        waiting.cancel()
    if ended_by_itself := serving.done():
        log.warning("Discord let us go")
    else:
        log.info("closing")
    # A closed client goes on trying to connect, so that is ended first. And a Discord that has gone
    # silent must not keep the process: asyncio.run ends what does not end in time.
    serving.cancel()
    await asyncio.wait({serving}, timeout=_CLOSING)
    await asyncio.wait({asyncio.create_task(bot.close(), name="closing")}, timeout=_CLOSING)
    if ended_by_itself:
        _tell(serving)
    if bot.breaker.token_refused.is_set():
        raise OperatorError(NOT_OURS)
    if ousted is not None and ousted.is_set():
        raise OperatorError(TAKEN_OVER)


async def _serve(bot: Samizdat, token: str) -> None:
    await _until_it_lasts(bot, partial(bot.login, token))
    if bot.application_id is not None:
        log.info("to add the bot to a server: %s", invite_url(bot.application_id))
    await sync_commands(bot)
    await _until_it_lasts(bot, bot.connect)


async def _until_it_lasts(bot: Samizdat, step: Callable[[], Awaitable[None]]) -> None:
    """Take *step*, and again while Discord cannot be reached: nobody is woken to restart a bot."""
    patience = Patience()
    while True:
        try:
            return await step()
        except _PASSING as error:
            wait = waiting_time(error, patience)
            if wait is None:
                raise
            log.warning("Discord cannot be reached, trying again in %.0f s: %s", wait, error)
        # What a failed login leaves behind would be in the way of the next.
        if bot.user is None:
            await bot.http.close()
            bot.http.connector = discord.utils.MISSING
        await asyncio.sleep(wait)


def _tell(serving: asyncio.Task[None]) -> None:
    """Say in words why the bot is not on Discord any more."""
    try:
        serving.result()
    except discord.PrivilegedIntentsRequired as error:
        raise OperatorError(str(error)) from None
    except (discord.LoginFailure, discord.ConnectionClosed) as error:
        if isinstance(error, discord.ConnectionClosed) and error.code != _WRONG_TOKEN:
            raise OperatorError(f"Discord closed the connection: {error}.") from error
        raise OperatorError(NOT_OURS) from None
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        raise OperatorError(f"Discord does not let us in: {error}.") from error
