"""`db backup | check | restore`."""

from argparse import Namespace
from pathlib import Path

from bot.clock import Clock
from bot.compose import community_path
from bot.paths import project_folder
from bot.settings import Settings
from bot.storage.backup import backup, check, restore


def db_backup(options: Namespace, settings: Settings, clock: Clock) -> int:
    """Copy the community database, also while the bot runs."""
    folder = Path(options.folder) if options.folder else settings.data_dir / "backups"
    print(backup(community_path(settings), folder, clock))
    return 0


def db_check(options: Namespace, settings: Settings, _clock: Clock) -> int:
    """Say everything that is wrong with the database, or a backup."""
    path = Path(options.file) if options.file else community_path(settings)
    faults = check(path, project_folder("migrations"))
    print("\n".join(faults) if faults else f"{path}: sound")
    return 1 if faults else 0


def db_restore(options: Namespace, settings: Settings, clock: Clock) -> int:
    """Put a backup in the place of the database; what was there is kept beside it."""
    migrations = project_folder("migrations")
    kept = restore(Path(options.file), community_path(settings), migrations, clock)
    print(f"restored {community_path(settings)} from {options.file}")
    if kept is not None:
        print(f"what was there before: {kept}")
    return 0
