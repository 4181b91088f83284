"""An outbox over a real database, a Discord that obeys, and the relay between them."""

import pytest

from benchmarks.fake_discord import FakeDiscord
from bot.clock import instant
from bot.outbox.leases.repository import OutboxRepository
from bot.outbox.models import SEND, Post
from bot.outbox.relay import Relay
from bot.outbox.repository import enqueue


@pytest.fixture
def discord(clock):
    return FakeDiscord(clock)


@pytest.fixture
def relay(database, clock, discord):
    relay = Relay(OutboxRepository(database), clock, seconds_between=0)
    relay.attach(discord)
    return relay


@pytest.fixture
def put(database, clock):
    async def put(*posts):
        async def operation(tx):
            return [await enqueue(tx, post, instant(clock.now())) for post in posts]

        return await database.write(operation)

    return put


@pytest.fixture
def states(database):
    async def states():
        rows = await database.fetch_all("SELECT state FROM outbox ORDER BY id")
        return [row["state"] for row in rows]

    return states


@pytest.fixture
def post():
    def post(number=1, channel=5, **more):
        step = more.pop("step", SEND)
        body = more.pop("body", {"content": f"Chapter {number}"})
        return Post(f"chapter:{number}", step, 1, channel, body, **more)

    return post
