"""Connections to the server: how each is opened, and what every session promises."""

from typing import Final

import asyncpg

from bot.storage.errors import StorageFailedError
from bot.storage.postgres.address import Address
from bot.storage.postgres.faults import failure

PROGRAM: Final = "samizdat"
"""What our sessions are called in pg_stat_activity."""

_CONNECTING: Final = 5.0  # seconds
_ANSWERING: Final = 30.0  # seconds; longer than the server itself allows
_STATEMENTS: Final = 512  # prepared and kept: more than this program has

# A process that is stopped, or whose host is gone, must not keep the lock of all writers:
# idle_in_transaction_session_timeout ends its transaction, and it finds that out when it wakes.
# synchronous_commit: a server may be set up to acknowledge what is not on disk; a vote may not.
_SESSION: Final = """
SET statement_timeout = '25s';
SET lock_timeout = '10s';
SET idle_in_transaction_session_timeout = '5s';
SET default_transaction_isolation = 'read committed';
SET standard_conforming_strings = on;
SET tcp_keepalives_idle = 10;
SET tcp_keepalives_interval = 5;
SET tcp_keepalives_count = 3;
SET jit = off;
SELECT set_config('synchronous_commit', 'on', false)
 WHERE current_setting('synchronous_commit') IN ('off', 'local')
"""


async def connect(address: Address, *, reads_only: bool = False) -> asyncpg.Connection:
    """Open a session; see `reconnect` for when the bot runs."""
    connection = await asyncpg.connect(
        address.url.get_secret_value(),
        timeout=_CONNECTING,
        command_timeout=_ANSWERING,
        statement_cache_size=_STATEMENTS,
        max_cached_statement_lifetime=0,
        server_settings={"application_name": PROGRAM},
    )
    try:
        # sum() of whole numbers is a numeric there, and a whole number to SQLite and to us.
        await connection.set_type_codec(
            "numeric", schema="pg_catalog", encoder=str, decoder=_number, format="text"
        )
        await connection.execute(_SESSION)
        if reads_only:
            await connection.execute("SET default_transaction_read_only = on")
    except BaseException:
        connection.terminate()
        raise
    return connection


async def reconnect(address: Address, *, reads_only: bool = False) -> asyncpg.Connection:
    """Open a session again.

    Raises:
        StorageFailedError: the server cannot be reached, or does not want us, just now.
    """
    try:
        return await connect(address, reads_only=reads_only)
    except (TimeoutError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise failure(error) or StorageFailedError(
            "The database could not be used just now: the server refuses the connection."
        ) from None


async def close(connection: asyncpg.Connection) -> None:
    """End a session in peace, or without it when the server does not answer."""
    try:
        await connection.close(timeout=2)
    except (TimeoutError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        connection.terminate()


def _number(text: str) -> int | float:
    return float(text) if "." in text or "N" in text else int(text)
