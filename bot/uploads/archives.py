"""Which archive answers where: the common one, or a server's own with its documents in it.

A server's archive is a canon file of its own, built from the common seeds and its documents. So
nothing of a server can show elsewhere: the other files do not hold it.
"""

import asyncio
import logging
import shutil
from collections import OrderedDict
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

from bot.canon.archive import Archive
from bot.canon.building.build import is_current, is_readable
from bot.clock import Clock, Instant, instant
from bot.errors import SamizdatError
from bot.uploads.builder import build_apart
from bot.uploads.folders import seed_folder
from bot.uploads.models import Document
from bot.uploads.repository import DocumentRepository

log = logging.getLogger(__name__)
T = TypeVar("T")

_FOLLOWED = 10_000
"""Milliseconds between two looks at what other processes changed."""
_MOST_OPEN = 32
_MOST_RETIRED = 8
"""Archives that were replaced but may still be reading for somebody."""


class Archives:
    """Finds the archive that answers in a place, and builds those of servers."""

    def __init__(
        self,
        common: Archive,
        folder: Path,
        seeds: Sequence[Path],
        documents: DocumentRepository,
        clock: Clock,
    ) -> None:
        self.common = common
        self._folder = folder
        self._seeds = seeds
        self._documents = documents
        self._clock = clock
        self._pages = {
            work.slug: work.page for work in common.library.works.values() if work.page is not None
        }
        self._owners: frozenset[int] | None = None
        self._revisions: dict[int, tuple[int, int]] = {}
        self._open: OrderedDict[int, Archive] = OrderedDict()
        self._retired: list[Archive] = []
        self._building: dict[int, asyncio.Lock] = {}
        self._under_way: set[asyncio.Task[Any]] = set()

    async def of(self, guild_id: int | None) -> Archive:
        """Return the archive of a server; None: of private messages.

        A server's archive that is not built yet (a new installation from a backup, say) is built
        beside; until then the common one answers, or the one before.
        """
        if guild_id is None:
            return self.common
        if self._owners is None:
            self._owners = await self._documents.guilds()
        if guild_id not in self._owners:
            return self.common
        if guild_id not in self._open:
            await self._first_use(guild_id)
        if guild_id in self._open:
            self._open.move_to_end(guild_id)
            return self._open[guild_id]
        return self.common

    async def follow(self) -> Instant:
        """Have what other processes changed in servers' documents answered from here as well.

        Returns:
            When to look again.
        """
        known, self._revisions = self._revisions, await self._documents.revisions()
        self._owners = frozenset(self._revisions)
        for guild_id in {guild for guild, _ in self._revisions.items() ^ known.items()}:
            if guild_id in self._open:
                self._begin(self._refresh(guild_id))
        return Instant(instant(self._clock.now()) + _FOLLOWED)

    async def _first_use(self, guild_id: int) -> None:
        path = self._path(guild_id)
        if await asyncio.to_thread(is_readable, path):
            await self._use(guild_id, await Archive.open(path, self._pages.get))
        self._begin(self._refresh(guild_id))

    def _begin(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work, name="shelf")
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # told to whoever waits; when they have left, nobody does

    async def to_its_end(self, work: Coroutine[Any, Any, T]) -> T:
        """Do *work* on a shelf, to its end also when the caller is cancelled.

        Stopped between the row and the canon file, a server would be told of a document that it
        has taken out.
        """
        return await asyncio.shield(self._begin(work))

    async def _refresh(self, guild_id: int) -> None:
        try:
            await self.rebuild(guild_id)
        except SamizdatError as error:
            # The server answers from what it had; its admins see the fault at their next change.
            log.warning("the shelf of server %d cannot be built: %s", guild_id, error)

    async def rebuild(self, guild_id: int, draft_id: int | None = None) -> None:
        """Build a server's archive from its documents, if it changed, and use it.

        With *draft_id* that draft is on the shelf too, and is kept once the build has succeeded.

        Raises:
            UploadError: a document is at fault; the shelf and the archive are as before.
            NoSuchDocumentError: the server has no such draft.
        """
        async with self._building.setdefault(guild_id, asyncio.Lock()):
            documents = await self._shelf(guild_id, draft_id)
            if not documents:
                await self._close_shelf(guild_id)
                return
            path = self._path(guild_id)
            built = await asyncio.to_thread(self._build, documents, path)
            if draft_id is not None:
                await self._documents.keep(draft_id, guild_id)
            self._owners = await self._documents.guilds()
            if built or guild_id not in self._open:
                await self._use(guild_id, await Archive.open(path, self._pages.get))

    async def _shelf(self, guild_id: int, draft_id: int | None) -> list[tuple[Document, bytes]]:
        shelf = {
            (document.work, document.file): (document, content)
            for document, content in await self._documents.contents(guild_id)
        }
        if draft_id is not None:
            draft, content = await self._documents.draft(draft_id, guild_id)
            shelf[draft.work, draft.file] = draft, content
        return list(shelf.values())

    def _build(self, documents: Sequence[tuple[Document, bytes]], path: Path) -> bool:
        """Return whether there was something to build."""
        with seed_folder(documents, self.known_works) as shelf:
            folders = (*self._seeds, shelf)
            if is_current(path, folders):
                return False
            path.parent.mkdir(parents=True, exist_ok=True)
            build_apart(folders, path, self._clock.now())
            return True

    @property
    def known_works(self) -> frozenset[str]:
        """The keys of the works that every server has."""
        return frozenset(work.slug for work in self.common.library.works.values())

    async def _use(self, guild_id: int, archive: Archive) -> None:
        if (before := self._open.pop(guild_id, None)) is not None:
            self._retired.append(before)
        self._open[guild_id] = archive
        if len(self._open) > _MOST_OPEN:
            self._retired.append(self._open.popitem(last=False)[1])
        while len(self._retired) > _MOST_RETIRED:
            await self._retired.pop(0).close()

    async def _close_shelf(self, guild_id: int) -> None:
        self._owners = await self._documents.guilds()
        if (before := self._open.pop(guild_id, None)) is not None:
            self._retired.append(before)
        await asyncio.to_thread(shutil.rmtree, self._path(guild_id).parent, ignore_errors=True)

    def _path(self, guild_id: int) -> Path:
        return self._folder / str(guild_id) / "canon.sqlite"

    async def close(self) -> None:
        """Close every archive; a build under way is left to end by itself."""
        for task in self._under_way:
            task.cancel()
        for archive in (self.common, *self._open.values(), *self._retired):
            await archive.close()
