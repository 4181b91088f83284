"""Putting the parts together, by hand: what `run` and the sandbox both stand on."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

from bot.app import Services
from bot.canon.archive import REMEMBERED_IN_COMMON, Archive
from bot.canon.building.build import Watch, build, is_current, is_readable
from bot.cards.painter import DEADLINE, Painter
from bot.cards.printer import Printer
from bot.chapters.following.reader import Reader
from bot.chapters.newsroom import House, Newsroom, newsroom, open_reader
from bot.clock import Clock
from bot.departures.repository import DepartureRepository
from bot.departures.service import Departures
from bot.duties import Duties
from bot.errors import OperatorError
from bot.flags.service import Flags
from bot.guilds.repository import GuildRepository
from bot.guilds.service import Guilds
from bot.language.catalogues import load as load_languages
from bot.leases.keeper import Keeper
from bot.leases.repository import LeaseRepository
from bot.limits import Limits
from bot.outbox.leases.repository import OutboxRepository
from bot.outbox.relay import Relay
from bot.outbox.service import Outbox
from bot.paths import project_folder
from bot.privacy.register import Register
from bot.privacy.service import Privacy
from bot.problems.service import Problems
from bot.progress.service import Progress
from bot.quotes.originals.repository import OriginalRepository
from bot.quotes.originals.service import Originals
from bot.quotes.pace import Pace
from bot.quotes.service import Quotes
from bot.quotes.showings.repository import ShowingRepository
from bot.settings import Settings
from bot.soviet.duty import DUTY, TOPIC, Closer
from bot.soviet.ear import Ear
from bot.soviet.noticeboard import Noticeboard
from bot.soviet.reminders import Reminders
from bot.soviet.service import Soviet
from bot.storage.database import Database, Place
from bot.storage.files import create_folder
from bot.storage.lock import hold_lock
from bot.storage.state import AppState
from bot.ui.chapter_card import ChapterComposer
from bot.ui.soviet.composer import Secretary
from bot.ui.soviet.picture import MAKER, VerdictMaker
from bot.uploads.archives import Archives
from bot.uploads.repository import DocumentRepository
from bot.uploads.service import Uploads

log = logging.getLogger(__name__)

CANON_FILE = "canon.sqlite"
COMMUNITY_FILE = "community.sqlite"
ADDED_SEEDS = "seeds"
FORGOTTEN_FILE = "forgotten.jsonl"
PROCESS = "process"
"""Stands for the folder itself where the database is elsewhere: `process.lock` is in it."""
GUILDS = "guilds"
"""The folder of servers' own canons; each can be deleted, it is built again."""


def canon_path(settings: Settings) -> Path:
    """Return where the canon file of this installation is."""
    return settings.data_dir / CANON_FILE


def community_path(settings: Settings) -> Path:
    """Return the file of the community database, where no DATABASE_URL names another."""
    return settings.data_dir / COMMUNITY_FILE


def community_place(settings: Settings) -> Place:
    """Return where the community database of this installation is: a file, or a server's."""
    return settings.database_url or community_path(settings)


def seed_folders(settings: Settings) -> tuple[Path, ...]:
    """Return the folders of seeds; what `canon add` copied, if anything, comes last and so wins."""
    added = settings.data_dir / ADDED_SEEDS
    return (*settings.seeds_dirs, added) if added.is_dir() else settings.seeds_dirs


@asynccontextmanager
async def open_services(
    settings: Settings,
    clock: Clock,
    watch: Watch = lambda _done, _all: None,
    reader: Reader | None = None,
    *,
    with_workers: bool = False,
) -> AsyncIterator[Services]:
    """Open the databases, building the canon first where its seeds changed; close them at the end.

    *reader* reads feeds instead of the web; the sandbox and tests hand one in. *with_workers*:
    processes of their own draw and, on a machine with cores for it, answer.

    Raises:
        OperatorError: with what the operator should do about it.
    """
    create_folder(settings.data_dir)
    place = community_place(settings)
    # A database file brings a lock of its own; a server does not keep two from one folder.
    alone = nullcontext() if isinstance(place, Path) else hold_lock(settings.data_dir / PROCESS)
    with alone:
        async with _opened(settings, clock, watch, reader, place, with_workers) as services:
            yield services


