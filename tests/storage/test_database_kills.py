import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.storage.backup import check

ROOT = Path(__file__).parents[2]
KILLS = 100

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the nursery forks")


class Nursery:
    """The parent's side of nursery.py."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._read: list[str] = []

    def born(self, command: str) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{command}\n")
        self._process.stdin.flush()
        return int(self._next().removeprefix("pid "))

    def wait_for_a_write(self) -> None:
        self._read.append(self._next())

    def died(self) -> tuple[set[str], bool]:
        """Wait for the end; return what was acknowledged and whether the life was complete."""
        saved: set[str] = set()
        complete = False
        while (line := self._next()) != "end":
            if line == "complete":
                complete = True
            else:
                saved.add(line.removeprefix("saved "))
        return saved, complete

    def _next(self) -> str:
        if self._read:
            return self._read.pop()
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the nursery itself has died"
        return line.strip()


@contextmanager
def opened_nursery(place: str | Path, migrations: Path) -> Iterator[Nursery]:
    command = [sys.executable, str(Path(__file__).with_name("nursery.py")), place, migrations]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        yield Nursery(process)


@pytest.fixture
def nursery(path: Path, migrations: Path) -> Iterator[Nursery]:
    with opened_nursery(path, migrations) as nursery:
        yield nursery


def rows(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT name, amount FROM entry").fetchall())


def test_a_hundred_kills_at_random_moments_lose_no_acknowledged_write(nursery, path, migrations):
    acknowledged: set[str] = set()
    chance = random.Random(1917)

    for number in range(KILLS):
        child = nursery.born(f"forever {number}")
        if number % 2:
            nursery.wait_for_a_write()  # the others may die while they open the database
        time.sleep(chance.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        acknowledged |= nursery.died()[0]

    saved = rows(path)
    assert len(acknowledged) > KILLS, "killed before anything was written: this proves nothing"
    assert acknowledged - saved.keys() == set()
    assert set(saved.values()) == {1}, "a write of two statements was saved by half"
    assert check(path, migrations) == []


def test_a_kill_at_every_statement_of_a_database_s_life_loses_nothing(nursery, path, migrations):
    acknowledged: set[str] = set()
    statement = 0
    complete = False

    while not complete:
        statement += 1
        nursery.born(f"until {statement} {statement}")
        saved, complete = nursery.died()
        acknowledged |= saved
        if path.exists() and path.stat().st_size and acknowledged:
            assert acknowledged - rows(path).keys() == set()

    assert statement > 50, "the statements were not counted"
    assert set(rows(path).values()) == {1}
    assert check(path, migrations) == []
    for copy in (path.parent / "backups").glob("*.sqlite"):
        assert check(copy, migrations) == []


def test_a_kill_at_every_statement_of_the_first_start_leaves_nothing_or_a_whole_schema(
    nursery, path, migrations
):
    complete = False
    statement = 0

    while not complete:
        statement += 1
        for side in path.parent.glob(f"{path.name}*"):
            side.unlink()
        nursery.born(f"until {statement} first")
        _, complete = nursery.died()
        nursery.born("until 0 second")

        assert nursery.died()[1], f"killed at statement {statement}, it could not start again"
