"""Motions on their way: opened, closed, withdrawn, reworded, and what is due when."""

from bot.canon.names import fold
from bot.clock import Instant
from bot.soviet.models import Motion, Status, Verdict
from bot.storage.database import Transaction
from bot.storage.source import Source


async def open_it(tx: Transaction, motion: Motion) -> bool:
    """Open a tabled motion as *motion* says (times, roll, hash); False when it was not tabled."""
    changed = await tx.execute(
        """
        UPDATE motion
           SET status = 'open', opened_at = :opened_at, closes_at = :closes_at, roll = :roll,
               rules_hash = :rules_hash
         WHERE id = :id AND guild_id = :guild_id AND status = 'tabled'
        """,
        {
            "id": motion.id,
            "guild_id": motion.guild_id,
            "opened_at": motion.opened_at,
            "closes_at": motion.closes_at,
            "roll": motion.roll,
            "rules_hash": motion.rules_hash,
        },
    )
    return changed == 1


async def close_it(
    tx: Transaction, motion_id: int, before: Status, verdict: Verdict, now: Instant
) -> bool:
    """Close a motion that still stands at *before*; True for exactly one of all who try."""
    changed = await tx.execute(
        """
        UPDATE motion SET status = 'closed', verdict = :verdict, closed_at = :now
         WHERE id = :id AND status = :before
        """,
        {"id": motion_id, "before": before, "verdict": verdict, "now": now},
    )
    return changed == 1


async def withdraw(tx: Transaction, guild_id: int, motion_id: int, now: Instant) -> bool:
    """Withdraw a tabled motion; False when it was not tabled any more."""
    changed = await tx.execute(
        """
        UPDATE motion SET status = 'withdrawn', closed_at = :now
         WHERE id = :id AND guild_id = :guild_id AND status = 'tabled'
        """,
        {"id": motion_id, "guild_id": guild_id, "now": now},
    )
    return changed == 1


async def reword(tx: Transaction, motion_id: int, text: str, tabled_until: Instant) -> None:
    """Give a tabled motion another text and time to find seconders."""
    await tx.execute(
        """
        UPDATE motion SET text = :text, words = :words, tabled_until = :tabled_until
         WHERE id = :id AND status = 'tabled'
        """,
        {"id": motion_id, "text": text, "words": fold(text), "tabled_until": tabled_until},
    )


async def call_story(tx: Transaction, guild_id: int, story_id: int, at: Instant) -> int:
    """End what runs until this story's next chapter at the moment *at*; return how many."""
    return await tx.execute(
        """
        UPDATE motion SET called_at = :at
         WHERE guild_id = :guild_id AND story_id = :story_id AND until_chapter = 1
           AND status = 'open' AND called_at IS NULL AND :at < closes_at AND opened_at <= :at
        """,
        {"guild_id": guild_id, "story_id": story_id, "at": at},
    )


async def place(
    tx: Transaction, guild_id: int, motion_id: int, channel_id: int, message_id: int
) -> None:
    """Note which message shows a motion."""
    await tx.execute(
        """
        UPDATE motion SET channel_id = :channel_id, message_id = :message_id
         WHERE id = :id AND guild_id = :guild_id
        """,
        {
            "id": motion_id,
            "guild_id": guild_id,
            "channel_id": channel_id,
            "message_id": message_id,
        },
    )


async def amending(source: Source, motion_id: int) -> bool:
    """Tell whether a vote on this motion's wording is under way."""
    row = await source.fetch_one(
        "SELECT 1 FROM motion WHERE amends_id = :id AND status IN ('tabled', 'open')",
        {"id": motion_id},
    )
    return row is not None


async def overdue(source: Source, now: Instant, grace: int) -> tuple[int, ...]:
    """Return the ids of what is to be closed: tabled too long or past its end, and the grace."""
    rows = await source.fetch_all(
        """
        SELECT id FROM motion
         WHERE (status = 'open' AND coalesce(called_at, closes_at) + :grace <= :now)
            OR (status = 'tabled' AND tabled_until + :grace <= :now AND NOT EXISTS (
                   SELECT 1 FROM motion vote
                    WHERE vote.amends_id = motion.id AND vote.status IN ('tabled', 'open')))
         ORDER BY id
        """,
        {"now": now, "grace": grace},
    )
    return tuple(row["id"] for row in rows)


async def next_due(source: Source, after: Instant, grace: int) -> Instant | None:
    """Return the first moment later than *after* at which something is overdue."""
    row = await source.fetch_one(
        """
        SELECT min(due) AS due FROM (
            SELECT coalesce(called_at, closes_at) + :grace AS due FROM motion
             WHERE status = 'open'
             UNION ALL
            SELECT tabled_until + :grace AS due FROM motion
             WHERE status = 'tabled' AND NOT EXISTS (
                   SELECT 1 FROM motion vote
                    WHERE vote.amends_id = motion.id AND vote.status IN ('tabled', 'open'))
        ) AS moments WHERE due > :after
        """,
        {"grace": grace, "after": after},
    )
    return None if row is None or row["due"] is None else Instant(row["due"])


async def displace(tx: Transaction, guild_id: int, channel_id: int) -> None:
    """Forget that undecided motions are shown in a channel: it is gone."""
    await tx.execute(
        """
        UPDATE motion SET channel_id = NULL, message_id = NULL
         WHERE guild_id = :guild_id AND channel_id = :channel_id AND status IN ('tabled', 'open')
        """,
        {"guild_id": guild_id, "channel_id": channel_id},
    )
