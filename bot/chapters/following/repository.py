"""The table of feeds. Which stories they tell of: `follow_repository.py`."""

from collections.abc import Collection, Sequence

from bot.chapters.entries import SourceKind
from bot.chapters.following.follow_repository import COLUMNS as FOLLOW
from bot.chapters.following.follow_repository import follow_of
from bot.chapters.following.models import Feed, Followed
from bot.chapters.source_shapes import Source
from bot.clock import Instant
from bot.storage.database import Database, Transaction
from bot.storage.rows import Row

_FEED = """
    e.id, e.key, e.kind, e.url, e.host, e.etag, e.last_modified, e.next_poll, e.failures, e.problem,
    e.last_poll, e.last_success
"""


class FeedRepository:
    """Reads feeds for the poller and for admins."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def due(
        self, now: Instant, busy: Collection[int], *, a_host: int, limit: int
    ) -> list[Feed]:
        """Return feeds that somebody follows and that are due, the longest due first.

        Of each host come *a_host* at most: a slow one with hundreds must not hide all others. What
        failed the last time comes after all that did not: to wait for it in vain takes the longest.
        """
        rows = await self.database.fetch_all(
            f"""
            SELECT {_FEED} FROM (
                   SELECT d.*, row_number() OVER (PARTITION BY d.host ORDER BY d.next_poll) AS turn
                     FROM feed d WHERE d.next_poll <= :now AND EXISTS (
                          SELECT 1 FROM follow f WHERE f.feed_id = d.id AND f.state = 'active')
                   ) e
             WHERE e.turn <= :a_host
             ORDER BY CASE WHEN e.failures = 0 THEN 0 ELSE 1 END, e.next_poll LIMIT :limit
            """,  # noqa: S608
            {"now": now, "a_host": a_host, "limit": limit + len(busy)},
        )
        return [_feed(row) for row in rows if row["id"] not in busy]

    async def next_poll(self, busy: Collection[int]) -> Instant | None:
        """Return when the next feed is due."""
        rows = await self.database.fetch_all(
            """
            SELECT e.id, e.next_poll FROM feed e WHERE EXISTS (
                   SELECT 1 FROM follow f WHERE f.feed_id = e.id AND f.state = 'active')
             ORDER BY e.next_poll LIMIT :limit
            """,
            {"limit": len(busy) + 1},
        )
        free = [row["next_poll"] for row in rows if row["id"] not in busy]
        return Instant(min(free)) if free else None

    async def knows_any(self, feed_id: int, identities: Sequence[str]) -> bool:
        """Tell whether any story knows a chapter by one of a feed's *identities*."""
        for identity in identities:
            row = await self.database.fetch_one(
                """
                SELECT 1 FROM sighting g JOIN follow f ON f.story_id = g.story_id
                 WHERE g.feed_id = :feed_id AND f.feed_id = :feed_id AND g.identity = :identity
                   AND f.baseline_at IS NOT NULL LIMIT 1
                """,
                {"feed_id": feed_id, "identity": identity},
            )
            if row is not None:
                return True
        return False

    async def feed(self, feed_id: int) -> Feed | None:
        """Return a feed."""
        row = await self.database.fetch_one(
            f"SELECT {_FEED} FROM feed e WHERE e.id = :id",  # noqa: S608
            {"id": feed_id},
        )
        return None if row is None else _feed(row)

    async def of_guild(self, guild_id: int) -> list[Followed]:
        """Return what a server follows, by story."""
        rows = await self.database.fetch_all(
            f"""
            SELECT {_FEED}, {FOLLOW}, s.title AS story_title,
                   coalesce(f.channel_id, s.channel_id) AS home,
                   coalesce(f.role_id, s.role_id) AS rung,
                   (SELECT count(*) FROM sighting g
                     WHERE g.story_id = f.story_id AND g.feed_id = f.feed_id) AS chapters
              FROM follow f JOIN feed e ON e.id = f.feed_id JOIN story s ON s.id = f.story_id
             WHERE f.guild_id = :guild_id ORDER BY s.title_key, f.id
            """,  # noqa: S608
            {"guild_id": guild_id},
        )
        return [
            Followed(
                follow_of(row),
                _feed(row),
                row["story_title"],
                row["chapters"],
                row["home"],
                row["rung"],
            )
            for row in rows
        ]


