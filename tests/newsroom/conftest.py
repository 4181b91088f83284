"""`desk`: the newsroom between a fake host of feeds and a fake Discord."""

import pytest
from newsroom.desk import ADMIN, ADMINS, FEED, GUILD, Desk

from bot.clock import instant
from bot.guilds.models import Choice
from bot.guilds.repository import GuildRepository


@pytest.fixture
async def desk(database, clock):
    await GuildRepository(database).put(
        GUILD, Choice.ADMIN_CHANNEL, str(ADMINS), ADMIN, instant(clock.now())
    )
    return Desk(database, clock)


@pytest.fixture
async def story(desk):
    return await desk.story()


@pytest.fixture
async def followed(desk, story):
    for number in range(1, 4):
        desk.feeds.drop(FEED, f"Chapter {number}: Before")
    await desk.follow(story)
    return story
