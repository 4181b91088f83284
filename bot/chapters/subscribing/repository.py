"""The tables of subscriptions and of weekly digests."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chapters.announcing.models import Chapter
from bot.chapters.announcing.repository import chapter_of
from bot.chapters.subscribing.models import How, Subscription, Subscriptions, wants
from bot.clock import Instant
from bot.storage.database import Database, Transaction
from bot.storage.rows import Row

_WANTED = """
    u.guild_id, u.story_id, u.reader_id, u.how, u.min_words, u.category, u.since,
    s.title AS story_title
"""


@dataclass(frozen=True, slots=True)
class DueDigest:
    """A reader whose digest is due; *since*: from when on chapters are new to it."""

    reader_id: int
    since: Instant
    next_at: Instant


class SubscriptionRepository:
    """Reads who wants what."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def of_reader(self, guild_id: int, reader_id: int) -> Subscriptions:
        """Return what a reader wants of the stories of a server."""
        parameters = {"guild_id": guild_id, "reader_id": reader_id}
        rows = await self.database.fetch_all(
            f"""
            SELECT {_WANTED} FROM subscription u JOIN story s ON s.id = u.story_id
             WHERE u.guild_id = :guild_id AND u.reader_id = :reader_id ORDER BY s.title_key
            """,  # noqa: S608
            parameters,
        )
        digest = await self.database.fetch_one(
            "SELECT next_at, problem FROM reader_digest WHERE reader_id = :reader_id",
            {"reader_id": reader_id},
        )
        at = None if digest is None or digest["next_at"] is None else Instant(digest["next_at"])
        problem = None if digest is None else digest["problem"]
        return Subscriptions(tuple(_subscription(row) for row in rows), at, problem)

    async def counts(self, guild_id: int) -> dict[int, int]:
        """Return how many readers each story of a server has."""
        rows = await self.database.fetch_all(
            """
            SELECT story_id, count(*) AS number FROM subscription
             WHERE guild_id = :guild_id GROUP BY story_id
            """,
            {"guild_id": guild_id},
        )
        return {row["story_id"]: row["number"] for row in rows}

    async def due_digests(self, now: Instant, limit: int) -> list[DueDigest]:
        """Return the readers whose digest is due."""
        rows = await self.database.fetch_all(
            """
            SELECT reader_id, since, next_at FROM reader_digest
             WHERE next_at <= :now ORDER BY next_at LIMIT :limit
            """,
            {"now": now, "limit": limit},
        )
        return [DueDigest(r["reader_id"], Instant(r["since"]), Instant(r["next_at"])) for r in rows]

    async def next_digest(self) -> Instant | None:
        """Return when the next digest is due."""
        row = await self.database.fetch_one("SELECT min(next_at) AS at FROM reader_digest")
        return None if row is None or row["at"] is None else Instant(row["at"])


async def put(tx: Transaction, wanted: Subscription) -> None:
    """Keep what a reader wants, in the place of what they wanted before."""
    await tx.execute(
        """
        INSERT INTO subscription (guild_id, story_id, reader_id, how, min_words, category, since)
        VALUES (:guild_id, :story_id, :reader_id, :how, :min_words, :category, :since)
        ON CONFLICT (story_id, reader_id) DO UPDATE
        SET how = excluded.how, min_words = excluded.min_words, category = excluded.category
        """,
        {
            "guild_id": wanted.guild_id,
            "story_id": wanted.story_id,
            "reader_id": wanted.reader_id,
            "how": str(wanted.how),
            "min_words": wanted.min_words,
            "category": wanted.category,
            "since": wanted.since,
        },
    )


async def drop(tx: Transaction, story_id: int, reader_id: int) -> bool:
    """End a subscription; tell whether there was one."""
    return bool(
        await tx.execute(
            "DELETE FROM subscription WHERE story_id = :story_id AND reader_id = :reader_id",
            {"story_id": story_id, "reader_id": reader_id},
        )
    )


