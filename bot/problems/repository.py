"""The table of problems. Each is told in the admins' channel when it begins, and never again."""

from bot.clock import Instant
from bot.guilds.models import Choice
from bot.guilds.repository import admin_channel
from bot.outbox.models import SEND, Post
from bot.outbox.repository import enqueue
from bot.storage.database import Database, Transaction

TOPIC = "problem:"
"""How the topics of notices begin. What happens to a notice is never itself a problem."""
_CONTENT = 2000


def unchosen(choice: Choice) -> str:
    """Return the key of the problem that a server has not made *choice*; making it ends it."""
    return f"unchosen:{choice}"


async def raise_problem(
    tx: Transaction,
    guild_id: int,
    key: str,
    words: str,
    now: Instant,
    *,
    elsewhere: int | None = None,
) -> bool:
    """Note a problem and tell the admins of it; nothing happens while it is known already.

    Without a channel of the admins it is told in *elsewhere*, or nowhere. Return whether it is new.
    """
    new = await tx.execute(
        """
        INSERT INTO problem (guild_id, key, words, since) VALUES (:guild_id, :key, :words, :now)
        ON CONFLICT (guild_id, key) DO NOTHING
        """,
        {"guild_id": guild_id, "key": key, "words": words, "now": now},
    )
    if new:
        await tell_admins(tx, guild_id, f"{key}:{now}", words, now, elsewhere=elsewhere)
    return bool(new)


async def clear_problem(tx: Transaction, guild_id: int, key: str) -> bool:
    """Note that a problem is over; return whether there was one."""
    return bool(
        await tx.execute(
            "DELETE FROM problem WHERE guild_id = :guild_id AND key = :key",
            {"guild_id": guild_id, "key": key},
        )
    )


async def tell_admins(
    tx: Transaction,
    guild_id: int,
    key: str,
    words: str,
    now: Instant,
    *,
    elsewhere: int | None = None,
    components: list[dict[str, object]] | None = None,
) -> None:
    """Say *words* in the admins' channel of a server, without a ping."""
    channel = await admin_channel(tx, guild_id) or elsewhere
    if channel is None:
        return
    body = {
        "content": words[:_CONTENT],
        "components": components or [],
        "allowed_mentions": {"parse": []},
    }
    await enqueue(tx, Post(f"{TOPIC}{key}"[:80], SEND, guild_id, channel, body), now)


async def problems(database: Database, guild_id: int) -> dict[str, str]:
    """Return the problems of a server: key → words."""
    rows = await database.fetch_all(
        "SELECT key, words FROM problem WHERE guild_id = :guild_id ORDER BY since",
        {"guild_id": guild_id},
    )
    return {row["key"]: row["words"] for row in rows}


async def purge(tx: Transaction, guild_id: int) -> None:
    """Forget the problems of a server that is gone."""
    await tx.execute("DELETE FROM problem WHERE guild_id = :guild_id", {"guild_id": guild_id})
