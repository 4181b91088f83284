"""The table of what servers chose: one row a server and choice."""

from bot.clock import Instant
from bot.guilds.models import Choice
from bot.language.speech import ENGLISH
from bot.storage.database import Database, Transaction
from bot.storage.source import Source


class GuildRepository:
    """Reads and writes the choices of servers."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def choices(self, guild_id: int) -> dict[str, str]:
        """Return what a server chose: key → value."""
        rows = await self.database.fetch_all(
            "SELECT key, value FROM guild_setting WHERE guild_id = :guild_id",
            {"guild_id": guild_id},
        )
        return {row["key"]: row["value"] for row in rows}

    async def language(self, guild_id: int) -> str:
        """Return the language of what a server reads together."""
        return await language_of(self.database, guild_id)

    async def put(
        self, guild_id: int, choice: Choice, value: str, user_id: int, now: Instant
    ) -> None:
        """Keep a choice, in the place of an earlier one."""
        await self.database.write(lambda tx: put(tx, guild_id, choice, value, user_id, now))

    async def export(self, user_id: int) -> list[dict[str, object]]:
        """Return which choices a person made, for which servers."""
        rows = await self.database.fetch_all(
            """
            SELECT guild_id, key, value, changed_at FROM guild_setting
             WHERE changed_by = :user_id ORDER BY guild_id, key
            """,
            {"user_id": user_id},
        )
        return [dict(row) for row in rows]

    async def people(self) -> frozenset[int]:
        """Return everybody whom `forget` would concern."""
        rows = await self.database.fetch_all(
            "SELECT DISTINCT changed_by AS id FROM guild_setting WHERE changed_by <> 0"
        )
        return frozenset(row["id"] for row in rows)

    async def forget(self, user_id: int) -> None:
        """Forget who made which choice; the choices belong to their servers and stay."""

        async def update(tx: Transaction) -> None:
            await tx.execute(
                "UPDATE guild_setting SET changed_by = 0 WHERE changed_by = :user_id",
                {"user_id": user_id},
            )

        await self.database.write(update)

    async def purge(self, guild_id: int) -> None:
        """Delete everything a server chose."""

        async def delete(tx: Transaction) -> None:
            await tx.execute(
                "DELETE FROM guild_setting WHERE guild_id = :guild_id", {"guild_id": guild_id}
            )

        await self.database.write(delete)


async def put(
    tx: Transaction, guild_id: int, choice: Choice, value: str, user_id: int, now: Instant
) -> None:
    """Keep a choice, in the place of an earlier one."""
    await tx.execute(
        """
        INSERT INTO guild_setting (guild_id, key, value, changed_by, changed_at)
        VALUES (:guild_id, :key, :value, :user_id, :now)
        ON CONFLICT (guild_id, key) DO UPDATE
        SET value = excluded.value, changed_by = excluded.changed_by,
            changed_at = excluded.changed_at
        """,
        {
            "guild_id": guild_id,
            "key": str(choice),
            "value": value,
            "user_id": user_id,
            "now": now,
        },
    )


async def drop(tx: Transaction, guild_id: int, choice: Choice) -> None:
    """Take a choice back."""
    await tx.execute(
        "DELETE FROM guild_setting WHERE guild_id = :guild_id AND key = :key",
        {"guild_id": guild_id, "key": str(choice)},
    )


async def language_of(source: Source, guild_id: int) -> str:
    """Return the language of what a server reads together; English where none was chosen.

    Whatever is posted unasked, or stays in a channel, is written in it:

        with speaking(await language_of(tx, guild_id)):
            post = announcement(…)
    """
    return await _chosen(source, guild_id, Choice.LANGUAGE) or ENGLISH


async def admin_channel(tx: Transaction, guild_id: int) -> int | None:
    """Return the channel in which the admins of a server want to be told, None without one."""
    return await _channel(tx, guild_id, Choice.ADMIN_CHANNEL)


async def chapter_channel(tx: Transaction, guild_id: int) -> int | None:
    """Return where chapters of a server go when nothing else is said, None without a choice."""
    return await _channel(tx, guild_id, Choice.CHAPTER_CHANNEL)


async def _channel(source: Source, guild_id: int, choice: Choice) -> int | None:
    value = await _chosen(source, guild_id, choice)
    return None if value is None else int(value)


async def _chosen(source: Source, guild_id: int, choice: Choice) -> str | None:
    row = await source.fetch_one(
        "SELECT value FROM guild_setting WHERE guild_id = :guild_id AND key = :key",
        {"guild_id": guild_id, "key": str(choice)},
    )
    return None if row is None else str(row["value"])
