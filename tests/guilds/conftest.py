import pytest

from bot.guilds.repository import GuildRepository
from bot.guilds.service import Guilds


@pytest.fixture
def guilds(database, clock):
    return Guilds(GuildRepository(database), clock)
