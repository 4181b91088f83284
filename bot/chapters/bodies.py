"""Which reader a body is for. Runs in the child process only (child.py), for bodies are hostile."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.filter import SoupStrainer

from bot.chapters.addresses import read_url
from bot.chapters.answers import CHALLENGED
from bot.chapters.challenge import is_challenge, is_html
from bot.chapters.entries import FeedPage, SourceKind, Words
from bot.chapters.errors import BadUrlError, NotAFeedError
from bot.chapters.feed_entries import read_feed
from bot.chapters.indexes import read_new_pages, read_work_index
from bot.chapters.reading import Reading
from bot.chapters.threadmark_list import read_threadmarks
from bot.chapters.words import body_of_post, counted, text_of_post
from bot.chapters.xml_text import decoded
from bot.language.speech import mark

_FEED_TYPE = re.compile(r"application/(?:rss|atom)\+xml", re.I)
_ALTERNATES = 5


def read(body: bytes, reading: Reading) -> FeedPage:
    """Return the chapters that *body* tells of.

    Raises:
        NotAFeedError: none, and why; never to be taken for "no news".
    """
    if not body.strip():
        raise NotAFeedError(mark("The answer was empty."))
    if is_challenge(body):
        raise NotAFeedError(CHALLENGED, refused=True)
    kind = reading.source.kind
    if kind is SourceKind.MEDIAWIKI:
        return read_new_pages(body, reading)
    if not is_html(body):
        if kind is SourceKind.AO3:
            raise NotAFeedError(mark("This page of AO3 lists no chapters."))
        return read_feed(body, reading)
    html = decoded(body, reading.charset)
    if kind is SourceKind.XENFORO:
        return read_threadmarks(html, reading)
    if kind is SourceKind.AO3:
        return read_work_index(html, reading)
    raise _only_a_page(html, reading)


def read_post(body: bytes, reading: Reading, post: int | None) -> Words:
    """Return the words of a page's whole text, or of XenForo's post number *post* on it.

    Raises:
        NotAFeedError: the post is not on the page.
    """
    if is_challenge(body):
        raise NotAFeedError(CHALLENGED, refused=True)
    html = decoded(body, reading.charset)
    chosen = html if post is None else body_of_post(html, post)
    if chosen is None:
        raise NotAFeedError(mark("The chapter's post is not on that page; it may want an account."))
    return counted(text_of_post(chosen))


def _only_a_page(html: str, reading: Reading) -> NotAFeedError:
    alternates = tuple(dict.fromkeys(_alternates(html, reading)))[:_ALTERNATES]
    if alternates:
        return NotAFeedError(mark("This is a page, not a feed, but it names one."), alternates)
    return NotAFeedError(
        mark(
            "This is a page of the web, not a feed, and it names none. Paste the address of its"
            " feed, or announce by hand: /chapter announce."
        )
    )


def _alternates(html: str, reading: Reading) -> Iterator[str]:
    """Yield the feeds that a page's head names, feeds of comments left out."""
    for link in BeautifulSoup(html, "html.parser", parse_only=SoupStrainer("link")).find_all(
        "link"
    ):
        rel = [str(one).lower() for one in link.get_attribute_list("rel")]
        told = reading.absolute(str(link.get("href") or ""))
        about = f"{link.get('title') or ''} {told}".lower()
        if "alternate" not in rel or not _FEED_TYPE.search(str(link.get("type") or "")):
            continue
        try:
            read_url(told, allow_loopback=reading.source.gap == 0)
        except BadUrlError:
            continue
        if "comment" not in about:
            yield told
