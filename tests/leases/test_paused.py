"""A process that is paused (SIGSTOP) until another has taken over, and wakes believing it holds.

Real processes on one PostgreSQL, with leases of 2.5 s in the place of 16 s: what is paused for
longer than its lease finds the same whether it slept for four seconds or for sixty.
"""

import asyncio
import json
import os
import signal
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from leases.sleeper import IN_DUTY
from soviet.floor import Floor, SteadyClock, Stenographer
from worlds import write_seeds

from bot.paths import project_folder
from bot.soviet.models import AYE
from bot.soviet.service import Soviet
from bot.storage.database import Database

TESTS = Path(__file__).parents[1]
PATIENCE = 60

pytestmark = pytest.mark.skipif(not hasattr(os, "waitid"), reason="nothing can be paused here")


class Sleeper:
    """The parent's side of sleeper.py."""

    def __init__(self, process):
        self.process = process
        self.said = []
        self._listening = asyncio.create_task(self._listen())

    async def _listen(self):
        while line := await self.process.stdout.readline():
            self.said.append(line.decode().strip())

    async def says(self, words):
        """Wait for a line, and take it away."""
        await until(lambda: words in self.said or self.process.returncode is not None)
        self.said.remove(words)

    @property
    def is_stopped(self):
        how = os.WSTOPPED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self.process.pid, how) is not None

    async def end(self):
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
        await self.process.wait()
        await self._listening


async def until(true):
    async with asyncio.timeout(PATIENCE):
        while not (found := true()):  # noqa: ASYNC110 - other processes are waited for
            await asyncio.sleep(0.05)
    return found


@pytest.fixture
async def pair(server, tmp_path):
    """Two processes that share the duties."""
    await server.empty("schema")
    write_seeds(tmp_path / "seeds")
    url = server.url("schema").get_secret_value()
    path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
    both = []
    for shard in ("0", "1"):
        command = [sys.executable, "-m", "leases.sleeper", shard, str(tmp_path), url]
        both.append(
            Sleeper(
                await asyncio.create_subprocess_exec(
                    *command,
                    stdout=asyncio.subprocess.PIPE,
                    env={**os.environ, "PYTHONPATH": path},
                )
            )
        )
    try:
        for each in both:
            await each.says("works")
        yield both
    finally:
        for each in both:
            await each.end()


@pytest.fixture
async def yesterday(server, pair):
    """The House, a day ago: what is opened there is overdue."""
    clock, composer = SteadyClock(), Stenographer()
    clock.moment = datetime.now(UTC) - timedelta(days=1)
    place = server.url("schema")
    async with Database.open(place, project_folder("migrations"), clock=clock) as database:
        yield Floor(Soviet.build(database, clock, composer), database, clock, composer)


async def everything_is_done(floor):
    """Wait until every motion is closed and all that there is to say is said."""
    async with asyncio.timeout(PATIENCE):
        while await floor.database.fetch_one(  # noqa: ASYNC110 - as above
            "SELECT 1 AS due FROM motion WHERE status != 'closed'"
            " UNION ALL SELECT 1 FROM outbox WHERE state != 'sent'"
        ):
            await asyncio.sleep(0.05)


async def test_a_process_that_wakes_believing_it_holds_doubles_nothing_and_loses_nothing(
    pair, yesterday, tmp_path
):
    for point in IN_DUTY:
        (tmp_path / f"stop-{point}").touch()
        motion = await yesterday.opened(closes="5m")
        await yesterday.vote(motion, AYE, AYE)
        line = f"stops at {point}"
        (sleeper,) = await until(lambda line=line: [each for each in pair if line in each.said])
        await until(lambda sleeper=sleeper: sleeper.is_stopped)

        await everything_is_done(yesterday)
        assert sleeper.is_stopped, point
        sleeper.process.send_signal(signal.SIGCONT)
        await sleeper.says("woke")
        await sleeper.says("went on")
        await everything_is_done(yesterday)

    rows = await yesterday.database.fetch_all("SELECT id, topic, step FROM outbox ORDER BY id")
    paper = [tuple(json.loads(line)) for line in (tmp_path / "paper").read_text().splitlines()]
    assert Counter(paper) == Counter(tuple(row) for row in rows)
    assert len([step for _, _, step in paper if step == "closed"]) == len(IN_DUTY)
