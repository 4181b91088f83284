"""Asking feeds when they are due: each once for all servers, no host more than it likes.

What a page brings is committed no later than its validators (see `results.py`): when that fails,
the next poll sees the page again.
"""

import asyncio
import logging
from collections import Counter
from dataclasses import replace

from bot.chapters.entries import FeedEntry
from bot.chapters.errors import AddressError, FetchError, NotAFeedError
from bot.chapters.following.models import Feed
from bot.chapters.following.reader import Answer, Reader
from bot.chapters.following.repository import FeedRepository
from bot.chapters.following.results import Answered, Results
from bot.chapters.source_shapes import Source
from bot.chapters.sources import recognise
from bot.clock import Clock, Instant, instant
from bot.duties import Wake
from bot.language.sayings import english

log = logging.getLogger(__name__)

_AT_ONCE = 32
_A_HOST = 2
_GLANCE = 0.25
_UNKNOWN = 60 * 60
"""Seconds between polls of an address that is not allowed any more."""
_COUNTED = 3
"""Of so many new chapters at once the words are counted; more were not written today."""


class Poller:
    """Polls feeds; `work` is its duty, called "feeds"."""

    def __init__(
        self,
        repository: FeedRepository,
        reader: Reader,
        results: Results,
        clock: Clock,
        wake: Wake,
        *,
        allow_loopback: bool = False,
    ) -> None:
        self._repository = repository
        self._reader = reader
        self._results = results
        self._clock = clock
        self._wake = wake
        self._allow_loopback = allow_loopback
        self._busy: dict[int, tuple[str, asyncio.Task[None]]] = {}
        self._locks: dict[int, asyncio.Lock] = {}

    async def work(self) -> Instant | None:
        """Poll what is due; return when the next feed is."""
        try:
            while True:
                await self._launch()
                if not self._busy:
                    return await self._repository.next_poll(())
                tasks = [task for _, task in self._busy.values()]
                await asyncio.wait(tasks, timeout=_GLANCE, return_when=asyncio.FIRST_COMPLETED)
                for feed_id, (_, task) in list(self._busy.items()):
                    if task.done():
                        del self._busy[feed_id]
                        task.result()
        finally:
            await self._break_off()

    async def poll(self, feed_id: int) -> Feed | None:
        """Poll a feed now, whether it is due or not; return how it stands afterwards."""
        async with self._locks.setdefault(feed_id, asyncio.Lock()):
            feed = await self._repository.feed(feed_id)
            if feed is not None:
                await self._poll(feed)
        return await self._repository.feed(feed_id)

    def source_of(self, feed: Feed) -> Source:
        """Return where *feed* is read.

        Raises:
            AddressError: it was allowed once, and is not any more.
        """
        return recognise(feed.url, allow_loopback=self._allow_loopback)

    async def _launch(self) -> None:
        now = instant(self._clock.now())
        room = _AT_ONCE - len(self._busy)
        if room <= 0:
            return
        hosts = Counter(host for host, _ in self._busy.values())
        due = await self._repository.due(
            now, self._busy.keys(), a_host=2 * _A_HOST, limit=4 * _AT_ONCE
        )
        for feed in due:
            if len(self._busy) >= _AT_ONCE:
                return
            if hosts[feed.host] < _A_HOST:
                hosts[feed.host] += 1
                task = asyncio.create_task(self._guarded(feed), name=f"feed {feed.id}")
                self._busy[feed.id] = (feed.host, task)

    async def _break_off(self) -> None:
        tasks = [task for _, task in self._busy.values()]
        self._busy.clear()
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _guarded(self, feed: Feed) -> None:
        async with self._locks.setdefault(feed.id, asyncio.Lock()):
            await self._poll(feed)

    async def _poll(self, feed: Feed) -> None:
        try:
            source = self.source_of(feed)
            answer = await self._read(feed, source)
        except (FetchError, NotAFeedError, AddressError) as error:
            await self._results.failed(feed, error, self._interval(feed))
            self._wake("outbox")
            log.warning("%s failed: %s", feed.key, english(error.sentence))
            return
        new = await self._results.succeeded(Answered(feed, answer, source.interval))
        log.info("%s answered, %d new", feed.key, len(new))
        if new:
            self._wake("chapters")
        # Changed titles and words of the admins may be on their way.
        self._wake("outbox")
        if 0 < len(new) <= _COUNTED:
            await self._count(feed, source, new)

    def _interval(self, feed: Feed) -> int:
        try:
            return self.source_of(feed).interval
        except AddressError:
            return _UNKNOWN

    async def _read(self, feed: Feed, source: Source) -> Answer:
        """Return what *source* tells; the whole list where the feed's window may be too small."""
        answer = await self._reader.read(source, feed.etag, feed.last_modified)
        if answer.page is None or answer.page.complete or source.list_url is None:
            return answer
        if await self._repository.knows_any(feed.id, [e.identity for e in answer.page.entries]):
            return answer
        whole = await self._reader.whole_list(source)
        if whole is None:
            return answer
        told = {entry.identity for entry in answer.page.entries}
        older = [entry for entry in whole.entries if entry.identity not in told]
        words = {entry.identity: entry.words for entry in whole.entries}
        newest = [
            replace(entry, words=entry.words or words.get(entry.identity))
            for entry in answer.page.entries
        ]
        return replace(answer, page=replace(answer.page, entries=(*newest, *older)))

    async def _count(self, feed: Feed, source: Source, new: list[FeedEntry]) -> None:
        """Count the words of new chapters that nobody counted; they are held meanwhile."""
        for entry in new:
            if entry.words is not None and not entry.words.rounded:
                continue
            words = await self._reader.words(source, entry)
            if words is not None:
                await self._results.counted(feed, entry.identity, words)
