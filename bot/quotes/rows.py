"""Rows of the quote book, made into values."""

from bot.clock import Instant
from bot.quotes.models import Original, Purpose, Quote, State
from bot.storage.rows import Row


def quote_of(row: Row) -> Quote:
    """Return the quote of a row."""
    original = Original(
        row["guild_id"],
        row["channel_id"],
        row["room_id"],
        row["message_id"],
        row["author_id"],
        row["author_name"],
        row["text"],
        row["text_hash"],
        Instant(row["said_at"]),
        age_restricted=bool(row["age_restricted"]),
    )
    return Quote(
        row["id"],
        row["number"],
        original,
        row["maker_id"],
        State(row["state"]),
        Purpose(row["purpose"]),
        Instant(row["made_at"]),
    )


def exported(row: Row, user_id: int) -> dict[str, object]:
    """Return what a row says about a person: of what others said, only that they made it."""
    shared = ("guild_id", "number", "channel_id", "message_id", "state", "made_at")
    exported: dict[str, object] = {name: row[name] for name in shared}
    if row["maker_id"] == user_id:
        exported["made_by_you"] = True
    if row["author_id"] == user_id:
        own = ("author_name", "text", "text_hash", "said_at")
        exported |= {"said_by_you": True, **{name: row[name] for name in own}}
    return exported
