"""Secret ballots: who has voted and what was voted, two tables that only a key can join."""

from bot.soviet.ballot_repository import Cast, Vote, columns, read_choice
from bot.soviet.seal import canonical
from bot.storage.database import Transaction
from bot.storage.source import Source


async def put_voted(tx: Transaction, cast: Cast) -> bool:
    """Keep that somebody voted secretly, or took it back; judged like `put_open`."""
    changed = await tx.execute(
        """
        INSERT INTO voted (motion_id, voter_id, interaction_id, present)
        SELECT :motion_id, :voter_id, :interaction_id, :present FROM motion
         WHERE id = :motion_id AND status = 'open' AND ballot = 'secret'
           AND coalesce(called_at, closes_at) > :clicked
        ON CONFLICT (motion_id, voter_id) DO UPDATE
        SET interaction_id = excluded.interaction_id, present = excluded.present
        WHERE excluded.interaction_id > voted.interaction_id
        """,
        {**columns(cast), "present": int(cast.choice is not None)},
    )
    return changed == 1


async def put_secret(tx: Transaction, cast: Cast, opaque_id: str) -> None:
    """Keep what a secret ballot says under its opaque id, or remove it."""
    where: dict[str, str | int | None] = {
        "motion_id": cast.motion_id,
        "opaque_id": opaque_id,
    }
    if cast.choice is None:
        await tx.execute(
            """
            DELETE FROM ballot_secret WHERE motion_id = :motion_id AND opaque_id = :opaque_id
            """,
            where,
        )
        return
    await tx.execute(
        """
        INSERT INTO ballot_secret (motion_id, opaque_id, choice, code)
        VALUES (:motion_id, :opaque_id, :choice, :code)
        ON CONFLICT (motion_id, opaque_id) DO UPDATE
        SET choice = excluded.choice, code = excluded.code
        """,
        {**where, "choice": canonical(cast.choice), "code": cast.code},
    )


async def add_key(tx: Transaction, motion_id: int, secret: bytes) -> None:
    """Keep the key of a secret motion that opens."""
    await tx.execute(
        "INSERT INTO ballot_key (motion_id, secret) VALUES (:motion_id, :secret)",
        {"motion_id": motion_id, "secret": secret},
    )


async def key(source: Source, motion_id: int) -> bytes | None:
    """Return the key of an open secret motion; None once it is destroyed."""
    row = await source.fetch_one(
        "SELECT secret FROM ballot_key WHERE motion_id = :motion_id", {"motion_id": motion_id}
    )
    return None if row is None else row["secret"]


async def destroy_key(tx: Transaction, motion_id: int) -> None:
    """Destroy the key: from here on nothing leads from a ballot to its voter."""
    await tx.execute(
        "DELETE FROM ballot_key WHERE motion_id = :motion_id", {"motion_id": motion_id}
    )


async def secret_vote(
    source: Source, motion_id: int, voter_id: int, opaque_id: str | None
) -> Vote | None:
    """Return the secret ballot of a voter; without *opaque_id* only whether there is one."""
    row = await source.fetch_one(
        """
        SELECT voted.voter_id, voted.interaction_id, voted.present, ballot.choice, ballot.code
          FROM voted
          LEFT JOIN ballot_secret ballot
            ON ballot.motion_id = voted.motion_id AND ballot.opaque_id = :opaque_id
         WHERE voted.motion_id = :motion_id AND voted.voter_id = :voter_id
        """,
        {"motion_id": motion_id, "voter_id": voter_id, "opaque_id": opaque_id},
    )
    if row is None:
        return None
    choice = None if row["choice"] is None else read_choice(row["choice"])
    if opaque_id is None and row["present"]:
        choice = ()  # there is one, and what it says cannot be known any more
    return Vote(row["voter_id"], choice, row["interaction_id"], row["code"] or "")
