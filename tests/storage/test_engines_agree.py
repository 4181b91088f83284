"""What the bot does leaves the same rows on both engines, and is told the same of them.

Every operation that is killed and cancelled elsewhere is done twice here, on SQLite and on
PostgreSQL; then what is kept about people is exported and forgotten, and the server purged.
"""

import sqlite3
from contextlib import closing

import pytest
from faults.harness.every import EVERY
from faults.harness.house import opened
from faults.harness.operations import GUILD, VERA

from bot.clock import UtcClock
from bot.errors import BotError
from bot.paths import project_folder
from bot.storage.sqlite import prepare

NOT_COMPARED = {"migration", "lease"}
"""When a process began is another moment on each."""


@pytest.fixture(scope="session")
def schema(tmp_path_factory):
    """Table → its columns."""
    path = tmp_path_factory.mktemp("schema") / "community.sqlite"

    prepare(path, project_folder("migrations"), UtcClock())
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        return {
            name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            for (name,) in names
        }


async def contents(services, schema):
    return {
        name: sorted(
            repr(tuple(row))
            for row in await services.database.fetch_all(f"SELECT {', '.join(columns)} FROM {name}")
        )
        for name, columns in schema.items()
        if name not in NOT_COMPARED
    }


async def life(operation, services, schema):
    """Yield what can be seen from outside after each step of an operation's life."""
    await operation.prepare(services)
    yield await contents(services, schema)
    for _ in range(2):
        try:
            await operation.act(services)
        except BotError as refusal:
            yield type(refusal), str(refusal)
        yield await contents(services, schema)
    records = services.privacy._records
    people = [sorted(await each.people()) for each in records]
    yield people, [[dict(row) for row in await each.export(VERA)] for each in records]
    for each in records:
        await each.forget(VERA)
    yield await contents(services, schema)
    for purge in services.departures._purges:
        await purge(GUILD)
    yield await contents(services, schema)


@pytest.mark.parametrize("operation", EVERY, ids=lambda each: each.name)
async def test_an_operation_does_the_same_on_both_engines(operation, schema, server, tmp_path):
    await server.empty("schema")
    seen = []

    for url in (None, server.url("schema")):
        folder = tmp_path / ("file" if url is None else "server")
        async with opened(folder, url) as services:
            seen.append([step async for step in life(operation, services, schema)])

    for file, table in zip(*seen, strict=True):
        assert table == file


async def test_every_column_of_the_server_is_of_the_kind_that_the_file_has(schema, server):
    connection = await server.connect("schema")
    rows = await connection.fetch(
        "SELECT table_name, column_name, data_type, collation_name FROM information_schema.columns"
        " WHERE table_schema = 'public'"
    )
    await connection.close()
    there: dict[str, set[str]] = {}
    for row in rows:
        there.setdefault(row["table_name"], set()).add(row["column_name"])

    assert there.keys() - schema.keys() == {"writer_mark"}
    assert {name: set(columns) for name, columns in schema.items()}.items() <= there.items()
    assert {row["data_type"] for row in rows} <= {"bigint", "text", "bytea", "double precision"}
    ordered = {
        row["collation_name"]
        for row in rows
        if row["data_type"] == "text" and row["table_name"] not in {"migration", "writer_mark"}
    }
    assert ordered == {"C"}, "its texts would be ordered by a language"
