"""What a source tells of a story: its chapters as entries, in the order of the source.

Every text in here came from a stranger. It is stripped of markup, control and direction characters
and capped (see cleaning.py), but not escaped: whoever shows it to Discord does that.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.clock import Instant


class SourceKind(StrEnum):
    """The kinds of places that chapters come from; the value is stored."""

    XENFORO = "xenforo"
    ROYAL_ROAD = "royal_road"
    AO3 = "ao3"
    MEDIAWIKI = "mediawiki"
    WORDPRESS = "wordpress"
    BLOGSPOT = "blogspot"
    FEED = "feed"
    """Any other RSS or Atom feed, or a page that may name one."""


class WordSource(StrEnum):
    """Who counted the words; the value is stored."""

    COUNTED = "counted"
    """We did, from the text, by the rule of words.py."""
    LISTED = "listed"
    """The site did, in its list of chapters."""
    ANNOUNCED = "announced"
    """Whoever announced the chapter by hand said so."""


@dataclass(frozen=True, slots=True)
class Words:
    """A number of words, who counted, and whether the number is rounded ("12.1k")."""

    count: int
    source: WordSource
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A chapter as its source tells of it.

    *identity*: the source's own, never made of a title or a date; stays when those change.
    *url*: http(s), of the source's own family of hosts; the story's own page where the source gave
    no such link. *published_at*: for order and display only; None where missing, unreadable or more
    than a day ahead. *category*: of threadmarks, `main`, `sidestory`, `omake` …, where it is known.
    """

    identity: str
    title: str
    url: str
    published_at: Instant | None = None
    words: Words | None = None
    category: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """A category of threadmarks: the forum's *number* (each forum has its own) and its *name*."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One answer of a source.

    *entries*: newest first as far as the source tells, each identity once. *complete*: whether
    these are all the chapters there are; a feed tells of the last few only. *cut*: it arrived cut
    off, and these are the entries that arrived whole. *more*: addresses of the other pages of the
    same list, newest first (a threadmark list of several pages). *categories*: what kinds of
    threadmarks the thread has, for `sources.with_category`. *total_words*: of the whole story,
    where the page says so.
    """

    kind: SourceKind
    title: str | None
    entries: tuple[FeedEntry, ...]
    complete: bool = False
    cut: bool = False
    more: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    total_words: Words | None = None
