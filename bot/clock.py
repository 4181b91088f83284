"""The only place that reads the time.

Everything else is handed a `Clock`, so a test (or the sandbox) can say what time it is.
"""

from datetime import UTC, datetime
from typing import NewType, Protocol

Instant = NewType("Instant", int)
"""A moment in milliseconds since 1970-01-01 UTC: the unit every table and every message uses."""


class Clock(Protocol):
    """Whatever can tell the time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class UtcClock:
    """The real clock."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)


def instant(moment: datetime) -> Instant:
    """Return *moment* (aware) as whole milliseconds since the epoch."""
    return Instant(int(moment.timestamp() * 1000))


def moment(at: Instant) -> datetime:
    """Return the aware UTC datetime of *at*; the inverse of `instant` to the millisecond."""
    return datetime.fromtimestamp(at / 1000, UTC)
