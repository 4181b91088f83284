"""Two processes write to one PostgreSQL, and are killed at random moments."""

import os
import random
import signal
import time

import pytest

from bot.storage.database import Database
from tests.storage.entries import adding
from tests.storage.test_database_kills import opened_nursery

KILLS = 10


@pytest.fixture
def empty(bare):
    return bare


async def test_of_two_processes_that_are_killed_no_acknowledged_write_is_lost_or_done_twice(
    server, empty, migrations, clock
):
    url, chance = server.url(empty), random.Random(1917)
    acknowledged: set[str] = set()
    async with Database.open(url, migrations, clock=clock) as database:
        await database.write(adding("counter"))

        place = url.get_secret_value()
        with opened_nursery(place, migrations) as one, opened_nursery(place, migrations) as two:
            for number in range(KILLS):
                children = [each.born(f"count {number}{each is one}") for each in (one, two)]
                one.wait_for_a_write()
                time.sleep(chance.uniform(0, 0.05))  # noqa: ASYNC251 - nothing else runs here
                for child in children:
                    os.kill(child, signal.SIGKILL)
                acknowledged |= one.died()[0] | two.died()[0]

        rows = await database.fetch_all("SELECT name, amount FROM entry")
    saved = {row["name"]: row["amount"] for row in rows}
    counted = saved.pop("counter")
    assert len(acknowledged) > KILLS, "killed before anything was written: this proves nothing"
    assert acknowledged - saved.keys() == set()
    assert counted == len(saved), "what one process did, another undid"
