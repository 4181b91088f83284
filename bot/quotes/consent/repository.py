"""The table of who may quote whom: one row a person who does not leave it to everybody."""

from collections.abc import Collection

from bot.clock import Instant
from bot.quotes.models import Consent
from bot.storage.database import Database, Transaction


class ConsentRepository:
    """Reads and writes who may quote somebody."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def consent(self, user_id: int) -> Consent:
        """Return who may quote somebody."""
        row = await self._database.fetch_one(
            "SELECT consent FROM quoting_choice WHERE user_id = :user_id", {"user_id": user_id}
        )
        return Consent.ANYONE if row is None else Consent(row["consent"])

    async def put_consent(self, user_id: int, consent: Consent, now: Instant) -> None:
        """Keep who may quote somebody; "nobody" also closes the questions that wait for them."""

        async def put(tx: Transaction) -> None:
            await tx.execute(
                "DELETE FROM quoting_choice WHERE user_id = :user_id", {"user_id": user_id}
            )
            if consent is not Consent.ANYONE:
                await tx.execute(
                    """
                    INSERT INTO quoting_choice (user_id, consent, changed_at)
                    VALUES (:user_id, :consent, :now)
                    """,
                    {"user_id": user_id, "consent": str(consent), "now": now},
                )
            if consent is Consent.NOBODY:
                await tx.execute(
                    """
                    UPDATE quote SET state = 'refused', text = '', folded = '', text_hash = ''
                     WHERE author_id = :user_id AND state = 'asked'
                    """,
                    {"user_id": user_id},
                )

        await self._database.write(put)

    async def export(self, user_id: int) -> list[dict[str, object]]:
        """Return who may quote a person, where they said so."""
        rows = await self._database.fetch_all(
            "SELECT consent, changed_at FROM quoting_choice WHERE user_id = :user_id",
            {"user_id": user_id},
        )
        return [dict(row) for row in rows]

    async def forget(self, user_id: int) -> None:
        """Do nothing: the wish not to be quoted, forgotten, would let everybody quote them again.

        They take it back themselves: `put_consent` with "anyone" deletes the row.
        """

    async def people(self) -> Collection[int]:
        """Return nobody: `forget` concerns nobody."""
        return ()


async def consent_of(tx: Transaction, user_id: int) -> Consent:
    """Return who may quote somebody, as it is within a transaction."""
    row = await tx.fetch_one(
        "SELECT consent FROM quoting_choice WHERE user_id = :user_id", {"user_id": user_id}
    )
    return Consent.ANYONE if row is None else Consent(row["consent"])
