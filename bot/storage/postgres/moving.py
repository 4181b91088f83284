"""Moving a community between a SQLite file and a PostgreSQL, while no bot runs on either.

The target counts as a community only once every row of it was compared: until then a file has
another name, and a PostgreSQL has a mark that keeps bots from starting on it.
"""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Final

import asyncpg
from pydantic import SecretStr

from bot.clock import Clock
from bot.errors import StorageError
from bot.storage.backup import check
from bot.storage.connection import DURABLE, connect
from bot.storage.copy_sqlite import SqliteEnd
from bot.storage.copying import Copied, Watch, copy
from bot.storage.files import create_folder, sibling
from bot.storage.lock import hold_lock
from bot.storage.postgres import connecting
from bot.storage.postgres.address import Address
from bot.storage.postgres.committing import LOCK
from bot.storage.postgres.copy_end import PostgresEnd
from bot.storage.postgres.engine import in_words, prepare
from bot.storage.postgres.migrate import UNFINISHED
from bot.storage.sqlite import prepare as prepare_file

_PARTIAL: Final = ".copying"
_OTHERS: Final = """
SELECT count(*) FROM pg_stat_activity
 WHERE datname = current_database() AND application_name = $1 AND pid <> pg_backend_pid()
"""
_MARK: Final = f"CREATE TABLE IF NOT EXISTS {UNFINISHED} (since BIGINT)"
_UNMARK: Final = f"DROP TABLE {UNFINISHED}"


async def move_to_server(
    file: Path, url: SecretStr, migrations_folder: Path, clock: Clock, watch: Watch
) -> Copied:
    """Copy the community of *file* to the empty database at *url*, or go on with doing so.

    Raises:
        StorageError: a bot uses one of them, or *url* holds a community already.
    """
    if not file.exists():  # noqa: ASYNC240 - nothing else runs here
        raise StorageError(f"There is no community to copy: {file} does not exist.")
    address = Address.read(url)
    with hold_lock(file):
        prepare_file(file, migrations_folder, clock)
        await prepare(address, migrations_folder, clock, unfinished=True)
        async with in_words(address), _alone(address) as server:
            with closing(connect(file, DURABLE)) as source:
                end = PostgresEnd(server)
                await _mark(server, end)
                copied = await copy(SqliteEnd(source), end, watch)
                await server.execute(_UNMARK)
                return copied


async def move_to_file(
    url: SecretStr, file: Path, migrations_folder: Path, clock: Clock, watch: Watch
) -> Copied:
    """Copy the community at *url* to a new *file*, or go on with doing so.

    Raises:
        StorageError: a bot uses one of them, or *file* exists already.
    """
    address, partial = Address.read(url), sibling(file, _PARTIAL)
    create_folder(file.parent)
    with hold_lock(file):
        if file.exists():  # noqa: ASYNC240
            raise StorageError(f"{file} exists already. Move it away first.")
        prepare_file(partial, migrations_folder, clock)
        await prepare(address, migrations_folder, clock)
        async with in_words(address), _alone(address) as server:
            with closing(connect(partial, DURABLE)) as target:
                copied = await copy(PostgresEnd(server), SqliteEnd(target), watch)
        _finish(partial, file, migrations_folder)
        return copied


def _finish(partial: Path, file: Path, migrations_folder: Path) -> None:
    if faults := check(partial, migrations_folder):
        raise StorageError(f"The copy is not sound. {' '.join(faults)}")
    with closing(sqlite3.connect(partial)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    partial.replace(file)


@asynccontextmanager
async def _alone(address: Address) -> AsyncIterator[asyncpg.Connection]:
    """Yield a session while no other of ours is there, and none that comes can write."""
    connection = await connecting.connect(address)
    try:
        await connection.execute("SET statement_timeout = 0; SET idle_session_timeout = 0")
        if await connection.fetchval(_OTHERS, connecting.PROGRAM):
            raise StorageError(
                f"Another Samizdat is connected to the PostgreSQL database {address.shown}. "
                "Stop it first."
            )
        await connection.execute(f"SELECT pg_advisory_lock({LOCK})")
        yield connection
    finally:
        await connecting.close(connection)


async def _mark(connection: asyncpg.Connection, end: PostgresEnd) -> None:
    """Mark the database as half a copy, unless it holds a whole community."""
    if await connection.fetchval("SELECT to_regclass($1)", UNFINISHED) is None:
        for table in await end.tables():
            if await end.page(table, None):
                raise StorageError(
                    "The PostgreSQL database holds a community already. Copy to an empty one."
                )
    await connection.execute(_MARK)
