"""The words of the minutes that do not depend on who took part. Pure."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from bot.language.speech import mark, say, say_in, say_many, say_number
from bot.soviet.eligibility import span_in_words
from bot.soviet.models import Ballot, Electorate, Kind, Motion, Verdict
from bot.soviet.results import Outcome, Reason
from bot.soviet.thresholds import say_quorum, say_threshold

_LABEL: Final = 11
"""The width of the labels' column, a colon included."""

REASONS: Final = MappingProxyType(
    {
        Reason.CARRIED: mark("carried"),
        Reason.NOT_CARRIED: mark("not carried"),
        Reason.TIE: mark("the votes were equal, and a tie is lost"),
        Reason.NO_QUORUM: mark("no quorum"),
        Reason.NO_VOTES: mark("nobody voted for or against anything"),
        Reason.UNSECONDED: mark("nobody seconded it in time"),
        Reason.UNOPPOSED: mark("too few objected in time"),
    }
)
VERDICTS: Final = MappingProxyType(
    {
        Verdict.ADOPTED: mark("ADOPTED"),
        Verdict.REJECTED: mark("REJECTED"),
        Verdict.LAPSED: mark("LAPSED"),
    }
)
_DIRECTIONS: Final = MappingProxyType(
    {
        Reason.NO_QUORUM: mark("(The benches stay empty. The stenographer goes home.)"),
        Reason.UNSECONDED: mark("(Silence in the hall.)"),
        Reason.UNOPPOSED: mark("(Silence in the hall.)"),
        Reason.TIE: mark("(Noise in the hall.)"),
    }
)
_KINDS: Final[Mapping[Kind, Callable[[], str]]] = MappingProxyType(
    {
        Kind.AYE_NAY: lambda: say_in("kind", "aye/nay"),
        Kind.SINGLE: lambda: say_in("kind", "single"),
        Kind.MULTIPLE: lambda: say_in("kind", "multiple"),
        Kind.RANKED: lambda: say_in("kind", "ranked"),
        Kind.DECREE: lambda: say_in("kind", "decree"),
        Kind.AMENDMENT: lambda: say_in("kind", "amendment"),
    }
)


def row(label: str, value: str) -> str:
    """Return a line of two columns."""
    return f"{label}:".ljust(_LABEL) + f" {value}"


def applause(outcome: Outcome) -> str:
    """Return the stage direction for a verdict; what secrecy withholds it does not tell either."""
    if (said := _DIRECTIONS.get(outcome.reason)) is not None:
        return say(said)
    if outcome.tally is None:
        return say("(The urn is sealed. Nobody looks at anybody.)")
    if outcome.verdict is Verdict.REJECTED:
        return say("(Murmurs; laughter on the back benches.)")
    if 5 * max(outcome.tally.counts) >= 4 * outcome.tally.voting:
        return say("(Stormy applause, passing into an ovation. All rise.)")
    return say("(Applause.)")


def rule_lines(motion: Motion) -> Iterator[str]:
    """Yield everything that decides a motion."""
    rules = motion.rules
    yield say("RULES")
    kind = _KINDS[rules.kind]()
    secret = rules.ballot is Ballot.SECRET
    ballot = say("{kind}, secret ballot", kind=kind) if secret else ""
    yield row(say_in("minutes", "Kind"), ballot or say("{kind}, open ballot", kind=kind))
    if not rules.kind.is_aye_nay:
        yield from (f"  {place}. {option}" for place, option in enumerate(rules.options, start=1))
    if rules.kind is Kind.MULTIPLE:
        yield row(say_in("minutes", "Choices"), _choices(rules.picks, rules.seats))
    if rules.kind.is_ranked:
        runoff = say("instant runoff, more than half of the ballots that are left")
        yield row(say_in("minutes", "Carried by"), runoff)
        last = say(
            "of those that share it, who had fewer votes in the latest round that\n"
            "differs goes out, else who stands later on the paper"
        )
        first, *others = last.split("\n")
        yield row(say_in("minutes", "Last place"), first)
        yield from (f"{'':{_LABEL}} {line}" for line in others)
    else:
        threshold = say("{threshold}; a tie is lost", threshold=say_threshold(rules.threshold))
        yield row(say_in("minutes", "Carried by"), threshold)
    yield row(say_in("minutes", "Quorum"), say_quorum(rules.quorum))
    yield row(say_in("minutes", "Electorate"), _electorate(rules.electorate))
    if motion.roll is not None:
        counted = say("{number} when it opened", number=say_number(motion.roll))
        yield row(say_in("minutes", "Roll"), counted)
    version = say_in("minutes", "version {number}", number=motion.orders_version)
    yield row(say_in("minutes", "Orders"), version)
    if motion.rules_hash is not None:
        yield row("SHA-256", motion.rules_hash)


def _choices(picks: int, seats: int) -> str:
    if not seats:
        return say("up to {picks} on a ballot; all that pass can win", picks=picks)
    return say_many(
        "up to {picks} on a ballot; {number} can win",
        "up to {picks} on a ballot; {number} can win",
        seats,
        picks=picks,
    )


def _electorate(electorate: Electorate) -> str:
    who = [
        say_in("electorate", "everyone")
        if electorate.role_id is None
        else say_in("electorate", "role {role}", role=electorate.role_id)
    ]
    if electorate.minimum_age_ms:
        who.append(say("members for {span}", span=span_in_words(electorate.minimum_age_ms)))
    if not electorate.latecomers:
        who.append(say("here when it opened"))
    return ", ".join(who)
