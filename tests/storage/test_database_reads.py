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
        "PRAGMA user_version = 99",
    ],
)
async def test_a_reader_cannot_write(database, statement):
    with pytest.raises((sqlite3.OperationalError, StorageFailedError), match="readonly"):
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


async def test_a_query_read_by_one_row_leaves_no_reader_behind(database):
    await asyncio.gather(*(database.write(adding(str(number))) for number in range(50)))
    for _ in range(6):
        await database.fetch_one("SELECT name FROM entry")

    assert await database.checkpoint()
    assert database.path.with_name("community.sqlite-wal").stat().st_size == 0


async def test_more_queries_than_readers_are_all_answered(database):
    rows = await asyncio.gather(
        *(database.fetch_one("SELECT :n AS n", {"n": number}) for number in range(100))
    )

    assert [row["n"] for row in rows] == list(range(100))


async def test_the_pragmas_are_the_promised_ones(database):
    async def pragma(name: str) -> object:
        rows = await database._connection.execute_fetchall(f"PRAGMA {name}")
        return rows[0][0]

    assert await pragma("journal_mode") == "wal"
    assert await pragma("synchronous") == 2
    assert await pragma("foreign_keys") == 1
    assert await pragma("busy_timeout") == 5000
    assert await pragma("secure_delete") == 1
    assert await pragma("trusted_schema") == 0
    assert await pragma("journal_size_limit") == 64 * 1024 * 1024
    assert database._connection.isolation_level is None

    async def of_a_reader(name: str) -> object:
        row = await database.fetch_one(f"PRAGMA {name}")
        return row[0]

    assert await of_a_reader("query_only") == 1
    assert await of_a_reader("wal_autocheckpoint") == 0
    assert await of_a_reader("trusted_schema") == 0


async def test_erased_words_are_gone_from_the_disk_after_a_checkpoint(database):
    secret = "a name somebody asked us to forget"

    async def forget(tx: Transaction) -> None:
        await tx.execute("DELETE FROM entry")

    await database.write(adding(secret))
    await database.write(forget)
    assert await database.checkpoint()

    for file in database.path.parent.iterdir():
        if file.is_file():
            assert secret.encode() not in file.read_bytes(), file.name
