"""The verdict: what the House resolved, with every number in words."""

from typing import Final

import discord

from bot.language.speech import mark, say, say_many, say_number
from bot.soviet.models import Base, Motion, Verdict
from bot.soviet.results import Outcome, Reason, Round, Tally
from bot.ui.soviet.words import (
    aye_nay_line,
    colour_of,
    effect,
    electorate_line,
    headline,
    option_lines,
    percent,
    person,
    quorum_words,
    rule_line,
    threshold_words,
)
from bot.ui.text import safe_line
from bot.ui.theme import clip, field

OVATION: Final = 80
"""Per cent of ayes from which the stenographer hears stormy applause."""
_FEW_ROUNDS: Final = 8

_CALLS: Final = {Verdict.LAPSED: mark("Empty benches."), Verdict.REJECTED: mark("Murmurs.")}
_REASONS: Final = {
    Reason.CARRIED: mark("Carried"),
    Reason.NOT_CARRIED: mark("Not carried"),
    Reason.TIE: mark("A tie is lost"),
    Reason.NO_QUORUM: mark("No quorum"),
    Reason.NO_VOTES: mark("Nobody voted for or against"),
    Reason.UNSECONDED: mark("Nobody seconded it in time"),
    Reason.UNOPPOSED: mark("Too few objected; it stands"),
}
_TITLES: Final = {
    Verdict.ADOPTED: mark("ADOPTED: {headline}"),
    Verdict.REJECTED: mark("REJECTED: {headline}"),
    Verdict.LAPSED: mark("LAPSED: {headline}"),
}
_RESULTS: Final = {
    Verdict.ADOPTED: mark("**Adopted.** {reason}."),
    Verdict.REJECTED: mark("**Rejected.** {reason}."),
    Verdict.LAPSED: mark("**Lapsed.** {reason}."),
}


def stage_direction(outcome: Outcome) -> str:
    """Return what the stenographer notes after the verdict."""
    if outcome.reason is Reason.TIE:
        return say("Noise in the hall.")
    if outcome.verdict in _CALLS:
        return say(_CALLS[outcome.verdict])
    return _applause(outcome.tally)


def _applause(tally: Tally | None) -> str:
    voting, ayes = (tally.voting, tally.counts[0]) if tally is not None else (0, 0)
    if voting and ayes == voting:
        return say("Stormy applause, passing into an ovation. All rise.")
    if percent(ayes, voting) >= OVATION:
        return say("Stormy applause.")
    return say("Applause.")


def reason_words(reason: Reason) -> str:
    """Return why a verdict fell so."""
    return say(_REASONS[reason])


def result_lines(motion: Motion, outcome: Outcome) -> list[str]:
    """Return why it fell so, the numbers, and how they met the rules; one fact a line."""
    lines = [say(_RESULTS[outcome.verdict], reason=reason_words(outcome.reason))]
    if outcome.winners:
        names = [clip(safe_line(motion.rules.options[place]), 80) for place in outcome.winners]
        lines.append(say("Chosen: **{options}**", options="**, **".join(names)))
    tally = outcome.tally
    if tally is None:
        if outcome.withheld:
            lines.append(
                say("Secret ballot: with so few votes, or all alike, the numbers stay sealed.")
            )
        return lines
    if motion.opened_at is not None:
        lines += _numbers(motion, outcome, tally)
    return lines


def _numbers(motion: Motion, outcome: Outcome, tally: Tally) -> list[str]:
    lines = []
    if motion.rules.kind.is_aye_nay:
        lines.append(aye_nay_line(tally))
        lines.append(_share(motion, outcome, tally))
    lines.append(_turnout(motion, outcome, tally))
    if tally.delegated:
        lines.append(
            say_many(
                "{number} of them cast through delegates.",
                "{number} of them cast through delegates.",
                tally.delegated,
            )
        )
    return [line for line in lines if line]


def _share(motion: Motion, outcome: Outcome, tally: Tally) -> str:
    of_roll = motion.rules.threshold.base is Base.ROLL
    whole = (outcome.roll or 0) if of_roll else tally.voting
    if not whole:
        return ""
    words = (
        mark("{percent} % of the roll; needed: {needed}")
        if of_roll
        else mark("{percent} % of votes cast; needed: {needed}")
    )
    needed = threshold_words(motion.rules.threshold)
    return say(words, percent=percent(tally.ayes, whole), needed=needed)


