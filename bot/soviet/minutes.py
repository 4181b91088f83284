"""The minutes of a closed motion. Pure: the same record gives the same text, byte for byte."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.clock import Instant, moment
from bot.soviet.ballot_repository import Vote
from bot.soviet.eligibility import span_in_words
from bot.soviet.models import Kind, Motion, Verdict
from bot.soviet.paper import in_words
from bot.soviet.results import Outcome, Reason, Round
from bot.soviet.thresholds import write_quorum, write_threshold

_REASONS = {
    Reason.CARRIED: "carried",
    Reason.NOT_CARRIED: "not carried",
    Reason.TIE: "the votes were equal, and a tie is lost",
    Reason.NO_QUORUM: "no quorum",
    Reason.NO_VOTES: "nobody voted for or against anything",
    Reason.UNSECONDED: "nobody seconded it in time",
    Reason.UNOPPOSED: "too few objected in time",
}

_NO_MARKS = str.maketrans("<>", "‹›")

_DIRECTIONS = {
    Reason.NO_QUORUM: "(The benches stay empty. The stenographer goes home.)",
    Reason.UNSECONDED: "(Silence in the hall.)",
    Reason.UNOPPOSED: "(Silence in the hall.)",
    Reason.TIE: "(Noise in the hall.)",
}


@dataclass(frozen=True, slots=True)
class Record:
    """Everything the minutes are made of; *votes* is empty for a secret ballot."""

    motion: Motion
    outcome: Outcome
    seconders: tuple[int, ...]
    objectors: tuple[int, ...]
    recused: tuple[int, ...]
    votes: tuple[Vote, ...]
    explanations: Mapping[int, str]
    codes: tuple[str, ...]
    names: Mapping[int, str] = field(default_factory=dict)
    """What people were called when they took part, as far as that is known."""


def minutes(record: Record) -> str:
    """Return the minutes as text, lines ending in a newline."""
    sections = (
        _head(record),
        _rules(record.motion),
        _verdict(record),
        _rounds(record),
        _roll_call(record),
        _codes(record),
    )
    blocks = ("\n".join(lines) for section in sections if (lines := list(section)))
    return "\n\n".join(blocks) + "\n"


def reader(user_id: int | None, names: Mapping[int, str]) -> str:
    """Return how minutes name somebody: by what they were called, and always by their id."""
    if user_id is None:
        return "the Soviet itself"
    if user_id <= 0:
        return "a former reader"
    # Marks of an id are an id's alone, or a name could put words into another's mouth.
    name = names.get(user_id, "").translate(_NO_MARKS)
    return f"{name} <@{user_id}>".lstrip()


def applause(outcome: Outcome) -> str:
    """Return the stage direction for a verdict; what secrecy withholds it does not tell either."""
    if (said := _DIRECTIONS.get(outcome.reason)) is not None:
        return said
    if outcome.tally is None:
        return "(The urn is sealed. Nobody looks at anybody.)"
    if outcome.verdict is Verdict.REJECTED:
        return "(Murmurs; laughter on the back benches.)"
    if 5 * max(outcome.tally.counts) >= 4 * outcome.tally.voting:
        return "(Stormy applause, passing into an ovation. All rise.)"
    return "(Applause.)"


def _head(record: Record) -> Iterator[str]:
    motion = record.motion
    yield f"SUPREME SOVIET · MINUTES OF MOTION № {motion.number}"
    yield ""
    # Marked, or a text could write itself a verdict.
    yield from (f"| {line}".rstrip() for line in motion.text.split("\n"))
    yield ""
    yield f"Moved by:   {reader(motion.mover_id, record.names)}, {_time(motion.tabled_at)}"
    if record.seconders:
        yield f"Seconded:   {_readers(record.seconders, record.names)}"
    if record.objectors:
        yield f"Objections: {_readers(record.objectors, record.names)}"
    if motion.opened_at is not None:
        yield f"Opened:     {_time(motion.opened_at)}"
        yield f"Ended:      {_time(motion.ends_at)}" + (
            " (the next chapter appeared)" if motion.called_at is not None else ""
        )
    yield f"Declared:   {_time(motion.closed_at)}"


def _rules(motion: Motion) -> Iterator[str]:
    rules = motion.rules
    yield "RULES"
    yield f"Kind:       {rules.kind.replace('_', '/')}, {rules.ballot} ballot"
    if not rules.kind.is_aye_nay:
        yield from (f"  {place}. {option}" for place, option in enumerate(rules.options, start=1))
    if rules.kind is Kind.MULTIPLE:
        seats = "all that pass" if not rules.seats else str(rules.seats)
        yield f"Choices:    up to {rules.picks} on a ballot; {seats} can win"
    if rules.kind.is_ranked:
        yield "Carried by: instant runoff, more than half of the ballots that are left"
        yield "Last place: of those that share it, who had fewer votes in the latest round that"
        yield "            differs goes out, else who stands later on the paper"
    else:
        yield f"Carried by: {write_threshold(rules.threshold)}; a tie is lost"
    yield f"Quorum:     {write_quorum(rules.quorum)}"
    who = "everyone" if rules.electorate.role_id is None else f"role {rules.electorate.role_id}"
    if rules.electorate.minimum_age_ms:
        who += f", members for {span_in_words(rules.electorate.minimum_age_ms)}"
    if not rules.electorate.latecomers:
        who += ", here when it opened"
    yield f"Electorate: {who}"
    if motion.roll is not None:
        yield f"Roll:       {motion.roll:,} when it opened"
    yield f"Orders:     version {motion.orders_version}"
    if motion.rules_hash is not None:
        yield f"SHA-256:    {motion.rules_hash}"


def _verdict(record: Record) -> Iterator[str]:
    motion, outcome = record.motion, record.outcome
    yield f"VERDICT: {outcome.verdict.upper()} ({_REASONS[outcome.reason]})"
    if outcome.withheld:
        yield "The numbers are withheld: they would tell single votes of a secret ballot."
    if outcome.tally is not None:
        names = motion.rules.options
        for name, votes in zip(names, outcome.tally.counts, strict=True):
            yield f"  {name}: {votes:,}"
        yield f"  Abstentions: {outcome.tally.abstentions:,}"
        by_delegate = f", {outcome.tally.delegated:,} through delegates"
        total = f"  Ballots: {outcome.tally.ballots:,}"
        yield total + (by_delegate if outcome.tally.delegated else "")
    if outcome.quorum_needed:
        yield f"  Quorum: {outcome.quorum_needed:,} ballots"
    if outcome.roll is not None and outcome.roll != motion.roll:
        yield f"  Roll without those who recused themselves: {outcome.roll:,}"
    if outcome.winners:
        yield "Won: " + "; ".join(motion.rules.options[place] for place in outcome.winners)
    if record.recused:
        yield f"Recused: {_readers(record.recused, record.names)}"
    yield applause(outcome)


def _rounds(record: Record) -> Iterator[str]:
    options = record.motion.rules.options
    if not record.outcome.rounds:
        return
    yield "ROUNDS"
    for number, one in enumerate(record.outcome.rounds, start=1):
        yield f"Round {number}: {_round(one, options)}"
        if one.eliminated is not None:
            out = f"  Out: {options[one.eliminated]}"
            if one.tied:
                out += " (tied with " + ", ".join(
                    options[place] for place in one.tied if place != one.eliminated
                )
                out += ", by the tie rule)"
            yield out


def _round(one: Round, options: tuple[str, ...]) -> str:
    counts = (
        f"{options[place]} {count:,}" for place, count in enumerate(one.counts) if count is not None
    )
    exhausted = f"; exhausted {one.exhausted:,}" if one.exhausted else ""
    return ", ".join(counts) + exhausted


def _roll_call(record: Record) -> Iterator[str]:
    if not record.votes:
        return
    yield "ROLL CALL"
    for vote in record.votes:
        said = in_words(record.motion.rules, vote.choice or ())
        line = f"{reader(vote.voter_id, record.names)}: {said}"
        if vote.delegate_id is not None:
            line += f" (through {reader(vote.delegate_id, record.names)})"
        yield line
        if (words := record.explanations.get(vote.voter_id)) is not None:
            yield "  “" + " / ".join(words.split("\n")) + "”"


def _codes(record: Record) -> Iterator[str]:
    if record.codes and not record.outcome.withheld:
        yield "BALLOTS COUNTED (the code on your receipt is among them)"
        for start in range(0, len(record.codes), 8):
            yield " ".join(record.codes[start : start + 8])
        yield f"Ballots, SHA-256: {record.outcome.fingerprint}"


def _readers(user_ids: tuple[int, ...], names: Mapping[int, str]) -> str:
    return ", ".join(reader(each, names) for each in user_ids)


def _time(at: Instant | None) -> str:
    shown: datetime = moment(Instant(0) if at is None else at)
    return shown.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
