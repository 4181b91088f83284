"""Asking a source what it tells: the feed, and where it helps the list of all chapters."""

from dataclasses import dataclass
from typing import Protocol

from bot.chapters.entries import FeedEntry, FeedPage, SourceKind, Words
from bot.chapters.errors import FetchError, GoneError, NotAFeedError
from bot.chapters.fetch import Fetched, Fetcher
from bot.chapters.identity import post_number
from bot.chapters.parse import Parser
from bot.chapters.source_shapes import Source
from bot.clock import Instant

_LIST_PAGES = 5
_COUNTED = {SourceKind.XENFORO}
"""Where a chapter is a part of its page that can be told from the rest."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source answered; *page* None: nothing is new since *etag*.

    *expires*: until when asking again is pointless. *retry_after*: seconds it wants to be left.
    """

    page: FeedPage | None
    etag: str | None = None
    last_modified: str | None = None
    expires: Instant | None = None
    retry_after: float | None = None


class Reader(Protocol):
    """What the poller asks."""

    async def read(
        self, source: Source, etag: str | None = None, last_modified: str | None = None
    ) -> Answer:
        """Return what *source* tells.

        Raises:
            AddressError, FetchError, NotAFeedError: with words for an admin.
        """
        ...

    async def whole_list(self, source: Source) -> FeedPage | None:
        """Return all chapters of *source* where it has a list of them; None without, or failing."""
        ...

    async def words(self, source: Source, entry: FeedEntry) -> Words | None:
        """Return the words of a chapter, read and counted; None where that cannot be done."""
        ...


class FeedReader:
    """Reads over the web: fetches through the guarded door, parses in a child process."""

    def __init__(self, fetcher: Fetcher, parser: Parser) -> None:
        self._fetcher = fetcher
        self._parser = parser

    async def read(
        self, source: Source, etag: str | None = None, last_modified: str | None = None
    ) -> Answer:
        """Return what *source* tells; where its feed is none, what its list does."""
        try:
            fetched = await self._fetcher.fetch(source.feed_url, etag, last_modified)
            page = None if fetched.status == 304 else await self._parsed(source, fetched)
        except (GoneError, NotAFeedError):
            page = await self.whole_list(source)
            if page is None:
                raise
            return Answer(page)
        if page is None:
            # A 304 need not repeat the validators.
            etag, last_modified = fetched.etag or etag, fetched.last_modified or last_modified
            return Answer(None, etag, last_modified, fetched.expires, fetched.retry_after)
        # What was cut off is asked for again.
        tag, modified = (None, None) if page.cut else (fetched.etag, fetched.last_modified)
        return Answer(page, tag, modified, fetched.expires, fetched.retry_after)

    async def whole_list(self, source: Source) -> FeedPage | None:
        """Return the pages of the list as one, as far as they can be read."""
        if source.list_url is None:
            return None
        entries: dict[str, FeedEntry] = {}
        first: FeedPage | None = None
        waiting = [source.list_url]
        for _ in range(_LIST_PAGES):
            if not waiting:
                break
            try:
                page = await self._parsed(source, await self._fetcher.fetch(waiting.pop(0)))
            except (FetchError, NotAFeedError):
                break
            if first is None:
                first, waiting = page, list(page.more)
            entries |= {entry.identity: entry for entry in page.entries}
        if first is None:
            return None
        return FeedPage(
            kind=first.kind,
            title=first.title,
            entries=tuple(entries.values()),
            complete=not waiting and first.complete,
            categories=first.categories,
            total_words=first.total_words,
        )

    async def words(self, source: Source, entry: FeedEntry) -> Words | None:
        """Return the words of the chapter behind *entry*, counted by us."""
        if source.kind not in _COUNTED:
            return None
        post = post_number(entry.url) if source.kind is SourceKind.XENFORO else None
        try:
            fetched = await self._fetcher.fetch(entry.url)
            counted = await self._parser.count_words(
                source,
                fetched.body,
                post=post,
                final_url=fetched.final_url,
                charset=fetched.charset,
            )
        except (FetchError, NotAFeedError):
            return None
        return counted if counted.count else None

    async def _parsed(self, source: Source, fetched: Fetched) -> FeedPage:
        return await self._parser.parse(
            source, fetched.body, final_url=fetched.final_url, charset=fetched.charset
        )