def _turnout(motion: Motion, outcome: Outcome, tally: Tally) -> str:
    many = _ballots(tally, outcome.roll, tells_abstentions=not motion.rules.kind.is_aye_nay)
    if not outcome.quorum_needed:
        return f"{many}; {quorum_words(motion.rules.quorum)}"
    words = (
        mark("{ballots}; quorum {number}, met")
        if tally.ballots >= outcome.quorum_needed
        else mark("{ballots}; quorum {number}, missed")
    )
    return say(words, ballots=many, number=say_number(outcome.quorum_needed))


def _ballots(tally: Tally, roll: int | None, *, tells_abstentions: bool) -> str:
    abstaining = say_number(tally.abstentions)
    if roll is None and not tells_abstentions:
        return say_many("{number} ballot", "{number} ballots", tally.ballots)
    if roll is None:
        return say_many(
            "{number} ballot, {abstaining} abstaining",
            "{number} ballots, {abstaining} abstaining",
            tally.ballots,
            abstaining=abstaining,
        )
    if not tells_abstentions:
        return say_many(
            "{number} ballot of a roll of {roll}",
            "{number} ballots of a roll of {roll}",
            tally.ballots,
            roll=say_number(roll),
        )
    return say_many(
        "{number} ballot, {abstaining} abstaining of a roll of {roll}",
        "{number} ballots, {abstaining} abstaining of a roll of {roll}",
        tally.ballots,
        abstaining=abstaining,
        roll=say_number(roll),
    )


def verdict_embed(motion: Motion, outcome: Outcome) -> discord.Embed:
    """Return the announcement of how a motion ended."""
    moved = say("Moved by {mover}.", mover=person(motion.mover_id))
    lines = [moved, electorate_line(motion.rules)]
    if outcome.verdict is Verdict.ADOPTED:
        lines.append(effect(motion))
    embed = discord.Embed(
        title=say(_TITLES[outcome.verdict], headline=headline(motion.text)),
        description="\n".join([*filter(None, lines), "", f"*({stage_direction(outcome)})*"]),
        colour=colour_of(outcome.verdict),
    )
    embed.set_author(name=say("Motion № {number} · the verdict", number=motion.number))
    field(embed, say("Result"), result_lines(motion, outcome))
    if not motion.rules.kind.is_aye_nay and outcome.tally is not None:
        field(embed, say("Order paper"), option_lines(motion.rules, outcome.tally, outcome.winners))
    field(embed, say("Rounds"), round_lines(motion, outcome.rounds))
    embed.set_footer(text=rule_line(motion))
    return embed


def round_lines(motion: Motion, rounds: tuple[Round, ...]) -> list[str]:
    """Return the counts of a runoff, one round a line; of many the first and the last ones."""
    lines = [_round(motion, number, each) for number, each in enumerate(rounds, 1)]
    if len(lines) > _FEW_ROUNDS:
        half = _FEW_ROUNDS // 2
        between = say_many(
            "… {number} rounds more, in the minutes …",
            "… {number} rounds more, in the minutes …",
            len(lines) - _FEW_ROUNDS,
        )
        lines = [*lines[:half], between, *lines[-half:]]
    return lines


def _round(motion: Motion, number: int, counted: Round) -> str:
    standing = sorted(
        ((votes, -place) for place, votes in enumerate(counted.counts) if votes is not None),
        reverse=True,
    )
    names = motion.rules.options
    first = " · ".join(
        f"{clip(safe_line(names[-place]), 20)} {say_number(votes)}" for votes, place in standing[:3]
    )
    if (others := len(standing) - 3) > 0:
        first += " · " + say_many("{number} more", "{number} more", others)
    told = [first]
    if counted.eliminated is not None:
        words = mark("out: {option} (by the tie rule)") if counted.tied else mark("out: {option}")
        told.append(say(words, option=clip(safe_line(names[counted.eliminated]), 20)))
    if counted.exhausted:
        told.append(say_many("{number} exhausted", "{number} exhausted", counted.exhausted))
    return f"{number}. {'; '.join(told)}"
