"""One House, empty, on the real migrations."""

from collections.abc import AsyncIterator

import pytest
from floor import Floor, SteadyClock, Stenographer

from bot.paths import project_folder
from bot.soviet.service import Soviet
from bot.storage.database import Database, Place


@pytest.fixture
def community(place: Place) -> Place:
    return place


@pytest.fixture
async def floor(community: Place) -> AsyncIterator[Floor]:
    clock, composer = SteadyClock(), Stenographer()
    async with Database.open(community, project_folder("migrations"), clock=clock) as database:
        yield Floor(Soviet.build(database, clock, composer), database, clock, composer)


@pytest.fixture
def soviet(floor: Floor) -> Soviet:
    return floor.soviet


@pytest.fixture
def clock(floor: Floor) -> SteadyClock:
    return floor.clock
