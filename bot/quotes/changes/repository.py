"""The statements of a decision: each is handed the transaction it belongs to."""

from collections.abc import Sequence

from bot.clock import Instant
from bot.quotes.models import Quote, Showing
from bot.quotes.rows import quote_of
from bot.storage.database import Parameters, Transaction

_REFUSE = """
UPDATE quote SET state = 'refused', text = '', folded = '', text_hash = '' WHERE id = :id
"""
_DELETE = "DELETE FROM quote WHERE id = :id"


async def known(tx: Transaction, guild_id: int, message_id: int) -> Quote | None:
    """Return what the book has of a message."""
    row = await tx.fetch_one(
        "SELECT * FROM quote WHERE guild_id = :guild_id AND message_id = :message_id",
        {"guild_id": guild_id, "message_id": message_id},
    )
    return None if row is None else quote_of(row)


async def questions(tx: Transaction, guild_id: int, author_id: int, since: Instant) -> int:
    """Return how many questions asked after *since* wait for somebody in a server."""
    row = await tx.fetch_one(
        """
        SELECT COUNT(*) AS number FROM quote
         WHERE guild_id = :guild_id AND author_id = :author_id AND state = 'asked'
           AND made_at > :since
        """,
        {"guild_id": guild_id, "author_id": author_id, "since": since},
    )
    return 0 if row is None else int(row["number"])


async def of_server(tx: Transaction, quote_id: int, guild_id: int) -> Quote | None:
    """Return a quote of that server, in whatever state."""
    row = await tx.fetch_one(
        "SELECT * FROM quote WHERE id = :id AND guild_id = :guild_id",
        {"id": quote_id, "guild_id": guild_id},
    )
    return None if row is None else quote_of(row)


async def put(tx: Transaction, values: Parameters) -> Quote:
    """Put a message into the book, in the place of what it had of it; return the row."""
    row = await tx.fetch_one(
        """
        INSERT INTO quote (guild_id, number, channel_id, room_id, message_id, author_id,
                           author_name, maker_id, state, purpose, text, folded, text_hash,
                           age_restricted, said_at, month_day, made_at)
        SELECT :guild_id, COALESCE(MAX(number), 0) + 1, :channel_id, :room_id, :message_id,
               :author_id, :author_name, :maker_id, :state, :purpose, :text, :folded, :text_hash,
               :age_restricted, :said_at, :month_day, :made_at
          FROM quote WHERE guild_id = :guild_id
        ON CONFLICT (guild_id, message_id) DO UPDATE
        SET author_name = excluded.author_name, maker_id = excluded.maker_id,
            state = excluded.state, purpose = excluded.purpose, text = excluded.text,
            folded = excluded.folded, text_hash = excluded.text_hash,
            age_restricted = excluded.age_restricted, made_at = excluded.made_at
        RETURNING *
        """,
        values,
    )
    if row is None:
        raise RuntimeError("RETURNING returned nothing")
    return quote_of(row)


async def keep(tx: Transaction, quote_id: int) -> None:
    """Put what was asked for into the book."""
    await tx.execute("UPDATE quote SET state = 'kept' WHERE id = :id", {"id": quote_id})


async def refuse(tx: Transaction, quote_id: int) -> None:
    """Erase the words of a quote and remember only that its message is not to be quoted."""
    await tx.execute(_REFUSE, {"id": quote_id})
    await tx.execute("DELETE FROM quote_showing WHERE quote_id = :id", {"id": quote_id})


async def delete(tx: Transaction, quote_id: int) -> None:
    """Take a quote out of the book."""
    await tx.execute(_DELETE, {"id": quote_id})


async def shown_in(tx: Transaction, quote_id: int) -> Sequence[Showing]:
    """Return our messages that show a quote, as they are within a transaction."""
    rows = await tx.fetch_all(
        "SELECT channel_id, message_id FROM quote_showing WHERE quote_id = :id", {"id": quote_id}
    )
    return [Showing(row["channel_id"], row["message_id"]) for row in rows]
