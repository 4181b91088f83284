"""Announcements that a channel refused and whose story is announced elsewhere by now."""

from dataclasses import dataclass

from bot.clock import Instant
from bot.storage.database import Transaction
from bot.storage.source import Source


@dataclass(frozen=True, slots=True)
class Stranded:
    """An announcement, with all that follows it, that waits for a channel to be mended."""

    guild_id: int
    topic: str
    channel_id: int
    story_id: int
    follow_id: int | None


async def stranded(source: Source, guild_id: int | None) -> list[Stranded]:
    """Return what waits because its channel is gone or closed to us, in one server or in all."""
    rows = await source.fetch_all(
        """
        SELECT DISTINCT o.guild_id, o.topic, o.channel_id, c.story_id, c.follow_id
          FROM outbox o JOIN announcement a ON a.outbox_id = o.id
          JOIN chapter c ON c.id = a.chapter_id
         WHERE o.state IN ('blocked', 'ready') AND o.uncertain = 0
           AND (:guild_id = 0 OR o.guild_id = :guild_id)
           AND o.channel_id IN (
               SELECT channel_id FROM outbox
                WHERE state = 'blocked' AND code IN (10003, 50001, 50013))
         ORDER BY o.topic
        """,
        {"guild_id": guild_id or 0},
    )
    return [
        Stranded(
            row["guild_id"], row["topic"], row["channel_id"], row["story_id"], row["follow_id"]
        )
        for row in rows
    ]


async def move(tx: Transaction, one: Stranded, channel_id: int, now: Instant) -> bool:
    """Have an announcement made in another channel, for no message of it can be in the old one.

    False: it was made there already.
    """
    parameters: dict[str, str | int] = {
        "topic": one.topic,
        "old": one.channel_id,
        "new": channel_id,
        "now": now,
    }
    there = await tx.fetch_one(
        "SELECT 1 FROM outbox WHERE topic = :topic AND channel_id = :new LIMIT 1", parameters
    )
    if there is not None:
        return False
    await tx.execute(
        """
        UPDATE announcement SET channel_id = :new
         WHERE topic = :topic AND channel_id = :old AND message_id IS NULL
        """,
        parameters,
    )
    await tx.execute(
        """
        UPDATE outbox SET channel_id = :new, not_before = :now, closes = 0, first_try = NULL,
                          state = CASE WHEN state = 'blocked' THEN 'ready' ELSE state END
         WHERE topic = :topic AND channel_id = :old AND state IN ('blocked', 'ready')
        """,
        parameters,
    )
    # Nobody need mend a channel for which nothing waits.
    await tx.execute(
        """
        DELETE FROM problem WHERE guild_id = :guild_id AND key LIKE :keys AND NOT EXISTS (
               SELECT 1 FROM outbox WHERE channel_id = :old AND state = 'blocked')
        """,
        {
            "guild_id": one.guild_id,
            "keys": f"channel:{one.channel_id}:%",
            "old": one.channel_id,
        },
    )
    return True
