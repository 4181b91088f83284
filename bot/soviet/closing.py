"""The end of motions: closing what is due, once, with its verdict and its announcement."""

from bot.clock import Clock, Instant
from bot.soviet.composer import Composer
from bot.soviet.results import ClosedMotion
from bot.storage.database import Database


class Closing:
    """Closes motions; any number of times, from any number of places, each only once."""

    def __init__(self, database: Database, clock: Clock, composer: Composer) -> None:
        self._database = database
        self._clock = clock
        self._composer = composer

    async def work(self) -> Instant | None:
        """Close what is due and return when the next is: the Soviet's duty (`bot.duties.Work`)."""
        raise NotImplementedError

    async def close_overdue(self) -> tuple[ClosedMotion, ...]:
        """Close every motion whose time is over; one that fails is logged and stops no other."""
        raise NotImplementedError

    async def close(self, motion_id: int) -> ClosedMotion | None:
        """Close one motion if its time is over and nobody has yet, else return None.

        The verdict, the stored result, what it changes (ledger, standing orders, other motions) and
        the announcement are one transaction.
        """
        raise NotImplementedError

    async def next_wakeup(self) -> Instant | None:
        """Return when `close_overdue` next has something to do, or None."""
        raise NotImplementedError
