"""`db backup | check | restore | copy`."""

import asyncio
from argparse import Namespace
from pathlib import Path

from tqdm import tqdm

from bot.clock import Clock
from bot.compose import community_path, community_place
from bot.errors import OperatorError, SettingsError, StorageError
from bot.paths import project_folder
from bot.settings import Settings
from bot.storage.backup import backup, check, restore
from bot.storage.database import Database
from bot.storage.errors import missing_extra

_BY_PG_DUMP = (
    "The community is in the PostgreSQL that DATABASE_URL names, which this program does not back "
    "up. Its own tools do, also while the bot runs:\n"
    '  pg_dump --format=custom --file=FILE "$DATABASE_URL"\n'
    '  pg_restore --clean --if-exists --dbname="$DATABASE_URL" FILE     (the bot stopped)'
)


def db_backup(options: Namespace, settings: Settings, clock: Clock) -> int:
    """Copy the community database, also while the bot runs."""
    _require_file(settings)
    folder = Path(options.folder) if options.folder else settings.data_dir / "backups"
    print(backup(community_path(settings), folder, clock))
    return 0


def db_check(options: Namespace, settings: Settings, clock: Clock) -> int:
    """Say everything that is wrong with the database, or a backup."""
    if options.file is None and settings.database_url is not None:
        return asyncio.run(_check_server(settings, clock))
    path = Path(options.file) if options.file else community_path(settings)
    faults = check(path, project_folder("migrations"))
    print("\n".join(faults) if faults else f"{path}: sound")
    return 1 if faults else 0


def db_restore(options: Namespace, settings: Settings, clock: Clock) -> int:
    """Put a backup in the place of the database; what was there is kept beside it."""
    _require_file(settings)
    migrations = project_folder("migrations")
    kept = restore(Path(options.file), community_path(settings), migrations, clock)
    print(f"restored {community_path(settings)} from {options.file}")
    if kept is not None:
        print(f"what was there before: {kept}")
    return 0


def db_copy(options: Namespace, settings: Settings, clock: Clock) -> int:
    """Copy the community to the other engine: from the file to the server, or back."""
    url = settings.database_url
    if url is None:
        raise SettingsError(
            "DATABASE_URL names no PostgreSQL to copy to or from. Set it to "
            "postgresql://user:password@host:port/database."
        )
    try:
        from bot.storage.postgres.moving import move_to_file, move_to_server  # noqa: PLC0415
    except ImportError as error:
        raise missing_extra(error) from None
    file, migrations = community_path(settings), project_folder("migrations")
    with tqdm(unit=" rows", disable=None) as bar:

        def watch(table: str, rows: int) -> None:
            bar.set_description(table)
            bar.update(rows)

        if options.engine == "postgresql":
            copied = asyncio.run(move_to_server(file, url, migrations, clock, watch))
        else:
            copied = asyncio.run(move_to_file(url, file, migrations, clock, watch))
    print(
        f"{sum(copied.rows.values())} rows of {len(copied.rows)} tables are the same on both sides;"
        f" {copied.written} of them were written now."
    )
    if options.engine == "sqlite":
        print(f"{file} is the community now. Take DATABASE_URL away before the next start.")
    return 0


def _require_file(settings: Settings) -> None:
    if settings.database_url is not None:
        raise OperatorError(_BY_PG_DUMP)


async def _check_server(settings: Settings, clock: Clock) -> int:
    """Open the database as a start of the bot would, and say what is wrong."""
    try:
        async with Database.open(
            community_place(settings), project_folder("migrations"), clock=clock
        ) as database:
            await database.now()
    except StorageError as error:
        print(error)
        return 1
    print("The PostgreSQL database: reachable, ours, of the newest schema.")
    return 0
