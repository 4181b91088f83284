"""The table of stories."""

from bot.chapters.stories.models import Story
from bot.clock import Instant
from bot.storage.database import Database, Transaction
from bot.storage.rows import Row

_COLUMNS = "id, guild_id, title, author, url, quota, masked, role_id, channel_id"


class StoryRepository:
    """Reads the stories of servers."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def all(self, guild_id: int) -> list[Story]:
        """Return the stories of a server, by title."""
        rows = await self.database.fetch_all(
            f"SELECT {_COLUMNS} FROM story WHERE guild_id = :guild_id ORDER BY title_key",  # noqa: S608
            {"guild_id": guild_id},
        )
        return [story_of(row) for row in rows]


async def story(tx: Transaction, story_id: int) -> Story | None:
    """Return a story, whichever server's."""
    row = await tx.fetch_one(
        f"SELECT {_COLUMNS} FROM story WHERE id = :id",  # noqa: S608
        {"id": story_id},
    )
    return None if row is None else story_of(row)


async def add(tx: Transaction, story: Story, key: str, user_id: int, now: Instant) -> int | None:
    """Add *story*; return its id, or None when the server has one of that title."""
    row = await tx.fetch_one(
        """
        INSERT INTO story (guild_id, title, title_key, author, url, quota, masked, role_id,
                           channel_id, created_by, created_at)
        VALUES (:guild_id, :title, :key, :author, :url, :quota, :masked, :role_id, :channel_id,
                :user_id, :now)
        ON CONFLICT (guild_id, title_key) DO NOTHING
        RETURNING id
        """,
        {**_values(story), "key": key, "user_id": user_id, "now": now},
    )
    return None if row is None else int(row["id"])


async def put(tx: Transaction, story: Story, key: str) -> None:
    """Keep a changed story."""
    await tx.execute(
        """
        UPDATE story SET title = :title, title_key = :key, author = :author, url = :url,
                         quota = :quota, masked = :masked, role_id = :role_id,
                         channel_id = :channel_id
         WHERE id = :id AND guild_id = :guild_id
        """,
        {**_values(story), "key": key, "id": story.id},
    )


async def of_key(tx: Transaction, guild_id: int, key: str) -> int | None:
    """Return the id of the story of that folded title."""
    row = await tx.fetch_one(
        "SELECT id FROM story WHERE guild_id = :guild_id AND title_key = :key",
        {"guild_id": guild_id, "key": key},
    )
    return None if row is None else int(row["id"])


async def count(tx: Transaction, guild_id: int) -> int:
    """Return how many stories a server has."""
    row = await tx.fetch_one(
        "SELECT count(*) AS number FROM story WHERE guild_id = :guild_id", {"guild_id": guild_id}
    )
    return 0 if row is None else int(row["number"])


async def forget(tx: Transaction, user_id: int) -> None:
    """Forget who added which story; the stories belong to their servers and stay."""
    await tx.execute(
        "UPDATE story SET created_by = 0 WHERE created_by = :user_id", {"user_id": user_id}
    )


async def purge(tx: Transaction, guild_id: int) -> None:
    """Forget the stories of a server that is gone, with all that hangs on them."""
    await tx.execute("DELETE FROM story WHERE guild_id = :guild_id", {"guild_id": guild_id})


def story_of(row: Row) -> Story:
    """Return the story of a row that has its columns."""
    return Story(
        id=row["id"],
        guild_id=row["guild_id"],
        title=row["title"],
        author=row["author"],
        url=row["url"],
        quota=row["quota"],
        masked=bool(row["masked"]),
        role_id=row["role_id"],
        channel_id=row["channel_id"],
    )


def _values(story: Story) -> dict[str, int | str | None]:
    return {
        "guild_id": story.guild_id,
        "title": story.title,
        "author": story.author,
        "url": story.url,
        "quota": story.quota,
        "masked": int(story.masked),
        "role_id": story.role_id,
        "channel_id": story.channel_id,
    }
