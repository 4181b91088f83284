"""From the address that a reader pastes to where its chapters are told of. Pure.

The shapes of the addresses were read off the sites' own pages and off the programs that read them
(docs/chapters.md has the table). `source_shapes.py` knows the sites one by one.
"""

from dataclasses import replace

from yarl import URL

from bot.chapters.addresses import bare_host, canonical, is_loopback, read_url
from bot.chapters.entries import Category, SourceKind
from bot.chapters.source_shapes import Source, ao3, blog, mediawiki, royal_road, threadmarks

__all__ = ["Source", "recognise", "with_category"]


def recognise(text: str, *, allow_loopback: bool = False) -> Source:
    """Return the source of what a reader pasted: the page of a story, a chapter, or a feed.

    An address that no site of ours has is a `FEED`: its feed, or a page that may name one (then
    `NotAFeedError.alternates` has it). Whether the host may be fetched is the fetcher's question.
    *allow_loopback* (tests, sandbox): this machine counts as any of the sites, by the path.

    Raises:
        BadUrlError: it is no address, or one that is never fetched.
        UnknownSourceError: the site is known, but there is nothing to follow; says what to paste.
    """
    url = read_url(text, allow_loopback=allow_loopback).with_fragment(None)
    home = is_loopback(url.raw_host or "")
    for shape in (threadmarks, royal_road, ao3, mediawiki, blog):
        if (source := shape(url, home)) is not None:
            return source
    return _any_feed(url, home)


def with_category(source: Source, category: Category) -> Source:
    """Return *source*, a XenForo thread, told of by the threadmarks of *category* only."""
    again = recognise(
        str(URL(source.feed_url).with_query(threadmark_category=str(category.number))),
        allow_loopback=source.gap == 0,
    )
    return replace(again, category=category.name)


def _any_feed(url: URL, home: bool) -> Source:  # noqa: FBT001
    address = str(canonical(url))
    return Source(
        kind=SourceKind.FEED,
        feed_url=address,
        list_url=None,
        story_url=address,
        story=f"{bare_host(url)}{canonical(url).raw_path_qs}",
        host=bare_host(url),
        gap=0.0 if home else 1.0,
    )
