"""`run`: the bot on Discord, from its settings to its last word."""

import asyncio
import logging
import signal
from argparse import Namespace

import aiohttp
import discord

from bot.app import Samizdat
from bot.cli.canon import progress_bar
from bot.clock import Clock
from bot.compose import open_services
from bot.errors import OperatorError, SettingsError
from bot.settings import Settings
from bot.sync import sync_commands
from cogs import EXTENSIONS

log = logging.getLogger(__name__)

HOW_TO_BEGIN = """\
There is no DISCORD_TOKEN, so there is no Discord to talk to.

  To look around without one:   make demo   (or: python -m bot sandbox)
  To run the bot for real:      create an application at
                                https://discord.com/developers/applications,
                                copy the token from its page “Bot”, and put it into a file named .env:
                                DISCORD_TOKEN=…
                                README.md has the steps with the invite link."""


def run(_options: Namespace, settings: Settings, clock: Clock) -> int:
    """Run the bot until a signal ends it; return the exit code."""
    if settings.token is None:
        raise SettingsError(HOW_TO_BEGIN)
    return asyncio.run(_run(settings, settings.token.get_secret_value(), clock))


async def _run(settings: Settings, token: str, clock: Clock) -> int:
    with progress_bar() as watch:
        async with open_services(settings, clock, watch) as services:
            bot = Samizdat(
                services,
                extensions=EXTENSIONS,
                dev_guild_id=settings.dev_guild_id,
                shard_count=settings.shard_count,
                shard_ids=settings.shard_ids,
            )
            async with bot:
                await _until_stopped(bot, token)
    return 0


async def _until_stopped(bot: Samizdat, token: str) -> None:
    """Log in, tell Discord the commands and stay until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, stop.set)
        except NotImplementedError:  # Windows: Ctrl-C raises KeyboardInterrupt instead
            break
    try:
        await bot.login(token)
        await sync_commands(bot)
        connected = asyncio.create_task(bot.connect(), name="gateway")
        stopped = asyncio.create_task(stop.wait(), name="stop")
        done, _ = await asyncio.wait({connected, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if connected in done:
            connected.result()
        log.info("closing")
        await bot.close()
        await asyncio.gather(connected, return_exceptions=True)
    except discord.LoginFailure:
        raise OperatorError(
            "Discord refuses this token. Copy it anew from the page “Bot” of your application."
        ) from None
    except discord.PrivilegedIntentsRequired as error:
        raise OperatorError(str(error)) from None
    except (discord.DiscordServerError, aiohttp.ClientError, OSError) as error:
        raise OperatorError(
            f"Discord cannot be reached: {error}. Try again in a minute."
        ) from error
