"""The tables of chapters and of the names their sources have for them."""

from dataclasses import dataclass

from bot.chapters.announcing.models import Chapter, State
from bot.chapters.entries import Words, WordSource
from bot.chapters.stories.models import Story
from bot.chapters.stories.repository import story_of
from bot.clock import Instant
from bot.storage.database import Database, Transaction
from bot.storage.rows import Row

BY_HAND = 0
"""The feed of what somebody announced."""

CHAPTER = """
    c.id, c.guild_id, c.story_id, c.follow_id, c.title, c.title_key, c.url, c.words, c.word_source,
    c.rounded, c.category, c.summary, c.published_at, c.seen_at, c.place, c.state, c.hold_until,
    c.announced_at
"""
"""The columns of a chapter `c`, for `chapter_of`."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a source calls a chapter."""

    chapter_id: int
    feed_id: int
    identity: str
    url: str


@dataclass(frozen=True, slots=True)
class Due:
    """Chapters of one story and feed whose hold is over; channel and role as the admins chose."""

    guild_id: int
    story_id: int
    follow_id: int
    channel_id: int | None
    role_id: int | None


class ChapterRepository:
    """Reads chapters for those who ask."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def of_story(self, story_id: int) -> list[Chapter]:
        """Return the chapters of a story, oldest first."""
        rows = await self.database.fetch_all(_OF_STORY, {"story_id": story_id})
        return [chapter_of(row) for row in rows]

    async def story(self, story_id: int) -> Story | None:
        """Return a story."""
        row = await self.database.fetch_one("SELECT * FROM story WHERE id = :id", {"id": story_id})
        return None if row is None else story_of(row)

    async def of_guild(self, guild_id: int) -> list[tuple[Chapter, Sighting]]:
        """Return every chapter of a server with each name it has, newest first."""
        rows = await self.database.fetch_all(
            f"""
            SELECT {CHAPTER}, s.feed_id, s.identity, s.url AS seen_url
              FROM chapter c JOIN sighting s ON s.chapter_id = c.id
             WHERE c.guild_id = :guild_id ORDER BY c.id DESC
            """,  # noqa: S608
            {"guild_id": guild_id},
        )
        return [
            (
                chapter_of(row),
                Sighting(row["id"], row["feed_id"], row["identity"], row["seen_url"]),
            )
            for row in rows
        ]

    async def due(self, now: Instant) -> list[Due]:
        """Return the stories with chapters whose hold is over."""
        rows = await self.database.fetch_all(
            """
            SELECT DISTINCT c.guild_id, c.story_id, c.follow_id,
                   coalesce(f.channel_id, s.channel_id) AS channel_id,
                   coalesce(f.role_id, s.role_id) AS role_id
              FROM chapter c JOIN story s ON s.id = c.story_id
              JOIN follow f ON f.id = c.follow_id
             WHERE c.state = 'held' AND c.hold_until <= :now AND f.state = 'active'
             ORDER BY c.guild_id, c.story_id
            """,
            {"now": now},
        )
        return [
            Due(
                row["guild_id"],
                row["story_id"],
                row["follow_id"],
                row["channel_id"],
                row["role_id"],
            )
            for row in rows
        ]

    async def next_hold(self) -> Instant | None:
        """Return when the next hold ends."""
        row = await self.database.fetch_one(
            """
            SELECT min(c.hold_until) AS at FROM chapter c JOIN follow f ON f.id = c.follow_id
             WHERE c.state = 'held' AND f.state = 'active'
            """
        )
        return None if row is None or row["at"] is None else Instant(row["at"])


async def of_story(tx: Transaction, story_id: int) -> list[Chapter]:
    """Return the chapters of a story, oldest first."""
    return [chapter_of(row) for row in await tx.fetch_all(_OF_STORY, {"story_id": story_id})]


async def chapter(tx: Transaction, chapter_id: int) -> Chapter | None:
    """Return a chapter."""
    row = await tx.fetch_one(
        f"SELECT {CHAPTER} FROM chapter c WHERE c.id = :id",  # noqa: S608
        {"id": chapter_id},
    )
    return None if row is None else chapter_of(row)


async def sightings(tx: Transaction, story_id: int) -> list[Sighting]:
    """Return what the sources of a story call its chapters."""
    rows = await tx.fetch_all(
        "SELECT chapter_id, feed_id, identity, url FROM sighting WHERE story_id = :story_id",
        {"story_id": story_id},
    )
    return [
        Sighting(row["chapter_id"], row["feed_id"], row["identity"], row["url"]) for row in rows
    ]


async def insert(tx: Transaction, made: Chapter, user_id: int | None = None) -> int:
    """Add a chapter at the end of its story; *user_id*: who announced it by hand."""
    row = await tx.fetch_one(
        """
        INSERT INTO chapter (guild_id, story_id, follow_id, title, title_key, url, words,
                             word_source, rounded, category, summary, published_at, seen_at, place,
                             state, hold_until, announced_at, announced_by)
        VALUES (:guild_id, :story_id, :follow_id, :title, :key, :url, :words, :word_source,
                :rounded, :category, :summary, :published_at, :seen_at,
                (SELECT coalesce(max(place), 0) + 1 FROM chapter WHERE story_id = :story_id),
                :state, :hold_until, :announced_at, :user_id)
        RETURNING id
        """,
        {**_values(made), "user_id": user_id},
    )
    if row is None:
        raise RuntimeError("RETURNING returned nothing")
    return int(row["id"])


async def update(tx: Transaction, made: Chapter) -> None:
    """Keep what is different about a chapter."""
    values = _values(made)
    await tx.execute(
        """
        UPDATE chapter SET title = :title, title_key = :key, url = :url, words = :words,
                           word_source = :word_source, rounded = :rounded, category = :category,
                           summary = :summary, state = :state, hold_until = :hold_until,
                           announced_at = :announced_at
         WHERE id = :id
        """,
        {
            **{
                name: values[name]
                for name in (
                    *("title", "key", "url", "words", "word_source", "rounded", "category"),
                    *("summary", "state", "hold_until", "announced_at"),
                )
            },
            "id": made.id,
        },
    )


async def sight(tx: Transaction, story_id: int, seen: Sighting) -> None:
    """Keep what a source calls a chapter."""
    await tx.execute(
        """
        INSERT INTO sighting (story_id, feed_id, identity, chapter_id, url)
        VALUES (:story_id, :feed_id, :identity, :chapter_id, :url)
        ON CONFLICT (story_id, feed_id, identity) DO NOTHING
        """,
        {
            "story_id": story_id,
            "feed_id": seen.feed_id,
            "identity": seen.identity,
            "chapter_id": seen.chapter_id,
            "url": seen.url,
        },
    )


async def forget(tx: Transaction, user_id: int) -> None:
    """Forget who announced which chapter."""
    await tx.execute(
        "UPDATE chapter SET announced_by = 0 WHERE announced_by = :user_id", {"user_id": user_id}
    )


async def purge(tx: Transaction, guild_id: int) -> None:
    """Forget the chapters of a server that is gone, and where they were announced."""
    for statement in (
        "DELETE FROM announcement WHERE guild_id = :guild_id",
        "DELETE FROM chapter WHERE guild_id = :guild_id",
    ):
        await tx.execute(statement, {"guild_id": guild_id})


def chapter_of(row: Row) -> Chapter:
    """Return the chapter of a row that has its columns."""
    return Chapter(
        id=row["id"],
        guild_id=row["guild_id"],
        story_id=row["story_id"],
        follow_id=row["follow_id"],
        title=row["title"],
        key=row["title_key"],
        url=row["url"],
        words=_words(row),
        category=row["category"],
        summary=row["summary"],
        published_at=None if row["published_at"] is None else Instant(row["published_at"]),
        seen_at=Instant(row["seen_at"]),
        place=row["place"],
        state=State(row["state"]),
        hold_until=None if row["hold_until"] is None else Instant(row["hold_until"]),
        announced_at=None if row["announced_at"] is None else Instant(row["announced_at"]),
    )


def _words(row: Row) -> Words | None:
    if row["words"] is None:
        return None
    return Words(row["words"], WordSource(row["word_source"]), rounded=bool(row["rounded"]))


def _values(made: Chapter) -> dict[str, int | str | None]:
    words = made.words
    return {
        "guild_id": made.guild_id,
        "story_id": made.story_id,
        "follow_id": made.follow_id,
        "title": made.title,
        "key": made.key,
        "url": made.url,
        "words": None if words is None else words.count,
        "word_source": None if words is None else str(words.source),
        "rounded": int(words is not None and words.rounded),
        "category": made.category,
        "summary": made.summary,
        "published_at": made.published_at,
        "seen_at": made.seen_at,
        "state": str(made.state),
        "hold_until": made.hold_until,
        "announced_at": made.announced_at,
    }


_OF_STORY = f"SELECT {CHAPTER} FROM chapter c WHERE c.story_id = :story_id ORDER BY c.place"  # noqa: S608
