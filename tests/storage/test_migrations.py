import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.clock import instant
from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.migrate import read_migrations
from tests.storage.entries import adding

Start = Callable[[], None]


@pytest.fixture
def start(path, migrations, clock):
    """Start the bot's database once, write nothing, and stop."""

    async def start() -> None:
        async with Database.open(path, migrations, clock=clock):
            pass

    return start


@pytest.fixture
def refused(start):
    """Start, and return the sentence with which that is refused."""

    async def refused() -> str:
        with pytest.raises(StorageError) as caught:
            await start()
        return str(caught.value)

    return refused


def ask(path: Path, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def tables(path: Path) -> set[str]:
    return {row[0] for row in ask(path, "SELECT name FROM sqlite_schema WHERE type = 'table'")}


def version(path: Path) -> int:
    return ask(path, "PRAGMA user_version")[0][0]


def backups(path: Path) -> list[Path]:
    return sorted((path.parent / "backups").glob("*"))


async def test_a_migration_is_applied_once_and_recorded(start, path, migrations, clock):
    await start()
    await start()

    [migration] = read_migrations(migrations)
    assert ask(path, "SELECT * FROM migration") == [
        (1, "0001_entries", migration.sha256, instant(clock.now()))
    ]
    assert version(path) == 1
    assert backups(path) == [], "there was nothing to lose"


async def test_new_migrations_follow_and_keep_the_rows(start, path, migrations, clock):
    async with Database.open(path, migrations, clock=clock) as database:
        await database.write(adding("old"))
    (migrations / "0002_colour.sql").write_text("ALTER TABLE entry ADD colour TEXT;")
    (migrations / "0003_red.sql").write_text("UPDATE entry SET colour = 'red';")

    await start()

    assert ask(path, "SELECT * FROM entry") == [("old", 0, "red")]
    assert version(path) == 3


async def test_a_backup_of_the_old_schema_is_taken_before_a_migration(
    start, path, migrations, clock
):
    async with Database.open(path, migrations, clock=clock) as database:
        await database.write(adding("precious"))
    (migrations / "0002_drop.sql").write_text("DROP TABLE note; DELETE FROM entry;")

    await start()

    [copy] = backups(path)
    assert copy.name == "community.20261107-100000.sqlite"
    assert ask(copy, "SELECT name FROM entry") == [("precious",)]
    assert version(copy) == 1


async def test_a_migration_changed_after_it_was_applied_is_refused(start, refused, migrations):
    await start()
    file = migrations / "0001_entries.sql"
    file.write_text(file.read_text() + "-- one more thought\n")

    sentence = await refused()
    assert "0001_entries was changed after it was applied" in sentence
    assert "new migration" in sentence


async def test_a_checkout_with_windows_newlines_is_the_same_migration(start, migrations):
    await start()
    file = migrations / "0001_entries.sql"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    await start()


async def test_a_database_of_a_newer_version_is_refused(start, refused, path, migrations):
    newer = migrations / "0002_future.sql"
    newer.write_text("CREATE TABLE future (a INTEGER) STRICT;")
    await start()
    newer.unlink()

    sentence = await refused()
    assert "has schema 2, written by a newer version" in sentence
    assert "Update the program" in sentence
    assert "future" in tables(path)


async def test_a_version_that_fits_no_history_is_refused(start, refused, path):
    await start()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 0")

    assert "something else has changed it" in await refused()


@pytest.mark.parametrize(
    "name", ["0003_gap.sql", "0001_twice.sql", "2_short.sql", "0002_Wrong.sql", "0002.sql"]
)
async def test_migrations_with_a_gap_or_a_wrong_name_are_refused(refused, path, migrations, name):
    (migrations / name).write_text("SELECT 1;")

    assert "not gap-free" in await refused()
    assert not path.exists()


async def test_a_folder_without_migrations_is_refused(refused, migrations):
    (migrations / "0001_entries.sql").unlink()

    assert "no migrations" in await refused()


async def test_a_missing_folder_of_migrations_is_refused(path, tmp_path, clock):
    with pytest.raises(StorageError, match="cannot be read"):
        async with Database.open(path, tmp_path / "nowhere", clock=clock):
            pass


async def test_a_migration_that_fails_leaves_nothing_of_itself_or_its_neighbours(
    start, refused, path, migrations
):
    await start()
    (migrations / "0002_good.sql").write_text("CREATE TABLE good (a INTEGER) STRICT;")
    bad = migrations / "0003_bad.sql"
    bad.write_text("CREATE TABLE bad (a INTEGER) STRICT;\nINSERT INTO nowhere\nVALUES (1);")

    sentence = await refused()

    assert "0003_bad failed (no such table: nowhere), nothing was changed" in sentence
    assert "INSERT INTO nowhere VALUES (1);" in sentence
    assert tables(path) == {"migration", "entry", "note"}
    assert version(path) == 1

    bad.write_text("CREATE TABLE bad (a INTEGER) STRICT;")
    await start()
    assert version(path) == 3


async def test_a_first_migration_that_fails_leaves_an_empty_file_that_can_start_again(
    start, refused, path, migrations
):
    file = migrations / "0001_entries.sql"
    whole = file.read_text()
    file.write_text(whole + "nonsense;")
    await refused()
    file.write_text(whole)

    await start()

    assert version(path) == 1


@pytest.mark.parametrize("statement", ["COMMIT", "/* hidden */ ROLLBACK", "BEGIN", "SAVEPOINT s"])
async def test_a_migration_cannot_leave_the_common_transaction(
    start, refused, path, migrations, statement
):
    await start()
    (migrations / "0002_meddling.sql").write_text(f"CREATE TABLE half (a); {statement};")

    assert "not authorized" in await refused()
    assert "half" not in tables(path)


async def test_rows_that_a_migration_leaves_pointing_nowhere_are_refused(
    start, refused, path, migrations, clock
):
    async with Database.open(path, migrations, clock=clock) as database:
        await database.write(adding("one"))

        async def noting(tx):
            await tx.execute("INSERT INTO note VALUES ('one', 'words')")

        await database.write(noting)
    (migrations / "0002_careless.sql").write_text("DELETE FROM entry;")

    assert "note → entry" in await refused()
    assert ask(path, "SELECT name FROM entry") == [("one",)]


async def test_a_table_others_point_to_can_be_rebuilt(start, path, migrations, clock):
    async with Database.open(path, migrations, clock=clock) as database:
        await database.write(adding("one"))

        async def noting(tx):
            await tx.execute("INSERT INTO note VALUES ('one', 'words')")

        await database.write(noting)
    (migrations / "0002_rebuild.sql").write_text("""
        CREATE TABLE entry_new (name TEXT NOT NULL PRIMARY KEY, amount TEXT NOT NULL) STRICT;
        INSERT INTO entry_new (name, amount) SELECT name, amount FROM entry;
        DROP TABLE entry;
        ALTER TABLE entry_new RENAME TO entry;
    """)

    await start()

    assert ask(path, "SELECT * FROM note") == [("one", "words")]
    assert ask(path, "SELECT * FROM entry") == [("one", "0")]


async def test_semicolons_in_strings_comments_and_triggers_end_no_statement(
    start, path, migrations
):
    (migrations / "0002_signs.sql").write_text("""
        -- a comment; with a sign
        INSERT INTO entry VALUES ('a;b', 1); /* another; one */
        CREATE TRIGGER counted AFTER INSERT ON note BEGIN
            UPDATE entry SET amount = amount + 1 WHERE name = 'x;y';
            UPDATE entry SET amount = amount + 1;
        END;
        INSERT INTO note VALUES ('a;b', 'words')  -- no semicolon; at the end
    """)

    await start()

    assert ask(path, "SELECT * FROM entry") == [("a;b", 2)]
