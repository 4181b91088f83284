"""The house itself: standing orders, erasure of readers, guilds that leave."""

from bot.clock import Clock, instant
from bot.soviet import erasure_repository as erasure
from bot.soviet import house_repository as house
from bot.soviet import urn_repository as urn
from bot.soviet.ballot_repository import Cast
from bot.soviet.clicks import Click
from bot.soviet.errors import NotTheManagerError
from bot.soviet.orders import Orders, orders_at, read_article
from bot.soviet.quota import settle
from bot.soviet.seal import opaque_voter
from bot.storage.database import Database, Transaction


class House:
    """Keeps the standing orders and what the law asks about people."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def orders(self, guild_id: int, version: int | None = None) -> Orders:
        """Return the standing orders of a guild, as they are or as they were at *version*."""
        return orders_at(*await house.orders(self._database, guild_id, version))

    async def set(self, click: Click, article: str, value: str) -> Orders:
        """Change one article (by number or name) and return the orders, one version on.

        Others than managers of the server move a motion with `Draft.order_change`: adopted by two
        thirds, it does the same. What is so already makes no new version.

        Raises:
            NoSuchArticleError, BadArticleError: with what it takes. NotTheManagerError.
        """
        key, kept = read_article(article, value)
        if not click.member.manages:
            raise NotTheManagerError
        now = instant(self._clock.now())

        async def operation(tx: Transaction) -> Orders:
            orders = orders_at(*await house.orders(tx, click.guild_id))
            if orders[key] != kept:
                by = click.member.user_id
                await house.add_order(tx, click.guild_id, (key, kept), by, None, now)
            await settle(tx, click.guild_id)
            return orders_at(*await house.orders(tx, click.guild_id))

        return await self._database.write(operation)

    async def forget(self, user_id: int) -> None:
        """Forget a reader: ballots of running motions go, of closed ones become a former reader's.

        The totals of closed motions never change.
        """

        async def operation(tx: Transaction) -> None:
            for motion_id, key in await erasure.secret_ballots_of(tx, user_id):
                gone = Cast(motion_id, user_id, 0, instant(self._clock.now()), None, "")
                await urn.put_secret(tx, gone, opaque_voter(key, user_id))
            await erasure.forget(tx, user_id)

        await self._database.write(operation)

    async def export(self, user_id: int) -> dict[str, list[dict[str, object]]]:
        """Return everything the chamber keeps about a reader: table → rows.

        What a secret ballot says is among it only while it can still be found.
        """
        return await erasure.rows_of(self._database, user_id)

    async def people(self) -> list[int]:
        """Return everybody of whom the chamber keeps something."""
        return await erasure.people(self._database)

    async def purge(self, guild_id: int) -> None:
        """Delete everything the chamber keeps of a guild."""

        async def operation(tx: Transaction) -> None:
            await erasure.purge(tx, guild_id)

        await self._database.write(operation)