@asynccontextmanager
async def _opened(
    settings: Settings,
    clock: Clock,
    watch: Watch,
    reader: Reader | None,
    place: Place,
    with_workers: bool,  # noqa: FBT001
) -> AsyncIterator[Services]:
    async with Database.open(place, project_folder("migrations"), clock=clock) as database:
        await asyncio.to_thread(load_languages)
        await asyncio.to_thread(ensure_canon, settings, clock, watch)
        documents = DocumentRepository(database)
        archives = Archives(
            await Archive.open(
                canon_path(settings),
                settings.page_of,
                remembered=REMEMBERED_IN_COMMON,
                with_clerk=with_workers and (os.cpu_count() or 1) > 1,
            ),
            settings.data_dir / GUILDS,
            seed_folders(settings),
            documents,
            clock,
        )
        painter = Painter(printer=Printer(DEADLINE) if with_workers else None)
        try:
            async with open_reader(settings, clock) as web:
                house, soviet = _house(clock, database), Soviet.build(database, clock, Secretary())
                chapters = newsroom(
                    house,
                    reader or web,
                    ChapterComposer(),
                    [Ear(soviet.quota).hear],
                    allow_loopback=settings.feed_allow_loopback,
                )
                uploads = Uploads(documents, archives, clock)
                services = _services(
                    settings, house, (archives, uploads), chapters, soviet, painter
                )
                _add_duties(services)
                await services.privacy.replay()
                yield services
        finally:
            await archives.close()
            await painter.close()


def _house(clock: Clock, database: Database) -> House:
    duties, relay = Duties(clock), Relay(OutboxRepository(database), clock)
    duties.add("outbox", relay.work, relay.look_again)
    relay.send_while(lambda: duties.holds("outbox"))
    return House(database, clock, duties, Guilds(GuildRepository(database), clock), relay)


def _add_duties(services: Services) -> None:
    """Have done what recurs and belongs to no part alone."""
    duties, relay = services.duties, services.relay
    closer = Closer(services.soviet, services.noticeboard, lambda: duties.wake("outbox"))
    duties.add(DUTY, closer.work)
    relay.listen(TOPIC, closer.hear_delivered)
    relay.draw_with(MAKER, VerdictMaker(services.soviet, services.painter))
    duties.add("departures", services.departures.work)
    duties.add("unanswered quotes", services.quotes.expire)
    duties.add("deleted originals", services.originals.work)
    if services.database.is_shared:
        duties.add_everywhere("documents", services.archives.follow)


def _services(
    settings: Settings,
    house: House,
    shelves: tuple[Archives, Uploads],
    chapters: Newsroom,
    soviet: Soviet,
    painter: Painter,
) -> Services:
    clock, database = house.clock, house.database
    (archives, uploads), state = shelves, AppState(database)
    register = Register(database, soviet.house)
    showings = ShowingRepository(database)
    quotes = Quotes(register.quotes, register.consents, showings, house.guilds, clock)
    reminders = Reminders(database, clock, soviet.chamber)
    forgotten = settings.data_dir / FORGOTTEN_FILE
    purges = (*register.purges, uploads.purge)
    return Services(
        clock=clock,
        database=database,
        state=state,
        duties=house.duties,
        limits=Limits(clock),
        guilds=house.guilds,
        relay=house.relay,
        outbox=Outbox(database, house.duties, clock),
        stories=chapters.stories,
        following=chapters.following,
        announcing=chapters.announcing,
        subscribing=chapters.subscribing,
        problems=Problems(database),
        flags=Flags(register.flags, house.guilds, house.duties, clock),
        archives=archives,
        uploads=uploads,
        departures=Departures(DepartureRepository(database), database, purges, clock),
        progress=Progress(register.progress, clock),
        quotes=quotes,
        originals=Originals(OriginalRepository(database), quotes, clock),
        soviet=soviet,
        noticeboard=Noticeboard(clock),
        reminders=reminders,
        painter=painter,
        pace=Pace(clock),
        keeper=Keeper(LeaseRepository(database)),
        privacy=Privacy(register.records, state, database.checkpoint, clock, forgotten),
    )


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
