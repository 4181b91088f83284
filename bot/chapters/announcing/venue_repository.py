"""Where the chapters of stories are announced, and what was found to be missing there."""

from dataclasses import dataclass

from bot.storage.source import Source

_KEY = "preflight:"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What is missing in a channel, or about a role there: a row of `problem`."""

    guild_id: int
    key: str

    @property
    def channel_id(self) -> int:
        """The channel, 0 for what an older version noted without its role."""
        return self._numbers[0]

    @property
    def role_id(self) -> int | None:
        """The role that is pinged there."""
        return self._numbers[1] or None

    @property
    def _numbers(self) -> tuple[int, int]:
        parts = self.key.removeprefix(_KEY).split(":")
        return (int(parts[0]), int(parts[1])) if len(parts) == 2 else (0, 0)


def key_of(channel_id: int, role_id: int | None) -> str:
    """Return the key of the problem of a channel with the role that is pinged there."""
    return f"{_KEY}{channel_id}:{role_id or 0}"


async def obstacles(source: Source, guild_id: int | None) -> list[Obstacle]:
    """Return what was found missing and is not known to be mended, in one server or in all."""
    rows = await source.fetch_all(
        """
        SELECT guild_id, key FROM problem
         WHERE key LIKE 'preflight:%' AND (:guild_id = 0 OR guild_id = :guild_id)
        """,
        {"guild_id": guild_id or 0},
    )
    return [Obstacle(row["guild_id"], row["key"]) for row in rows]


async def of_guild(source: Source, guild_id: int) -> tuple[set[int], set[int | None]]:
    """Return the channels in which, and the roles to which, chapters of a server are announced.

    What a story has not chosen for itself is the server's choice.
    """
    rows = await source.fetch_all(
        """
        SELECT coalesce(f.channel_id, s.channel_id) AS channel_id,
               coalesce(f.role_id, s.role_id) AS role_id
          FROM follow f JOIN story s ON s.id = f.story_id WHERE s.guild_id = :guild_id
         UNION
        SELECT channel_id, role_id FROM story WHERE guild_id = :guild_id
        """,
        {"guild_id": guild_id},
    )
    usual = await source.fetch_one(
        "SELECT value FROM guild_setting WHERE guild_id = :guild_id AND key = 'channel.chapters'",
        {"guild_id": guild_id},
    )
    chosen = None if usual is None else int(usual["value"])
    channels = (row["channel_id"] or chosen for row in rows)
    return {each for each in channels if each is not None}, {
        None,
        *(row["role_id"] for row in rows),
    }


async def venue(
    source: Source, story_id: int, follow_id: int | None
) -> tuple[int | None, int | None]:
    """Return channel and role of what *follow_id* tells of a story, None: a person tells it.

    What a person tells goes where the story's own channel is, else where one of its feeds goes.
    """
    row = await source.fetch_one(
        """
        SELECT coalesce(o.channel_id, s.channel_id,
                        (SELECT f.channel_id FROM follow f WHERE f.story_id = s.id
                            AND f.channel_id IS NOT NULL ORDER BY f.id LIMIT 1)) AS channel_id,
               coalesce(o.role_id, s.role_id,
                        (SELECT f.role_id FROM follow f WHERE f.story_id = s.id
                            AND f.role_id IS NOT NULL ORDER BY f.id LIMIT 1)) AS role_id
          FROM story s LEFT JOIN follow o ON o.id = :follow_id AND o.story_id = s.id
         WHERE s.id = :story_id
        """,
        {"story_id": story_id, "follow_id": follow_id},
    )
    return (None, None) if row is None else (row["channel_id"], row["role_id"])
