"""The table of flags."""

from bot.clock import Instant
from bot.flags.models import MOST_A_DAY, Flag, TooManyFlagsError
from bot.outbox.models import SEND, Post
from bot.outbox.repository import enqueue
from bot.storage.database import Database, Transaction

_DAY = 24 * 3600 * 1000


class FlagRepository:
    """Writes what readers say is wrong."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, flag: Flag, channel_id: int, now: Instant) -> None:
        """Keep *flag* and put its message to *channel_id* into the outbox, both or neither.

        Raises:
            TooManyFlagsError: the reader has sent enough for today.
        """

        async def insert(tx: Transaction) -> None:
            since = {"user_id": flag.user_id, "since": now - _DAY}
            row = await tx.fetch_one(
                """
                SELECT count(*) AS flags FROM flag
                 WHERE user_id = :user_id AND flagged_at > :since
                """,
                since,
            )
            if row is not None and row["flags"] >= MOST_A_DAY:
                raise TooManyFlagsError
            row = await tx.fetch_one(
                """
                INSERT INTO flag (guild_id, user_id, reference, words, flagged_at)
                VALUES (:guild_id, :user_id, :reference, :words, :now)
                RETURNING id
                """,
                {
                    "guild_id": flag.guild_id,
                    "user_id": flag.user_id,
                    "reference": flag.reference,
                    "words": flag.words,
                    "now": now,
                },
            )
            number = 0 if row is None else row["id"]
            post = Post(f"flag:{number}", SEND, flag.guild_id, channel_id, flag.body)
            await enqueue(tx, post, now)

        await self._database.write(insert)

    async def forget(self, user_id: int) -> None:
        """Delete everything that a reader flagged."""

        async def delete(tx: Transaction) -> None:
            await tx.execute("DELETE FROM flag WHERE user_id = :user_id", {"user_id": user_id})

        await self._database.write(delete)

    async def export(self, user_id: int) -> list[dict[str, object]]:
        """Return what a reader flagged: server, entry, words, when (milliseconds UTC)."""
        rows = await self._database.fetch_all(
            """
            SELECT guild_id, reference, words, flagged_at FROM flag
             WHERE user_id = :user_id ORDER BY flagged_at
            """,
            {"user_id": user_id},
        )
        return [dict(row) for row in rows]

    async def purge(self, guild_id: int) -> None:
        """Delete everything of a server."""

        async def delete(tx: Transaction) -> None:
            await tx.execute("DELETE FROM flag WHERE guild_id = :guild_id", {"guild_id": guild_id})

        await self._database.write(delete)
