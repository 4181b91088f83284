"""The minutes of a closed motion. Pure: the same record gives the same text, byte for byte."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.clock import Instant, moment
from bot.language.speech import say, say_in, say_many, say_number
from bot.soviet.ballot_repository import Vote
from bot.soviet.minutes_words import REASONS, VERDICTS, applause, row, rule_lines
from bot.soviet.models import Motion, Rules
from bot.soviet.paper import in_words, option_name
from bot.soviet.results import Outcome, Round, Tally

_NO_MARKS = str.maketrans("<>", "‹›")


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
        rule_lines(record.motion),
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
        return say("the Soviet itself")
    if user_id <= 0:
        return say("a former reader")
    # Marks of an id are an id's alone, or a name could put words into another's mouth.
    name = names.get(user_id, "").translate(_NO_MARKS)
    return f"{name} <@{user_id}>".lstrip()


def _head(record: Record) -> Iterator[str]:
    motion, names = record.motion, record.names
    yield say("SUPREME SOVIET · MINUTES OF MOTION № {number}", number=motion.number)
    yield ""
    # Marked, or a text could write itself a verdict.
    yield from (f"| {line}".rstrip() for line in motion.text.split("\n"))
    yield ""
    moved = f"{reader(motion.mover_id, names)}, {_time(motion.tabled_at)}"
    yield row(say_in("minutes", "Moved by"), moved)
    if record.seconders:
        yield row(say_in("minutes", "Seconded"), _readers(record.seconders, names))
    if record.objectors:
        yield row(say_in("minutes", "Objections"), _readers(record.objectors, names))
    if motion.opened_at is not None:
        ended = _time(motion.ends_at)
        if motion.called_at is not None:
            ended = say("{time} (the next chapter appeared)", time=ended)
        yield row(say_in("minutes", "Opened"), _time(motion.opened_at))
        yield row(say_in("minutes", "Ended"), ended)
    yield row(say_in("minutes", "Declared"), _time(motion.closed_at))


def _verdict(record: Record) -> Iterator[str]:
    motion, outcome = record.motion, record.outcome
    yield say(
        "VERDICT: {verdict} ({reason})",
        verdict=say(VERDICTS[outcome.verdict]),
        reason=say(REASONS[outcome.reason]),
    )
    if outcome.withheld:
        yield say("The numbers are withheld: they would tell single votes of a secret ballot.")
    if outcome.tally is not None:
        yield from (f"  {line}" for line in _tally(motion.rules, outcome.tally))
    if outcome.quorum_needed:
        many = say_many(
            "Quorum: {number} ballots", "Quorum: {number} ballots", outcome.quorum_needed
        )
        yield f"  {many}"
    if outcome.roll is not None and outcome.roll != motion.roll:
        roll = say_number(outcome.roll)
        yield "  " + say("Roll without those who recused themselves: {roll}", roll=roll)
    if outcome.winners:
        won = "; ".join(motion.rules.options[place] for place in outcome.winners)
        yield say("Won: {options}", options=won)
    if record.recused:
        yield say("Recused: {people}", people=_readers(record.recused, record.names))
    yield applause(outcome)


def _tally(rules: Rules, tally: Tally) -> Iterator[str]:
    for place, votes in enumerate(tally.counts):
        yield f"{option_name(rules, place)}: {say_number(votes)}"
    yield say("Abstentions: {number}", number=say_number(tally.abstentions))
    ballots, delegated = say_number(tally.ballots), say_number(tally.delegated)
    if tally.delegated:
        yield say(
            "Ballots: {number}, {delegated} through delegates", number=ballots, delegated=delegated
        )
    else:
        yield say("Ballots: {number}", number=ballots)


def _rounds(record: Record) -> Iterator[str]:
    options = record.motion.rules.options
    if not record.outcome.rounds:
        return
    yield say("ROUNDS")
    for number, one in enumerate(record.outcome.rounds, start=1):
        yield say("Round {number}: {counts}", number=number, counts=_round(one, options))
        if one.eliminated is not None:
            yield "  " + _out(one, one.eliminated, options)


def _out(one: Round, eliminated: int, options: tuple[str, ...]) -> str:
    if not one.tied:
        return say("Out: {option}", option=options[eliminated])
    others = ", ".join(options[place] for place in one.tied if place != eliminated)
    return say(
        "Out: {option} (tied with {others}, by the tie rule)",
        option=options[eliminated],
        others=others,
    )


def _round(one: Round, options: tuple[str, ...]) -> str:
    counts = ", ".join(
        f"{options[place]} {say_number(count)}"
        for place, count in enumerate(one.counts)
        if count is not None
    )
    if not one.exhausted:
        return counts
    return say("{counts}; exhausted {number}", counts=counts, number=say_number(one.exhausted))


def _roll_call(record: Record) -> Iterator[str]:
    if not record.votes:
        return
    yield say("ROLL CALL")
    for vote in record.votes:
        said = in_words(record.motion.rules, vote.choice or ())
        line = f"{reader(vote.voter_id, record.names)}: {said}"
        if vote.delegate_id is not None:
            delegate = reader(vote.delegate_id, record.names)
            line = say("{vote} (through {delegate})", vote=line, delegate=delegate)
        yield line
        if (words := record.explanations.get(vote.voter_id)) is not None:
            yield "  " + say("“{words}”", words=" / ".join(words.split("\n")))


def _codes(record: Record) -> Iterator[str]:
    if record.codes and not record.outcome.withheld:
        yield say("BALLOTS COUNTED (the code on your receipt is among them)")
        for start in range(0, len(record.codes), 8):
            yield " ".join(record.codes[start : start + 8])
        yield say("Ballots, SHA-256: {hash}", hash=record.outcome.fingerprint)


def _readers(user_ids: tuple[int, ...], names: Mapping[int, str]) -> str:
    return ", ".join(reader(each, names) for each in user_ids)


def _time(at: Instant | None) -> str:
    shown: datetime = moment(Instant(0) if at is None else at)
    return shown.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
