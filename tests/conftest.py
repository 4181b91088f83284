"""The bot in the Reading Room (see worlds.py): `services`, `bot` and `world`.

For what needs no Discord: `database`, with all the migrations, and a `clock` that stands.
"""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import simcord
from hypothesis import settings
from pydantic import SecretStr
from worlds import RoomClock, World, create_world, new_bot, write_seeds

from benchmarks.postgres_server import FORGETFUL, NoServerError, Server, now
from bot.app import Samizdat, Services
from bot.cards.fonts import open_shelf
from bot.compose import open_services
from bot.paths import project_folder
from bot.sandbox.clock import SandboxClock
from bot.settings import Settings
from bot.storage.database import Database, Place
from bot.sync import sync_commands

# A busy machine is no fault of what is tested; what must be quick has tests of its own.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# Every test has databases of its own, and a disk that must not lie takes milliseconds for each
# commit. What a killed process leaves is in the kernel's hands either way.
_MEMORY = Path("/dev/shm")
_ENOUGH = 2 * 1024**3
if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ENOUGH:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


PATIENCE = 20.0
"""Seconds the room waits for the bot; simcord's own five are few on a busy machine."""


class StandingClock:
    """Stands at one moment until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 7, 10, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def move(self, **span: float) -> None:
        self.moment += timedelta(**span)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL: its database `schema` has all the migrations, `bare` has nothing."""
    try:
        server = Server(FORGETFUL)
    except NoServerError as error:
        pytest.skip(str(error))
    try:
        server.create()
        now(server.say("CREATE DATABASE schema", "CREATE DATABASE bare"))
        now(_migrate(server.url("schema")))
        yield server
    finally:
        server.remove()


async def _migrate(url: SecretStr) -> None:
    async with Database.open(url, project_folder("migrations"), clock=StandingClock()):
        pass


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Where a community may be: whatever asks for it is proved on both engines."""
    if request.param == "sqlite":
        yield tmp_path / "data" / "community.sqlite"
        return
    server = request.getfixturevalue("server")
    now(server.empty("schema"))
    yield server.url("schema")


@pytest.fixture
async def database(place: Place, clock: StandingClock) -> AsyncIterator[Database]:
    async with Database.open(place, project_folder("migrations"), clock=clock) as opened:
        yield opened


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> SecretStr | None:
    """The server of `services`; None: they keep a file.

    What Discord shows is shown from a file alone, for the rows are the same on both engines
    (tests/storage/test_engines_agree.py). A test of services asks for `place` beside them, and is
    run on both (tests/meta/test_both_engines.py).
    """
    place = request.getfixturevalue("place") if "place" in request.fixturenames else None
    return place if isinstance(place, SecretStr) else None


@pytest.fixture
def room_clock() -> RoomClock:
    return RoomClock()


@pytest.fixture
async def services(
    tmp_path: Path, room_clock: RoomClock, database_url: SecretStr | None
) -> AsyncIterator[Services]:
    seeds = write_seeds(tmp_path / "seeds")
    settings = Settings(data_dir=tmp_path / "data", seeds_dirs=(seeds,), database_url=database_url)
    async with open_services(settings, room_clock) as opened:
        opened.duties.rest_by(room_clock.rest)
        opened.noticeboard.rest_by(room_clock.rest)
        yield opened


@pytest.fixture(scope="session")
def fonts() -> None:
    """The fonts, read once: a bot that starts reads them, and simcord waits five seconds for it."""
    open_shelf()


@pytest.fixture
def bot(services: Services, fonts: None) -> Samizdat:
    return new_bot(services)


@pytest.fixture
async def simcord_bot(bot: Samizdat) -> AsyncIterator[Samizdat]:
    """What simcord's own fixture `simcord_env` runs."""
    yield bot
    # simcord never closes a bot.
    await bot.close()


@pytest.fixture
async def world(simcord_env: simcord.Env, room_clock: RoomClock) -> AsyncIterator[World]:
    """The room with the bot in it; it follows restarts, `bot` and `simcord_env` do not."""
    room_clock.room = SandboxClock(simcord_env)
    simcord_env.settle_timeout = PATIENCE
    assert isinstance(simcord_env.bot, Samizdat)
    await sync_commands(simcord_env.bot)
    yield await create_world(simcord_env)
    await simcord_env.bot.close()
