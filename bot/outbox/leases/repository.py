"""The table of the outbox, for the relay: leasing rows and noting what came of them."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from bot.clock import Instant
from bot.language.sayings import Sayable, kept
from bot.outbox.models import Outgoing
from bot.outbox.outcomes import Blocked, Later
from bot.storage.database import Database, Transaction
from bot.storage.rows import Row

_COLUMNS = """
    o.id, o.topic, o.step, o.guild_id, o.channel_id, o.body, o.picture, o.marker, o.attempts,
    o.first_try, o.last_try, o.uncertain, p.message_id AS parent_message
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one row of the outbox, for whoever asks why."""

    id: int
    step: str
    channel_id: int
    state: str
    attempts: int
    not_before: Instant
    message_id: int | None
    problem: str | None
    created_at: Instant
    finished_at: Instant | None


@dataclass(frozen=True, slots=True)
class Closed:
    """A channel that refuses, and the rows that wait for it."""

    guild_id: int
    channel_id: int
    steps: tuple[str, ...]


class OutboxRepository:
    """Leases rows to the relay and notes what came of them."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def recover(self) -> None:
        """Free what was being sent when the process ended; it may have arrived."""

        async def free(tx: Transaction) -> None:
            await tx.execute(
                "UPDATE outbox SET state = 'ready', lease_until = NULL WHERE state = 'sending'"
            )

        await self.database.write(free)

    async def lease(
        self, now: Instant, until: Instant, busy: Collection[int], limit: int
    ) -> list[Outgoing]:
        """Take up to *limit* due rows, one a channel and none of *busy* channels, and return them.

        Messages first, older before younger. A message waits while an older one of its channel is
        in trouble, or while the channel refuses messages.
        """

        async def take(tx: Transaction) -> list[Outgoing]:
            await _drop_orphans(tx, now)
            due = await tx.fetch_all(_DUE, {"now": now, "limit": limit + len(busy)})
            taken: dict[int, Outgoing] = {}
            for found in due:
                if found["channel_id"] not in {*busy, *taken} and len(taken) < limit:
                    taken[found["channel_id"]] = _outgoing(found, now)
            for row in taken.values():
                await tx.execute(_TAKE, {"id": row.id, "now": now, "until": until})
            return list(taken.values())

        return await self.database.write(take)

    async def next_due(self, busy: Collection[int]) -> Instant | None:
        """Return when the next row outside *busy* channels wants to be tried, None when none."""
        rows = await self.database.fetch_all(_NEXT, {"limit": len(busy) + 1})
        free = [row["due"] for row in rows if row["channel_id"] not in busy]
        return Instant(min(free)) if free else None

    async def closed(self) -> list[Closed]:
        """Return the channels with blocked rows that are to be looked at again."""
        rows = await self.database.fetch_all(
            """
            SELECT guild_id, channel_id, step FROM outbox
             WHERE state = 'blocked' AND guild_id != 0 ORDER BY guild_id, channel_id, id
            """
        )
        found: dict[tuple[int, int], list[str]] = {}
        for row in rows:
            found.setdefault((row["guild_id"], row["channel_id"]), []).append(row["step"])
        return [Closed(*key, tuple(dict.fromkeys(steps))) for key, steps in found.items()]

    async def reopen(self, channel_id: int, now: Instant, *, mended: bool) -> None:
        """Have blocked rows of a channel tried again: if *mended* all, else those that are due."""

        async def free(tx: Transaction) -> None:
            await tx.execute(
                """
                UPDATE outbox SET state = 'ready', closes = 0, not_before = :now
                 WHERE channel_id = :channel_id AND state = 'blocked'
                   AND (:mended = 1 OR not_before <= :now)
                """,
                {"channel_id": channel_id, "now": now, "mended": int(mended)},
            )

        await self.database.write(free)

    async def of_topic(self, topic: str) -> list[Standing]:
        """Return how it stands with everything about *topic*, oldest first."""
        rows = await self.database.fetch_all(
            """
            SELECT id, step, channel_id, state, attempts, not_before, message_id, problem,
                   created_at, finished_at
              FROM outbox WHERE topic = :topic ORDER BY id
            """,
            {"topic": topic},
        )
        return [Standing(**{name: row[name] for name in row.keys()}) for row in rows]  # noqa: SIM118


async def note_sent(tx: Transaction, row: Outgoing, message_id: int | None, now: Instant) -> bool:
    """Note that Discord has *row*; False when that was noted before."""
    return bool(
        await tx.execute(
            """
            UPDATE outbox SET state = 'sent', message_id = :message_id, finished_at = :now,
                              problem = NULL, code = NULL, closes = 0, uncertain = 0
             WHERE id = :id AND state != 'sent'
            """,
            {"id": row.id, "message_id": message_id, "now": now},
        )
    )


# A process that was paused may wake up and tell of a try after which others have tried again. What
# was sent is sent; all else counts for the try it belongs to alone.


