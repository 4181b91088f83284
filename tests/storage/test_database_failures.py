import asyncio
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import BotError, StorageError
from bot.storage.backup import check
from bot.storage.database import Database, StorageFailedError, Transaction
from tests.storage.entries import adding

ROOT = Path(__file__).parents[2]

FULL_DISK = """
import asyncio, resource, sys
from pathlib import Path
from bot.clock import UtcClock
from bot.storage.database import Database, StorageFailedError

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

async def write(database, name, length):
    async def operation(tx):
        await tx.execute("INSERT INTO entry VALUES (:name, 1)", {"name": name + "x" * length})
    await database.write(operation)
    print("saved", name, flush=True)

async def main():
    path, migrations = map(Path, sys.argv[1:])
    async with Database.open(path, migrations, clock=UtcClock()) as database:
        await write(database, "before", 10)
        limit(200_000)
        results = await asyncio.gather(
            *(write(database, f"big-{n}-", 100_000) for n in range(4)), return_exceptions=True
        )
        print([type(result).__name__ for result in results], flush=True)
        print(results[0], flush=True)
        row = await database.fetch_one("SELECT count(*) AS entries FROM entry")
        print("readable", row["entries"], flush=True)
        limit(resource.RLIM_INFINITY)
        await write(database, "after", 100_000)

asyncio.run(main())
"""


@pytest.fixture
def place(path):
    """What is proved here is a file's own."""
    return path


async def orphaned(tx: Transaction) -> str:
    """Break a foreign key where SQLite only looks at COMMIT."""
    await tx.execute("PRAGMA defer_foreign_keys = ON")
    await tx.execute("INSERT INTO note VALUES ('nobody', 'words')")
    return "saved"


async def refusing(tx: Transaction) -> None:
    raise BotError("You voted already.")


async def test_when_a_commit_fails_every_caller_of_the_batch_hears_it_and_the_writer_goes_on(
    database,
):
    results = await asyncio.gather(
        database.write(adding("first")),
        database.write(orphaned),
        database.write(refusing),
        database.write(adding("last")),
        return_exceptions=True,
    )

    assert [type(result) for result in results] == [StorageFailedError] * 4
    assert isinstance(results[0], StorageError)
    assert "FOREIGN KEY" in str(results[0])
    assert await database.write(adding("next")) == "next"
    rows = await database.fetch_all("SELECT name FROM entry")
    assert [row["name"] for row in rows] == ["next"]


async def test_when_sqlite_gives_up_a_transaction_those_not_yet_begun_get_a_new_one(database):
    async def fatal(tx: Transaction) -> None:
        await tx.execute("INSERT OR ROLLBACK INTO entry VALUES ('first', 1)")

    results = await asyncio.gather(
        database.write(adding("first")),
        database.write(fatal),
        database.write(adding("last")),
        return_exceptions=True,
    )

    assert [type(result) for result in results[:2]] == [StorageFailedError] * 2
    assert results[2] == "last"
    rows = await database.fetch_all("SELECT name FROM entry")
    assert [row["name"] for row in rows] == ["last"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no RLIMIT_FSIZE")
def test_a_full_disk_is_told_never_acknowledged_and_over_when_there_is_space(path, migrations):
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, path, migrations],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert lines[0] == "saved before"
    assert lines[1] == str(["StorageFailedError"] * 4)
    assert "disk" in lines[2]
    assert lines[3:] == ["readable 1", "saved after"]
    assert check(path, migrations) == []
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0].rstrip("x") for row in connection.execute("SELECT name FROM entry")]
    assert sorted(names) == ["after", "before"]


async def test_a_file_locked_by_another_program_fails_in_words_and_once_for_all(
    database, monkeypatch
):
    await database.engine.connection.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(database.path, isolation_level=None)) as intruder:
        intruder.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(1):
            results = await asyncio.gather(
                *(database.write(adding(str(number))) for number in range(50)),
                return_exceptions=True,
            )
        intruder.execute("ROLLBACK")

    assert all(isinstance(result, StorageFailedError) for result in results)
    assert "another program keeps the file locked" in str(results[0])
    assert await database.write(adding("next")) == "next"


async def test_a_mistake_of_the_writer_itself_leaves_nobody_waiting(
    database: Database, monkeypatch, caplog
):
    async def broken(_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(database.engine.connection, "run", broken)
        with pytest.raises(StorageFailedError):
            await database.write(adding("lost"))

    assert "ZeroDivisionError" in caplog.text
    assert await database.write(adding("next")) == "next"
