import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from floor import Floor, SteadyClock, Stenographer

from benchmarks.kills import kill_again_and_again
from bot.paths import project_folder
from bot.soviet.models import AYE, NAY, Ballot, OrderChange
from bot.soviet.service import Soviet
from bot.storage.database import Database

ROOT = Path(__file__).parents[2]
KILLS = 100
EVERY = 3
"""One statement in three: a life of a database has hundreds, most of them its opening."""
TABLES = ("motion", "result", "resolution", "outbox", "ballot_open", "ballot_key", "standing_order")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes are forked")


# The server's are killed in tests/storage/test_postgres_kills.py.
@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_a_hundred_kills_while_readers_vote_lose_no_acknowledged_ballot(community):
    toll = kill_again_and_again(community, KILLS)

    assert toll.acknowledged > KILLS, "killed before anybody voted: this proves nothing"
    assert toll.lost == 0
    assert toll.faults == []


@pytest.fixture
async def overdue(tmp_path):
    """A database in which an open, a secret and an unseconded motion wait to be closed."""
    path, clock, composer = tmp_path / "overdue.sqlite", SteadyClock(), Stenographer()
    async with Database.open(path, project_folder("migrations"), clock=clock) as database:
        floor = Floor(Soviet.build(database, clock, composer), database, clock, composer)
        change = await floor.opened(order_change=OrderChange("seconders", "2"))
        secret = await floor.opened(ballot=Ballot.SECRET)
        await floor.tabled()
        for motion in (change, secret):
            await floor.vote(motion, AYE, AYE, AYE, AYE, NAY)
        await floor.soviet.delegates.delegate(floor.click(9), 1)
    return path


def everything(path: Path) -> list[list[str]]:
    with closing(sqlite3.connect(path)) as connection:
        return [
            sorted(map(repr, connection.execute(f"SELECT * FROM {table}").fetchall()))
            for table in TABLES
        ]


def test_killed_at_any_statement_of_closing_the_next_life_ends_as_if_nothing_had_been(
    overdue, tmp_path
):
    path = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    hour = [sys.executable, str(Path(__file__).with_name("closing_hour.py"))]
    with subprocess.Popen(
        hour,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def live(killed_at: int, database: Path) -> bool:
            process.stdin.write(f"{killed_at} {database}\n")
            process.stdin.flush()
            first = process.stdout.readline()
            return first == "complete\n" and process.stdout.readline() == "end\n"

        undisturbed = tmp_path / "undisturbed.sqlite"
        shutil.copy(overdue, undisturbed)
        assert live(0, undisturbed)
        expected = everything(undisturbed)
        statement, complete = 0, False
        while not complete:
            statement += EVERY
            copy = tmp_path / f"killed-{statement}.sqlite"
            shutil.copy(overdue, copy)
            complete = live(statement, copy)
            assert complete or live(0, copy)
            assert everything(copy) == expected, f"killed at statement {statement}"
        process.stdin.close()

    assert statement > 60, "the statements were not counted"
    assert sum(len(rows) for rows in expected) > 10
