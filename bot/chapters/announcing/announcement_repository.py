"""The table of announcements: which message tells of which chapter, and where."""

from bot.chapters.announcing.models import Announcement, Chapter
from bot.chapters.announcing.repository import CHAPTER, chapter_of
from bot.clock import Instant
from bot.storage.database import Transaction
from bot.storage.rows import Row
from bot.storage.source import Source


async def announced(tx: Transaction, made: Announcement) -> None:
    """Keep that a chapter is about to be announced in a channel."""
    await tx.execute(
        """
        INSERT INTO announcement (chapter_id, guild_id, channel_id, outbox_id, topic)
        VALUES (:chapter_id, :guild_id, :channel_id, :outbox_id, :topic)
        ON CONFLICT (chapter_id, channel_id) DO NOTHING
        """,
        {
            "chapter_id": made.chapter_id,
            "guild_id": made.guild_id,
            "channel_id": made.channel_id,
            "outbox_id": made.outbox_id,
            "topic": made.topic,
        },
    )


async def delivered(tx: Transaction, outbox_id: int, message_id: int | None, at: Instant) -> None:
    """Keep which message an announcement has become."""
    await tx.execute(
        """
        UPDATE announcement SET message_id = :message_id, sent_at = :at
         WHERE outbox_id = :outbox_id
        """,
        {"outbox_id": outbox_id, "message_id": message_id, "at": at},
    )


async def of_chapter(source: Source, chapter_id: int) -> list[Announcement]:
    """Return where a chapter was announced."""
    rows = await source.fetch_all(
        """
        SELECT chapter_id, guild_id, channel_id, outbox_id, topic, message_id, sent_at
          FROM announcement WHERE chapter_id = :id
        """,
        {"id": chapter_id},
    )
    return [_announcement(row) for row in rows]


async def together(tx: Transaction, outbox_id: int) -> list[Chapter]:
    """Return the chapters that one message announces, oldest first."""
    rows = await tx.fetch_all(
        f"""
        SELECT {CHAPTER} FROM chapter c JOIN announcement a ON a.chapter_id = c.id
         WHERE a.outbox_id = :outbox_id ORDER BY c.place
        """,  # noqa: S608
        {"outbox_id": outbox_id},
    )
    return [chapter_of(row) for row in rows]


def _announcement(row: Row) -> Announcement:
    return Announcement(**{name: row[name] for name in row.keys()})  # noqa: SIM118
