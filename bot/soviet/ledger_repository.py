"""Results, the resolutions that stand or stood, and the chapters that were held against them."""

import json
from dataclasses import asdict
from typing import Any

from bot.canon.names import fold
from bot.clock import Instant
from bot.soviet.models import Motion, Verdict
from bot.soviet.motion_repository import like
from bot.soviet.results import Law, Outcome, PlanLine, Reason, Resolution, Round, Tally
from bot.soviet.seal import canonical
from bot.storage.database import Transaction
from bot.storage.rows import Row
from bot.storage.source import Source

_MOST_WORDS = 4


async def put_result(tx: Transaction, motion_id: int, outcome: Outcome) -> None:
    """Keep how a motion ended, with every number."""
    await tx.execute(
        "INSERT INTO result (motion_id, outcome) VALUES (:motion_id, :outcome)",
        {"motion_id": motion_id, "outcome": canonical(asdict(outcome))},
    )


async def result(source: Source, motion_id: int) -> Outcome | None:
    """Return how a motion ended, with every number: not yet what may be told."""
    row = await source.fetch_one(
        "SELECT outcome FROM result WHERE motion_id = :motion_id", {"motion_id": motion_id}
    )
    return None if row is None else _outcome(json.loads(row["outcome"]))


async def add_resolution(tx: Transaction, motion: Motion, now: Instant) -> None:
    """Write an adopted motion into the ledger."""
    await tx.execute(
        """
        INSERT INTO resolution
            (motion_id, guild_id, number, law, note, story_id, promised_words, adopted_at)
        VALUES (:motion_id, :guild_id, :number, 'adopted', '', :story_id, :promised_words, :now)
        """,
        {
            "motion_id": motion.id,
            "guild_id": motion.guild_id,
            "number": motion.number,
            "story_id": motion.story_id,
            "promised_words": motion.promised_words,
            "now": now,
        },
    )


async def repeal(tx: Transaction, guild_id: int, number: int, by_number: int) -> None:
    """Note that a resolution fell by another."""
    await tx.execute(
        """
        UPDATE resolution SET law = 'repealed', by_number = :by_number
         WHERE guild_id = :guild_id AND number = :number AND law <> 'repealed'
        """,
        {"guild_id": guild_id, "number": number, "by_number": by_number},
    )


async def mark(tx: Transaction, guild_id: int, number: int, law: Law, note: str) -> bool:
    """Note what became of a resolution; False when none of that number is in force."""
    changed = await tx.execute(
        """
        UPDATE resolution SET law = :law, note = :note
         WHERE guild_id = :guild_id AND number = :number AND law <> 'repealed'
        """,
        {"guild_id": guild_id, "number": number, "law": law, "note": note},
    )
    return changed == 1


async def resolution(source: Source, guild_id: int, number: int) -> Resolution | None:
    """Return the resolution of that number."""
    row = await source.fetch_one(
        """
        SELECT resolution.number, text, law, adopted_at, by_number, note, motion_id
          FROM resolution JOIN motion ON motion.id = resolution.motion_id
         WHERE resolution.guild_id = :guild_id AND resolution.number = :number
        """,
        {"guild_id": guild_id, "number": number},
    )
    return None if row is None else _resolution(row)


async def resolutions(
    source: Source, guild_id: int, text: str, law: Law | None, limit: int
) -> tuple[Resolution, ...]:
    """Return resolutions that hold all words of *text* (the first four), newest first."""
    words = fold(text).split()[:_MOST_WORDS]
    patterns = [like(word) for word in words] + ["%"] * (_MOST_WORDS - len(words))
    rows = await source.fetch_all(
        """
        SELECT resolution.number, text, law, adopted_at, by_number, note, motion_id
          FROM resolution JOIN motion ON motion.id = resolution.motion_id
         WHERE resolution.guild_id = :guild_id AND (:law = '' OR law = :law)
           AND words LIKE :word0 ESCAPE '\\' AND words LIKE :word1 ESCAPE '\\'
           AND words LIKE :word2 ESCAPE '\\' AND words LIKE :word3 ESCAPE '\\'
         ORDER BY adopted_at DESC, resolution.number DESC LIMIT :limit
        """,
        {
            "guild_id": guild_id,
            "law": law or "",
            "limit": limit,
            **{f"word{place}": pattern for place, pattern in enumerate(patterns)},
        },
    )
    return tuple(map(_resolution, rows))


