"""The table of motions: made and found."""

import json
from collections.abc import Sequence
from typing import Final

from bot.canon.names import fold
from bot.clock import Instant
from bot.soviet.models import (
    Ballot,
    Base,
    Electorate,
    Kind,
    Motion,
    OrderChange,
    Quorum,
    Rules,
    Status,
    Threshold,
    Verdict,
    Visibility,
)
from bot.soviet.seal import canonical
from bot.storage.database import Transaction
from bot.storage.rows import Row
from bot.storage.source import Source

_MOTION: Final = """
    SELECT id, guild_id, number, mover_id, text, kind, options, picks, seats, numerator,
           denominator, strict, base, quorum_numerator, quorum_denominator, role_id,
           minimum_age_ms, latecomers, ballot, visibility, status, verdict, seconders_needed,
           objectors_needed, orders_version, term_ms, closes_on, story_id, until_chapter,
           promised_words, repeals, order_article, order_value, amends_id, tabled_at, tabled_until,
           opened_at, closes_at, called_at, closed_at, roll, rules_hash, channel_id, message_id
      FROM motion
"""


async def add(tx: Transaction, motion: Motion, interaction_id: int | None) -> Motion:
    """Keep a tabled motion under the next № of its guild; its own id and number are ignored."""
    row = await tx.fetch_one(
        """
        INSERT INTO motion (
            guild_id, number, interaction_id, mover_id, text, words, kind, options, picks, seats,
            numerator, denominator, strict, base, quorum_numerator, quorum_denominator, role_id,
            minimum_age_ms, latecomers, ballot, visibility, status, seconders_needed,
            objectors_needed, orders_version, term_ms, closes_on, story_id, until_chapter,
            promised_words, repeals, order_article, order_value, amends_id, tabled_at,
            tabled_until, channel_id)
        VALUES (
            :guild_id, (SELECT coalesce(max(number), 0) + 1 FROM motion WHERE guild_id = :guild_id),
            :interaction_id, :mover_id, :text, :words, :kind, :options, :picks, :seats,
            :numerator, :denominator, :strict, :base, :quorum_numerator, :quorum_denominator,
            :role_id, :minimum_age_ms, :latecomers, :ballot, :visibility, 'tabled',
            :seconders_needed, :objectors_needed, :orders_version, :term_ms, :closes_on, :story_id,
            :until_chapter, :promised_words, :repeals, :order_article, :order_value, :amends_id,
            :tabled_at, :tabled_until, :channel_id)
        RETURNING id
        """,
        {**_columns(motion), "interaction_id": interaction_id},
    )
    if row is None or (kept := await by_id(tx, row["id"])) is None:
        raise RuntimeError("a motion that was just kept is gone")
    return kept


async def by_id(source: Source, motion_id: int) -> Motion | None:
    """Return a motion of any guild; for what the Soviet does by itself."""
    row = await source.fetch_one(_MOTION + " WHERE id = :id", {"id": motion_id})
    return None if row is None else _motion(row)


async def in_guild(source: Source, guild_id: int, motion_id: int) -> Motion | None:
    """Return a motion if it is this guild's: ids in buttons are hostile."""
    row = await source.fetch_one(
        _MOTION + " WHERE id = :id AND guild_id = :guild_id",
        {"id": motion_id, "guild_id": guild_id},
    )
    return None if row is None else _motion(row)


async def by_number(source: Source, guild_id: int, number: int) -> Motion | None:
    """Return № *number* of a guild."""
    row = await source.fetch_one(
        _MOTION + " WHERE guild_id = :guild_id AND number = :number",
        {"guild_id": guild_id, "number": number},
    )
    return None if row is None else _motion(row)


async def by_interaction(source: Source, guild_id: int, interaction_id: int) -> Motion | None:
    """Return the motion that an interaction made, if it has been here before."""
    row = await source.fetch_one(
        _MOTION + " WHERE interaction_id = :interaction_id AND guild_id = :guild_id",
        {"interaction_id": interaction_id, "guild_id": guild_id},
    )
    return None if row is None else _motion(row)


async def newest(
    source: Source, guild_id: int, statuses: Sequence[Status], typed: str, limit: int, before: int
) -> tuple[Motion, ...]:
    """Return motions of a guild below № *before*, № falling; *typed*: № (first) or words."""
    wanted = {
        f"status{place}": status.value if status in statuses else ""
        for place, status in enumerate(Status)
    }
    rows = await source.fetch_all(
        _MOTION
        + """
         WHERE guild_id = :guild_id AND number < :before
           AND status IN (:status0, :status1, :status2, :status3)
           AND (CAST(number AS TEXT) LIKE :number OR words LIKE :words ESCAPE '\\')
         ORDER BY CASE WHEN CAST(number AS TEXT) = :typed THEN 0 ELSE 1 END, number DESC
         LIMIT :limit
        """,
        {
            **wanted,
            "guild_id": guild_id,
            "before": before,
            "number": f"{typed}%" if typed.isdecimal() or not typed else "",
            "words": like(fold(typed)),
            "typed": typed,
            "limit": limit,
        },
    )
    return tuple(map(_motion, rows))