async def add_feed(tx: Transaction, source: Source, now: Instant) -> int:
    """Return the feed of *source*, made where it is new, due now and read as a whole."""
    row = await tx.fetch_one(
        """
        INSERT INTO feed (key, kind, url, host, next_poll, created_at)
        VALUES (:key, :kind, :url, :host, :now, :now)
        ON CONFLICT (key) DO UPDATE SET etag = NULL, last_modified = NULL, next_poll = :now
        RETURNING id
        """,
        {
            "key": source.key,
            "kind": str(source.kind),
            "url": source.feed_url,
            "host": source.host,
            "now": now,
        },
    )
    if row is None:
        raise RuntimeError("RETURNING returned nothing")
    return int(row["id"])


async def read_anew(tx: Transaction, feed_id: int, now: Instant) -> None:
    """Have a feed read as a whole, now."""
    await tx.execute(
        """
        UPDATE feed SET etag = NULL, last_modified = NULL, next_poll = :now, failures = 0
         WHERE id = :id
        """,
        {"id": feed_id, "now": now},
    )


async def succeeded(
    tx: Transaction,
    feed_id: int,
    now: Instant,
    *,
    next_poll: Instant,
    etag: str | None,
    last_modified: str | None,
) -> None:
    """Keep that a feed answered, with its validators."""
    await tx.execute(
        """
        UPDATE feed SET etag = :etag, last_modified = :last_modified, next_poll = :next_poll,
                        failures = 0, problem = NULL, last_poll = :now, last_success = :now
         WHERE id = :id
        """,
        {
            "id": feed_id,
            "now": now,
            "next_poll": next_poll,
            "etag": etag,
            "last_modified": last_modified,
        },
    )


async def failed(
    tx: Transaction, feed_id: int, problem: str, next_poll: Instant, now: Instant
) -> int:
    """Keep that a feed failed; return how often in a row."""
    row = await tx.fetch_one(
        """
        UPDATE feed SET failures = failures + 1, problem = :problem, next_poll = :next_poll,
                        last_poll = :now
         WHERE id = :id RETURNING failures
        """,
        {"id": feed_id, "problem": problem, "next_poll": next_poll, "now": now},
    )
    return 0 if row is None else int(row["failures"])


async def last_news(tx: Transaction, feed_id: int) -> Instant | None:
    """Return when the newest chapter of a feed appeared, as the first of its stories has it."""
    row = await tx.fetch_one(
        """
        SELECT max(coalesce(c.published_at, c.seen_at)) AS at
          FROM chapter c JOIN sighting g ON g.chapter_id = c.id
         WHERE g.feed_id = :feed_id AND g.story_id = (
               SELECT f.story_id FROM follow f
                WHERE f.feed_id = :feed_id AND f.state = 'active' AND f.baseline_at IS NOT NULL
                ORDER BY f.id LIMIT 1)
        """,
        {"feed_id": feed_id},
    )
    return None if row is None or row["at"] is None else Instant(row["at"])


async def validators(tx: Transaction, feed_id: int) -> tuple[str | None, str | None]:
    """Return a feed's etag and date of its last change, as it shall be asked with next."""
    row = await tx.fetch_one("SELECT etag, last_modified FROM feed WHERE id = :id", {"id": feed_id})
    return (None, None) if row is None else (row["etag"], row["last_modified"])


def _feed(row: Row) -> Feed:
    return Feed(
        id=row["id"],
        key=row["key"],
        kind=SourceKind(row["kind"]),
        url=row["url"],
        host=row["host"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        next_poll=Instant(row["next_poll"]),
        failures=row["failures"],
        problem=row["problem"],
        last_poll=None if row["last_poll"] is None else Instant(row["last_poll"]),
        last_success=None if row["last_success"] is None else Instant(row["last_success"]),
    )
