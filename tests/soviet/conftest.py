"""One House, empty, on the real migrations."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from floor import Floor, SteadyClock, Stenographer

from bot.paths import project_folder
from bot.soviet.service import Soviet
from bot.storage.database import Database


@pytest.fixture
def community(tmp_path: Path) -> Path:
    return tmp_path / "community.sqlite"


@pytest.fixture
async def floor(community: Path) -> AsyncIterator[Floor]:
    clock, composer = SteadyClock(), Stenographer()
    async with Database.open(community, project_folder("migrations"), clock=clock) as database:
        yield Floor(Soviet.build(database, clock, composer), database, clock, composer)


@pytest.fixture
def soviet(floor: Floor) -> Soviet:
    return floor.soviet


@pytest.fixture
def clock(floor: Floor) -> SteadyClock:
    return floor.clock
