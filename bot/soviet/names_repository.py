"""What people were called when they took part in a motion."""

from bot.soviet.clicks import Member
from bot.soviet.wording import title
from bot.storage.database import Transaction
from bot.storage.source import Source


async def note(tx: Transaction, motion_id: int, member: Member) -> None:
    """Keep what *member* is called now, for the minutes of a motion that is not closed."""
    name = title(member.name)
    if not name:
        return
    await tx.execute(
        """
        INSERT INTO motion_name (motion_id, user_id, name) VALUES (:motion_id, :user_id, :name)
        ON CONFLICT (motion_id, user_id) DO UPDATE SET name = excluded.name
         WHERE motion_name.name <> excluded.name
        """,
        {"motion_id": motion_id, "user_id": member.user_id, "name": name},
    )


async def of(source: Source, motion_id: int) -> dict[int, str]:
    """Return what everybody in a motion was called, as far as that is known: id → name."""
    rows = await source.fetch_all(
        "SELECT user_id, name FROM motion_name WHERE motion_id = :motion_id",
        {"motion_id": motion_id},
    )
    return {row["user_id"]: row["name"] for row in rows}
