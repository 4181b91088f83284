import asyncio
import sqlite3

import pytest

from bot.storage.database import StorageFailedError, Transaction
from tests.storage.entries import adding


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO entry VALUES ('sneaked', 1)",
        "DELETE FROM entry",
        "CREATE TABLE sneaked (a INTEGER)",
    ],
)
async def test_a_reader_cannot_write(database, statement):
    with pytest.raises((sqlite3.OperationalError, StorageFailedError), match=r"readonly|read only"):
        await database.fetch_all(statement)


async def test_a_reader_sees_what_is_committed_and_nothing_else(database):
    seen = []
    loop = asyncio.get_running_loop()

    async def look() -> int:
        return len(await database.fetch_all("SELECT name FROM entry"))

    async def operation(tx: Transaction) -> None:
        await tx.execute("INSERT INTO entry VALUES ('one', 1)")
        # From the writer's thread, with the transaction open: the only way to look in between.
        seen.append(asyncio.run_coroutine_threadsafe(look(), loop).result(5))

    await database.write(operation)

    assert seen == [0]
    assert await look() == 1


async def test_rows_come_by_name_and_a_missing_one_is_none(database):
    await database.write(adding("one", 7))

    row = await database.fetch_one(
        "SELECT name, amount FROM entry WHERE name = :name", {"name": "one"}
    )

    assert dict(row) == {"name": "one", "amount": 7}
    assert await database.fetch_one("SELECT 1 FROM entry WHERE name = 'none'") is None
    assert await database.fetch_all("SELECT 1 FROM entry WHERE name = 'none'") == []


async def test_more_queries_than_readers_are_all_answered(database):
    rows = await asyncio.gather(
        *(database.fetch_one("SELECT :n AS n", {"n": number}) for number in range(100))
    )

    assert [row["n"] for row in rows] == list(range(100))