async def hear(
    tx: Transaction,
    guild_id: int,
    story_id: int,
    chapter: tuple[str, str],
    figures: tuple[int | None, int | None],
    at: Instant,
) -> bool:
    """Note a *chapter* (key, title) with its *figures* (words, quota); False: heard before."""
    changed = await tx.execute(
        """
        INSERT INTO chapter_heard (guild_id, story_id, chapter_key, title, words, quota, heard_at)
        VALUES (:guild_id, :story_id, :chapter_key, :title, :words, :quota, :at)
        ON CONFLICT (guild_id, story_id, chapter_key) DO NOTHING
        """,
        {
            "guild_id": guild_id,
            "story_id": story_id,
            "chapter_key": chapter[0],
            "title": chapter[1],
            "words": figures[0],
            "quota": figures[1],
            "at": at,
        },
    )
    return changed == 1


async def deliver(tx: Transaction, guild_id: int, story_id: int, words: int, at: Instant) -> None:
    """Hold a chapter against every promise about its story that was made before it."""
    await tx.execute(
        """
        UPDATE resolution
           SET delivered_words = :words,
               law = CASE WHEN law = 'adopted' AND :words >= promised_words THEN 'fulfilled'
                          ELSE law END
         WHERE guild_id = :guild_id AND story_id = :story_id AND promised_words IS NOT NULL
           AND delivered_words IS NULL AND law <> 'repealed' AND adopted_at <= :at
        """,
        {"guild_id": guild_id, "story_id": story_id, "words": words, "at": at},
    )


async def catch_up(tx: Transaction, motion_id: int) -> None:
    """Hold against a promise the chapter that came while its vote was still being closed."""
    row = await tx.fetch_one(
        """
        SELECT chapter_heard.words, heard_at, resolution.guild_id, resolution.story_id
          FROM resolution
          JOIN chapter_heard ON chapter_heard.guild_id = resolution.guild_id
           AND chapter_heard.story_id = resolution.story_id AND heard_at > adopted_at
         WHERE motion_id = :motion_id AND promised_words IS NOT NULL
           AND chapter_heard.words IS NOT NULL
         ORDER BY heard_at LIMIT 1
        """,
        {"motion_id": motion_id},
    )
    if row is not None:
        at = Instant(row["heard_at"])
        await deliver(tx, row["guild_id"], row["story_id"], row["words"], at)


async def plan_lines(source: Source, guild_id: int, story_id: int | None) -> tuple[PlanLine, ...]:
    """Return promises and quotas with what came of them, oldest first."""
    rows = await source.fetch_all(
        """
        SELECT resolution.number, motion.text AS title, resolution.promised_words AS promised,
               delivered_words AS delivered, adopted_at AS at
          FROM resolution JOIN motion ON motion.id = resolution.motion_id
         WHERE resolution.guild_id = :guild_id AND resolution.promised_words IS NOT NULL
           AND law <> 'repealed' AND (:story_id = 0 OR resolution.story_id = :story_id)
         UNION ALL
        SELECT NULL AS number, title, quota AS promised, words AS delivered, heard_at AS at
          FROM chapter_heard
         WHERE guild_id = :guild_id AND quota IS NOT NULL AND words IS NOT NULL
           AND (:story_id = 0 OR story_id = :story_id)
         ORDER BY at, number NULLS FIRST, title
        """,
        {"guild_id": guild_id, "story_id": story_id or 0},
    )
    return tuple(
        PlanLine(row["number"], row["title"], row["promised"], row["delivered"]) for row in rows
    )


def _resolution(row: Row) -> Resolution:
    return Resolution(
        row["number"],
        row["text"],
        Law(row["law"]),
        Instant(row["adopted_at"]),
        row["by_number"],
        row["note"],
        row["motion_id"],
    )


def _outcome(kept: dict[str, Any]) -> Outcome:
    counted = kept["tally"]
    return Outcome(
        verdict=Verdict(kept["verdict"]),
        reason=Reason(kept["reason"]),
        winners=tuple(kept["winners"]),
        tally=None if counted is None else Tally(**{**counted, "counts": tuple(counted["counts"])}),
        rounds=tuple(
            Round(tuple(one["counts"]), one["exhausted"], one["eliminated"], tuple(one["tied"]))
            for one in kept["rounds"]
        ),
        quorum_needed=kept["quorum_needed"],
        roll=kept["roll"],
        withheld=kept["withheld"],
        fingerprint=kept["fingerprint"],
    )
