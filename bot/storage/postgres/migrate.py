"""The migrations of `bot.storage.migrate`, on PostgreSQL: the same files, the same history.

All that are missing are applied in one transaction under the writers' lock: of several processes
that start at once the first does it, the others find it done, and nobody writes meanwhile.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import asyncpg

from bot.clock import Clock, instant
from bot.errors import StorageError
from bot.storage.migrate import Migration, history_fault, split
from bot.storage.postgres.committing import LOCK
from bot.storage.postgres.schema import translate

log = logging.getLogger(__name__)

_OLDEST: Final = 140000
_OURS: Final = "samizdat"
"""The comment on the table of migrations: what SQLite keeps as application_id."""

UNFINISHED: Final = "unfinished_copy"
"""The table by which half a copy is known."""

_TABLES: Final = """
SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') ORDER BY 1
"""
_FIRST: Final = f"""
CREATE TABLE migration (
    number     BIGINT PRIMARY KEY,
    name       TEXT   NOT NULL UNIQUE,
    sha256     TEXT   NOT NULL,
    applied_at BIGINT NOT NULL
);
COMMENT ON TABLE migration IS '{_OURS}';
CREATE TABLE writer_mark (
    writer    TEXT   PRIMARY KEY,
    batch     BIGINT NOT NULL,
    marked_at BIGINT NOT NULL
);
COMMENT ON TABLE writer_mark IS 'the last batch of each process, by which a lost answer is found';
"""
_IDENTITIES: Final = """
SELECT c.relname AS "table", a.attname AS "column",
       pg_get_serial_sequence(quote_ident(c.relname), a.attname) AS sequence
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = current_schema() AND c.relkind = 'r' AND a.attidentity <> '' ORDER BY 1
"""


async def require_usable(connection: asyncpg.Connection, *, unfinished: bool = False) -> None:
    """Refuse a database that cannot be the community's; change nothing.

    *unfinished*: half a copy is what is wanted.

    Raises:
        StorageError: it is old, of another encoding, read-only, another program's, or half a copy.
    """
    version = await connection.fetchval("SELECT current_setting('server_version_num')::int")
    if version < _OLDEST:
        raise StorageError(
            f"The server is PostgreSQL {version // 10000}; Samizdat needs {_OLDEST // 10000}."
        )
    encoding = await connection.fetchval("SELECT current_setting('server_encoding')")
    if encoding != "UTF8":
        raise StorageError(
            f"The database is encoded in {encoding}, in which not every language can be written. "
            "Make one with: createdb --encoding=UTF8 --template=template0 NAME"
        )
    if await connection.fetchval("SELECT current_setting('transaction_read_only')") == "on":
        raise StorageError(
            "The database can only be read: the server is a standby, or set so. "
            "DATABASE_URL must lead to the primary."
        )
    if await connection.fetchval("SELECT current_schema()") is None:
        raise StorageError(
            "The user of DATABASE_URL has no schema of tables (search_path names none that is "
            "there). GRANT USAGE, CREATE ON SCHEMA public TO that user."
        )
    await _require_ours(connection)
    if not unfinished and await connection.fetchval("SELECT to_regclass($1)", UNFINISHED):
        raise StorageError(
            "The database holds half a copy. Finish it with `samizdat db copy postgresql`."
        )


async def _require_ours(connection: asyncpg.Connection) -> None:
    tables = await table_names(connection)
    mark = await connection.fetchval("SELECT obj_description(to_regclass('migration'), 'pg_class')")
    if tables and mark != _OURS:
        raise StorageError(
            f"The database belongs to another program: it holds {', '.join(tables[:5])}. "
            "Give Samizdat a database of its own."
        )


async def table_names(connection: asyncpg.Connection) -> list[str]:
    """Return the names of the tables there are."""
    return [row["name"] for row in await connection.fetch(_TABLES)]


async def migrate(
    connection: asyncpg.Connection, migrations: Sequence[Migration], clock: Clock
) -> None:
    """Apply what is missing, all or nothing.

    Raises:
        StorageError: the history does not fit, or a migration failed; nothing was changed.
    """
    async with connection.transaction():
        await connection.execute(
            "SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = 0;"
            "SET LOCAL idle_in_transaction_session_timeout = 0;"
        )
        await connection.fetchval(f"SELECT pg_advisory_xact_lock({LOCK})", timeout=90)
        await _require_ours(connection)  # again: whoever had the lock may have begun with it
        applied = await _applied(connection)
        if (fault := history_fault(applied, len(applied), migrations)) is not None:
            raise StorageError(fault)
        if not applied:
            await connection.execute(_FIRST)
        pending = migrations[len(applied) :]
        for migration in pending:
            await _apply(connection, migration)
            await _record(connection, migration, clock)
        if pending:
            await raise_identities(connection)
            log.info("the database has schema %d now", pending[-1].number)


async def _applied(connection: asyncpg.Connection) -> list[tuple[str, str]]:
    if await connection.fetchval("SELECT to_regclass('migration')") is None:
        return []
    rows = await connection.fetch("SELECT name, sha256 FROM migration ORDER BY number")
    return [(row["name"], row["sha256"]) for row in rows]


async def _apply(connection: asyncpg.Connection, migration: Migration) -> None:
    statement = ""
    try:
        for statement in split(migration.sql):
            if said := translate(statement):
                await connection.execute(said, timeout=None)
    except asyncpg.InsufficientPrivilegeError:
        raise
    except (asyncpg.PostgresError, StorageError) as error:
        raise StorageError(
            f"The migration {migration.name} failed ({error}), nothing was changed. The statement: "
            f"{' '.join(statement.split())[:200]}"
        ) from error


async def _record(connection: asyncpg.Connection, migration: Migration, clock: Clock) -> None:
    await connection.execute(
        "INSERT INTO migration (number, name, sha256, applied_at) VALUES ($1, $2, $3, $4)",
        migration.number,
        migration.name,
        migration.sha256,
        instant(clock.now()),
    )


@dataclass(frozen=True, slots=True)
class Identity:
    """A table that numbers its rows: by which sequence, how far in the table, how far ever."""

    table: str
    sequence: str
    highest: int
    last: int


async def identities(connection: asyncpg.Connection) -> list[Identity]:
    """Return how far the tables that number their rows have come."""
    found = []
    for row in await connection.fetch(_IDENTITIES):
        table, sequence = row["table"], row["sequence"]
        counted = await connection.fetchrow(
            f'SELECT (SELECT coalesce(max("{row["column"]}"), 0) FROM "{table}") AS highest,'  # noqa: S608 - names of the server's own catalogue
            f" (SELECT last_value - (NOT is_called)::int FROM {sequence}) AS last"
        )
        found.append(Identity(table, sequence, counted["highest"], counted["last"]))
    return found


async def raise_identities(
    connection: asyncpg.Connection, given: Mapping[str, int] | None = None
) -> None:
    """Have no number given again: none that is in a table, none up to *given* (by table).

    Rows that came with their numbers (a rebuilt table, a copy) do not count for the server.
    """
    for each in await identities(connection):
        wanted = max(each.highest, (given or {}).get(each.table, 0))
        if wanted > each.last:
            await connection.fetchval("SELECT setval($1::regclass, $2)", each.sequence, wanted)
