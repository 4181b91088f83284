"""Promises 1 and 2 on a server: whatever breaks at any point, it was done or it was not.

Every operation of harness/operations.py on a PostgreSQL: its caller cancelled each time it waits
and at each statement that it begins; its session ended by the server at each statement, whether it
reads or writes, before it is done and after, when the answer is lost. Afterwards it is done or it
is not, whoever was told so was told the truth, no transaction is open, and the same operation can
be done in the same process.
"""

import asyncio
import random

import pytest
from faults.harness.cancelling import cancelled_at_wait
from faults.harness.every import EVERY
from faults.harness.ground import ServerGround
from faults.harness.holding import Stage
from faults.harness.toll import Toll, ending_sessions

OF_ALL = pytest.mark.parametrize("operation", EVERY, ids=lambda each: each.name)
HALF = 2
"""The suite takes every second operation, half a second each; `make faults` takes all."""


@pytest.fixture
async def stage(operation, server, tmp_path):
    await server.empty("schema")
    return await Stage.set_on(operation, ServerGround(server, tmp_path / "prepared"))


async def cancelled_while_it_waits(number, coroutine, _services):
    return await cancelled_at_wait(number, coroutine)


async def cancelled_at_statement(number, coroutine, _services):
    loop, task = asyncio.get_running_loop(), asyncio.ensure_future(coroutine)

    async def cancel(_connection):
        loop.call_soon_threadsafe(task.cancel)

    return await _outcome(task, Toll(number, cancel))


@pytest.fixture
def session_ended(server):
    strike = ending_sessions(server.url("schema"))

    async def interrupt(number, coroutine, _services):
        return await _outcome(coroutine, Toll(number, strike))

    return interrupt


@pytest.fixture
def answer_lost(server):
    strike = ending_sessions(server.url("schema"))

    async def interrupt(number, coroutine, _services):
        return await _outcome(coroutine, Toll(number, strike, late=True))

    return interrupt


async def _outcome(awaitable, toll):
    with toll.standing():
        (outcome,) = await asyncio.gather(awaitable, return_exceptions=True)
    return outcome, toll.begun


@pytest.mark.parametrize("operation", EVERY[::HALF], ids=lambda each: each.name)
async def test_interrupted_at_some_statement_it_was_done_or_not(
    stage, operation, session_ended, answer_lost
):
    """Which, and how, is the operation's chance."""
    chance = random.Random(operation.name)
    interrupt = chance.choice([cancelled_at_statement, session_ended, answer_lost])
    number = chance.randint(1, stage.statements)

    assert await stage.interrupted_at(number, interrupt) >= number


@pytest.mark.thorough
@OF_ALL
async def test_cancelled_at_any_await_it_was_done_or_not(stage):
    assert await stage.all_points(cancelled_while_it_waits) >= 1


@pytest.mark.thorough
@OF_ALL
async def test_cancelled_at_any_statement_it_was_done_or_not(stage):
    assert await stage.all_points(cancelled_at_statement) >= 3


@pytest.mark.thorough
@OF_ALL
async def test_whose_session_ends_at_any_statement_it_was_done_or_not(stage, session_ended):
    assert await stage.all_points(session_ended) >= 3


@pytest.mark.thorough
@OF_ALL
async def test_who_loses_the_answer_to_any_statement_was_told_the_truth(stage, answer_lost):
    assert await stage.all_points(answer_lost) >= 3
