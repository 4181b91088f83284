"""Motions and outcomes for tests of what is shown, the longest and worst ones among them."""

from dataclasses import replace
from typing import Any

from bot.clock import Instant
from bot.soviet.models import (
    AYE_NAY_OPTIONS,
    HOUR_MS,
    LONGEST_OPTION,
    LONGEST_TEXT,
    Ballot,
    Electorate,
    Kind,
    Motion,
    OrderChange,
    Quorum,
    Rules,
    Status,
    Verdict,
    Visibility,
)
from bot.soviet.results import Outcome, Reason, Round, Tally
from bot.soviet.thresholds import MAJORITY

NOW = Instant(1_790_000_000_000)
LARGEST_ID = 2**63 - 1
NASTY = "@everyone <@&1> <@2> [x](https://e.example) ||s|| `c` *b* _u_ ~~t~~ \u202e # h\n> q "


def rules(kind: Kind = Kind.AYE_NAY, **changes: Any) -> Rules:
    options = AYE_NAY_OPTIONS if kind.is_aye_nay else ("Novara", "Zvezda", "Grozny")
    made = Rules(
        kind=kind,
        options=options,
        picks=1,
        seats=1,
        threshold=MAJORITY,
        quorum=Quorum(0),
        electorate=Electorate(),
        ballot=Ballot.OPEN,
        visibility=Visibility.LIVE,
    )
    made = replace(made, **changes)
    if kind in {Kind.MULTIPLE, Kind.RANKED, Kind.AMENDMENT} and "picks" not in changes:
        made = replace(made, picks=len(made.options))
    return made


def motion(status: Status = Status.OPEN, kind: Kind = Kind.AYE_NAY, **changes: Any) -> Motion:
    given = changes.pop("rules", None) or rules(kind)
    opened = status in {Status.OPEN, Status.CLOSED}
    made = Motion(
        id=7,
        guild_id=3,
        number=12,
        text="That the author be sent to the gulag.",
        rules=given,
        status=status,
        mover_id=41,
        seconders_needed=1,
        orders_version=0,
        term_ms=72 * HOUR_MS,
        tabled_at=NOW,
        tabled_until=Instant(NOW + 48 * HOUR_MS),
        opened_at=NOW if opened else None,
        closes_at=Instant(NOW + 72 * HOUR_MS) if opened else None,
        closed_at=Instant(NOW + 72 * HOUR_MS) if status is Status.CLOSED else None,
        rules_hash="ab" * 32 if opened else None,
        channel_id=5,
        message_id=6,
    )
    return replace(made, **changes)


def worst_motion(status: Status, kind: Kind, text: str, option: str, options: int) -> Motion:
    """Return a motion whose every text is as long as the chamber lets it be."""
    paper = AYE_NAY_OPTIONS
    if not kind.is_aye_nay:
        paper = tuple(
            f"{number:02}{option * LONGEST_OPTION}"[:LONGEST_OPTION] for number in range(options)
        )
    return motion(
        status,
        rules=rules(
            kind,
            options=paper,
            electorate=Electorate(role_id=LARGEST_ID, minimum_age_ms=364 * 24 * HOUR_MS),
            quorum=Quorum(9_999, 10_000),
        ),
        text=(text * LONGEST_TEXT)[:LONGEST_TEXT],
        id=LARGEST_ID,
        guild_id=LARGEST_ID,
        number=999_999_999,
        channel_id=LARGEST_ID,
        message_id=LARGEST_ID,
        mover_id=LARGEST_ID,
        repeals=999_999_998,
        order_change=OrderChange("threshold", NASTY * 3),
        promised_words=10_000_000,
        seconders_needed=10,
        objectors_needed=25,
        orders_version=999_999,
    )


def outcome_of(made: Motion, votes: int = 123_456) -> Outcome:
    options = len(made.rules.options)
    tally = Tally((votes,) * options, votes, votes * (options + 1), delegated=votes)
    rounds = ()
    if made.rules.kind.is_ranked:
        rounds = tuple(
            Round(
                tuple(votes if place >= out else None for place in range(options)),
                votes,
                out if out < options - 2 else None,
                (out, out + 1),
            )
            for out in range(options - 1)
        )
    return Outcome(
        Verdict.ADOPTED,
        Reason.CARRIED,
        winners=() if made.rules.kind.is_aye_nay else tuple(range(options)),
        tally=tally,
        rounds=rounds,
        quorum_needed=votes,
        roll=votes * 100,
        fingerprint="f" * 64,
    )
