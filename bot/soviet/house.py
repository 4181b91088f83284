"""The house itself: standing orders, erasure of readers, guilds that leave."""

from bot.clock import Clock
from bot.soviet.clicks import Click
from bot.soviet.orders import Orders
from bot.storage.database import Database


class House:
    """Keeps the standing orders and what the law asks about people."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def orders(self, guild_id: int, version: int | None = None) -> Orders:
        """Return the standing orders of a guild, as they are or as they were at *version*."""
        raise NotImplementedError

    async def set(self, click: Click, article: str, value: str) -> Orders:
        """Change one article (by number or name) and return the orders, one version on.

        Who may not manage the server gets NotTheManagerError; a motion with
        `Draft.order_change`, adopted by two thirds, does the same.

        Raises:
            NoSuchArticleError, BadArticleError: with what it takes. NotTheManagerError.
        """
        raise NotImplementedError

    async def forget(self, user_id: int) -> None:
        """Forget a reader: ballots of running motions go, of closed ones become a former reader's.

        The totals of closed motions never change.
        """
        raise NotImplementedError

    async def purge(self, guild_id: int) -> None:
        """Delete everything the chamber keeps of a guild."""
        raise NotImplementedError
