"""Who did what to a motion besides voting: seconders, objectors, amendments, recusals, the roll."""

from collections.abc import Iterable

from bot.soviet.results import Amendment
from bot.storage.database import Transaction
from bot.storage.rows import Row
from bot.storage.source import Source

_ROLL_ROWS = 500


async def add_seconder(tx: Transaction, motion_id: int, user_id: int, interaction_id: int) -> None:
    """Note a seconder; once is enough."""
    await _add(tx, "seconder", motion_id, user_id, interaction_id)


async def seconders(source: Source, motion_id: int) -> tuple[int, ...]:
    """Return who seconded, in the order of their clicks."""
    return await _by_click(source, "seconder", motion_id)


async def add_objector(tx: Transaction, motion_id: int, user_id: int, interaction_id: int) -> None:
    """Note who objects to a decree; once is enough."""
    await _add(tx, "objector", motion_id, user_id, interaction_id)


async def objectors(source: Source, motion_id: int) -> tuple[int, ...]:
    """Return who objected, in the order of their clicks."""
    return await _by_click(source, "objector", motion_id)


async def _add(
    tx: Transaction, table: str, motion_id: int, user_id: int, interaction_id: int
) -> None:
    await tx.execute(
        f"""
        INSERT INTO {table} (motion_id, user_id, interaction_id)
        VALUES (:motion_id, :user_id, :interaction_id)
        ON CONFLICT (motion_id, user_id) DO NOTHING
        """,  # noqa: S608 - one of two names
        {"motion_id": motion_id, "user_id": user_id, "interaction_id": interaction_id},
    )


async def _by_click(source: Source, table: str, motion_id: int) -> tuple[int, ...]:
    rows = await source.fetch_all(
        f"""
        SELECT user_id FROM {table} WHERE motion_id = :motion_id
         ORDER BY interaction_id, user_id
        """,  # noqa: S608 - one of two names
        {"motion_id": motion_id},
    )
    return tuple(max(row["user_id"], 0) for row in rows)


async def drop_seconders(tx: Transaction, motion_id: int) -> None:
    """Forget who seconded a motion: it has another text now."""
    await tx.execute("DELETE FROM seconder WHERE motion_id = :motion_id", {"motion_id": motion_id})


async def add_amendment(
    tx: Transaction, motion_id: int, author_id: int, text: str, interaction_id: int
) -> Amendment:
    """Keep another wording under the next number of its motion; the same interaction, once."""
    row = await tx.fetch_one(
        """
        INSERT INTO amendment (motion_id, number, author_id, text, interaction_id)
        VALUES (:motion_id,
                (SELECT coalesce(max(number), 0) + 1 FROM amendment WHERE motion_id = :motion_id),
                :author_id, :text, :interaction_id)
        ON CONFLICT (interaction_id) DO UPDATE SET interaction_id = excluded.interaction_id
        RETURNING motion_id, number, author_id, text
        """,
        {
            "motion_id": motion_id,
            "author_id": author_id,
            "text": text,
            "interaction_id": interaction_id,
        },
    )
    if row is None:
        raise RuntimeError("RETURNING returned nothing")
    return _amendment(row)


async def amendments(source: Source, motion_id: int) -> tuple[Amendment, ...]:
    """Return the wordings proposed for a motion, by number."""
    rows = await source.fetch_all(
        """
        SELECT motion_id, number, author_id, text FROM amendment
         WHERE motion_id = :motion_id ORDER BY number
        """,
        {"motion_id": motion_id},
    )
    return tuple(map(_amendment, rows))


async def add_recusal(tx: Transaction, motion_id: int, user_id: int) -> None:
    """Note that somebody left the roll of a motion."""
    await tx.execute(
        """
        INSERT INTO recusal (motion_id, user_id) VALUES (:motion_id, :user_id)
        ON CONFLICT (motion_id, user_id) DO NOTHING
        """,
        {"motion_id": motion_id, "user_id": user_id},
    )


async def recused(source: Source, motion_id: int) -> tuple[int, ...]:
    """Return who left the roll; below 0: a former reader."""
    rows = await source.fetch_all(
        "SELECT user_id FROM recusal WHERE motion_id = :motion_id ORDER BY user_id",
        {"motion_id": motion_id},
    )
    return tuple(row["user_id"] for row in rows)


async def struck(source: Source, motion_id: int, user_id: int) -> tuple[bool, bool]:
    """Tell whether somebody left the roll of a motion, and whether it was written without them."""
    row = await source.fetch_one(
        """
        SELECT EXISTS (SELECT 1 FROM recusal
                        WHERE motion_id = :motion_id AND user_id = :user_id) AS recused,
               EXISTS (SELECT 1 FROM roll_entry WHERE motion_id = :motion_id) AS written,
               EXISTS (SELECT 1 FROM roll_entry
                        WHERE motion_id = :motion_id AND user_id = :user_id) AS named
        """,
        {"motion_id": motion_id, "user_id": user_id},
    )
    if row is None:
        return False, False
    return bool(row["recused"]), bool(row["written"]) and not row["named"]


async def write_roll(tx: Transaction, motion_id: int, members: Iterable[int]) -> None:
    """Write the roll down by name.

    Many rows a statement: a round trip for each took a server 3 s of 10,000 members, and all
    writers wait meanwhile.
    """
    names = sorted(members)
    for start in range(0, len(names), _ROLL_ROWS):
        portion = {f"user_{i}": each for i, each in enumerate(names[start : start + _ROLL_ROWS])}
        rows = ", ".join(f"(:motion_id, :{name})" for name in portion)
        await tx.execute(
            f"INSERT INTO roll_entry (motion_id, user_id) VALUES {rows}",  # noqa: S608 - names by number
            {"motion_id": motion_id, **portion},
        )


async def roll(source: Source, motion_id: int) -> tuple[int, ...]:
    """Return the roll by name; empty when nobody wrote it down."""
    rows = await source.fetch_all(
        "SELECT user_id FROM roll_entry WHERE motion_id = :motion_id ORDER BY user_id",
        {"motion_id": motion_id},
    )
    return tuple(row["user_id"] for row in rows)


def _amendment(row: Row) -> Amendment:
    return Amendment(row["motion_id"], row["number"], row["author_id"], row["text"])
