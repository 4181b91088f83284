"""Putting the parts together, by hand: what `run` and the sandbox both stand on."""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

from bot.app import Services
from bot.canon.archive import Archive
from bot.canon.building.build import Watch, build, is_current, is_readable
from bot.cards.painter import Painter
from bot.clock import Clock
from bot.duties import Duties
from bot.errors import OperatorError
from bot.flags.repository import FlagRepository
from bot.flags.service import Flags
from bot.guilds.repository import GuildRepository
from bot.guilds.service import Guilds
from bot.limits import Limits
from bot.paths import project_folder
from bot.privacy.models import Records, Rows
from bot.privacy.service import Privacy
from bot.progress.repository import ProgressRepository
from bot.progress.service import Progress
from bot.quotes.consent.repository import ConsentRepository
from bot.quotes.pace import Pace
from bot.quotes.repository import QuoteRepository
from bot.quotes.service import Quotes
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.files import BACKUPS
from bot.storage.rotation import Backups
from bot.storage.state import AppState
from bot.uploads.archives import Archives
from bot.uploads.repository import DocumentRepository
from bot.uploads.service import Uploads

log = logging.getLogger(__name__)

CANON_FILE = "canon.sqlite"
COMMUNITY_FILE = "community.sqlite"
ADDED_SEEDS = "seeds"
FORGOTTEN_FILE = "forgotten.jsonl"
GUILDS = "guilds"
"""The folder of servers' own canons; each can be deleted, it is built again."""


def canon_path(settings: Settings) -> Path:
    """Return where the canon file of this installation is."""
    return settings.data_dir / CANON_FILE


def community_path(settings: Settings) -> Path:
    """Return where the community database of this installation is."""
    return settings.data_dir / COMMUNITY_FILE


def seed_folders(settings: Settings) -> tuple[Path, ...]:
    """Return the folders of seeds; what `canon add` copied, if anything, comes last and so wins."""
    added = settings.data_dir / ADDED_SEEDS
    return (*settings.seeds_dirs, added) if added.is_dir() else settings.seeds_dirs


@asynccontextmanager
async def open_services(
    settings: Settings, clock: Clock, watch: Watch = lambda _done, _all: None
) -> AsyncIterator[Services]:
    """Open the databases, building the canon first where its seeds changed; close them at the end.

    Raises:
        OperatorError: with what the operator should do about it.
    """
    async with Database.open(
        community_path(settings), project_folder("migrations"), clock=clock
    ) as database:
        await asyncio.to_thread(ensure_canon, settings, clock, watch)
        documents = DocumentRepository(database)
        archives = Archives(
            await Archive.open(canon_path(settings)),
            settings.data_dir / GUILDS,
            seed_folders(settings),
            documents,
            clock,
        )
        try:
            uploads = Uploads(documents, archives, clock)
            services = _services(settings, clock, database, archives, uploads)
            folder = settings.data_dir / BACKUPS
            services.duties.add("backup", Backups(database.path, folder, clock).run)
            await services.privacy.replay()
            yield services
        finally:
            await archives.close()


def _services(
    settings: Settings, clock: Clock, database: Database, archives: Archives, uploads: Uploads
) -> Services:
    state, duties = AppState(database), Duties(clock)
    guild_repository, quote_repository = GuildRepository(database), QuoteRepository(database)
    progress_repository, flag_repository = ProgressRepository(database), FlagRepository(database)
    document_repository = DocumentRepository(database)
    guilds = Guilds(guild_repository, clock)
    consents = ConsentRepository(database)
    quotes = Quotes(quote_repository, consents, guilds, clock)
    duties.add("unanswered quotes", quotes.expire)
    # Every table that knows people has a row here: /privacy shows and deletes what these keep.
    records = (
        _records("reading progress", progress_repository),
        _records("choices for servers", guild_repository),
        _records("what you said is wrong", flag_repository),
        _records("documents you added", document_repository),
        _records("quotes", quote_repository),
        _records("who may quote you", consents),
    )
    return Services(
        clock=clock,
        database=database,
        state=state,
        duties=duties,
        limits=Limits(clock),
        guilds=guilds,
        flags=Flags(flag_repository, guilds, duties, clock),
        archives=archives,
        uploads=uploads,
        progress=Progress(progress_repository, clock),
        quotes=quotes,
        painter=Painter(),
        pace=Pace(clock),
        privacy=Privacy(
            records, state, database.checkpoint, clock, settings.data_dir / FORGOTTEN_FILE
        ),
    )


class _Repository(Protocol):
    """A repository whose tables know people."""

    async def export(self, user_id: int) -> Rows: ...
    async def forget(self, user_id: int) -> None: ...
    async def people(self) -> Collection[int]: ...


def _records(name: str, repository: _Repository) -> Records:
    return Records(name, repository.export, repository.forget, repository.people)


def ensure_canon(settings: Settings, clock: Clock, watch: Watch) -> None:
    """Build the canon if it is not what the seeds say. Blocking.

    When the seeds are at fault and there is an older canon to answer from, that one stays and the
    faults are logged: a slip in a document must not take the bot down.
    """
    path, folders = canon_path(settings), seed_folders(settings)
    try:
        if is_current(path, folders):
            return
        report = build(folders, path, clock.now(), watch)
    except OperatorError as error:
        if not is_readable(path):
            raise
        log.error("the seeds are at fault, answering from the canon built before: %s", error)  # noqa: TRY400
        return
    log.info(
        "built the canon: %d works, %d passages, %d events, %d names",
        report.works,
        report.passages,
        report.events,
        report.entities,
    )
    for note in report.notes:
        log.warning("%s", note)
