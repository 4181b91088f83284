"""What the newsroom and the outbox keep about a person, over all of their tables."""

from bot.chapters import newsroom
from bot.storage.database import Database, Transaction


class ChapterPeople:
    """Subscriptions, digests, and who added or announced what."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def export(self, user_id: int) -> list[dict[str, object]]:
        """Return a person's subscriptions, digest, and what they added or announced."""
        rows = await self._database.fetch_all(
            """
            SELECT 'subscription' AS what, subscription.guild_id, story.title, subscription.how,
                   subscription.min_words, subscription.category, subscription.since AS at
              FROM subscription JOIN story ON story.id = subscription.story_id
             WHERE subscription.reader_id = :user_id
            UNION ALL
            SELECT 'digest', 0, '', '', NULL, '', since FROM reader_digest
             WHERE reader_id = :user_id
            UNION ALL
            SELECT 'story added', guild_id, title, '', NULL, '', created_at FROM story
             WHERE created_by = :user_id
            UNION ALL
            SELECT 'feed added', follow.guild_id, story.title, '', NULL, '', follow.added_at
              FROM follow JOIN story ON story.id = follow.story_id
             WHERE follow.added_by = :user_id
            UNION ALL
            SELECT 'chapter announced', guild_id, title, '', NULL, '', seen_at FROM chapter
             WHERE announced_by = :user_id
            """,
            {"user_id": user_id},
        )
        return [dict(row) for row in rows]

    async def forget(self, user_id: int) -> None:
        """Forget a person; stories, feeds and chapters belong to their servers and stay."""

        async def forget(tx: Transaction) -> None:
            await newsroom.forget(tx, user_id)

        await self._database.write(forget)

    async def people(self) -> list[int]:
        """Return everybody of whom something is kept."""
        rows = await self._database.fetch_all(
            """
            SELECT reader_id AS id FROM subscription
            UNION SELECT reader_id FROM reader_digest
            UNION SELECT created_by FROM story WHERE created_by <> 0
            UNION SELECT added_by FROM follow WHERE added_by <> 0
            UNION SELECT announced_by FROM chapter WHERE announced_by <> 0
            """
        )
        return [row["id"] for row in rows]
