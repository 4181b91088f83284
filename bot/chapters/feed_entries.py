"""RSS and Atom of any site: XenForo's threadmarks, Royal Road, blogs, everything else."""

import calendar
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import feedparser  # type: ignore[import-untyped]

from bot.chapters.cleaning import LONGEST_NAME, LONGEST_TITLE, clean_html, clean_text
from bot.chapters.entries import FeedEntry, FeedPage, SourceKind, Words
from bot.chapters.errors import NotAFeedError
from bot.chapters.identity import assign, chapter_number, names_of, post_number
from bot.chapters.order import newest_first
from bot.chapters.reading import MOST_ENTRIES, UNTITLED, Reading
from bot.chapters.source_shapes import post_url
from bot.chapters.words import counted, text_of_post
from bot.chapters.xml_text import decoded, prepared
from bot.clock import Instant
from bot.language.speech import mark

_COUNTED = 30
"""Of how many entries the text is counted; the rest is no news in any feed."""
_LINK = re.compile(r"(?i)\s*(?:https?:/)?/")
_EXCERPT = re.compile(
    r"(?:\[[^\]]{0,3}\]|(?:(?:continue|keep) reading|read (?:more|the rest)).{0,80})\W*$",
    re.IGNORECASE,
)
_SHORT = 200
"""Words; a text so short that ends in dots is a beginning, a longer one a chapter's way to end."""


@dataclass(frozen=True, slots=True)
class _Told:
    names: tuple[str, ...]
    entry: FeedEntry
    content: str


def read_feed(body: bytes, reading: Reading) -> FeedPage:
    """Return the chapters that an RSS or Atom feed tells of.

    Raises:
        NotAFeedError: it is none, or one that must not be read.
    """
    xml, cut = prepared(decoded(body, reading.charset))
    # As a stream: given plain bytes, feedparser would open a file of that name.
    feed: Mapping[str, Any] = feedparser.parse(
        io.BytesIO(xml), sanitize_html=False, resolve_relative_uris=False
    )
    if not feed.get("version"):
        raise NotAFeedError(mark("The answer is not a feed of RSS or Atom."))
    title = _line(feed["feed"], "title", LONGEST_TITLE) or None
    told = [_told(raw, reading, title) for raw in feed["entries"]]
    told = newest_first([one for one in told if one.names], lambda one: one.entry.published_at)
    # Cut only now: a feed may tell its newest chapter last.
    cut, told = cut or len(told) > MOST_ENTRIES, told[:MOST_ENTRIES]
    identities = assign([one.names for one in told])
    return FeedPage(
        kind=reading.source.kind,
        title=title,
        entries=tuple(
            replace(one.entry, identity=identity, words=_words(one.content, number))
            for number, (one, identity) in enumerate(zip(told, identities, strict=True))
            if identity is not None
        ),
        cut=cut,
    )


def _told(raw: Mapping[str, Any], reading: Reading, feed_title: str | None) -> _Told:
    guid, link = _text(raw, "id"), _text(raw, "link")
    if link == guid and not _LINK.match(link):
        # feedparser takes a guid for the link, for want of a word that it is none.
        link = ""
    title = _line(raw, "title", LONGEST_TITLE)
    source = reading.source
    url = reading.link(link) or source.story_url
    names = tuple(names_of(guid, reading.absolute(link)))
    if source.kind is SourceKind.XENFORO and (post := post_number(guid, link)) is not None:
        # Their links were relative at times, or had the query behind the fragment.
        names, url = (f"{source.host}/posts/{post}",), post_url(source, post)
    if source.kind is SourceKind.ROYAL_ROAD:
        title = title.removeprefix(f"{feed_title} - ")
        if (chapter := chapter_number(guid, link)) is not None:
            names = (f"{source.host}/chapter/{chapter}",)
    entry = FeedEntry(
        identity="",
        title=title or UNTITLED,
        url=url,
        published_at=_date(raw, reading),
        category=source.told_category,
        author=_author(raw),
    )
    return _Told(names, entry, _content(raw))


def _text(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    return value if isinstance(value, str) else ""


def _line(raw: Mapping[str, Any], name: str, longest: int) -> str:
    is_plain = (raw.get(f"{name}_detail") or {}).get("type") == "text/plain"
    return (clean_text if is_plain else clean_html)(_text(raw, name), longest)


def _author(raw: Mapping[str, Any]) -> str | None:
    name = (raw.get("author_detail") or {}).get("name") or raw.get("author")
    return clean_html(name, LONGEST_NAME) or None if isinstance(name, str) else None


def _date(raw: Mapping[str, Any], reading: Reading) -> Instant | None:
    # As a plain dict: feedparser's own would warn that it takes one for the other.
    plain = dict(raw.items())
    parsed = plain.get("published_parsed") or plain.get("updated_parsed")
    try:
        return reading.date(calendar.timegm(parsed)) if parsed else None
    except (TypeError, ValueError, OverflowError):
        return None


def _content(raw: Mapping[str, Any]) -> str:
    parts = raw.get("content") or []
    return "\n".join(_text(part, "value") for part in parts if isinstance(part, Mapping))


def _words(content: str, number: int) -> Words | None:
    """Return the words of a chapter's *content*; None for none, and for a mere beginning."""
    if not content or number >= _COUNTED:
        return None
    text = text_of_post(content)
    words = counted(text)
    trails_off = words.count < _SHORT and text.endswith(("…", "..."))
    return None if not words.count or trails_off or _EXCERPT.search(text[-200:]) else words
