"""Standing orders and delegations."""

from typing import Final

from bot.clock import Instant
from bot.storage.database import Transaction
from bot.storage.source import Source

_NEWEST: Final = 2**62


async def orders(
    source: Source, guild_id: int, version: int | None = None
) -> tuple[int, dict[str, str]]:
    """Return version and article → value of what a guild changed, up to *version* or to now."""
    rows = await source.fetch_all(
        """
        SELECT version, article, value FROM standing_order
         WHERE guild_id = :guild_id AND version <= :version
         ORDER BY version
        """,
        {"guild_id": guild_id, "version": _NEWEST if version is None else version},
    )
    changed = {row["article"]: row["value"] for row in rows}
    return (rows[-1]["version"] if rows else 0), changed


async def add_order(
    tx: Transaction,
    guild_id: int,
    change: tuple[str, str],
    changed_by: int,
    motion_number: int | None,
    now: Instant,
) -> None:
    """Keep a changed article (key, value) as the next version of a guild's orders."""
    article, value = change
    await tx.execute(
        """
        INSERT INTO standing_order
            (guild_id, version, article, value, changed_by, motion_number, changed_at)
        VALUES (:guild_id,
                (SELECT coalesce(max(version), 0) + 1 FROM standing_order
                  WHERE guild_id = :guild_id),
                :article, :value, :changed_by, :motion_number, :now)
        """,
        {
            "guild_id": guild_id,
            "article": article,
            "value": value,
            "changed_by": changed_by,
            "motion_number": motion_number,
            "now": now,
        },
    )


async def put_delegation(
    tx: Transaction,
    guild_id: int,
    story_id: int,
    pair: tuple[int, int],
    joined_at: Instant,
    interaction_id: int,
) -> None:
    """Keep that the first of *pair* lets the second vote; the newest click stands."""
    await tx.execute(
        """
        INSERT INTO delegation (guild_id, story_id, from_id, to_id, joined_at, interaction_id)
        VALUES (:guild_id, :story_id, :from_id, :to_id, :joined_at, :interaction_id)
        ON CONFLICT (guild_id, story_id, from_id) DO UPDATE
        SET to_id = excluded.to_id, joined_at = excluded.joined_at,
            interaction_id = excluded.interaction_id
        WHERE excluded.interaction_id > delegation.interaction_id
        """,
        {
            "guild_id": guild_id,
            "story_id": story_id,
            "from_id": pair[0],
            "to_id": pair[1],
            "joined_at": joined_at,
            "interaction_id": interaction_id,
        },
    )


async def drop_delegation(tx: Transaction, guild_id: int, story_id: int, from_id: int) -> bool:
    """Take a delegation back; False when there was none."""
    changed = await tx.execute(
        """
        DELETE FROM delegation
         WHERE guild_id = :guild_id AND story_id = :story_id AND from_id = :from_id
        """,
        {"guild_id": guild_id, "story_id": story_id, "from_id": from_id},
    )
    return changed > 0


async def delegations(
    source: Source, guild_id: int, story_id: int | None
) -> dict[int, tuple[int, Instant]]:
    """Return reader → (delegate, when the reader joined) for a story; its own come first."""
    rows = await source.fetch_all(
        """
        SELECT from_id, to_id, joined_at FROM delegation
         WHERE guild_id = :guild_id AND story_id IN (0, :story_id) ORDER BY story_id
        """,
        {"guild_id": guild_id, "story_id": story_id or 0},
    )
    return {row["from_id"]: (row["to_id"], Instant(row["joined_at"])) for row in rows}
