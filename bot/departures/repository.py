"""The table of servers that removed the bot."""

from bot.clock import Instant
from bot.storage.database import Database, Transaction


class DepartureRepository:
    """Reads and writes which servers removed the bot, and when."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, guild_id: int, now: Instant) -> None:
        """Note that a server removed the bot; the first time counts."""

        async def insert(tx: Transaction) -> None:
            await tx.execute(
                """
                INSERT INTO departure (guild_id, left_at) VALUES (:guild_id, :now)
                ON CONFLICT (guild_id) DO NOTHING
                """,
                {"guild_id": guild_id, "now": now},
            )

        await self._database.write(insert)

    async def drop(self, guild_id: int) -> None:
        """Note that the bot is there, or that nothing of the server is left."""

        async def delete(tx: Transaction) -> None:
            await tx.execute(
                "DELETE FROM departure WHERE guild_id = :guild_id", {"guild_id": guild_id}
            )

        await self._database.write(delete)

    async def before(self, past: Instant) -> list[int]:
        """Return the servers that removed the bot before *past*."""
        rows = await self._database.fetch_all(
            "SELECT guild_id FROM departure WHERE left_at < :past ORDER BY left_at",
            {"past": past},
        )
        return [row["guild_id"] for row in rows]