async def note_later(tx: Transaction, row: Outgoing, verdict: Later) -> None:
    """Note that *row* is to be tried again. Once it may have arrived, it always may have."""
    await tx.execute(
        """
        UPDATE outbox SET state = 'ready', not_before = :at, uncertain = :uncertain,
                          last_try = :last_try, body = coalesce(:body, body), problem = :reason,
                          lease_until = NULL
         WHERE id = :id AND state = 'sending' AND attempts = :attempts
        """,
        {
            "id": row.id,
            "attempts": row.attempts,
            "at": verdict.at,
            "uncertain": int(verdict.uncertain or row.uncertain),
            "last_try": row.this_try if verdict.sent else row.last_try,
            "body": None
            if verdict.body is None
            else json.dumps(dict(verdict.body), ensure_ascii=False),
            "reason": kept(verdict.reason),
        },
    )


async def note_blocked(tx: Transaction, row: Outgoing, verdict: Blocked) -> bool:
    """Note that *row* waits for somebody to mend what keeps it; False: that try is history."""
    changed = await tx.execute(
        """
        UPDATE outbox SET state = 'blocked', not_before = :at, uncertain = :uncertain,
                          problem = :words, code = :code, closes = :closes, lease_until = NULL
         WHERE id = :id AND state = 'sending' AND attempts = :attempts
        """,
        {
            "id": row.id,
            "attempts": row.attempts,
            "at": verdict.at,
            "uncertain": int(row.uncertain),
            "words": verdict.words,
            "code": verdict.code,
            "closes": int(verdict.closes),
        },
    )
    return bool(changed)


async def note_dropped(tx: Transaction, row: Outgoing, reason: Sayable, now: Instant) -> bool:
    """Note that there is nothing left to do *row* to; False: that try is history."""
    changed = await tx.execute(
        """
        UPDATE outbox SET state = 'dropped', problem = :reason, finished_at = :now
         WHERE id = :id AND state = 'sending' AND attempts = :attempts
        """,
        {"id": row.id, "attempts": row.attempts, "reason": kept(reason), "now": now},
    )
    return bool(changed)


def _outgoing(row: Row, now: Instant) -> Outgoing:
    return Outgoing(
        id=row["id"],
        topic=row["topic"],
        step=row["step"],
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        body=json.loads(row["body"]),
        picture=None if row["picture"] is None else json.loads(row["picture"]),
        marker=row["marker"],
        attempts=row["attempts"] + 1,
        first_try=Instant(row["first_try"] or now),
        last_try=None if row["last_try"] is None else Instant(row["last_try"]),
        this_try=now,
        uncertain=bool(row["uncertain"]),
        message_id=row["parent_message"],
    )


async def _drop_orphans(tx: Transaction, now: Instant) -> None:
    """Drop what follows a message that is not there any more, or never will be."""
    await tx.execute(
        """
        UPDATE outbox SET state = 'dropped', finished_at = :now
         WHERE state = 'ready' AND after_id IS NOT NULL AND EXISTS (
               SELECT 1 FROM outbox p WHERE p.id = outbox.after_id
                  AND (p.state = 'dropped' OR (p.state = 'sent' AND p.message_id IS NULL)))
        """,
        {"now": now},
    )


# Its parent is sent; no older message of the channel is in trouble; the channel is not closed.
_FREE = """
       d.state = 'ready' AND (d.after_id IS NULL OR q.state = 'sent')
       AND NOT EXISTS (
           SELECT 1 FROM outbox e
            WHERE e.channel_id = d.channel_id AND d.lane = 0 AND e.lane = 0
              AND e.state IN ('ready', 'sending', 'blocked')
              AND (e.state = 'blocked' AND e.closes = 1
                   OR e.state IN ('ready', 'sending') AND e.first_try IS NOT NULL AND e.id < d.id))
"""

_DUE = f"""
SELECT {_COLUMNS} FROM outbox o LEFT JOIN outbox p ON p.id = o.after_id
 WHERE o.id IN (
    SELECT min(d.id) FROM outbox d LEFT JOIN outbox q ON q.id = d.after_id
     WHERE d.not_before <= :now AND {_FREE}
     GROUP BY d.channel_id, d.lane ORDER BY d.lane, min(d.id) LIMIT :limit)
 ORDER BY o.lane, o.id
"""  # noqa: S608 - constants put together from constants

_NEXT = f"""
SELECT d.channel_id, min(d.not_before) AS due
  FROM outbox d LEFT JOIN outbox q ON q.id = d.after_id
 WHERE {_FREE} GROUP BY d.channel_id ORDER BY due LIMIT :limit
"""  # noqa: S608 - constants put together from constants

_TAKE = """
UPDATE outbox SET state = 'sending', lease_until = :until, attempts = attempts + 1,
                  first_try = coalesce(first_try, :now), last_try = :now, uncertain = 1
 WHERE id = :id
"""
