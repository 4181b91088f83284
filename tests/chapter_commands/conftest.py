"""The Reading Room with a story's role, and with feeds that a test writes."""

import pytest
from worlds import write_seeds

from benchmarks.fake_feeds import FakeFeeds
from bot.compose import open_services
from bot.errors import BotError
from bot.settings import Settings

FEED = "https://red.wordpress.com/feed/"


@pytest.fixture
def feeds(room_clock):
    return FakeFeeds(room_clock)


@pytest.fixture
async def services(tmp_path, room_clock, feeds):
    settings = Settings(data_dir=tmp_path / "data", seeds_dirs=(write_seeds(tmp_path / "seeds"),))
    async with open_services(settings, room_clock, reader=feeds) as opened:
        opened.duties.rest_by(room_clock.rest)
        yield opened


@pytest.fixture(autouse=True)
async def refusals(world):
    """Whatever was refused in the test was refused in words, to a reader."""
    yield
    for error in world.env.errors:
        assert isinstance(error.__cause__ or error, BotError)


@pytest.fixture
def role(world):
    return world.guild.create_role("Red readers", mentionable=True)


@pytest.fixture
def news(world):
    return world.channels["announcements"]


@pytest.fixture
def lounge(world):
    return world.channels["lounge"]


@pytest.fixture
def text_of():
    """Return what an answer says, all of it."""

    def text_of(result):
        message = result.response
        parts = [message.content or ""]
        for embed in message.embeds:
            parts += [embed.title or "", embed.description or "", embed.footer.text or ""]
            parts += [f"{field.name}\n{field.value}" for field in embed.fields]
        return "\n".join(parts)

    return text_of


@pytest.fixture
async def followed(world, feeds, lounge, news, role):
    """A story with three chapters that were there before."""
    for number in range(1, 4):
        feeds.drop(FEED, f"Chapter {number}")
    await world.admin.slash(lounge, "story add", title="Red Orchestra", author="Clio")
    await world.admin.slash(lounge, "story edit", story="Red Orchestra", channel=news, role=role)
    await world.admin.slash(lounge, "feed add", story="red orchestra", url=FEED)
    return world
