"""All services over a small canon and a clock that stands, and what their database holds."""

import json
import random
import sqlite3
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from unittest import mock

from loopback.seeds import write_seeds

from benchmarks.fake_feeds import FakeFeeds
from bot.compose import open_services
from bot.settings import Settings
from bot.uploads import builder

MOMENT = datetime(2026, 11, 7, 10, 0, tzinfo=UTC)


class StandingClock:
    """Stands; *later* is how far an operation lets the time go on."""

    later = timedelta()

    def now(self):
        return MOMENT + self.later


class Certain(random.Random):
    """Chance as it is in a proof."""

    def random(self):
        return 0.5


def settings_of(folder, url=None):
    return Settings(
        data_dir=folder / "data", seeds_dirs=(folder.parent / "seeds",), database_url=url
    )


def database_of(folder):
    return folder / "data" / "community.sqlite"


@asynccontextmanager
async def opened(folder, url=None):
    """Open all services on *folder*; the seeds lie beside it and are written at need.

    *url*: a PostgreSQL in the place of the folder's own database.
    """
    if not (folder.parent / "seeds").exists():
        write_seeds(folder.parent / "seeds")
    # A process more for each document would test the patience of whoever waits, and nothing else.
    with (
        mock.patch.object(builder, "_ask_child", build_here),
        mock.patch("bot.soviet.ballot_box.secrets.token_hex", lambda size: "0" * 2 * size),
    ):
        clock = StandingClock()
        feeds = FakeFeeds(clock)
        async with open_services(settings_of(folder, url), clock, reader=feeds) as services:
            services.following._poller._results._random = Certain()
            yield services


def build_here(order):
    """Do what `python -m bot.uploads.builder` does, in this process."""
    return builder._unless_refused(json.loads(json.dumps(builder._told(order))))


def contents(folder):
    """Return every row of every table, as text: what two databases must share to be the same."""
    with closing(sqlite3.connect(database_of(folder))) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        return {
            name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}").fetchall()))
            for (name,) in names
        }
