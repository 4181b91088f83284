import asyncio
import sqlite3

import asyncpg
import pytest

from bot.errors import BotError
from bot.storage import commit
from bot.storage.database import Database, StorageFailedError, Transaction
from bot.storage.postgres import committing
from bot.storage.transaction import RULE
from tests.storage.entries import adding, raising_one

BROKEN = (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError)


class Trace(list):
    """The statements the writing connection began."""

    def count_of(self, statement: str) -> int:
        return sum(statement in line for line in self)


@pytest.fixture
async def statements(database: Database, monkeypatch) -> Trace:
    trace = Trace()
    if database.path is not None:
        await database.engine.connection.set_trace_callback(trace.append)
        return trace
    execute = asyncpg.Connection.execute

    async def traced(connection, sql, *values, **options):
        trace.append(sql)
        return await execute(connection, sql, *values, **options)

    monkeypatch.setattr(asyncpg.Connection, "execute", traced)
    return trace


async def test_a_write_returns_the_operation_s_result_once_it_is_committed(database, outside):
    assert await database.write(adding("one")) == "one"

    assert await outside() == 1


async def test_writes_that_wait_together_share_one_commit(database, statements, outside):
    await asyncio.gather(*(database.write(adding(str(number))) for number in range(60)))

    assert statements.count_of("COMMIT") == 1
    assert await outside() == 60


async def test_no_more_than_a_batch_of_writes_shares_a_commit(database, statements):
    batch = commit.BATCH if database.path is not None else committing.BATCH

    await asyncio.gather(*(database.write(adding(str(n))) for n in range(2 * batch + 1)))

    assert statements.count_of("COMMIT") == 3


async def test_every_caller_is_answered_only_after_its_commit(database, outside):
    async def write_and_look(number: int) -> bool:
        name = await database.write(adding(str(number)))
        return await outside(f"SELECT count(*) FROM entry WHERE name = '{name}'") == 1

    answers = await asyncio.gather(*(write_and_look(number) for number in range(50)))

    assert all(answers)


async def test_a_failing_operation_is_undone_alone_and_its_error_reaches_its_caller(
    database, statements
):
    async def half(tx: Transaction) -> None:
        await tx.execute("INSERT INTO entry VALUES ('half', 1)")
        raise BotError("No such motion.")

    before, failed, twice, after = await asyncio.gather(
        database.write(adding("before")),
        database.write(half),
        database.write(adding("before")),
        database.write(adding("after")),
        return_exceptions=True,
    )

    assert (before, after) == ("before", "after")
    assert isinstance(failed, BotError)
    assert isinstance(twice, BROKEN)
    assert statements.count_of("COMMIT") == 1
    rows = await database.fetch_all("SELECT name FROM entry ORDER BY name")
    assert [row["name"] for row in rows] == ["after", "before"]


@pytest.mark.parametrize("goes_on", [True, False])
async def test_a_statement_that_failed_fails_the_operation_also_when_it_swallows_that(
    database, goes_on, outside
):
    async def insert_or_rename(tx: Transaction) -> None:
        await tx.execute("INSERT INTO entry VALUES ('taken', 1)")
        with pytest.raises(BROKEN):
            await tx.execute("INSERT INTO entry VALUES ('taken', 2)")
        if goes_on:
            await tx.execute("INSERT INTO entry VALUES ('free', 2)")

    with pytest.raises(BROKEN):
        await database.write(insert_or_rename)

    assert await outside() == 0


async def test_many_concurrent_reads_and_writes_of_one_counter_lose_no_count(database, outside):
    await database.write(adding("counter"))

    amounts = await asyncio.gather(*(database.write(raising_one) for _ in range(500)))

    assert sorted(amounts) == list(range(1, 501))
    assert await outside("SELECT amount FROM entry") == 500


async def test_rows_come_by_name_and_statements_say_how_many_rows_they_changed(database):
    async def operation(tx: Transaction) -> tuple[int, object, list[object], object]:
        await tx.execute("INSERT INTO entry VALUES ('a', 1), ('b', 2), ('c', 3)")
        changed = await tx.execute("UPDATE entry SET amount = 9 WHERE amount > :a", {"a": 1})
        one = await tx.fetch_one("DELETE FROM entry WHERE name = 'a' RETURNING amount")
        rows = await tx.fetch_all("SELECT name FROM entry ORDER BY name")
        none = await tx.fetch_one("SELECT name FROM entry WHERE name = 'a'")
        return changed, one and one["amount"], [row["name"] for row in rows], none

    assert await database.write(operation) == (2, 1, ["b", "c"], None)


