"""The tables of the quote book."""

from bot.clock import Instant
from bot.quotes.models import (
    Page,
    Quote,
    Reach,
    Standing,
)
from bot.quotes.rows import exported, quote_of
from bot.storage.database import Database, Parameters, Transaction


class QuoteRepository:
    """Reads the quote book; what belongs to one decision is done within its transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.write = database.write

    async def find(self, reach: Reach, parameters: Parameters, *, limit: int, offset: int) -> Page:
        """Return the quotes in *reach* that fit, the newest first, from *offset* on.

        *parameters*: author_id, month_day and before (each may be None), w0 to w5 (LIKE patterns).
        Those who let nobody quote them are left out.
        """
        rows = await self._database.fetch_all(
            """
            SELECT quote.*, COUNT(*) OVER () AS total
              FROM quote
             WHERE guild_id = :guild_id AND state = 'kept'
               AND :rooms LIKE '%,' || room_id || ',%'
               AND (:adult = 1 OR age_restricted = 0)
               AND (:author_id IS NULL OR author_id = :author_id)
               AND (:month_day IS NULL OR (month_day = :month_day AND said_at < :before))
               AND folded LIKE :w0 ESCAPE '\\' AND folded LIKE :w1 ESCAPE '\\'
               AND folded LIKE :w2 ESCAPE '\\' AND folded LIKE :w3 ESCAPE '\\'
               AND folded LIKE :w4 ESCAPE '\\' AND folded LIKE :w5 ESCAPE '\\'
               AND NOT EXISTS (SELECT 1 FROM quoting_choice
                                WHERE user_id = quote.author_id AND consent = 'nobody')
             ORDER BY number DESC LIMIT :limit OFFSET :offset
            """,
            {**parameters, **_place(reach), "limit": limit, "offset": offset},
        )
        return Page(tuple(map(quote_of, rows)), rows[0]["total"] if rows else 0)

    async def standings(self, reach: Reach, limit: int) -> tuple[Standing, ...]:
        """Return who is quoted most in *reach*, by distinct messages, under their latest names."""
        rows = await self._database.fetch_all(
            """
            SELECT counted.author_id, counted.quotes, latest.author_name AS name
              FROM (SELECT author_id, COUNT(DISTINCT message_id) AS quotes, MAX(number) AS last
                      FROM quote
                     WHERE guild_id = :guild_id AND state = 'kept'
                       AND :rooms LIKE '%,' || room_id || ',%'
                       AND (:adult = 1 OR age_restricted = 0)
                       AND NOT EXISTS (SELECT 1 FROM quoting_choice
                                        WHERE user_id = quote.author_id AND consent = 'nobody')
                     GROUP BY author_id) AS counted
              JOIN quote AS latest ON latest.guild_id = :guild_id AND latest.number = counted.last
             ORDER BY counted.quotes DESC, counted.last DESC LIMIT :limit
            """,
            {**_place(reach), "limit": limit},
        )
        return tuple(Standing(row["author_id"], row["name"], row["quotes"]) for row in rows)

    async def rooms(self, guild_id: int) -> frozenset[int]:
        """Return the rooms of a server that the book has something of."""
        rows = await self._database.fetch_all(
            "SELECT DISTINCT room_id FROM quote WHERE guild_id = :guild_id AND state = 'kept'",
            {"guild_id": guild_id},
        )
        return frozenset(row["room_id"] for row in rows)

    async def kept(self, quote_id: int, guild_id: int) -> Quote | None:
        """Return a quote of that server that may be shown, or None."""
        row = await self._database.fetch_one(
            """
            SELECT * FROM quote
             WHERE id = :id AND guild_id = :guild_id AND state = 'kept'
               AND NOT EXISTS (SELECT 1 FROM quoting_choice
                                WHERE user_id = quote.author_id AND consent = 'nobody')
            """,
            {"id": quote_id, "guild_id": guild_id},
        )
        return None if row is None else quote_of(row)

    async def of_message(self, guild_id: int, message_id: int) -> Quote | None:
        """Return the quote of a message that may be shown, or None."""
        row = await self._database.fetch_one(
            """
            SELECT * FROM quote
             WHERE guild_id = :guild_id AND message_id = :message_id AND state = 'kept'
               AND NOT EXISTS (SELECT 1 FROM quoting_choice
                                WHERE user_id = quote.author_id AND consent = 'nobody')
            """,
            {"guild_id": guild_id, "message_id": message_id},
        )
        return None if row is None else quote_of(row)

    async def any(self, quote_id: int, guild_id: int) -> Quote | None:
        """Return a quote of that server, in whatever state."""
        row = await self._database.fetch_one(
            "SELECT * FROM quote WHERE id = :id AND guild_id = :guild_id",
            {"id": quote_id, "guild_id": guild_id},
        )
        return None if row is None else quote_of(row)

    async def numbered(self, number: int, guild_id: int) -> Quote | None:
        """Return the quote that people of that server know by *number*, in whatever state."""
        row = await self._database.fetch_one(
            "SELECT * FROM quote WHERE number = :number AND guild_id = :guild_id",
            {"number": number, "guild_id": guild_id},
        )
        return None if row is None else quote_of(row)

    async def expire(self, before: Instant) -> Instant | None:
        """Erase the questions asked up to *before*; return when the oldest other was asked."""

        async def delete(tx: Transaction) -> Instant | None:
            await tx.execute(
                "DELETE FROM quote WHERE state = 'asked' AND made_at <= :before",
                {"before": before},
            )
            row = await tx.fetch_one("SELECT MIN(made_at) AS at FROM quote WHERE state = 'asked'")
            return None if row is None or row["at"] is None else Instant(row["at"])

        return await self._database.write(delete)

    async def purge(self, guild_id: int) -> None:
        """Delete everything of a server."""

        async def delete(tx: Transaction) -> None:
            await tx.execute("DELETE FROM quote WHERE guild_id = :guild_id", {"guild_id": guild_id})

        await self._database.write(delete)

    async def export(self, user_id: int) -> list[dict[str, object]]:
        """Return what is kept about a person, of quotes they made only where they are."""
        rows = await self._database.fetch_all(
            """
            SELECT * FROM quote WHERE author_id = :user_id OR maker_id = :user_id ORDER BY id
            """,
            {"user_id": user_id},
        )
        return [exported(row, user_id) for row in rows]

    async def forget(self, user_id: int) -> None:
        """Delete what a person said, and that they made what others said."""

        async def delete(tx: Transaction) -> None:
            await tx.execute("DELETE FROM quote WHERE author_id = :user_id", {"user_id": user_id})
            await tx.execute(
                "UPDATE quote SET maker_id = 0 WHERE maker_id = :user_id", {"user_id": user_id}
            )

        await self._database.write(delete)

    async def people(self) -> frozenset[int]:
        """Return everybody whom `forget` would concern."""
        rows = await self._database.fetch_all(
            "SELECT author_id AS id FROM quote UNION SELECT maker_id AS id FROM quote"
        )
        return frozenset(row["id"] for row in rows) - {0}


def _place(reach: Reach) -> dict[str, str | int]:
    rooms = ",".join(map(str, sorted(reach.rooms)))
    return {"guild_id": reach.guild_id, "rooms": f",{rooms},", "adult": int(reach.adult)}
