import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest

from benchmarks.postgres_server import Server, now
from bot.storage.database import Database, Place

FIRST_MIGRATION = """\
-- Two tables are enough to break every promise a database makes.
CREATE TABLE entry (name TEXT NOT NULL PRIMARY KEY, amount INTEGER NOT NULL) STRICT;
CREATE TABLE note (
    entry_name TEXT NOT NULL REFERENCES entry (name),
    words      TEXT NOT NULL
) STRICT;
"""


class FixedClock:
    """Stands at one moment."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 7, 10, 0, tzinfo=UTC))


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_entries.sql").write_text(FIRST_MIGRATION, encoding="utf-8")
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "community.sqlite"


@pytest.fixture
def bare(server: Server) -> str:
    """The name of a database in which nothing is."""
    now(server.clear("bare"))
    return "bare"


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, path: Path) -> Iterator[Place]:
    """Where an empty database is; a module about files alone has a `place` of its own."""
    if request.param == "sqlite":
        yield path
        return
    bare = request.getfixturevalue("bare")
    yield request.getfixturevalue("server").url(bare)


@pytest.fixture
async def database(place: Place, migrations: Path, clock: FixedClock) -> AsyncIterator[Database]:
    async with Database.open(place, migrations, clock=clock) as database:
        yield database


@pytest.fixture
def outside(place: Place):
    """Ask as another program would: only what is committed is there."""

    async def ask(sql: str = "SELECT count(*) FROM entry") -> object:
        if isinstance(place, Path):
            with closing(sqlite3.connect(place)) as connection:
                return connection.execute(sql).fetchone()[0]
        connection = await asyncpg.connect(place.get_secret_value())
        try:
            return await connection.fetchval(sql)
        finally:
            await connection.close()

    return ask