async def test_returning_with_rows_left_unread_does_not_hold_up_the_commit(database, outside):
    async def operation(tx: Transaction) -> int:
        return await tx.execute("INSERT INTO entry VALUES ('a', 1), ('b', 2) RETURNING name")

    assert await database.write(operation) == 2
    assert await outside() == 2


async def test_an_operation_that_waits_for_something_else_is_refused_and_undone(database, outside):
    async def sleeping(tx: Transaction) -> None:
        await tx.execute("INSERT INTO entry VALUES ('asleep', 1)")
        await asyncio.sleep(0)

    async def nested(tx: Transaction) -> None:
        await tx.execute("INSERT INTO entry VALUES ('outer', 1)")
        await database.write(adding("inner"))

    async def looking(tx: Transaction) -> None:
        await tx.execute("INSERT INTO entry VALUES ('looking', 1)")
        await database.fetch_one("SELECT 1")

    for operation in (sleeping, nested, looking):
        with pytest.raises(RuntimeError, match=RULE):
            await database.write(operation)

    assert await database.write(adding("next")) == "next"
    assert await outside() == 1


async def test_an_operation_that_hides_its_waiting_is_refused_all_the_same(database, outside):
    async def stubborn(tx: Transaction) -> None:
        await tx.execute("INSERT INTO entry VALUES ('stubborn', 1)")
        try:
            await asyncio.sleep(0)
        except RuntimeError:
            await asyncio.sleep(0)

    async def forgiving(tx: Transaction) -> None:
        await tx.execute("INSERT INTO entry VALUES ('forgiving', 1)")
        try:
            await asyncio.sleep(0)
        except RuntimeError:
            return

    for operation in (stubborn, forgiving):
        with pytest.raises(RuntimeError, match=RULE):
            await database.write(operation)

    assert await outside() == 0


@pytest.mark.parametrize(
    "statement", ["COMMIT", "  rollback", "BEGIN", "SAVEPOINT x", "end", "release operation"]
)
async def test_an_operation_cannot_end_the_transaction_of_its_neighbours(
    database, statement, outside
):
    async def meddling(tx: Transaction) -> None:
        await tx.execute("INSERT INTO entry VALUES ('meddling', 1)")
        await tx.execute(statement)

    results = await asyncio.gather(
        database.write(adding("neighbour")), database.write(meddling), return_exceptions=True
    )

    assert isinstance(results[1], RuntimeError)
    assert await outside() == 1


async def test_a_transaction_that_somebody_kept_is_refused_afterwards(database):
    kept = []

    async def keeping(tx: Transaction) -> None:
        kept.append(tx)

    await database.write(keeping)

    with pytest.raises(RuntimeError, match="over"):
        await kept[0].execute("INSERT INTO entry VALUES ('late', 1)")


async def test_an_operation_that_cancels_or_exits_reaches_its_caller_and_nobody_else(
    database, outside
):
    async def cancelling(tx: Transaction) -> None:
        await tx.execute("INSERT INTO entry VALUES ('cancelled', 1)")
        raise asyncio.CancelledError

    results = await asyncio.gather(
        database.write(cancelling), database.write(adding("neighbour")), return_exceptions=True
    )

    assert isinstance(results[0], asyncio.CancelledError)
    assert await outside() == 1


async def test_writes_asked_for_before_closing_are_finished_and_later_ones_refused(
    place, migrations, clock, outside
):
    async with Database.open(place, migrations, clock=clock) as database:
        asked = [asyncio.create_task(database.write(adding(str(number)))) for number in range(300)]
        await asyncio.sleep(0)

    assert len(await asyncio.gather(*asked)) == 300
    assert await outside() == 300
    with pytest.raises(StorageFailedError, match="closed"):
        await database.write(adding("late"))
    with pytest.raises(StorageFailedError, match="closed"):
        await database.fetch_one("SELECT 1")
    with pytest.raises(StorageFailedError, match="closed"):
        await database.checkpoint()
