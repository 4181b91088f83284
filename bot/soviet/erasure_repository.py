"""What is kept of a reader or a guild: shown to them, and taken out."""

from typing import Final

from bot.storage.database import Transaction
from bot.storage.source import Source

# What nobody could own any more must not decide what is not decided yet.
_UNDECIDED: Final = (
    """
    DELETE FROM ballot_open
     WHERE voter_id = :user_id AND motion_id IN (SELECT id FROM motion WHERE status = 'open')
    """,
    """
    DELETE FROM seconder
     WHERE user_id = :user_id AND motion_id IN (SELECT id FROM motion WHERE status = 'tabled')
    """,
    """
    DELETE FROM objector
     WHERE user_id = :user_id AND motion_id IN (SELECT id FROM motion WHERE status = 'tabled')
    """,
)


# A former reader keeps a row of their own in a closed motion, under a number below 0.
_FORMER: Final = (
    """
    UPDATE ballot_open
       SET interaction_id = 0, voter_id = (
           SELECT coalesce(min(other.voter_id), 0) - 1 FROM ballot_open other
            WHERE other.motion_id = ballot_open.motion_id AND other.voter_id < 0)
     WHERE voter_id = :user_id
    """,
    """
    UPDATE ballot_open SET delegate_id = 0 WHERE delegate_id = :user_id
    """,
    """
    UPDATE seconder
       SET user_id = (
           SELECT coalesce(min(other.user_id), 0) - 1 FROM seconder other
            WHERE other.motion_id = seconder.motion_id AND other.user_id < 0)
     WHERE user_id = :user_id
    """,
    """
    UPDATE objector
       SET user_id = (
           SELECT coalesce(min(other.user_id), 0) - 1 FROM objector other
            WHERE other.motion_id = objector.motion_id AND other.user_id < 0)
     WHERE user_id = :user_id
    """,
    """
    UPDATE recusal
       SET user_id = (
           SELECT coalesce(min(other.user_id), 0) - 1 FROM recusal other
            WHERE other.motion_id = recusal.motion_id AND other.user_id < 0)
     WHERE user_id = :user_id
    """,
    "UPDATE motion SET mover_id = 0 WHERE mover_id = :user_id",
    "UPDATE amendment SET author_id = 0 WHERE author_id = :user_id",
    "UPDATE standing_order SET changed_by = 0 WHERE changed_by = :user_id",
    "DELETE FROM voted WHERE voter_id = :user_id",
    "DELETE FROM explanation WHERE user_id = :user_id",
    "DELETE FROM motion_name WHERE user_id = :user_id",
    "DELETE FROM roll_entry WHERE user_id = :user_id",
    "DELETE FROM delegation WHERE from_id = :user_id OR to_id = :user_id",
)


async def secret_ballots_of(tx: Transaction, user_id: int) -> tuple[tuple[int, bytes], ...]:
    """Return (motion, key) of every running secret motion in which somebody voted."""
    rows = await tx.fetch_all(
        """
        SELECT ballot_key.motion_id, ballot_key.secret FROM ballot_key
          JOIN voted ON voted.motion_id = ballot_key.motion_id
         WHERE voted.voter_id = :user_id
        """,
        {"user_id": user_id},
    )
    return tuple((row["motion_id"], row["secret"]) for row in rows)


async def forget(tx: Transaction, user_id: int) -> None:
    """Take a reader out of every table; secret ballots that still run must be gone before."""
    for statement in (*_UNDECIDED, *_FORMER):
        await tx.execute(statement, {"user_id": user_id})


_GUILD: Final = (
    "DELETE FROM motion WHERE guild_id = :guild_id AND amends_id IS NOT NULL",
    "DELETE FROM motion WHERE guild_id = :guild_id",
    "DELETE FROM standing_order WHERE guild_id = :guild_id",
    "DELETE FROM delegation WHERE guild_id = :guild_id",
    "DELETE FROM chapter_heard WHERE guild_id = :guild_id",
)


async def purge(tx: Transaction, guild_id: int) -> None:
    """Delete a guild from every table."""
    for statement in _GUILD:
        await tx.execute(statement, {"guild_id": guild_id})


_OF_A_READER: Final = {
    "motions": """
        SELECT guild_id, number, text, status, tabled_at FROM motion
         WHERE mover_id = :user_id ORDER BY id
    """,
    "seconded": """
        SELECT guild_id, number FROM seconder JOIN motion ON motion.id = motion_id
         WHERE user_id = :user_id ORDER BY motion_id
    """,
    "objections": """
        SELECT guild_id, number FROM objector JOIN motion ON motion.id = motion_id
         WHERE user_id = :user_id ORDER BY motion_id
    """,
    "amendments": """
        SELECT guild_id, motion.number, amendment.number AS amendment, amendment.text
          FROM amendment JOIN motion ON motion.id = motion_id
         WHERE author_id = :user_id ORDER BY motion_id, amendment.number
    """,
    "open_ballots": """
        SELECT guild_id, number, choice, options, delegate_id, code
          FROM ballot_open JOIN motion ON motion.id = motion_id
         WHERE voter_id = :user_id ORDER BY motion_id
    """,
    "secret_ballots_cast": """
        SELECT guild_id, number, present FROM voted JOIN motion ON motion.id = motion_id
         WHERE voter_id = :user_id ORDER BY motion_id
    """,
    "explanations": """
        SELECT guild_id, number, explanation.text
          FROM explanation JOIN motion ON motion.id = motion_id
         WHERE user_id = :user_id ORDER BY motion_id
    """,
    "names": """
        SELECT guild_id, number, name FROM motion_name JOIN motion ON motion.id = motion_id
         WHERE user_id = :user_id ORDER BY motion_id
    """,
    "recusals": """
        SELECT guild_id, number FROM recusal JOIN motion ON motion.id = motion_id
         WHERE user_id = :user_id ORDER BY motion_id
    """,
    "rolls": """
        SELECT guild_id, number FROM roll_entry JOIN motion ON motion.id = motion_id
         WHERE user_id = :user_id ORDER BY motion_id
    """,
    "delegations": """
        SELECT guild_id, story_id, from_id, to_id FROM delegation
         WHERE from_id = :user_id OR to_id = :user_id ORDER BY guild_id, story_id, from_id
    """,
    "standing_orders": """
        SELECT guild_id, version, article, value, changed_at FROM standing_order
         WHERE changed_by = :user_id ORDER BY guild_id, version
    """,
}


async def rows_of(source: Source, user_id: int) -> dict[str, list[dict[str, object]]]:
    """Return everything kept about a reader: what it is → rows."""
    return {
        name: [dict(row) for row in await source.fetch_all(statement, {"user_id": user_id})]
        for name, statement in _OF_A_READER.items()
    }


async def people(source: Source) -> list[int]:
    """Return everybody of whom something is kept; former readers have no number of their own."""
    rows = await source.fetch_all(
        """
        SELECT id FROM (
            SELECT mover_id AS id FROM motion
            UNION SELECT user_id FROM seconder UNION SELECT user_id FROM objector
            UNION SELECT author_id FROM amendment UNION SELECT user_id FROM recusal
            UNION SELECT voter_id FROM ballot_open UNION SELECT voter_id FROM voted
            UNION SELECT delegate_id FROM ballot_open
            UNION SELECT user_id FROM explanation UNION SELECT user_id FROM roll_entry
            UNION SELECT user_id FROM motion_name
            UNION SELECT from_id FROM delegation UNION SELECT to_id FROM delegation
            UNION SELECT changed_by FROM standing_order) AS known
         WHERE id > 0
        """
    )
    return [row["id"] for row in rows]
