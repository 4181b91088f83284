"""What the parser and its child process say to each other: JSON, a line a message.

An answer is a page without entries, then its entries in portions small enough for an event loop,
then an end; or words; or an error.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from yarl import URL

from bot.chapters.entries import (
    Category,
    FeedEntry,
    FeedPage,
    SourceKind,
    Words,
    WordSource,
)
from bot.chapters.errors import NotAFeedError
from bot.chapters.reading import Reading
from bot.chapters.source_shapes import Source
from bot.language.speech import mark

Message = dict[str, Any]

PAGE, POST = "page", "post"
END: Message = {"end": True}
"""The last word of every answer."""
UNREADABLE = mark("The answer could not be read: it is too deep, too large or too strange.")

_PORTION = 200


def request(reading: Reading, length: int, *, post: int | None = None, work: str = PAGE) -> Message:
    """Return the message that goes before a body of *length* bytes."""
    return {
        "work": work,
        "post": post,
        "length": length,
        "source": asdict(reading.source),
        "base": str(reading.base),
        "now": reading.now.isoformat(),
        "charset": reading.charset,
    }


def reading_of(message: Message) -> Reading:
    """Return the circumstances that a request tells; the inverse of `request`."""
    source = message["source"]
    return Reading(
        source=Source(**source | {"kind": SourceKind(source["kind"])}),
        base=URL(message["base"]),
        now=datetime.fromisoformat(message["now"]),
        charset=message["charset"],
    )


def messages_of_page(page: FeedPage) -> Iterator[Message]:
    """Yield the messages that a page is told in."""
    plain = {field.name: getattr(page, field.name) for field in fields(page)}
    entries = plain.pop("entries")
    plain["categories"] = [asdict(category) for category in page.categories]
    plain["total_words"] = page.total_words and asdict(page.total_words)
    yield {"page": plain}
    for begin in range(0, len(entries), _PORTION):
        yield {"entries": [asdict(entry) for entry in entries[begin : begin + _PORTION]]}


def page_of(plain: Message, entries: Iterable[FeedEntry]) -> FeedPage:
    """Return the page that the first message told of, with its *entries*."""
    return FeedPage(
        kind=SourceKind(plain["kind"]),
        title=plain["title"],
        entries=tuple(entries),
        complete=plain["complete"],
        cut=plain["cut"],
        more=tuple(plain["more"]),
        categories=tuple(Category(**category) for category in plain["categories"]),
        total_words=plain["total_words"] and words_of(plain["total_words"]),
    )


def entry_of(plain: Message) -> FeedEntry:
    """Return one entry of a portion."""
    return FeedEntry(**plain | {"words": plain["words"] and words_of(plain["words"])})


def message_of_words(words: Words) -> Message:
    """Return the message that tells a number of words."""
    return {"words": asdict(words)}


def words_of(plain: Message) -> Words:
    """Return the words that a message tells."""
    return Words(plain["count"], WordSource(plain["source"]), plain["rounded"])


def message_of_error(error: NotAFeedError) -> Message:
    """Return the message that tells an error."""
    return {
        "error": str(error),
        "alternates": list(error.alternates),
        "refused": error.refused,
    }


def error_of(message: Message) -> NotAFeedError:
    """Return the error that a message tells."""
    return NotAFeedError(message["error"], tuple(message["alternates"]), refused=message["refused"])
