"""Reading a body without the child process, as of noon on 1 May 2026."""

from datetime import UTC, datetime
from pathlib import Path

from yarl import URL

from bot.chapters.bodies import read
from bot.chapters.reading import Reading
from bot.chapters.sources import recognise

FEEDS = Path(__file__).parent / "feeds"
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
ANY = "https://example.org/feed"


def file(name):
    return (FEEDS / name).read_bytes()


def page_of(body, address=ANY, base=None, charset=None):
    """The page that *body* tells, as an answer of what *address* is recognised as."""
    body = body.encode() if isinstance(body, str) else body
    source = recognise(address)
    return read(body, Reading(source, URL(base or source.feed_url), NOW, charset))


def rss(*items, title="The Tale"):
    return f'<rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'


def item(**elements):
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in elements.items())
    return f"<item>{inner}</item>"
