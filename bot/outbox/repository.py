"""The table of the outbox."""

import json

from bot.clock import Instant
from bot.outbox.models import Post
from bot.storage.database import Transaction


async def enqueue(tx: Transaction, post: Post, now: Instant) -> int:
    """Put *post* into the outbox within the transaction that decided it; return its row id.

    The same post (topic, channel, step) again changes nothing and returns the id it has.
    """
    row = await tx.fetch_one(
        """
        INSERT INTO outbox (topic, step, guild_id, channel_id, after_id, body, picture, marker,
                            not_before, created_at)
        VALUES (:topic, :step, :guild_id, :channel_id, :after_id, :body, :picture, :marker,
                :not_before, :now)
        ON CONFLICT (topic, channel_id, step) DO UPDATE SET topic = excluded.topic
        RETURNING id
        """,
        {
            "topic": post.topic,
            "step": post.step,
            "guild_id": post.guild_id,
            "channel_id": post.channel_id,
            "after_id": post.after,
            "body": json.dumps(post.body, ensure_ascii=False),
            "picture": None if post.picture is None else json.dumps(post.picture),
            "marker": post.marker,
            "not_before": now if post.not_before is None else post.not_before,
            "now": now,
        },
    )
    if row is None:
        raise RuntimeError("RETURNING returned nothing")
    return int(row["id"])
