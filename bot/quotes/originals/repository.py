"""When each quoted message was last looked for."""

from bot.clock import Instant
from bot.quotes.models import Quote
from bot.quotes.rows import quote_of
from bot.storage.database import Database, Transaction


class OriginalRepository:
    """Reads and notes the looks; the quotes themselves belong to `QuoteRepository`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def unseen_since(self, before: Instant, limit: int) -> tuple[Quote, ...]:
        """Return quotes of the book not looked for since *before*, the longest unseen first."""
        rows = await self._database.fetch_all(
            """
            SELECT * FROM quote
             WHERE state = 'kept' AND looked_at <= :before AND made_at <= :before
             ORDER BY looked_at, id LIMIT :limit
            """,
            {"before": before, "limit": limit},
        )
        return tuple(quote_of(row) for row in rows)

    async def seen(self, quote_id: int, now: Instant) -> None:
        """Note that the message of a quote was looked for and not found deleted."""

        async def note(tx: Transaction) -> None:
            await tx.execute(
                "UPDATE quote SET looked_at = :now WHERE id = :id", {"id": quote_id, "now": now}
            )

        await self._database.write(note)
