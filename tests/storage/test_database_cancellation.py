import asyncio
import logging
from collections import Counter

import pytest

from bot.storage.database import Database, Transaction
from tests.storage.entries import adding


async def in_two_steps(tx: Transaction) -> None:
    await tx.execute("INSERT INTO entry (name, amount) VALUES ('pair', 0)")
    await tx.execute("UPDATE entry SET amount = 1 WHERE name = 'pair'")


async def whole_or_nothing(database: Database) -> bool:
    """Prove that the database still works; return whether the operation was saved."""
    await database.write(adding("next"))
    if database.path is not None:
        assert not database.engine.connection.in_transaction
    rows = {row["name"]: row["amount"] for row in await database.fetch_all("SELECT * FROM entry")}
    assert rows.pop("next") == 0
    assert rows in ({}, {"pair": 1})

    async def forget(tx: Transaction) -> None:
        await tx.execute("DELETE FROM entry")

    await database.write(forget)
    return bool(rows)


async def test_a_caller_cancelled_after_any_number_of_steps_breaks_nothing(database):
    seen = Counter()

    for steps in range(120):
        caller = asyncio.create_task(database.write(in_two_steps))
        for _ in range(steps):
            await asyncio.sleep(0)
        caller.cancel()
        await asyncio.gather(caller, return_exceptions=True)
        seen[caller.cancelled(), await whole_or_nothing(database)] += 1

    assert seen[True, False], "never cancelled before the operation began"
    assert not seen[False, False], "a caller was told of a success that was not saved"


async def test_a_caller_cancelled_in_the_queue_changes_nothing_for_its_neighbours(database):
    callers = [asyncio.create_task(database.write(adding(str(number)))) for number in range(100)]
    await asyncio.sleep(0)
    for caller in callers[::2]:
        caller.cancel()

    results = await asyncio.gather(*callers, return_exceptions=True)

    assert results[1::2] == [str(number) for number in range(1, 100, 2)]
    names = {row["name"] for row in await database.fetch_all("SELECT name FROM entry")}
    assert names == {str(number) for number in range(1, 100, 2)}


async def test_a_write_that_times_out_is_whole_or_absent(database):
    for limit in (0, 0.0001, 0.0003, 0.001):
        try:
            async with asyncio.timeout(limit):
                await database.write(in_two_steps)
        except TimeoutError:
            pass
        await whole_or_nothing(database)


async def test_an_error_whose_caller_has_left_is_logged(database, caplog):
    loop = asyncio.get_running_loop()

    async def failing(tx: Transaction) -> None:
        loop.call_soon_threadsafe(caller.cancel)
        raise LookupError("nobody hears this")

    with caplog.at_level(logging.WARNING):
        caller = asyncio.create_task(database.write(failing))
        await asyncio.gather(caller, return_exceptions=True)
        await database.write(adding("next"))

    # The answer and the cancellation race for the loop; either way the error is not lost.
    assert ("nobody hears this" in caplog.text) == caller.cancelled()


async def test_a_cancelled_query_gives_its_connection_back(database):
    await database.write(adding("one"))
    slow = """
        WITH RECURSIVE count (number) AS (
            SELECT 1 UNION ALL SELECT number + 1 FROM count WHERE number < 30000
        )
        SELECT max(number) FROM count
    """
    for steps in range(12):
        queries = [asyncio.create_task(database.fetch_one(slow)) for _ in range(6)]
        for _ in range(steps):
            await asyncio.sleep(0)
        for query in queries:
            query.cancel()
        await asyncio.gather(*queries, return_exceptions=True)

    async with asyncio.timeout(10):
        answers = await asyncio.gather(*(database.fetch_one("SELECT 1 AS one") for _ in range(9)))
    assert [row["one"] for row in answers] == [1] * 9
    assert await database.checkpoint(), "a cancelled query still reads"


async def test_a_writer_that_is_stopped_from_outside_answers_everybody(place, migrations, clock):
    results = []

    async def use() -> None:
        async with Database.open(place, migrations, clock=clock) as database:
            callers = [asyncio.create_task(database.write(adding(str(n)))) for n in range(5)]
            await asyncio.sleep(0)
            database.engine._writer._task.cancel()
            results.extend(await asyncio.gather(*callers, return_exceptions=True))

    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(use(), 5)

    assert all("closed" in str(result) for result in results)
    async with Database.open(place, migrations, clock=clock) as database:
        count = await database.fetch_one("SELECT count(*) AS entries FROM entry")
    assert count["entries"] in {0, 5}