async def ring_for(tx: Transaction, story_id: int, chapters: Sequence[Chapter]) -> list[int]:
    """Return the readers who want to be named under an announcement of any of *chapters*."""
    rows = await tx.fetch_all(
        """
        SELECT reader_id, min_words, category FROM subscription
         WHERE story_id = :story_id AND how = 'ping' ORDER BY reader_id
        """,
        {"story_id": story_id},
    )
    return [
        row["reader_id"]
        for row in rows
        if any(wants(row["category"], row["min_words"], chapter) for chapter in chapters)
    ]


async def begin_digest(tx: Transaction, reader_id: int, since: Instant, next_at: Instant) -> None:
    """Have a reader's digest sent from *next_at* on; one that is on already keeps its day."""
    await tx.execute(
        """
        INSERT INTO reader_digest (reader_id, since, next_at) VALUES (:reader_id, :since, :next_at)
        ON CONFLICT (reader_id) DO UPDATE
        SET next_at = coalesce(reader_digest.next_at, excluded.next_at), problem = NULL
        """,
        {"reader_id": reader_id, "since": since, "next_at": next_at},
    )


async def advance_digest(
    tx: Transaction, reader_id: int, since: Instant, next_at: Instant | None
) -> None:
    """Have the next digest begin at *since* and come at *next_at*."""
    await tx.execute(
        """
        UPDATE reader_digest SET since = :since, next_at = :next_at WHERE reader_id = :reader_id
        """,
        {"reader_id": reader_id, "since": since, "next_at": next_at},
    )


async def stop_digest(tx: Transaction, reader_id: int, problem: str) -> None:
    """Send a reader no more digests, for the reason *problem*."""
    await tx.execute(
        """
        UPDATE reader_digest SET next_at = NULL, problem = :problem WHERE reader_id = :reader_id
        """,
        {"reader_id": reader_id, "problem": problem},
    )


async def of_digest(
    tx: Transaction, reader_id: int, since: Instant, until: Instant
) -> list[tuple[Subscription, Chapter]]:
    """Return the chapters of a reader's digest, oldest first, each with what they wanted."""
    wanted = [
        _subscription(row)
        for row in await tx.fetch_all(
            f"""
            SELECT {_WANTED} FROM subscription u JOIN story s ON s.id = u.story_id
             WHERE u.reader_id = :reader_id AND u.how = 'digest' ORDER BY s.title_key
            """,  # noqa: S608
            {"reader_id": reader_id},
        )
    ]
    found = []
    for each in wanted:
        rows = await tx.fetch_all(
            """
            SELECT * FROM chapter WHERE story_id = :story_id AND state = 'announced'
               AND announced_at >= :since AND announced_at < :until ORDER BY place
            """,
            {"story_id": each.story_id, "since": since, "until": until},
        )
        chapters = [chapter_of(row) for row in rows]
        found += [(each, c) for c in chapters if wants(each.category, each.min_words, c)]
    return found


async def has_digest(tx: Transaction, reader_id: int) -> bool:
    """Tell whether a reader wants any digest."""
    row = await tx.fetch_one(
        "SELECT 1 FROM subscription WHERE reader_id = :reader_id AND how = 'digest' LIMIT 1",
        {"reader_id": reader_id},
    )
    return row is not None


async def forget(tx: Transaction, user_id: int) -> None:
    """Forget everything a reader wanted."""
    for statement in (
        "DELETE FROM subscription WHERE reader_id = :user_id",
        "DELETE FROM reader_digest WHERE reader_id = :user_id",
    ):
        await tx.execute(statement, {"user_id": user_id})


async def purge(tx: Transaction, guild_id: int) -> None:
    """Forget who wanted what in a server that is gone."""
    await tx.execute("DELETE FROM subscription WHERE guild_id = :guild_id", {"guild_id": guild_id})


def _subscription(row: Row) -> Subscription:
    return Subscription(
        guild_id=row["guild_id"],
        story_id=row["story_id"],
        reader_id=row["reader_id"],
        how=How(row["how"]),
        min_words=row["min_words"],
        category=row["category"],
        since=Instant(row["since"]),
        story_title=row["story_title"],
    )
