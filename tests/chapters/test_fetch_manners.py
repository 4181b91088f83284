"""One request at a time to a host, a pause after it, and nobody waits for another's host."""

import asyncio
from itertools import pairwise

from bot.chapters.manners import Manners


class Visits:
    """Who was at which host from when to when."""

    def __init__(self, manners):
        self.manners = manners
        self.stays = []

    async def visit(self, host, gap, stay=0.0):
        loop = asyncio.get_running_loop()
        async with self.manners.turn(host, gap):
            begin = loop.time()
            await asyncio.sleep(stay)
            self.stays.append((host, begin, loop.time()))


async def test_a_host_is_asked_by_one_at_a_time_with_a_pause_between():
    visits = Visits(Manners())

    await asyncio.gather(*(visits.visit("a", 0.05, 0.02) for _ in range(4)))

    assert all(later[1] - sooner[2] >= 0.049 for sooner, later in pairwise(visits.stays))


async def test_waiting_for_one_host_holds_up_no_other():
    visits = Visits(Manners())
    await visits.visit("slow", 60)
    waiting = asyncio.create_task(visits.visit("slow", 60))

    async with asyncio.timeout(5):
        await asyncio.gather(*(visits.visit(f"host {n}", 60) for n in range(600)))

    assert not waiting.done()
    waiting.cancel()
    await asyncio.wait({waiting})


async def test_a_visit_that_fails_or_is_called_off_frees_the_host():
    manners = Manners()
    visits = Visits(manners)
    staying = asyncio.create_task(visits.visit("a", 0, 60))
    queueing = asyncio.create_task(visits.visit("a", 0, 60))
    await asyncio.sleep(0.01)
    for task in (queueing, staying):
        task.cancel()
    await asyncio.wait({staying, queueing})

    async with asyncio.timeout(5):
        await visits.visit("a", 0)


async def test_the_hosts_of_long_ago_are_forgotten_and_the_busy_ones_are_not():
    manners = Manners()
    visits = Visits(manners)
    await visits.visit("resting", 60)

    for number in range(2_000):
        await visits.visit(f"host {number}", 0)

    assert len(manners._hosts) < 600
    assert "resting" in manners._hosts
