"""The ballots: open ones by voter, counts of both kinds, explanations of vote."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Final

from bot.clock import Instant
from bot.soviet.models import Choice
from bot.soviet.seal import canonical
from bot.storage.database import Transaction
from bot.storage.rows import Row
from bot.storage.source import Source


@dataclass(frozen=True, slots=True)
class Vote:
    """A kept ballot; *choice* None: taken back. *delegate_id*: who cast it for the voter."""

    voter_id: int
    choice: Choice | None
    interaction_id: int
    code: str
    delegate_id: int | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """A click that wants to change a ballot: *choice* None takes it back."""

    motion_id: int
    voter_id: int
    interaction_id: int
    clicked: Instant
    choice: Choice | None
    code: str


_FIRST: Final = itemgetter(0)
# (secret, varied) → statement
_CHOICES: Final = {
    (False, False): """
        SELECT choice, count(*) AS ballots FROM ballot_open
         WHERE motion_id = :motion_id AND choice IS NOT NULL GROUP BY choice
    """,
    (False, True): """
        SELECT choice FROM ballot_open
         WHERE motion_id = :motion_id AND choice IS NOT NULL
    """,
    (True, False): """
        SELECT choice, count(*) AS ballots FROM ballot_secret
         WHERE motion_id = :motion_id GROUP BY choice
    """,
    (True, True): """
        SELECT choice FROM ballot_secret WHERE motion_id = :motion_id
    """,
}


async def put_open(tx: Transaction, cast: Cast) -> bool:
    """Keep an open ballot; False: late, or a newer click of the same voter is there already.

    Status and deadline are judged here, in the statement that writes: nothing can slip between.
    """
    changed = await tx.execute(
        """
        INSERT INTO ballot_open (motion_id, voter_id, choice, interaction_id, code)
        SELECT :motion_id, :voter_id, :choice, :interaction_id, :code FROM motion
         WHERE id = :motion_id AND status = 'open' AND ballot = 'open'
           AND coalesce(called_at, closes_at) > :clicked
        ON CONFLICT (motion_id, voter_id) DO UPDATE
        SET choice = excluded.choice, interaction_id = excluded.interaction_id,
            code = excluded.code
        WHERE excluded.interaction_id > ballot_open.interaction_id
        """,
        columns(cast),
    )
    return changed == 1


async def open_vote(source: Source, motion_id: int, voter_id: int) -> Vote | None:
    """Return the open ballot of a voter, also one that was taken back."""
    row = await source.fetch_one(
        """
        SELECT voter_id, choice, interaction_id, code, delegate_id FROM ballot_open
         WHERE motion_id = :motion_id AND voter_id = :voter_id
        """,
        {"motion_id": motion_id, "voter_id": voter_id},
    )
    return None if row is None else _vote(row)


async def grouped(source: Source, motion_id: int, *, secret: bool, varied: bool) -> Counter[Choice]:
    """Return what the ballots of a motion say → how many say so, delegated ones included.

    *varied*: hardly two need be equal (orders of options), so that grouping them is left to us:
    SQLite would sort their texts.
    """
    rows = await source.fetch_all(_CHOICES[secret, varied], {"motion_id": motion_id})
    texts = Counter(map(_FIRST, rows)) if varied else Counter(dict(map(tuple, rows)))
    # One long text is read ten times faster than ten thousand short ones.
    choices = map(tuple, json.loads(f"[{','.join(texts)}]"))
    return Counter(dict(zip(choices, texts.values(), strict=True)))


async def open_votes(source: Source, motion_id: int) -> tuple[Vote, ...]:
    """Return the open ballots that count, by voter."""
    rows = await source.fetch_all(
        """
        SELECT voter_id, choice, interaction_id, code, delegate_id FROM ballot_open
         WHERE motion_id = :motion_id AND choice IS NOT NULL
         ORDER BY CASE WHEN voter_id < 0 THEN 1 ELSE 0 END, voter_id
        """,
        {"motion_id": motion_id},
    )
    return tuple(map(_vote, rows))


async def voted_lately(source: Source, guild_id: int, motions: int) -> tuple[int, ...]:
    """Return who voted on the newest open ballots of a guild that are closed, by id."""
    rows = await source.fetch_all(
        """
        SELECT DISTINCT voter_id FROM ballot_open
         WHERE voter_id > 0 AND choice IS NOT NULL AND delegate_id IS NULL AND motion_id IN (
               SELECT id FROM motion
                WHERE guild_id = :guild_id AND status = 'closed' AND ballot = 'open'
                  AND opened_at IS NOT NULL
                ORDER BY number DESC LIMIT :motions)
         ORDER BY voter_id
        """,
        {"guild_id": guild_id, "motions": motions},
    )
    return tuple(row["voter_id"] for row in rows)


async def codes(source: Source, motion_id: int, *, secret: bool) -> tuple[str, ...]:
    """Return the codes of the ballots that count, sorted: none tells more than that it is there."""
    rows = await source.fetch_all(
        "SELECT code FROM ballot_secret WHERE motion_id = :motion_id ORDER BY code"
        if secret
        else """
        SELECT code FROM ballot_open
         WHERE motion_id = :motion_id AND choice IS NOT NULL AND delegate_id IS NULL ORDER BY code
        """,
        {"motion_id": motion_id},
    )
    return tuple(row["code"] for row in rows)


async def turnout(source: Source, motion_id: int) -> int:
    """Return how many have voted so far."""
    row = await source.fetch_one(
        """
        SELECT (SELECT count(*) FROM ballot_open
                 WHERE motion_id = :motion_id AND choice IS NOT NULL)
             + (SELECT count(*) FROM voted WHERE motion_id = :motion_id AND present = 1) AS ballots
        """,
        {"motion_id": motion_id},
    )
    return 0 if row is None else row["ballots"]


async def add_delegated(tx: Transaction, motion_id: int, votes: Iterable[Vote]) -> None:
    """Write down, at the close, the ballots that delegates cast for others."""
    for vote in votes:
        await tx.execute(
            """
            INSERT INTO ballot_open
                (motion_id, voter_id, choice, interaction_id, delegate_id, code)
            VALUES (:motion_id, :voter_id, :choice, 0, :delegate_id, '')
            ON CONFLICT (motion_id, voter_id) DO UPDATE
            SET choice = excluded.choice, interaction_id = excluded.interaction_id,
                delegate_id = excluded.delegate_id, code = excluded.code
            WHERE ballot_open.choice IS NULL
            """,
            {
                "motion_id": motion_id,
                "voter_id": vote.voter_id,
                "choice": None if vote.choice is None else canonical(vote.choice),
                "delegate_id": vote.delegate_id,
            },
        )


async def put_explanation(tx: Transaction, motion_id: int, user_id: int, text: str) -> None:
    """Keep an explanation of vote, in the place of an earlier one."""
    await tx.execute(
        """
        INSERT INTO explanation (motion_id, user_id, text) VALUES (:motion_id, :user_id, :text)
        ON CONFLICT (motion_id, user_id) DO UPDATE SET text = excluded.text
        """,
        {"motion_id": motion_id, "user_id": user_id, "text": text},
    )


async def drop_explanation(tx: Transaction, motion_id: int, user_id: int) -> None:
    """Take an explanation of vote back."""
    await tx.execute(
        "DELETE FROM explanation WHERE motion_id = :motion_id AND user_id = :user_id",
        {"motion_id": motion_id, "user_id": user_id},
    )


async def explanations(source: Source, motion_id: int) -> dict[int, str]:
    """Return voter → explanation of vote."""
    rows = await source.fetch_all(
        "SELECT user_id, text FROM explanation WHERE motion_id = :motion_id ORDER BY user_id",
        {"motion_id": motion_id},
    )
    return {row["user_id"]: row["text"] for row in rows}


@lru_cache(maxsize=4096)
def read_choice(text: str) -> Choice:
    """Return a kept choice; ballots of one motion say the same few things."""
    return tuple(json.loads(text))


def columns(cast: Cast) -> dict[str, str | int | None]:
    """Return a click as the values of its row."""
    return {
        "motion_id": cast.motion_id,
        "voter_id": cast.voter_id,
        "interaction_id": cast.interaction_id,
        "clicked": cast.clicked,
        "choice": None if cast.choice is None else canonical(cast.choice),
        "code": cast.code,
    }


def _vote(row: Row) -> Vote:
    return Vote(
        row["voter_id"],
        None if row["choice"] is None else read_choice(row["choice"]),
        row["interaction_id"],
        row["code"],
        row["delegate_id"],
    )
