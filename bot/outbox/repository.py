"""The table of the outbox, for those who decide what is sent. The relay's half: `leases/`."""

import json
from typing import Any

from bot.clock import Instant
from bot.outbox.models import EDIT, Post, lane_of
from bot.storage.database import Transaction


async def enqueue(tx: Transaction, post: Post, now: Instant) -> int:
    """Put *post* into the outbox within the transaction that decided it; return its row id.

    The same post (topic, channel, step) again changes nothing and returns the id it has. An edit
    takes the place of older edits of the same message that have not begun.
    """
    row = await tx.fetch_one(
        """
        INSERT INTO outbox (topic, step, guild_id, channel_id, after_id, body, picture, marker,
                            not_before, created_at, lane)
        VALUES (:topic, :step, :guild_id, :channel_id, :after_id, :body, :picture, :marker,
                :not_before, :now, :lane)
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
            "lane": int(lane_of(post.step)),
        },
    )
    if row is None:
        raise RuntimeError("RETURNING returned nothing")
    if post.step.startswith(EDIT):
        await _drop_older_edits(tx, post, int(row["id"]), now)
    return int(row["id"])


async def _drop_older_edits(tx: Transaction, post: Post, newest: int, now: Instant) -> None:
    await tx.execute(
        """
        UPDATE outbox SET state = 'dropped', finished_at = :now
         WHERE after_id = :after AND step LIKE 'edit:%' AND state = 'ready' AND id < :newest
        """,
        {"after": post.after, "newest": newest, "now": now},
    )


async def amend(tx: Transaction, outbox_id: int, post: Post) -> bool:
    """Put the body of *post* in the place of a row's that no try has begun of; tell whether."""
    changed = await tx.execute(
        """
        UPDATE outbox SET body = :body, marker = :marker
         WHERE id = :id AND state IN ('ready', 'blocked') AND first_try IS NULL
        """,
        {
            "id": outbox_id,
            "body": json.dumps(post.body, ensure_ascii=False),
            "marker": post.marker,
        },
    )
    return changed > 0


async def resume(tx: Transaction, guild_id: int, now: Instant) -> int:
    """Have everything that is blocked in a server tried again now; return how much that is."""
    return await tx.execute(
        """
        UPDATE outbox SET state = 'ready', not_before = :now, closes = 0
         WHERE guild_id = :guild_id AND state = 'blocked'
        """,
        {"guild_id": guild_id, "now": now},
    )


async def purge(tx: Transaction, guild_id: int) -> None:
    """Forget what was sent and is to be sent in a server that is gone."""
    parameters = {"guild_id": guild_id}
    await tx.execute(
        "DELETE FROM outbox WHERE guild_id = :guild_id AND after_id IS NOT NULL", parameters
    )
    await tx.execute("DELETE FROM outbox WHERE guild_id = :guild_id", parameters)


async def forget(tx: Transaction, user_id: int) -> None:
    """Forget the private messages of a reader, and strike them from the pings that are kept."""
    await tx.execute(
        "DELETE FROM outbox WHERE guild_id = 0 AND channel_id = :user_id", {"user_id": user_id}
    )
    rows = await tx.fetch_all(
        "SELECT id, body FROM outbox WHERE body LIKE :somewhere", {"somewhere": f"%{user_id}%"}
    )
    for row in rows:
        body = json.loads(row["body"])
        if "content" in body:
            body["content"] = body["content"].replace(f"<@{user_id}>", "").strip() or "…"
        allowed = body.get("allowed_mentions") or {}
        if "users" in allowed:
            allowed["users"] = [each for each in allowed["users"] if each != str(user_id)]
        await tx.execute(
            "UPDATE outbox SET body = :body WHERE id = :id",
            {"id": row["id"], "body": json.dumps(body, ensure_ascii=False)},
        )


async def body_of(tx: Transaction, outbox_id: int) -> dict[str, Any] | None:
    """Return the body of a row, None when there is no such row."""
    row = await tx.fetch_one("SELECT body FROM outbox WHERE id = :id", {"id": outbox_id})
    return None if row is None else dict(json.loads(row["body"]))
