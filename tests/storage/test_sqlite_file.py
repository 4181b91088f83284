"""What only a file has: its log, its pragmas, what lies on the disk."""

import asyncio

import pytest

from bot.storage.database import Transaction
from tests.storage.entries import adding
from tests.storage.test_database_cancellation import in_two_steps, whole_or_nothing

STATEMENTS = ("BEGIN", "SAVEPOINT", "INSERT", "UPDATE", "RELEASE", "COMMIT")


@pytest.fixture
def place(path):
    """What is proved here is a file's own."""
    return path


async def test_a_query_read_by_one_row_leaves_no_reader_behind(database):
    await asyncio.gather(*(database.write(adding(str(number))) for number in range(50)))
    for _ in range(6):
        await database.fetch_one("SELECT name FROM entry")

    assert await database.checkpoint()
    assert database.path.with_name("community.sqlite-wal").stat().st_size == 0


async def test_the_pragmas_are_the_promised_ones(database):
    async def pragma(name: str) -> object:
        rows = await database.engine.connection.execute_fetchall(f"PRAGMA {name}")
        return rows[0][0]

    assert await pragma("journal_mode") == "wal"
    assert await pragma("synchronous") == 2
    assert await pragma("foreign_keys") == 1
    assert await pragma("busy_timeout") == 5000
    assert await pragma("secure_delete") == 1
    assert await pragma("trusted_schema") == 0
    assert await pragma("journal_size_limit") == 64 * 1024 * 1024
    assert database.engine.connection.isolation_level is None

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


@pytest.mark.parametrize("statement", STATEMENTS)
async def test_a_caller_cancelled_while_a_statement_runs_is_still_served_whole(database, statement):
    loop = asyncio.get_running_loop()
    caller = asyncio.create_task(database.write(in_two_steps))

    def cancel_at(sql: str) -> None:
        if sql.startswith(statement):
            loop.call_soon_threadsafe(caller.cancel)

    await database.engine.connection.set_trace_callback(cancel_at)
    await asyncio.gather(caller, return_exceptions=True)
    await database.engine.connection.set_trace_callback(None)
    await whole_or_nothing(database)
