"""The motion's message: what is moved, by which rules, until when, and where it stands."""

from typing import Final

import discord

from bot.language.speech import mark, say, say_many, say_number
from bot.soviet.models import Kind, Motion, Status, Visibility
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
    embed.set_author(name=say("Motion № {number} · {state}", number=motion.number, state=state))
    if not motion.rules.kind.is_aye_nay:
        field(embed, say("Order paper"), _paper(standing))
    field(embed, *_stage(standing))
    if motion.status is Status.OPEN and motion.ends_at is not None:
        field(embed, say("Closes"), [_closes(motion)])
    embed.set_footer(text=rule_line(motion))
    return embed


def _about(standing: Standing) -> list[str]:
    motion = standing.motion
    mover = person(motion.mover_id)
    moved = say("Moved by {mover}.", mover=mover)
    if standing.seconders:
        seconders = people(standing.seconders)
        moved = say("Moved by {mover}, seconded by {seconders}.", mover=mover, seconders=seconders)
    said = (moved, electorate_line(motion.rules), effect(motion))
    return [line for line in said if line]


def _paper(standing: Standing) -> list[str]:
    outcome = standing.outcome
    tally = standing.tally or (outcome.tally if outcome else None)
    return option_lines(standing.motion.rules, tally, outcome.winners if outcome else ())


def _closes(motion: Motion) -> str:
    if motion.until_chapter and motion.called_at is None and motion.closes_at is not None:
        latest = deadline(motion.closes_at)
        return say("with the next chapter, at the latest {deadline}", deadline=latest)
    return deadline(motion.ends_at) if motion.ends_at is not None else ""


def _stage(standing: Standing) -> tuple[str, list[str]]:
    """Return name and lines of the field that says how far the motion has come."""
    motion = standing.motion
    if motion.status is Status.TABLED:
        return _tabled(standing)
    if motion.status is Status.OPEN:
        return say("Count"), _count(standing)
    if motion.status is Status.CLOSED:
        return say("Result"), _result(standing)
    return say("Withdrawn"), [say("Its mover took it back before the vote.")]


def _tabled(standing: Standing) -> tuple[str, list[str]]:
    motion = standing.motion
    until = motion.tabled_until
    if motion.rules.kind is Kind.DECREE:
        count, needed = standing.objectors, motion.objectors_needed
        stands = say_many(
            "Stands adopted on {deadline}, unless {number} object; "
            "then it is voted on, for {term}.",
            "Stands adopted on {deadline}, unless {number} object; "
            "then it is voted on, for {term}.",
            needed,
            deadline=deadline(until),
            term=_term(motion),
        )
        return say("Objections {count} of {needed}", count=count, needed=needed), [stands]
    count, needed = len(standing.seconders), motion.seconders_needed
    lines = [
        say(
            "Lapses {until} unseconded. Once seconded, open for {term}.",
            until=stamp(until, "R"),
            term=_term(motion),
        )
    ]
    if standing.amendments:
        lines.append(
            say_many(
                "{number} amendment proposed to its wording.",
                "{number} amendments proposed to its wording.",
                standing.amendments,
            )
        )
    return say("Seconders {count} of {needed}", count=count, needed=needed), lines


def _term(motion: Motion) -> str:
    if motion.until_chapter:
        return say("the time to the next chapter")
    if motion.closes_on is not None:
        return say("the time to {moment}", moment=stamp(motion.closes_on))
    return span(motion.term_ms)


def _count(standing: Standing) -> list[str]:
    motion, tally = standing.motion, standing.tally
    if tally is None:
        words = _SEALED if motion.is_secret else _HIDDEN[motion.rules.visibility]
        return [say(words, turnout=say_number(standing.turnout))]
    return count_lines(motion, tally)


_SEALED: Final = mark("Turnout **{turnout}**, told in fives. The count is sealed until the close.")
_HIDDEN: Final = {
    Visibility.LIVE: mark("Turnout **{turnout}**."),
    Visibility.AFTER_VOTING: mark(
        "Turnout **{turnout}**. Vote, and **My vote** shows you the count."
    ),
    Visibility.ON_CLOSE: mark("Turnout **{turnout}**. The count is told at the close."),
}


def count_lines(motion: Motion, tally: Tally) -> list[str]:
    """Return a count in one or two lines, every number of it in words."""
    if not motion.rules.kind.is_aye_nay:
        many = say_many(
            "**{number}** ballot, {abstaining} abstaining",
            "**{number}** ballots, {abstaining} abstaining",
            tally.ballots,
            abstaining=say_number(tally.abstentions),
        )
        ranked = [say("first preferences above")] if motion.rules.kind.is_ranked else []
        return [" · ".join([many, *ranked])]
    voting = tally.voting
    lines = [aye_nay_line(tally)]
    if voting:
        share = percent(tally.ayes, voting)
        drawn = bar(tally.ayes, voting)
        lines.append(say("{bar} {percent} % of votes cast", bar=drawn, percent=share))
    return lines


def _result(standing: Standing) -> list[str]:
    motion, outcome = standing.motion, standing.outcome
    return [] if outcome is None else result_lines(motion, outcome)
