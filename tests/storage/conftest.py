from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.storage.database import Database

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
async def database(path: Path, migrations: Path, clock: FixedClock) -> AsyncIterator[Database]:
    async with Database.open(path, migrations, clock=clock) as database:
        yield database
