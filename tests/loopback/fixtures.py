"""`standin`, `journal` and `open_bureau`, the bot in front of the stand-in."""

import asyncio
import logging
from contextlib import asynccontextmanager

import discord
import pytest
import yarl
from loopback.journal import Journal
from loopback.payloads import TOKEN
from loopback.punctuality import late
from loopback.seeds import write_seeds
from loopback.standin import Standin

import bot.cli.run
from bot.app import Samizdat
from bot.clock import UtcClock
from bot.compose import open_services
from bot.settings import Settings
from bot.sync import sync_commands
from cogs import EXTENSIONS


@pytest.fixture
async def standin(monkeypatch):
    async with Standin() as standin:
        monkeypatch.setattr(discord.http.Route, "BASE", standin.base)
        gateway = yarl.URL(standin.gateway.url)
        monkeypatch.setattr(discord.Asset, "BASE", f"http://127.0.0.1:{standin.port}/cdn")
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
        yield standin
        assert standin.own_faults == [], "the stand-in does not talk like Discord"


@pytest.fixture
async def journal():
    """Everything logged; the token must never be in it, not even before the redactor."""
    journal, root = Journal(), logging.getLogger()
    level = root.level
    root.addHandler(journal)
    root.setLevel(logging.INFO)
    yield journal
    root.setLevel(level)
    root.removeHandler(journal)
    for secret in (TOKEN, TOKEN.rpartition(".")[2], "aW50ZXJhY3Rpb246"):
        assert secret not in journal.text


@pytest.fixture
def prepare(tmp_path, fonts):
    """Return what makes a bot that has not logged in: `async with prepare() as bot`."""

    @asynccontextmanager
    async def prepared(*, seeds=None, extensions=EXTENSIONS, guild=None, shards=None, **chosen):
        count, own = shards or (None, None)
        seeds = seeds or tmp_path / "seeds"
        if not seeds.exists():
            write_seeds(seeds)
        settings = Settings(data_dir=tmp_path / "data", seeds_dirs=(seeds,), **chosen)
        async with (
            open_services(settings, UtcClock()) as services,
            Samizdat(
                services,
                extensions=extensions,
                dev_guild_id=guild,
                shard_count=count,
                shard_ids=own,
            ) as bot,
        ):
            yield bot

    return prepared


@pytest.fixture
def open_bureau(standin, journal, prepare):
    """Return what starts the bot: `async with open_bureau() as bot`; again on the same data."""

    @asynccontextmanager
    async def opened(**options):
        async with prepare(**options) as bot:
            await bot.login(TOKEN)
            await sync_commands(bot)
            connected = asyncio.create_task(bot.connect())
            async with asyncio.timeout(10):
                await standin.gateway.connected.wait()
            yield bot
            await bot.close()
            await connected

    return opened


@pytest.fixture
async def bureau(standin, open_bureau):
    """The bot at work, held to what must be true of everything it sends."""
    async with open_bureau() as bot:
        yield bot
    assert standin.violations == []
    assert late(standin) == []


@pytest.fixture
def vera(standin):
    return standin.reader("vera")


@pytest.fixture
def ivan(standin):
    return standin.reader("ivan")


@pytest.fixture
def unhurried(monkeypatch):
    """Let a reader have card after card: the test is about something else."""
    monkeypatch.setattr("bot.quotes.pace.Pace.check", lambda _pace, _user_id: None)


@pytest.fixture
def no_waiting(monkeypatch):
    """Let discord.py's pauses between its retries (25 s for one request) pass at once."""

    class Hasty:
        def __getattr__(self, name):
            return getattr(asyncio, name)

        @staticmethod
        async def sleep(_seconds):
            await asyncio.sleep(0)

    for module in (discord.http, discord.webhook.async_, discord.client, bot.cli.run):
        monkeypatch.setattr(module, "asyncio", Hasty())
