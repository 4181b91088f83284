"""What the community database says when it cannot do its work, whichever engine it runs on."""

from typing import Final

from bot.errors import StorageError

CLOSED: Final = "The database is closed: the bot is shutting down."


def missing_extra(error: ImportError) -> StorageError:
    """Return what is said when PostgreSQL is wanted and asyncpg is not installed.

    Raises:
        ImportError: it is something else that is missing.
    """
    if error.name != "asyncpg":
        raise error
    return StorageError(
        "DATABASE_URL names a PostgreSQL, and the package asyncpg that speaks to it is not "
        "installed. Install Samizdat with its extra “postgres”."
    )


class StorageFailedError(StorageError):
    """The database could not do its work just now; what was asked for is not saved.

    One doubt remains that no database can take away: if the power fails in the very moment in
    which the disk refuses a commit, that commit may turn out to be there after all.
    """


class OutcomeUnknownError(StorageFailedError):
    """The connection broke while it saved, and the server cannot be asked what came of it.

    What was asked for is saved or not, whole in either case. Whoever asked should look first.
    """
