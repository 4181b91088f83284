"""Promise 2: a caller cancelled at any await wedges nothing and leaves nothing half done.

Every operation of harness/operations.py, cancelled each time it waits, and at each statement of its
transaction. Afterwards it is done or it is not, no transaction is open, and the same operation can
be done in the same process.
"""

import asyncio
import shutil

import pytest
from faults.harness.cancelling import cancelled_at_statement, cancelled_at_wait
from faults.harness.every import EVERY
from faults.harness.house import contents, opened

from bot.errors import BotError

pytestmark = pytest.mark.parametrize("operation", EVERY, ids=lambda each: each.name)
PATIENCE = 20
STEP = 4
"""One statement in so many in the suite; `make faults` takes every one."""


@pytest.fixture
async def stage(operation, tmp_path):
    """The folder in which *operation* is prepared, and the states it goes through."""
    prepared, whole = tmp_path / "prepared", tmp_path / "whole"
    async with opened(prepared) as services:
        await operation.prepare(services)
    states = [contents(prepared)]
    shutil.copytree(prepared, whole)
    async with opened(whole) as services:
        for _ in range(2):
            await done(operation, services)
            states.append(contents(whole))
        if operation.finish is not None:
            await operation.finish(services)
            states.append(contents(whole))
    return prepared, states


async def done(operation, services):
    """Do *operation*; it may refuse in words, for the second time say."""
    try:
        async with asyncio.timeout(PATIENCE):
            await operation.act(services)
    except BotError:
        return


async def hold(stage, operation, interrupted, step=1):
    """Hold what must be true after every interruption; return how many there were."""
    prepared, states = stage
    number = 1 - step
    while True:
        number += step
        folder = prepared.with_name(f"at-{number}")
        shutil.copytree(prepared, folder)
        async with opened(folder) as services:
            connection = services.database.engine.connection
            outcome, points = await interrupted(number, operation.act(services), connection)
            await at_rest(services)
            assert not connection.in_transaction, f"at {number}"
            found, whole = contents(folder), operation.finish is None
            assert not whole or found in states[:2], f"at {number}: half of it is there"
            told = not isinstance(outcome, BaseException)
            assert told or isinstance(outcome, asyncio.CancelledError), repr(outcome)
            assert found == states[1] or not told, f"at {number}: told and not done"

            await done(operation, services)
            await at_rest(services)
            await operation.truth(services)
            if whole:
                after = states[states.index(found) + 1]
            else:
                after = states[-1]
                await operation.finish(services)
            assert contents(folder) == after, f"at {number}: no next one"
        shutil.rmtree(folder)
        if points < number:
            return points


async def at_rest(services):
    """Wait for what is still on its way although nobody waits for it."""
    await asyncio.gather(*services.archives._under_way, return_exceptions=True)
    await services.database.write(untouched)


async def untouched(_tx):
    """Change nothing."""


async def test_cancelled_at_any_await_it_was_done_or_not(stage, operation):
    async def interrupted(number, coroutine, _connection):
        return await cancelled_at_wait(number, coroutine)

    assert await hold(stage, operation, interrupted) >= 1


async def test_cancelled_at_some_statement_of_its_transaction_it_was_done_or_not(stage, operation):
    assert await hold(stage, operation, cancelled_at_statement, STEP) >= 4


@pytest.mark.thorough
async def test_cancelled_at_any_statement_of_its_transaction_it_was_done_or_not(stage, operation):
    assert await hold(stage, operation, cancelled_at_statement) >= 4
