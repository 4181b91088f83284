"""Promise 1: a process that is killed at any statement of an operation has done it or has not.

Every operation of harness/operations.py, `kill -9` at its statements and between its commit and the
word that it is done. What was acknowledged is on the disk; what was not is there whole or not at
all; the next life opens the database, finds it sound and can do the same operation.
"""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from faults.harness.death import NEVER, TOLD
from faults.harness.every import EVERY
from faults.harness.ground import FileGround, ServerGround

from benchmarks.postgres_server import now

TESTS = Path(__file__).parents[1]
SAMPLE = 1
"""Statements of each operation in the suite, by a seed; `make faults` takes every one."""
FEW = 8
"""One operation in so many is killed on a server in the suite; test_server_points.py ends the
session of each."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes are forked")


class Mortuary:
    """The parent's side of harness/mortuary.py."""

    def __init__(self, process):
        self._process = process

    def live(self, point, operation, ground):
        """Have one life lived; return what it said."""
        url = ground.url.get_secret_value() if ground.url else ""
        self._process.stdin.write(f"{point} {operation.name} | {ground.folder} | {url}\n")
        self._process.stdin.flush()
        said = []
        while (line := self._process.stdout.readline().strip()) != "end":
            assert line, "the mortuary itself has died"
            assert not line.startswith("failed"), line
            said.append(line)
        return said


@pytest.fixture(scope="module")
def mortuary(tmp_path_factory):
    path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
    with subprocess.Popen(
        [sys.executable, "-m", "faults.harness.mortuary"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    ) as process:
        yield Mortuary(process)
        process.stdin.close()


class Stage:
    """An operation, and what the database holds before it, after it, and after it again."""

    def __init__(self, mortuary, operation, ground):
        self.mortuary, self.operation, self.ground = mortuary, operation, ground
        assert self._last_words("prepare", ground).startswith("lived")
        self.states = [now(ground.contents())]
        whole = now(ground.copied("whole"))
        for _ in range(2):
            last = self._last_words(NEVER, whole)
            self.states.append(now(whole.contents()))
            if len(self.states) == 2:
                self.statements = int(last.removeprefix("lived "))
        if operation.finish is not None:
            self._last_words("finish", whole)
            self.finished = now(whole.contents())

    def _last_words(self, point, ground):
        return self.mortuary.live(point, self.operation, ground)[-1]

    def killed_at(self, point):
        """Kill it at *point* and hold what must be true; tell whether it was done."""
        copy = now(self.ground.copied(f"killed-{point}"))
        said = self.mortuary.live(point, self.operation, copy)
        found = now(copy.contents())
        assert found == self.states[1] or "acknowledged" not in said, f"{point}: told and not there"
        assert copy.faults() == [], point
        now(copy.close_gaps(found))
        if self.operation.finish is None:
            self._one_transaction(found, copy, point)
        else:
            self._several_transactions(copy, point)
        copy.remove()
        return found == self.states[1]

    def _one_transaction(self, found, copy, point):
        assert found in self.states[:2], f"{point}: half of it is there"
        assert self._last_words(NEVER, copy).startswith("lived"), f"{point}: no life after it"
        after = self.states[self.states.index(found) + 1]
        assert now(copy.contents()) == after, f"{point}: the next life went wrong"

    def _several_transactions(self, copy, point):
        for again in (NEVER, "finish"):
            assert self._last_words(again, copy).startswith("lived"), f"{point}: no life after it"
        assert now(copy.contents()) == self.finished, f"{point}: it was never finished"


def hold(mortuary, operation, ground, sample=None):
    stage = Stage(mortuary, operation, ground)
    assert stage.states[0] != stage.states[1], "the operation changed nothing: this proves nothing"
    assert stage.statements >= 3, "the statements were not counted"
    points = range(1, stage.statements + 1)
    if sample is not None:
        points = random.Random(operation.name).sample(points, min(sample, len(points)))
    for point in points:
        stage.killed_at(str(point))
    assert stage.killed_at(TOLD) or operation.finish, "what was committed is lost"


@pytest.fixture
def ground(tmp_path):
    return FileGround(tmp_path / "prepared")


@pytest.fixture
def server_ground(server, tmp_path):
    now(server.empty("schema"))
    return ServerGround(server, tmp_path / "prepared")


def of_each(operations):
    return pytest.mark.parametrize("operation", operations, ids=lambda operation: operation.name)


@of_each(EVERY)
def test_killed_at_some_statement_it_was_done_or_not(mortuary, operation, ground):
    hold(mortuary, operation, ground, SAMPLE)


@of_each(EVERY[::FEW])
def test_on_a_server_killed_at_some_statement_it_was_done_or_not(
    mortuary, operation, server_ground
):
    hold(mortuary, operation, server_ground, SAMPLE)


@pytest.mark.thorough
@of_each(EVERY)
def test_killed_at_any_statement_it_was_done_or_not(mortuary, operation, ground):
    hold(mortuary, operation, ground)


@pytest.mark.thorough
@of_each(EVERY)
def test_on_a_server_killed_at_any_statement_it_was_done_or_not(mortuary, operation, server_ground):
    hold(mortuary, operation, server_ground)
