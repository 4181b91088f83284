"""The index of chapters of a work on AO3, and the new pages of a wiki."""

import json
import re
from typing import Any
from urllib.parse import quote

from bs4 import BeautifulSoup

from bot.chapters.cleaning import LONGEST_NAME, clean_text
from bot.chapters.entries import FeedEntry, FeedPage
from bot.chapters.errors import NotAFeedError
from bot.chapters.order import newest_first
from bot.chapters.reading import MOST_ENTRIES, UNTITLED, Reading
from bot.language.speech import mark

_CHAPTER = re.compile(r"/works/\d+/chapters/(\d{1,15})")
_PLACE = re.compile(r"\d{1,5}\.\s+(?=\S)")
_LOCKED = "#loginform, #new_user_session, form.new_user"


def read_work_index(html: str, reading: Reading) -> FeedPage:
    """Return the chapters of a work from its `navigate` page, in the order of the work.

    Raises:
        NotAFeedError: it is another page: the work is locked, or not there.
    """
    page = BeautifulSoup(html, "html.parser")
    entries: dict[str, FeedEntry] = {}
    author = page.select_one("h2.heading a[rel~=author]")
    for row in page.select("ol.chapter.index > li")[:MOST_ENTRIES]:
        link = row.select_one("a[href]")
        chapter = _CHAPTER.search(str(link["href"])) if link else None
        if link is None or chapter is None:
            continue
        date = row.select_one(".datetime")
        identity = f"{reading.source.host}/chapters/{int(chapter[1])}"
        entries[identity] = FeedEntry(
            identity=identity,
            title=_PLACE.sub("", clean_text(link.get_text()), count=1) or UNTITLED,
            url=f"{reading.source.story_url}/chapters/{int(chapter[1])}",
            published_at=reading.iso_date(date.get_text().strip(" ()\n")) if date else None,
            author=clean_text(author.get_text(), LONGEST_NAME) or None if author else None,
        )
    if not entries:
        raise _no_index(page)
    title = page.select_one("h2.heading a[href]")
    return FeedPage(
        kind=reading.source.kind,
        title=clean_text(title.get_text()) or None if title else None,
        # By their places: dates are days only, and an author may date a chapter at will.
        entries=tuple(reversed(entries.values())),
        complete=True,
    )


def _no_index(page: BeautifulSoup) -> NotAFeedError:
    if page.select_one(_LOCKED):
        return NotAFeedError(
            mark(
                "This work is only for people with an account on AO3, so it cannot be followed."
                " Announce its chapters by hand: /chapter announce."
            ),
            refused=True,
        )
    return NotAFeedError(mark("This page of AO3 lists no chapters."))


def read_new_pages(body: bytes, reading: Reading) -> FeedPage:
    """Return the new pages of a wiki from MediaWiki's `recentchanges` of type `new`.

    Raises:
        NotAFeedError: it is no such answer.
    """
    try:
        changes = json.loads(body)["query"]["recentchanges"]
        pages = [change for change in changes if int(change["pageid"]) > 0]
    except (ValueError, TypeError, LookupError, RecursionError):
        raise NotAFeedError(mark("The answer is not a wiki's list of new pages.")) from None
    entries = {entry.identity: entry for page in pages for entry in [_page(page, reading)]}
    return FeedPage(
        kind=reading.source.kind,
        title=None,
        entries=tuple(newest_first(list(entries.values()), lambda entry: entry.published_at)),
    )


def _page(change: dict[str, Any], reading: Reading) -> FeedEntry:
    source, number = reading.source, int(change["pageid"])
    title = clean_text(str(change.get("title", "")))
    address = f"index.php?curid={number}"
    if source.host.endswith(".fandom.com") and title:
        address = f"wiki/{quote(str(change['title']).replace(' ', '_'), safe='/:(),')}"
    return FeedEntry(
        identity=f"{source.story}/pages/{number}",
        title=title or UNTITLED,
        url=reading.link(f"{source.story_url.rstrip('/')}/{address}") or source.story_url,
        published_at=reading.iso_date(str(change.get("timestamp", ""))),
        author=clean_text(str(change.get("user", "")), LONGEST_NAME) or None,
    )
