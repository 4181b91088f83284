"""The verdict: what the House resolved, with every number in words."""

from typing import Final

import discord

from bot.soviet.models import Base, Motion, Verdict
from bot.soviet.results import Outcome, Reason, Round, Tally
from bot.ui.soviet.words import (
    VERDICTS,
    aye_nay_line,
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

_CALLS: Final = {Verdict.LAPSED: "Empty benches.", Verdict.REJECTED: "Murmurs."}
_REASONS: Final = {
    Reason.CARRIED: "Carried",
    Reason.NOT_CARRIED: "Not carried",
    Reason.TIE: "A tie is lost",
    Reason.NO_QUORUM: "No quorum",
    Reason.NO_VOTES: "Nobody voted for or against",
    Reason.UNSECONDED: "Nobody seconded it in time",
    Reason.UNOPPOSED: "Too few objected; it stands",
}


def stage_direction(outcome: Outcome) -> str:
    """Return what the stenographer notes after the verdict."""
    if outcome.reason is Reason.TIE:
        return "Noise in the hall."
    return _CALLS.get(outcome.verdict, "") or _applause(outcome.tally)


def _applause(tally: Tally | None) -> str:
    voting, ayes = (tally.voting, tally.counts[0]) if tally is not None else (0, 0)
    if voting and ayes == voting:
        return "Stormy applause, passing into an ovation. All rise."
    if percent(ayes, voting) >= OVATION:
        return "Stormy applause."
    return "Applause."


def reason_words(reason: Reason) -> str:
    """Return why a verdict fell so."""
    return _REASONS[reason]


def result_lines(motion: Motion, outcome: Outcome) -> list[str]:
    """Return why it fell so, the numbers, and how they met the rules; one fact a line."""
    lines = [f"**{outcome.verdict.value.title()}.** {_REASONS[outcome.reason]}."]
    if outcome.winners:
        names = [clip(safe_line(motion.rules.options[place]), 80) for place in outcome.winners]
        lines.append(f"Chosen: **{'**, **'.join(names)}**")
    tally = outcome.tally
    if tally is None:
        if outcome.withheld:
            lines.append("Secret ballot: with so few votes, or all alike, the numbers stay sealed.")
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
        lines.append(f"{tally.delegated:,} of them cast through delegates.")
    return [line for line in lines if line]


def _share(motion: Motion, outcome: Outcome, tally: Tally) -> str:
    of_roll = motion.rules.threshold.base is Base.ROLL
    whole = (outcome.roll or 0) if of_roll else tally.voting
    if not whole:
        return ""
    of = "the roll" if of_roll else "votes cast"
    needed = threshold_words(motion.rules.threshold)
    return f"{percent(tally.ayes, whole)} % of {of}; needed: {needed}"


def _turnout(motion: Motion, outcome: Outcome, tally: Tally) -> str:
    many = f"{tally.ballots:,} ballot{'s' * (tally.ballots != 1)}"
    if not motion.rules.kind.is_aye_nay:
        many += f", {tally.abstentions:,} abstaining"
    of = f" of a roll of {outcome.roll:,}" if outcome.roll is not None else ""
    if not outcome.quorum_needed:
        return f"{many}{of}; {quorum_words(motion.rules.quorum)}"
    met = "met" if tally.ballots >= outcome.quorum_needed else "missed"
    return f"{many}{of}; quorum {outcome.quorum_needed:,}, {met}"


def verdict_embed(motion: Motion, outcome: Outcome) -> discord.Embed:
    """Return the announcement of how a motion ended."""
    state, colour = VERDICTS[outcome.verdict]
    lines = [f"Moved by {person(motion.mover_id)}.", electorate_line(motion.rules)]
    if outcome.verdict is Verdict.ADOPTED:
        lines.append(effect(motion))
    embed = discord.Embed(
        title=f"{state.upper()}: {headline(motion.text)}",
        description="\n".join([*filter(None, lines), "", f"*({stage_direction(outcome)})*"]),
        colour=colour,
    )
    embed.set_author(name=f"Motion № {motion.number} · the verdict")
    field(embed, "Result", result_lines(motion, outcome))
    if not motion.rules.kind.is_aye_nay and outcome.tally is not None:
        field(embed, "Order paper", option_lines(motion.rules, outcome.tally, outcome.winners))
    field(embed, "Rounds", round_lines(motion, outcome.rounds))
    embed.set_footer(text=rule_line(motion))
    return embed


def round_lines(motion: Motion, rounds: tuple[Round, ...]) -> list[str]:
    """Return the counts of a runoff, one round a line; of many the first and the last ones."""
    lines = [_round(motion, number, each) for number, each in enumerate(rounds, 1)]
    if len(lines) > _FEW_ROUNDS:
        half = _FEW_ROUNDS // 2
        between = f"… {len(lines) - _FEW_ROUNDS} rounds more, in the minutes …"
        lines = [*lines[:half], between, *lines[-half:]]
    return lines


def _round(motion: Motion, number: int, counted: Round) -> str:
    standing = sorted(
        ((votes, -place) for place, votes in enumerate(counted.counts) if votes is not None),
        reverse=True,
    )
    names = motion.rules.options
    first = " · ".join(
        f"{clip(safe_line(names[-place]), 20)} {votes:,}" for votes, place in standing[:3]
    )
    more = f" · {len(standing) - 3} more" if len(standing) > 3 else ""
    out = ""
    if counted.eliminated is not None:
        tie = " (by the tie rule)" if counted.tied else ""
        out = f"; out: {clip(safe_line(names[counted.eliminated]), 20)}{tie}"
    spent = f"; {counted.exhausted:,} exhausted" if counted.exhausted else ""
    return f"{number}. {first}{more}{out}{spent}"
