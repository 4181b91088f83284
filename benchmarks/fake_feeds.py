"""A host of feeds at the poller's seam, as unreliable as the web, by a seed."""

import random
from collections import defaultdict
from dataclasses import replace

from bot.chapters.entries import FeedEntry, FeedPage, SourceKind, Words
from bot.chapters.errors import BusyError, RefusedError, TooSlowError
from bot.chapters.following.reader import Answer
from bot.chapters.source_shapes import Source
from bot.clock import Clock, instant


class FakeFeeds:
    """Implements `bot.chapters.following.reader.Reader`. Feeds are named by their address."""

    def __init__(self, clock: Clock, seed: int = 0, *, trouble: float = 0.0) -> None:
        self.window = 10
        self.trouble = trouble
        self.error: Exception | None = None
        self.counts: dict[str, Words] = {}
        self.asked: list[tuple[str, str | None]] = []
        self._clock = clock
        self._random = random.Random(seed)
        self._entries: dict[str, list[FeedEntry]] = defaultdict(list)
        self._version: dict[str, int] = defaultdict(int)

    def drop(self, url: str, title: str, **more: object) -> FeedEntry:
        """Have the feed at *url* tell of a new chapter."""
        number = len(self._entries[url]) + 1
        entry = FeedEntry(
            identity=str(more.pop("identity", f"{url}#{number}")),
            title=title,
            url=str(more.pop("link", f"{url.rsplit('/', 1)[0]}/chapter-{number}")),
            published_at=instant(self._clock.now()),
        )
        entry = replace(entry, **more)  # type: ignore[arg-type]
        self.put(url, [*self._entries[url], entry])
        return entry

    def put(self, url: str, entries: list[FeedEntry]) -> None:
        """Have the feed tell of exactly *entries*, oldest first."""
        self._entries[url] = entries
        self._version[url] += 1

    def entries(self, url: str) -> list[FeedEntry]:
        """Return what the feed tells of, oldest first."""
        return list(self._entries[url])

    async def read(
        self, source: Source, etag: str | None = None, last_modified: str | None = None
    ) -> Answer:
        """Answer, or fail."""
        self.asked.append((source.feed_url, etag))
        if self.error is not None:
            raise self.error
        if self._random.random() < self.trouble:
            slow, busy = TooSlowError("The site takes too long."), BusyError("Patience.", 30)
            raise self._random.choices([slow, busy, RefusedError("No.")], [6, 6, 1])[0]
        version = str(self._version[source.feed_url])
        if etag == version:
            return Answer(None, etag, last_modified)
        newest = tuple(reversed(self._entries[source.feed_url][-self.window :]))
        return Answer(FeedPage(SourceKind.FEED, "A feed", newest), version)

    async def whole_list(self, source: Source) -> FeedPage | None:
        """Return everything where the source has a list."""
        if source.list_url is None:
            return None
        every = tuple(reversed(self._entries[source.feed_url]))
        return FeedPage(SourceKind.FEED, "A feed", every, complete=True)

    async def words(self, _source: Source, entry: FeedEntry) -> Words | None:
        """Return the words of a chapter."""
        return self.counts.get(entry.identity)
