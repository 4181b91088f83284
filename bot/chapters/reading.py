"""What every reader of a body is given, and the dates and links they all make plain. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from yarl import URL

from bot.chapters.addresses import bare_host, reader_url
from bot.chapters.source_shapes import Source
from bot.clock import Instant

MOST_ENTRIES = 20_000
UNTITLED = "Untitled"

_EARLIEST = 631_152_000  # 1990-01-01, before the first story of the web


@dataclass(frozen=True, slots=True)
class Reading:
    """A body's circumstances: its *source*, the address it came from, its charset, the time."""

    source: Source
    base: URL
    now: datetime
    charset: str | None = None

    def link(self, told: str) -> str | None:
        """Return *told* as an absolute address of the source's own family, or None."""
        return reader_url(told, self.base, self._families())

    def absolute(self, told: str) -> str:
        """Return *told* as an absolute address, anybody's, or blank; not for readers to open."""
        try:
            return str(self.base.join(URL(told.strip()))) if told.strip() else ""
        except ValueError:
            return ""

    def date(self, seconds: float | None) -> Instant | None:
        """Return the epoch *seconds* as an instant, unless before 1990 or over a day ahead."""
        latest = (self.now + timedelta(days=1)).timestamp()
        if seconds is None or not _EARLIEST <= seconds <= latest:
            return None
        return Instant(int(seconds) * 1000)

    def iso_date(self, told: str) -> Instant | None:
        """Return an ISO 8601 date or time (UTC unless it says otherwise) as `date` does."""
        try:
            at = datetime.fromisoformat(told.strip())
            return self.date((at if at.tzinfo else at.replace(tzinfo=self.now.tzinfo)).timestamp())
        except (ValueError, OverflowError):
            return None

    def _families(self) -> Iterable[str]:
        return (self.source.host, bare_host(self.base))
