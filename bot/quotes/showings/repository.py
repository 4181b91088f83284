"""Which messages of ours show which quote: what is taken down with it."""

from bot.clock import Instant
from bot.quotes.models import Showing
from bot.storage.database import Database, Transaction


class ShowingRepository:
    """Reads and writes our messages; they go with their quote, by the database itself."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_quote(self, quote_id: int) -> tuple[Showing, ...]:
        """Return our messages that show a quote, the first one first."""
        rows = await self._database.fetch_all(
            """
            SELECT channel_id, message_id FROM quote_showing
             WHERE quote_id = :id ORDER BY message_id
            """,
            {"id": quote_id},
        )
        return tuple(Showing(row["channel_id"], row["message_id"]) for row in rows)

    async def of_person(self, user_id: int) -> tuple[Showing, ...]:
        """Return our messages that show what somebody said."""
        rows = await self._database.fetch_all(
            """
            SELECT quote_showing.channel_id, quote_showing.message_id
              FROM quote_showing JOIN quote ON quote.id = quote_showing.quote_id
             WHERE quote.author_id = :user_id ORDER BY quote_showing.message_id
            """,
            {"user_id": user_id},
        )
        return tuple(Showing(row["channel_id"], row["message_id"]) for row in rows)

    async def note(self, quote_id: int, showing: Showing, now: Instant) -> None:
        """Remember that a message of ours shows a quote, if the quote is still there."""

        async def insert(tx: Transaction) -> None:
            await tx.execute(
                """
                INSERT INTO quote_showing (message_id, quote_id, channel_id, shown_at)
                SELECT :message_id, id, :channel_id, :now FROM quote WHERE id = :id
                ON CONFLICT (message_id) DO UPDATE SET quote_id = excluded.quote_id
                """,
                {
                    "message_id": showing.message_id,
                    "channel_id": showing.channel_id,
                    "id": quote_id,
                    "now": now,
                },
            )

        await self._database.write(insert)

    async def drop(self, message_id: int) -> None:
        """Forget a message of ours that is gone."""

        async def delete(tx: Transaction) -> None:
            await tx.execute(
                "DELETE FROM quote_showing WHERE message_id = :message_id",
                {"message_id": message_id},
            )

        await self._database.write(delete)