async def stirring(source: Source, since: Instant) -> frozenset[int]:
    """Return the guilds with a motion that is running, or was decided at *since* or later."""
    rows = await source.fetch_all(
        """
        SELECT DISTINCT guild_id FROM motion
         WHERE status IN ('tabled', 'open') OR status = 'closed' AND closed_at >= :since
        """,
        {"since": since},
    )
    return frozenset(row["guild_id"] for row in rows)


def like(text: str) -> str:
    r"""Return the LIKE pattern (with `\` as ESCAPE) of whatever holds *text*."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


async def of_mover(source: Source, guild_id: int, mover_id: int) -> tuple[int, Instant | None]:
    """Return how many undecided motions somebody has, and when they last moved one."""
    row = await source.fetch_one(
        """
        SELECT count(CASE WHEN status IN ('tabled', 'open') THEN 1 END) AS pending,
               max(tabled_at) AS last
          FROM motion WHERE guild_id = :guild_id AND mover_id = :mover_id
        """,
        {"guild_id": guild_id, "mover_id": mover_id},
    )
    if row is None:
        return 0, None
    return row["pending"], None if row["last"] is None else Instant(row["last"])


async def channel_of_the_soviet(source: Source, guild_id: int) -> int | None:
    """Return the channel that the admins of a guild chose for the Soviet."""
    row = await source.fetch_one(
        "SELECT value FROM guild_setting WHERE guild_id = :guild_id AND key = 'channel.soviet'",
        {"guild_id": guild_id},
    )
    return int(row["value"]) if row is not None and row["value"].isdecimal() else None


def _columns(motion: Motion) -> dict[str, str | int | None]:
    rules, change = motion.rules, motion.order_change
    return {
        "guild_id": motion.guild_id,
        "mover_id": motion.mover_id,
        "text": motion.text,
        "words": fold(motion.text),
        "kind": rules.kind,
        "options": canonical(rules.options),
        "picks": rules.picks,
        "seats": rules.seats,
        "numerator": rules.threshold.numerator,
        "denominator": rules.threshold.denominator,
        "strict": int(rules.threshold.strict),
        "base": rules.threshold.base,
        "quorum_numerator": rules.quorum.numerator,
        "quorum_denominator": rules.quorum.denominator,
        "role_id": rules.electorate.role_id,
        "minimum_age_ms": rules.electorate.minimum_age_ms,
        "latecomers": int(rules.electorate.latecomers),
        "ballot": rules.ballot,
        "visibility": rules.visibility,
        "seconders_needed": motion.seconders_needed,
        "objectors_needed": motion.objectors_needed,
        "orders_version": motion.orders_version,
        "term_ms": motion.term_ms,
        "closes_on": motion.closes_on,
        "story_id": motion.story_id,
        "until_chapter": int(motion.until_chapter),
        "promised_words": motion.promised_words,
        "repeals": motion.repeals,
        "order_article": None if change is None else change.article,
        "order_value": None if change is None else change.value,
        "amends_id": motion.amends_id,
        "tabled_at": motion.tabled_at,
        "tabled_until": motion.tabled_until,
        "channel_id": motion.channel_id,
    }


def _motion(row: Row) -> Motion:
    article = row["order_article"]
    return Motion(
        id=row["id"],
        guild_id=row["guild_id"],
        number=row["number"],
        text=row["text"],
        rules=_rules(row),
        status=Status(row["status"]),
        verdict=None if row["verdict"] is None else Verdict(row["verdict"]),
        mover_id=row["mover_id"],
        seconders_needed=row["seconders_needed"],
        objectors_needed=row["objectors_needed"],
        orders_version=row["orders_version"],
        term_ms=row["term_ms"],
        closes_on=row["closes_on"],
        story_id=row["story_id"],
        until_chapter=bool(row["until_chapter"]),
        promised_words=row["promised_words"],
        repeals=row["repeals"],
        order_change=None if article is None else OrderChange(article, row["order_value"]),
        amends_id=row["amends_id"],
        tabled_at=Instant(row["tabled_at"]),
        tabled_until=Instant(row["tabled_until"]),
        opened_at=row["opened_at"],
        closes_at=row["closes_at"],
        called_at=row["called_at"],
        closed_at=row["closed_at"],
        roll=row["roll"],
        rules_hash=row["rules_hash"],
        channel_id=row["channel_id"],
        message_id=row["message_id"],
    )


def _rules(row: Row) -> Rules:
    return Rules(
        kind=Kind(row["kind"]),
        options=tuple(json.loads(row["options"])),
        picks=row["picks"],
        seats=row["seats"],
        threshold=Threshold(
            row["numerator"], row["denominator"], bool(row["strict"]), Base(row["base"])
        ),
        quorum=Quorum(row["quorum_numerator"], row["quorum_denominator"]),
        electorate=Electorate(row["role_id"], row["minimum_age_ms"], bool(row["latecomers"])),
        ballot=Ballot(row["ballot"]),
        visibility=Visibility(row["visibility"]),
    )
