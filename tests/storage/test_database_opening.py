import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.files import APPLICATION_ID
from tests.storage.entries import adding

ROOT = Path(__file__).parents[2]

OPEN_AND_WAIT = """
import asyncio, sys
from pathlib import Path
from bot.clock import UtcClock
from bot.errors import StorageError
from bot.storage.database import Database

async def main():
    path, migrations = map(Path, sys.argv[1:])
    async with Database.open(path, migrations, clock=UtcClock()):
        print("open", flush=True)
        sys.stdin.read()

try:
    asyncio.run(main())
except StorageError as error:
    print(error, flush=True)
    sys.exit(1)
"""


@pytest.fixture
def place(path):
    """What is proved here is a file's own."""
    return path


def another_process(path: Path, migrations: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", OPEN_AND_WAIT, path, migrations],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


async def refusal(path: Path, migrations: Path, clock) -> str:
    """Return the sentence with which *path* is refused, and check that it was left as it was."""
    before = content(path)
    with pytest.raises(StorageError) as caught:
        async with Database.open(path, migrations, clock=clock):
            pass
    assert content(path) == before, "a refused file was changed"
    return str(caught.value)


@pytest.fixture
async def closed(path, migrations, clock) -> Path:
    """A database with something in it, closed."""
    async with Database.open(path, migrations, clock=clock) as database:
        for number in range(200):
            await database.write(adding(f"entry {number} " + "x" * 200))
    return path


async def test_a_missing_folder_and_database_are_created_for_their_owner_alone(database):
    await database.write(adding("one"))

    assert stat.S_IMODE(database.path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(database.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(database.path.with_name("community.sqlite-wal").stat().st_mode) == 0o600


async def test_closing_leaves_the_database_and_its_lock_file_and_nothing_else(closed):
    assert {file.name for file in closed.parent.iterdir()} == {
        "community.sqlite",
        "community.sqlite.lock",
    }


async def test_what_was_written_is_there_after_reopening(closed, migrations, clock):
    async with Database.open(closed, migrations, clock=clock) as database:
        row = await database.fetch_one("SELECT count(*) AS entries FROM entry")

    assert row["entries"] == 200


async def test_a_path_with_signs_that_mean_something_in_a_uri_is_just_a_path(
    tmp_path, migrations, clock
):
    path = tmp_path / "100% what? #1" / "comm unity.sqlite"
    async with Database.open(path, migrations, clock=clock) as database:
        await database.write(adding("one"))

    assert path.exists()


async def test_a_second_process_is_refused_and_told_what_to_do(database, migrations):
    with another_process(database.path, migrations) as second:
        sentence, _ = second.communicate(timeout=30)

    assert second.returncode == 1
    assert "is in use by another Samizdat" in sentence
    assert f"process {os.getpid()}" in sentence
    assert "Stop that one first" in sentence


async def test_the_lock_ends_with_its_process_however_it_dies(path, migrations, clock):
    with another_process(path, migrations) as other:
        assert other.stdout.readline() == "open\n"
        assert f"process {other.pid}" in await refusal(path, migrations, clock)
        other.kill()
        other.communicate(timeout=30)

    async with Database.open(path, migrations, clock=clock) as database:
        assert await database.write(adding("next")) == "next"


async def test_a_second_opening_in_the_same_process_is_refused_too(database, migrations, clock):
    assert "in use" in await refusal(database.path, migrations, clock)


async def test_an_empty_file_becomes_a_database(path, migrations, clock):
    path.parent.mkdir()
    path.touch()

    async with Database.open(path, migrations, clock=clock) as database:
        await database.write(adding("one"))

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


@pytest.mark.parametrize("content", [b"x", b"Dear diary,\n" * 1000, os.urandom(20_000)])
async def test_a_file_that_is_no_database_is_refused(path, migrations, clock, content):
    path.parent.mkdir()
    path.write_bytes(content)

    assert "is not a SQLite database" in await refusal(path, migrations, clock)


@pytest.mark.parametrize("application", [0, 0x0F055112])
async def test_another_program_s_database_is_refused(path, migrations, clock, application):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {application}")
        connection.execute("CREATE TABLE theirs (a)")

    assert "belongs to another program" in await refusal(path, migrations, clock)


async def test_a_write_that_was_cut_off_is_undone_at_the_next_start(
    closed, migrations, clock, tmp_path
):
    cut_off = tmp_path / "cut off" / "community.sqlite"
    cut_off.parent.mkdir()
    with closing(sqlite3.connect(closed, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA cache_size = 2")  # so it writes to the file before the commit
        connection.execute("BEGIN")
        connection.execute("UPDATE entry SET amount = 99")
        for suffix in ("", "-journal"):
            shutil.copy(f"{closed}{suffix}", f"{cut_off}{suffix}")

    assert closed.read_bytes() != cut_off.read_bytes(), "nothing was cut off"
    async with Database.open(cut_off, migrations, clock=clock) as database:
        rows = await database.fetch_all("SELECT DISTINCT amount FROM entry")
    assert [row["amount"] for row in rows] == [0]


async def test_a_truncated_database_is_refused(closed, migrations, clock):
    os.truncate(closed, closed.stat().st_size // 2)

    sentence = await refusal(closed, migrations, clock)
    assert "is damaged" in sentence
    assert "samizdat db restore" in sentence


async def test_overwritten_pages_are_refused(closed, migrations, clock):
    with closed.open("rb+") as file:
        file.seek(4096)
        file.write(b"\xde\xad" * 4096)

    assert "is damaged" in await refusal(closed, migrations, clock)


async def test_a_destroyed_beginning_is_refused(closed, migrations, clock):
    with closed.open("rb+") as file:
        file.write(b"\0" * 100)

    assert "its beginning is damaged" in await refusal(closed, migrations, clock)


async def test_a_log_without_its_database_is_refused_because_sqlite_would_delete_it(
    path, migrations, clock
):
    path.parent.mkdir()
    log = path.with_name("community.sqlite-wal")
    log.write_bytes(b"the newest votes")

    assert "its log community.sqlite-wal is not" in await refusal(path, migrations, clock)
    path.touch()
    assert "its log community.sqlite-wal is not" in await refusal(path, migrations, clock)
    assert log.read_bytes() == b"the newest votes"


async def test_a_folder_in_the_place_of_the_database_is_refused(path, migrations, clock):
    path.mkdir(parents=True)

    assert "is not a file" in await refusal(path, migrations, clock)


async def test_a_folder_that_cannot_be_created_is_refused_in_words(tmp_path, migrations, clock):
    (tmp_path / "file").touch()  # below a regular file not even root can create a folder

    sentence = await refusal(tmp_path / "file" / "data" / "c.sqlite", migrations, clock)
    assert re.search(r"The folder .* cannot be created \(Not a directory\)", sentence)
    assert "DATA_DIR" in sentence


async def test_a_lock_file_that_cannot_be_written_is_refused_in_words(path, migrations, clock):
    path.with_name("community.sqlite.lock").mkdir(parents=True)

    sentence = await refusal(path, migrations, clock)
    assert "cannot be written" in sentence
    assert "DATA_DIR" in sentence


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write to every file"
)
async def test_a_read_only_file_is_refused(closed, migrations, clock):
    closed.chmod(0o400)

    assert "is read-only" in await refusal(closed, migrations, clock)
