"""The tables of reading progress: one row a reader and story, one a channel and story."""

from dataclasses import dataclass

from bot.clock import Instant
from bot.storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Ceilings:
    """Work → last chapter that may be shown: by the reader's own progress, by the channel's."""

    reader: dict[str, int]
    channel: dict[str, int]


class ProgressRepository:
    """Reads and writes who has read how far."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ceilings(self, user_id: int, channel_id: int | None) -> Ceilings:
        """Return what is set for a reader, and for a channel (None: nothing for any)."""
        rows = await self._database.fetch_all(
            """
            SELECT 'reader' AS whose, work, chapter FROM reading_progress
             WHERE user_id = :user_id
             UNION ALL
            SELECT 'channel' AS whose, work, chapter FROM channel_ceiling
             WHERE channel_id = :channel_id
            """,
            {"user_id": user_id, "channel_id": channel_id},
        )
        found = Ceilings({}, {})
        for row in rows:
            getattr(found, row["whose"])[row["work"]] = row["chapter"]
        return found

    async def put_reader(self, user_id: int, work: str, chapter: int, now: Instant) -> None:
        """Keep that a reader has read *work* up to *chapter*."""

        async def upsert(tx: Transaction) -> None:
            await tx.execute(
                """
                INSERT INTO reading_progress (user_id, work, chapter, changed_at)
                VALUES (:user_id, :work, :chapter, :now)
                ON CONFLICT (user_id, work) DO UPDATE
                SET chapter = excluded.chapter, changed_at = excluded.changed_at
                """,
                {"user_id": user_id, "work": work, "chapter": chapter, "now": now},
            )

        await self._database.write(upsert)

    async def drop_reader(self, user_id: int, work: str) -> None:
        """Forget how far a reader is in *work*."""

        async def delete(tx: Transaction) -> None:
            await tx.execute(
                "DELETE FROM reading_progress WHERE user_id = :user_id AND work = :work",
                {"user_id": user_id, "work": work},
            )

        await self._database.write(delete)

    async def put_channel(
        self, channel_id: int, guild_id: int, work: str, chapter: int, now: Instant
    ) -> None:
        """Keep that a channel may be told of *work* up to *chapter*."""

        async def upsert(tx: Transaction) -> None:
            await tx.execute(
                """
                INSERT INTO channel_ceiling (channel_id, work, guild_id, chapter, changed_at)
                VALUES (:channel_id, :work, :guild_id, :chapter, :now)
                ON CONFLICT (channel_id, work) DO UPDATE
                SET chapter = excluded.chapter, changed_at = excluded.changed_at
                """,
                {
                    "channel_id": channel_id,
                    "work": work,
                    "guild_id": guild_id,
                    "chapter": chapter,
                    "now": now,
                },
            )

        await self._database.write(upsert)

    async def drop_channel(self, channel_id: int, work: str) -> None:
        """Forget the ceiling of a channel for *work*."""

        async def delete(tx: Transaction) -> None:
            await tx.execute(
                "DELETE FROM channel_ceiling WHERE channel_id = :channel_id AND work = :work",
                {"channel_id": channel_id, "work": work},
            )

        await self._database.write(delete)

    async def export(self, user_id: int) -> list[dict[str, object]]:
        """Return how far a person is in each story."""
        rows = await self._database.fetch_all(
            """
            SELECT work, chapter, changed_at FROM reading_progress
             WHERE user_id = :user_id ORDER BY work
            """,
            {"user_id": user_id},
        )
        return [dict(row) for row in rows]

    async def people(self) -> frozenset[int]:
        """Return everybody whom `forget` would concern."""
        rows = await self._database.fetch_all("SELECT DISTINCT user_id FROM reading_progress")
        return frozenset(row["user_id"] for row in rows)

    async def forget(self, user_id: int) -> None:
        """Delete everything that is kept about a person."""

        async def delete(tx: Transaction) -> None:
            await tx.execute(
                "DELETE FROM reading_progress WHERE user_id = :user_id", {"user_id": user_id}
            )

        await self._database.write(delete)

    async def purge(self, guild_id: int) -> None:
        """Delete the ceilings of a server's channels."""

        async def delete(tx: Transaction) -> None:
            await tx.execute(
                "DELETE FROM channel_ceiling WHERE guild_id = :guild_id", {"guild_id": guild_id}
            )

        await self._database.write(delete)
