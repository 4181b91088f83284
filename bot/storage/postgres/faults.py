"""What can go wrong with a server, in words, and what follows from it.

No sentence holds anything of the login: texts of the server name a user at most, and only those
that cannot are quoted.
"""

import asyncio
from typing import Final

import asyncpg

from bot.errors import StorageError
from bot.storage.errors import StorageFailedError
from bot.storage.postgres.address import UNREADABLE, Address

CONFLICTS: Final = (
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.InvalidCachedStatementError,  # another process has just changed the schema
)
"""Nothing of the transaction is saved, and run again it may well be."""

UNREACHABLE: Final = (OSError, asyncio.TimeoutError, asyncpg.PostgresConnectionError)
_LOST: Final = (
    *UNREACHABLE,
    asyncpg.InternalClientError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.IdleInTransactionSessionTimeoutError,
)
_FAILED: Final = "The database could not be used just now"
_WORDS: Final = (
    (asyncpg.DiskFullError, "the server's disk is full"),
    (asyncpg.TooManyConnectionsError, "the server has no connection left for this program"),
    (asyncpg.InsufficientResourcesError, "the server has not enough memory"),
    (asyncpg.LockNotAvailableError, "another process keeps the database busy"),
    (asyncpg.QueryCanceledError, "a statement took too long"),
    (asyncpg.ReadOnlySQLTransactionError, "the server is a standby, or set to read only"),
    (asyncpg.InsufficientPrivilegeError, "its user may not do this"),
    (asyncpg.CannotConnectNowError, "the server is starting or stopping"),
    (asyncpg.InvalidPasswordError, "the server refuses the password"),
    (asyncpg.InvalidAuthorizationSpecificationError, "the server refuses the user"),
    (asyncpg.InternalServerError, "the server reports a fault of its own"),
)


def is_loss(error: BaseException, connection: asyncpg.Connection) -> bool:
    """Tell whether *error* means that the connection is gone, and its transaction with it."""
    return connection.is_closed() or isinstance(error, _LOST)


def failure(error: BaseException) -> StorageFailedError | None:
    """Return *error* in words if the operator or time can mend it; None: it is a fault of ours."""
    reason = next((words for kind, words in _WORDS if isinstance(error, kind)), None)
    if reason is None:
        return lost() if isinstance(error, _LOST) else None
    return StorageFailedError(f"{_FAILED}: {reason}.")


def lost() -> StorageFailedError:
    """Return what is said when the connection broke and nothing is saved."""
    return StorageFailedError(f"{_FAILED}: the server cannot be reached, or broke the connection.")


def refusal(error: BaseException, address: Address) -> StorageError | None:
    """Return why the database at *address* cannot be opened, in words; None: a fault of ours."""
    place = f"The PostgreSQL database {address.shown}"
    if isinstance(error, asyncpg.InvalidCatalogNameError):
        return StorageError(f"{place} does not exist. Make it with `createdb`, or mend its name.")
    if isinstance(
        error, asyncpg.InvalidPasswordError | asyncpg.InvalidAuthorizationSpecificationError
    ):
        return StorageError(f"{place} refuses the user or the password of DATABASE_URL.")
    if isinstance(error, asyncpg.InsufficientPrivilegeError):
        return StorageError(
            f"{place} does not let this user make tables. Let the user own the database, or: "
            "GRANT CREATE, USAGE ON SCHEMA public TO the user."
        )
    if isinstance(error, asyncpg.ClientConfigurationError | UnicodeError):
        return StorageError(UNREADABLE)
    if isinstance(error, UNREACHABLE) and failure(error) is not None:
        why = f" ({error.strerror})" if isinstance(error, OSError) and error.strerror else ""
        return StorageError(
            f"{place} cannot be reached{why}. See that the server runs, and that host and port in "
            "DATABASE_URL are right."
        )
    known = failure(error)
    return None if known is None else StorageError(f"{place}: {known}")
