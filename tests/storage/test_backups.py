import asyncio
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.storage.backup import backup, check, restore
from bot.storage.database import Database
from tests.storage.entries import adding


@pytest.fixture
def place(path):
    """What is proved here is a file's own."""
    return path


def names(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM entry ORDER BY name")]


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "elsewhere" / "backups"


@pytest.fixture
async def closed(path, migrations, clock) -> Path:
    async with Database.open(path, migrations, clock=clock) as database:
        await database.write(adding("saved"))
    return path


async def test_a_backup_of_a_running_database_holds_everything_committed(
    database, folder, clock, migrations
):
    await database.write(adding("one"))

    copy = await asyncio.to_thread(backup, database.path, folder, clock)
    await database.write(adding("two"))

    assert copy == folder / "community.20261107-100000.sqlite"
    assert list(folder.iterdir()) == [copy]
    assert names(copy) == ["one"]
    assert check(copy, migrations) == []
    assert list(folder.iterdir()) == [copy], "checking left files beside the backup"


async def test_a_backup_taken_amid_writes_is_one_moment_of_the_database(
    database, folder, clock, migrations
):
    async def write_many() -> None:
        for number in range(150):
            await database.write(adding(f"{number:03}"))

    writing = asyncio.create_task(write_many())
    copies = [await asyncio.to_thread(backup, database.path, folder, clock) for _ in range(5)]
    await writing

    assert len(set(copies)) == 5, "a backup of the same second overwrote another"
    for copy in copies:
        assert check(copy, migrations) == []
        assert names(copy) == [f"{number:03}" for number in range(len(names(copy)))]


def test_backups_of_nothing_or_of_something_else_are_refused(path, tmp_path, folder, clock):
    with pytest.raises(StorageError, match="is not a file"):
        backup(path, folder, clock)
    (tmp_path / "diary").write_text("Dear diary,\n" * 100)
    with pytest.raises(StorageError, match="is not a SQLite database"):
        backup(tmp_path / "diary", folder, clock)

    assert not folder.exists()


async def test_a_backup_of_a_damaged_database_gets_no_name(closed, folder, clock):
    with closed.open("rb+") as file:
        file.seek(4096)
        file.write(b"\xde\xad" * 4096)

    with pytest.raises(StorageError):
        backup(closed, folder, clock)

    assert list(folder.iterdir()) == []


async def test_a_backup_or_restore_onto_a_full_disk_is_told_and_leaves_nothing_behind(
    closed, folder, migrations, clock
):
    copy = backup(closed, folder, clock)
    before = closed.read_bytes()
    resource = pytest.importorskip("resource", reason="Windows has no RLIMIT_FSIZE")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(StorageError, match=r"The backup to .* failed: disk I/O error"):
            backup(closed, folder, clock)
        with pytest.raises(StorageError, match=r"The restore of .* failed: disk I/O error"):
            restore(copy, closed, migrations, clock)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert list(folder.iterdir()) == [copy]
    assert closed.read_bytes() == before


async def test_a_backup_into_a_place_that_is_no_folder_is_refused(closed, tmp_path, clock):
    (tmp_path / "file").touch()

    with pytest.raises(StorageError, match="cannot be created"):
        backup(closed, tmp_path / "file", clock)


async def test_a_sound_database_has_no_faults_running_or_closed(database, migrations):
    await database.write(adding("one"))

    assert check(database.path, migrations) == []


async def test_check_names_every_kind_of_fault(closed, path, migrations, tmp_path):
    with closing(sqlite3.connect(closed, isolation_level=None)) as connection:
        connection.execute("INSERT INTO note VALUES ('nobody', 'words')")
    file = migrations / "0001_entries.sql"
    file.write_text(file.read_text() + "-- changed\n")

    dangling, changed = check(closed, migrations)
    assert "A row of note (rowid 1) points to a row of entry that is missing" in dangling
    assert "0001_entries was changed" in changed

    assert check(tmp_path / "none", migrations) == [f"There is no file {tmp_path / 'none'}."]
    with closing(sqlite3.connect(closed)) as connection:
        connection.execute("PRAGMA application_id = 1")
    assert "belongs to another program" in check(closed, migrations)[0]
    os.truncate(closed, 5000)
    assert len(check(closed, migrations)) == 1


async def test_the_drill_back_up_lose_restore(path, folder, migrations, clock):
    async with Database.open(path, migrations, clock=clock) as database:
        await database.write(adding("before"))
        copy = await asyncio.to_thread(backup, path, folder, clock)
        await database.write(adding("after"))

    kept = restore(copy, path, migrations, clock)

    assert kept == path.with_name("community.sqlite.before-restore-20261107-100000")
    assert names(kept) == ["after", "before"]
    assert copy.exists()
    async with Database.open(path, migrations, clock=clock) as database:
        rows = await database.fetch_all("SELECT name FROM entry")
        assert [row["name"] for row in rows] == ["before"]
        await database.write(adding("new"))


async def test_a_restore_beside_a_running_bot_is_refused(database, folder, migrations, clock):
    await database.write(adding("one"))
    copy = await asyncio.to_thread(backup, database.path, folder, clock)
    await database.write(adding("two"))

    with pytest.raises(StorageError, match="in use by another Samizdat"):
        restore(copy, database.path, migrations, clock)

    assert len(await database.fetch_all("SELECT name FROM entry")) == 2


async def test_a_bad_backup_is_refused_and_changes_nothing(closed, folder, migrations, clock):
    copy = backup(closed, folder, clock)
    os.truncate(copy, copy.stat().st_size // 2)
    before = closed.read_bytes()

    with pytest.raises(StorageError, match="cannot be restored"):
        restore(copy, closed, migrations, clock)

    assert closed.read_bytes() == before
    assert {file.name for file in closed.parent.iterdir()} == {
        "community.sqlite",
        "community.sqlite.lock",
    }


async def test_a_restore_onto_a_new_machine_needs_no_database_there(
    closed, folder, migrations, clock, tmp_path
):
    copy = backup(closed, folder, clock)
    target = tmp_path / "new machine" / "community.sqlite"

    assert restore(copy, target, migrations, clock) is None
    assert names(target) == ["saved"]


async def test_a_stale_log_is_moved_away_with_the_damaged_file_it_belongs_to(
    closed, folder, migrations, clock
):
    copy = backup(closed, folder, clock)
    log = closed.with_name("community.sqlite-wal")
    closed.write_bytes(b"garbage" * 1000)
    log.write_bytes(b"stale log")
    closed.with_name("community.sqlite-shm").write_bytes(b"stale index")

    kept = restore(copy, closed, migrations, clock)

    assert kept is not None
    assert kept.read_bytes() == b"garbage" * 1000
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"stale log"
    assert not log.exists()
    assert names(closed) == ["saved"]


async def test_the_log_of_a_killed_bot_is_folded_into_the_database_that_is_kept(
    closed, folder, migrations, clock, tmp_path
):
    copy = backup(closed, folder, clock)
    # A connection that is open while the files are copied leaves what kill -9 leaves.
    with closing(sqlite3.connect(closed, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("INSERT INTO entry VALUES ('only in the log', 1)")
        killed = tmp_path / "killed" / "community.sqlite"
        killed.parent.mkdir()
        for suffix in ("", "-wal"):
            source = closed.with_name(closed.name + suffix)
            killed.with_name(killed.name + suffix).write_bytes(source.read_bytes())

    kept = restore(copy, killed, migrations, clock)

    assert names(kept) == ["only in the log", "saved"]
    assert names(killed) == ["saved"]


async def test_a_backup_of_an_older_schema_is_restored_and_then_migrated(
    closed, folder, migrations, clock
):
    copy = backup(closed, folder, clock)
    (migrations / "0002_colour.sql").write_text("ALTER TABLE entry ADD colour TEXT;")
    clock.moment += timedelta(hours=1)

    restore(copy, closed, migrations, clock)

    async with Database.open(closed, migrations, clock=clock) as database:
        row = await database.fetch_one("SELECT name, colour FROM entry")
    assert dict(row) == {"name": "saved", "colour": None}


async def test_a_backup_of_a_newer_schema_is_refused(closed, folder, migrations, clock):
    newer = migrations / "0002_colour.sql"
    newer.write_text("ALTER TABLE entry ADD colour TEXT;")
    async with Database.open(closed, migrations, clock=clock):
        pass
    copy = backup(closed, folder, clock)
    newer.unlink()

    with pytest.raises(StorageError, match="newer version"):
        restore(copy, closed, migrations, clock)
