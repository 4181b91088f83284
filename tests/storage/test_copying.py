"""A community is moved to the other engine and back without a row changed or lost."""

import sqlite3
from contextlib import closing

import pytest

from bot.errors import StorageError
from bot.paths import project_folder
from bot.storage import copying
from bot.storage.database import Database
from bot.storage.lock import hold_lock
from bot.storage.postgres.moving import move_to_file, move_to_server

MIGRATIONS = project_folder("migrations")
POSTS = 1300
"""More than two pages."""


def silent(_table, _rows):
    """Watch, and say nothing."""


@pytest.fixture
def empty(bare):
    return bare


@pytest.fixture
async def community(tmp_path, clock):
    """A file with something of everything that is hard to move."""
    path = tmp_path / "data" / "community.sqlite"
    async with Database.open(path, MIGRATIONS, clock=clock):
        pass
    with closing(sqlite3.connect(path)) as connection, connection:
        outbox = (
            "INSERT INTO outbox (id, topic, step, guild_id, channel_id, after_id, body, marker,"
            " not_before, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        for number in range(1, POSTS + 1):
            after = number - 1 if number % 7 == 0 else None
            words = "Красная капелла 🎻 \N{RIGHT-TO-LEFT OVERRIDE}'\"\\ é"
            row = (number, f"t:{number}", "send", 2**62, -number, after, words, "", 0, 2**53 + 1)
            connection.execute(outbox, row)
        connection.execute("DELETE FROM outbox WHERE id > ?", (POSTS - 5,))
        for user, work in (
            (2, "b"),
            (1, "ä"),
            (1, "Z"),
            (1, "a"),
            (1, "\U0001f3bb"),
            (1, "\uffee"),
        ):
            connection.execute("INSERT INTO reading_progress VALUES (?, ?, 3, 4)", (user, work))
        connection.execute(
            "INSERT INTO guild_document (guild_id, work, work_title, file, title, chapter, state,"
            " sha256, size, content, added_by, added_at)"
            " VALUES (1, 'w', 'W', 'f', '', 0, 'kept', 'x', 4, ?, 0, 0)",
            (b"\0\xff\n'",),
        )
        connection.execute("INSERT INTO reader_digest VALUES (9, 1, NULL, NULL)")
    return path


def contents(path):
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
            " AND (name NOT LIKE 'sqlite%' OR name = 'sqlite_sequence') ORDER BY name"
        ).fetchall()
        return {
            name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}")))
            for (name,) in names
        }


async def test_there_and_back_everything_is_the_same_and_no_number_comes_twice(
    server, empty, community, tmp_path, clock
):
    there = await move_to_server(community, server.url(empty), MIGRATIONS, clock, silent)
    async with Database.open(server.url(empty), MIGRATIONS, clock=clock) as database:
        rows = await database.fetch_all("SELECT work FROM reading_progress ORDER BY user_id, work")
    back = tmp_path / "elsewhere" / "community.sqlite"
    await move_to_file(server.url(empty), back, MIGRATIONS, clock, silent)

    assert there.rows["outbox"] == POSTS - 5
    assert there.written == sum(there.rows.values()) == POSTS - 5 + 6 + 1 + 1
    works = ["Z", "a", "ä", "\uffee", "\U0001f3bb", "b"]
    assert [row["work"] for row in rows] == works, "ordered as SQLite orders it"
    assert contents(back) == contents(community)
    connection = await server.connect(empty)
    given = await connection.fetchval("SELECT nextval(pg_get_serial_sequence('outbox', 'id'))")
    await connection.close()
    assert given == POSTS + 1


@pytest.mark.parametrize("changed", [False, True])
async def test_a_copy_that_was_cut_short_goes_on_and_meanwhile_no_bot_starts_on_it(
    server, empty, community, clock, changed
):
    def trip(table, _rows):
        if table == "outbox":
            raise KeyboardInterrupt

    url = server.url(empty)
    with pytest.raises(KeyboardInterrupt):
        await move_to_server(community, url, MIGRATIONS, clock, trip)
    with pytest.raises(StorageError, match="half a copy"):
        async with Database.open(url, MIGRATIONS, clock=clock):
            pass
    if changed:
        with closing(sqlite3.connect(community)) as connection, connection:
            connection.execute("UPDATE outbox SET state = 'sent' WHERE id < 10")

    copied = await move_to_server(community, url, MIGRATIONS, clock, silent)

    assert (copied.written < sum(copied.rows.values())) is not changed
    async with Database.open(url, MIGRATIONS, clock=clock) as database:
        row = await database.fetch_one("SELECT count(*) AS sent FROM outbox WHERE state = 'sent'")
    assert row["sent"] == (9 if changed else 0)


async def test_a_community_is_never_copied_over_another(server, empty, community, clock, tmp_path):
    url = server.url(empty)
    await move_to_server(community, url, MIGRATIONS, clock, silent)

    with pytest.raises(StorageError, match="holds a community already"):
        await move_to_server(community, url, MIGRATIONS, clock, silent)
    with pytest.raises(StorageError, match="exists already"):
        await move_to_file(url, community, MIGRATIONS, clock, silent)
    with pytest.raises(StorageError, match="no community to copy"):
        await move_to_server(tmp_path / "none.sqlite", url, MIGRATIONS, clock, silent)


async def test_nothing_is_copied_while_a_bot_runs(server, empty, community, clock, tmp_path):
    url, target = server.url(empty), tmp_path / "new.sqlite"
    with hold_lock(community), pytest.raises(StorageError, match="in use"):
        await move_to_server(community, url, MIGRATIONS, clock, silent)
    async with Database.open(url, MIGRATIONS, clock=clock):
        with pytest.raises(StorageError, match="Another Samizdat is connected"):
            await move_to_server(community, url, MIGRATIONS, clock, silent)
        with pytest.raises(StorageError, match="Another Samizdat is connected"):
            await move_to_file(url, target, MIGRATIONS, clock, silent)

    assert not target.exists()


async def test_a_row_that_changes_under_the_copy_is_noticed(
    server, empty, community, clock, monkeypatch
):
    compare = copying._compare

    async def meddle(source, target, tables):
        await server.say("UPDATE outbox SET body = 'x' WHERE id = 700", database=empty)
        await compare(source, target, tables)

    monkeypatch.setattr(copying, "_compare", meddle)

    with pytest.raises(StorageError, match="the table outbox differs"):
        await move_to_server(community, server.url(empty), MIGRATIONS, clock, silent)


def test_keys_are_ordered_as_both_engines_order_them():
    keys = [(1, "\U0001f3bb"), (1, "\uffee"), (1, "b"), (1, "ä"), (0, "z"), (-1, "a")]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (a INTEGER, b TEXT)")
        connection.executemany("INSERT INTO t VALUES (?, ?)", keys)
        ordered = connection.execute("SELECT a, b FROM t ORDER BY a, b").fetchall()

    assert sorted(keys, key=copying._order) == ordered
