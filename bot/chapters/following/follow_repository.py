"""The table of follows: which story is told of by which feed."""

from bot.chapters.following.models import Follow, FollowState
from bot.clock import Instant
from bot.guilds.repository import chapter_channel
from bot.storage.database import Transaction
from bot.storage.rows import Row

COLUMNS = """
    f.id AS follow_id, f.guild_id, f.story_id, f.feed_id, f.channel_id, f.role_id, f.state,
    f.trusted, f.baseline_at
"""
"""The columns of a follow `f`, for `follow_of`."""


async def add_follow(tx: Transaction, made: Follow, user_id: int, now: Instant) -> int | None:
    """Add a follow; return its id, None when the story has that feed."""
    row = await tx.fetch_one(
        """
        INSERT INTO follow (guild_id, story_id, feed_id, channel_id, role_id, added_by, added_at)
        VALUES (:guild_id, :story_id, :feed_id, :channel_id, :role_id, :user_id, :now)
        ON CONFLICT (story_id, feed_id) DO NOTHING RETURNING id
        """,
        {
            "guild_id": made.guild_id,
            "story_id": made.story_id,
            "feed_id": made.feed_id,
            "channel_id": made.channel_id,
            "role_id": made.role_id,
            "user_id": user_id,
            "now": now,
        },
    )
    return None if row is None else int(row["id"])


async def count(tx: Transaction, guild_id: int) -> int:
    """Return how many feeds a server follows."""
    row = await tx.fetch_one(
        "SELECT count(*) AS number FROM follow WHERE guild_id = :guild_id", {"guild_id": guild_id}
    )
    return 0 if row is None else int(row["number"])


async def follow(tx: Transaction, guild_id: int, follow_id: int) -> Follow | None:
    """Return a follow of that server."""
    row = await tx.fetch_one(
        f"SELECT {COLUMNS} FROM follow f WHERE f.id = :id AND f.guild_id = :guild_id",  # noqa: S608
        {"id": follow_id, "guild_id": guild_id},
    )
    return None if row is None else follow_of(row)


async def follows(
    tx: Transaction, feed_id: int, *, after: int = 0, limit: int = 1_000_000
) -> list[Follow]:
    """Return who follows a feed, by id: *limit* of those beyond *after*."""
    rows = await tx.fetch_all(
        f"""
        SELECT {COLUMNS} FROM follow f WHERE f.feed_id = :feed_id AND f.id > :after
         ORDER BY f.id LIMIT :limit
        """,  # noqa: S608
        {"feed_id": feed_id, "after": after, "limit": limit},
    )
    return [follow_of(row) for row in rows]


async def waits_for_page(tx: Transaction, feed_id: int) -> bool:
    """Tell whether somebody who follows a feed needs its page, though it may be an old one."""
    row = await tx.fetch_one(
        """
        SELECT 1 FROM follow WHERE feed_id = :feed_id AND state = 'active'
           AND (baseline_at IS NULL OR trusted = 1) LIMIT 1
        """,
        {"feed_id": feed_id},
    )
    return row is not None


async def channel_of(tx: Transaction, made: Follow) -> int | None:
    """Return where what a follow tells is said: its own channel, else the story's or server's."""
    row = await tx.fetch_one("SELECT channel_id FROM story WHERE id = :id", {"id": made.story_id})
    told = made.channel_id or (row["channel_id"] if row is not None else None)
    return told or await chapter_channel(tx, made.guild_id)


async def put_follow(tx: Transaction, made: Follow) -> None:
    """Keep how it stands with a follow."""
    await tx.execute(
        """
        UPDATE follow SET state = :state, trusted = :trusted, baseline_at = :baseline_at
         WHERE id = :id
        """,
        {
            "id": made.id,
            "state": str(made.state),
            "trusted": int(made.trusted),
            "baseline_at": made.baseline_at,
        },
    )


async def remove_follow(tx: Transaction, made: Follow) -> None:
    """End a follow. Its chapters stay, and with them what keeps them from being told again."""
    await tx.execute(
        """
        UPDATE chapter SET state = 'known', hold_until = NULL
         WHERE follow_id = :id AND state = 'held'
        """,
        {"id": made.id},
    )
    await tx.execute("DELETE FROM follow WHERE id = :id", {"id": made.id})


async def is_asked(tx: Transaction, guild_id: int, feed_id: int) -> bool:
    """Tell whether a server has a story for which a feed is asked: it is not paused."""
    row = await tx.fetch_one(
        """
        SELECT 1 FROM follow
         WHERE guild_id = :guild_id AND feed_id = :feed_id AND state <> 'paused' LIMIT 1
        """,
        {"guild_id": guild_id, "feed_id": feed_id},
    )
    return row is not None


async def forget(tx: Transaction, user_id: int) -> None:
    """Forget who added which feed; the feeds belong to their servers and stay."""
    await tx.execute(
        "UPDATE follow SET added_by = 0 WHERE added_by = :user_id", {"user_id": user_id}
    )


async def purge(tx: Transaction, guild_id: int) -> None:
    """Forget what a server that is gone followed, and feeds that nobody follows any more."""
    await tx.execute("DELETE FROM follow WHERE guild_id = :guild_id", {"guild_id": guild_id})
    await tx.execute(
        """
        DELETE FROM feed WHERE NOT EXISTS (SELECT 1 FROM follow f WHERE f.feed_id = feed.id)
           AND NOT EXISTS (SELECT 1 FROM sighting g WHERE g.feed_id = feed.id)
        """
    )


def follow_of(row: Row) -> Follow:
    """Return the follow of a row that has its columns."""
    return Follow(
        id=row["follow_id"],
        guild_id=row["guild_id"],
        story_id=row["story_id"],
        feed_id=row["feed_id"],
        channel_id=row["channel_id"],
        role_id=row["role_id"],
        state=FollowState(row["state"]),
        trusted=bool(row["trusted"]),
        baseline_at=None if row["baseline_at"] is None else Instant(row["baseline_at"]),
    )
