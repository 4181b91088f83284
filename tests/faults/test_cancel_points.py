"""Promise 2: a caller cancelled at any await wedges nothing and leaves nothing half done.

Every operation of harness/operations.py, cancelled each time it waits, and at each statement of its
transaction. Afterwards it is done or it is not, no transaction is open, and the same operation can
be done in the same process. On a file; test_server_points.py does the same on a server.
"""

import pytest
from faults.harness.cancelling import cancelled_at_statement, cancelled_at_wait
from faults.harness.every import EVERY
from faults.harness.ground import FileGround
from faults.harness.holding import Stage

pytestmark = pytest.mark.parametrize("operation", EVERY, ids=lambda each: each.name)
STEP = 4
"""One statement in so many in the suite; `make faults` takes every one."""


@pytest.fixture
async def stage(operation, tmp_path):
    return await Stage.set_on(operation, FileGround(tmp_path / "prepared"))


async def at_wait(number, coroutine, _services):
    return await cancelled_at_wait(number, coroutine)


async def at_statement(number, coroutine, services):
    connection = services.database.engine.connection
    return await cancelled_at_statement(number, coroutine, connection)


async def test_cancelled_at_any_await_it_was_done_or_not(stage):
    assert await stage.all_points(at_wait) >= 1


async def test_cancelled_at_some_statement_of_its_transaction_it_was_done_or_not(stage):
    assert await stage.all_points(at_statement, STEP) >= 4


@pytest.mark.thorough
async def test_cancelled_at_any_statement_of_its_transaction_it_was_done_or_not(stage):
    assert await stage.all_points(at_statement) >= 4
