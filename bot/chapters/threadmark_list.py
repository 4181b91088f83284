"""The list of threadmarks of a XenForo thread: the only place that has the site's word counts."""

import re
from collections.abc import Iterator, Mapping

from bs4 import BeautifulSoup, Tag

from bot.chapters.cleaning import LONGEST_NAME, clean_text
from bot.chapters.entries import Category, FeedEntry, FeedPage
from bot.chapters.errors import NotAFeedError
from bot.chapters.identity import post_number
from bot.chapters.order import newest_first
from bot.chapters.reading import MOST_ENTRIES, UNTITLED, Reading
from bot.chapters.source_shapes import MAIN, post_url
from bot.chapters.words import listed
from bot.clock import Instant
from bot.language.speech import mark

_PAGES = 100
_NUMBER = re.compile(r"(?:threadmark_category|category_id)=(\d{1,6})")
_PAGE = re.compile(r"[?&]page=(\d{1,5})")
_CLASS = re.compile(r"category-(\d{1,6})")
_TOTAL = re.compile(r"([0-9][0-9.,]{0,15} ?[kKmM]?)\s+words\s*\)")


def read_threadmarks(html: str, reading: Reading) -> FeedPage:
    """Return the chapters of one page of a thread's list of threadmarks.

    Raises:
        NotAFeedError: it is another page, often one that asks for an account.
    """
    page = BeautifulSoup(html, "html.parser")
    rows = page.select(".structItem--threadmark")
    if (
        not rows
        and page.select_one(".threadmarkListingHeader, .block-body--threadmarkBody") is None
    ):
        raise NotAFeedError(
            mark(
                "This page lists no threadmarks. The thread may have none, or want an account:"
                " then announce by hand, /chapter announce."
            )
        )
    categories = _categories(page)
    fillers = [
        row for row in rows if "structItem--threadmark-filler" in row.get_attribute_list("class")
    ]
    found = [
        entry
        for row in rows[:MOST_ENTRIES]
        if row not in fillers and (entry := _entry(row, reading, categories)) is not None
    ]
    unique = {entry.identity: entry for entry in found}
    ordered = newest_first(list(unique.values()), lambda e: e.published_at, oldest_leads=True)
    more = tuple(_other_pages(page, reading))
    header = page.select_one(".threadmarkListingHeader")
    total = _TOTAL.search(header.get_text(" ")) if header else None
    title = page.select_one("h1.p-title-value, .threadmarkListingHeader-name")
    return FeedPage(
        kind=reading.source.kind,
        title=clean_text(title.get_text()) or None if title else None,
        entries=tuple(ordered),
        complete=not fillers and not more,
        more=more,
        categories=tuple(Category(number, name) for number, name in sorted(categories.items())),
        total_words=listed(total[1]) if total else None,
    )


def _entry(row: Tag, reading: Reading, categories: Mapping[int, str]) -> FeedEntry | None:
    link = row.select_one(".structItem-title a[data-tp-primary]") or row.select_one(
        ".structItem-title a[href]"
    )
    address = _attribute(link, "href")
    post = post_number(address, _attribute(row, "data-preview-url"))
    if link is None or post is None:
        return None
    source, number = reading.source, _number_of(row)
    if source.category_number is not None and number not in {None, source.category_number}:
        return None
    words = row.select_one(".structItem-cell--meta dd")
    return FeedEntry(
        identity=f"{source.host}/posts/{post}",
        title=clean_text(link.get_text()) or UNTITLED,
        url=post_url(source, post),
        published_at=_time(row, reading),
        words=listed(words.get_text()) if words else None,
        category=source.told_category if number is None else categories.get(number),
        author=clean_text(_attribute(row, "data-content-author"), LONGEST_NAME) or None,
    )


def _attribute(tag: Tag | None, name: str) -> str:
    value = tag.get(name) if tag else None
    return value if isinstance(value, str) else ""


def _number_of(row: Tag) -> int | None:
    """Return the number of the category in whose block *row* stands."""
    for above in row.parents:
        for name in above.get_attribute_list("class"):
            if name and (found := _CLASS.fullmatch(name)):
                return int(found[1])
    return None


def _time(row: Tag, reading: Reading) -> Instant | None:
    """Return when the chapter was posted; forums write the seconds into either attribute."""
    for name in ("data-timestamp", "data-time"):
        seconds = _attribute(row.select_one(f"time[{name}]"), name)
        if re.fullmatch(r"\d{9,11}", seconds):
            return reading.date(int(seconds))
    return reading.iso_date(_attribute(row.select_one("time[datetime]"), "datetime"))


def _categories(page: BeautifulSoup) -> dict[int, str]:
    """Return what the links of the page call each category: numbers differ from forum to forum."""
    names: dict[int, str] = {}
    for link in page.select('a[href*="/threadmarks"]'):
        address = _attribute(link, "href")
        found = _NUMBER.search(address)
        name = category_name(link.get_text())
        if found and name and not _PAGE.search(address):
            names.setdefault(int(found[1]), name)
    return names


def category_name(told: str) -> str:
    """Return what we call a category: "Threadmarks (12)" is `main`, "Sidestory" is `sidestory`."""
    words = re.sub(r"\([^)]*\)", " ", clean_text(told, LONGEST_NAME)).casefold()
    name = "-".join(re.findall(r"[^\W\d_]+", words))[:40]
    return MAIN if name in {"threadmarks", "threadmark"} else name


def _other_pages(page: BeautifulSoup, reading: Reading) -> Iterator[str]:
    """Yield the addresses of the other pages of this list, from its last, which has the newest."""
    here = int(reading.base.query.get("page", "1")) if _PAGE.search(str(reading.base)) else 1
    numbers = [
        int(found[1])
        for link in page.select(".pageNav a[href], .pageNavSimple a[href]")
        if (found := _PAGE.search(_attribute(link, "href")))
    ]
    for number in range(min(max(numbers, default=1), _PAGES), 0, -1):
        if number != here:
            yield str(reading.base.update_query(page=str(number)))
