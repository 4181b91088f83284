"""The motion's message: what is moved, by which rules, until when, and where it stands."""

from typing import Final

import discord

from bot.soviet.models import Kind, Motion, Status
from bot.soviet.results import Standing, Tally
from bot.ui.soviet.verdict import result_lines
from bot.ui.soviet.words import (
    aye_nay_line,
    bar,
    deadline,
    effect,
    electorate_line,
    option_lines,
    people,
    percent,
    person,
    rule_line,
    span,
    stamp,
    state_of,
    title_and_rest,
)
from bot.ui.theme import clip, field

_TEXT_ROOM: Final = 3_000


def motion_embed(standing: Standing) -> discord.Embed:
    """Return the motion as everybody may see it now."""
    motion = standing.motion
    state, colour = state_of(motion)
    title, rest = title_and_rest(motion.text)
    lines = [*([clip(rest, _TEXT_ROOM), ""] if rest else []), *_about(standing)]
    embed = discord.Embed(title=title, description="\n".join(lines), colour=colour)
    embed.set_author(name=f"Motion № {motion.number} · {state}")
    if not motion.rules.kind.is_aye_nay:
        field(embed, "Order paper", _paper(standing))
    field(embed, *_stage(standing))
    if motion.status is Status.OPEN and motion.ends_at is not None:
        field(embed, "Closes", [_closes(motion)])
    embed.set_footer(text=rule_line(motion))
    return embed


def _about(standing: Standing) -> list[str]:
    motion = standing.motion
    moved = f"Moved by {person(motion.mover_id)}"
    if standing.seconders:
        moved += f", seconded by {people(standing.seconders)}"
    said = (f"{moved}.", electorate_line(motion.rules), effect(motion))
    return [line for line in said if line]


def _paper(standing: Standing) -> list[str]:
    outcome = standing.outcome
    tally = standing.tally or (outcome.tally if outcome else None)
    return option_lines(standing.motion.rules, tally, outcome.winners if outcome else ())


def _closes(motion: Motion) -> str:
    if motion.until_chapter and motion.called_at is None and motion.closes_at is not None:
        return f"with the next chapter, at the latest {deadline(motion.closes_at)}"
    return deadline(motion.ends_at) if motion.ends_at is not None else ""


def _stage(standing: Standing) -> tuple[str, list[str]]:
    """Return name and lines of the field that says how far the motion has come."""
    motion = standing.motion
    if motion.status is Status.TABLED:
        return _tabled(standing)
    if motion.status is Status.OPEN:
        return "Count", _count(standing)
    if motion.status is Status.CLOSED:
        return "Result", _result(standing)
    return "Withdrawn", ["Its mover took it back before the vote."]


def _tabled(standing: Standing) -> tuple[str, list[str]]:
    motion = standing.motion
    until = motion.tabled_until
    if motion.rules.kind is Kind.DECREE:
        count, needed = standing.objectors, motion.objectors_needed
        return (
            f"Objections {count} of {needed}",
            [
                f"Stands adopted on {deadline(until)}, unless "
                f"{needed} object; then it is voted on, for {_term(motion)}."
            ],
        )
    count, needed = len(standing.seconders), motion.seconders_needed
    lines = [f"Lapses {stamp(until, 'R')} unseconded. Once seconded, open for {_term(motion)}."]
    if standing.amendments:
        many = f"{standing.amendments} amendment{'s' * (standing.amendments > 1)}"
        lines.append(f"{many} proposed to its wording.")
    return f"Seconders {count} of {needed}", lines


def _term(motion: Motion) -> str:
    if motion.until_chapter:
        return "the time to the next chapter"
    if motion.closes_on is not None:
        return f"the time to {stamp(motion.closes_on)}"
    return span(motion.term_ms)


def _count(standing: Standing) -> list[str]:
    motion, tally = standing.motion, standing.tally
    if tally is None:
        told = f"Turnout **{standing.turnout:,}**"
        if motion.is_secret:
            return [f"{told}, told in fives. The count is sealed until the close."]
        return [f"{told}. {_HIDDEN[motion.rules.visibility.value]}"]
    return count_lines(motion, tally)


_HIDDEN: Final = {
    "live": "",
    "after_voting": "Vote, and **My vote** shows you the count.",
    "on_close": "The count is told at the close.",
}


def count_lines(motion: Motion, tally: Tally) -> list[str]:
    """Return a count in one or two lines, every number of it in words."""
    if not motion.rules.kind.is_aye_nay:
        many = f"**{tally.ballots:,}** ballot{'s' * (tally.ballots != 1)}"
        ranked = " · first preferences above" if motion.rules.kind.is_ranked else ""
        return [f"{many}, {tally.abstentions:,} abstaining{ranked}"]
    voting = tally.voting
    lines = [aye_nay_line(tally)]
    if voting:
        lines.append(f"{bar(tally.ayes, voting)} {percent(tally.ayes, voting)} % of votes cast")
    return lines


def _result(standing: Standing) -> list[str]:
    motion, outcome = standing.motion, standing.outcome
    return [] if outcome is None else result_lines(motion, outcome)
