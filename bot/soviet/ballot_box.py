"""Votes: cast, changed, taken back, explained, seen."""

import secrets
from dataclasses import replace
from typing import Final

from bot.clock import Clock, instant
from bot.language.speech import say, say_many
from bot.soviet import ballot_repository as ballots
from bot.soviet import ledger_repository as ledger
from bot.soviet import names_repository as names
from bot.soviet import procedure_repository as procedure
from bot.soviet import urn_repository as urn
from bot.soviet.ballot_repository import Cast, Vote
from bot.soviet.clicks import Click
from bot.soviet.counting import count, outcome_of
from bot.soviet.errors import (
    BadDraftError,
    DivisionClosedError,
    NoBallotError,
    NotOpenYetError,
    SecretBallotError,
)
from bot.soviet.finding import find, require_not_struck, require_on_the_roll
from bot.soviet.models import LONGEST_EXPLANATION, Choice, Motion, Status
from bot.soviet.paper import require_valid
from bot.soviet.results import Receipt, Standing
from bot.soviet.seal import opaque_voter
from bot.soviet.secrecy import count_is_told, told, turnout_told
from bot.soviet.wording import clean
from bot.storage.database import Database, Transaction
from bot.storage.source import Source

_CODE_BYTES: Final = 4


class BallotBox:
    """Takes ballots and says what may be seen of them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def cast(self, click: Click, motion_id: int, choice: Choice) -> Receipt:
        """Record a ballot, in the place of an earlier one; on disk when this returns.

        The newest click wins, whatever order Discord delivers them in. Lateness is judged by the
        click's own time, so a slow network never makes a vote late. *choice* is places on the order
        paper (see `Choice`): (0,) Aye, (1,) Nay, () Abstain.

        Raises:
            NoSuchMotionError: none of this guild. NotOpenYetError. DivisionClosedError: closed when
                the reader clicked. NotOnTheRollError: a bot, no role, joined too late, recused.
            BadChoiceError: no ballot this motion knows.
        """
        now = instant(self._clock.now())

        async def operation(tx: Transaction) -> Receipt:
            motion = await _open(tx, click, motion_id)
            require_on_the_roll(motion, click, now)
            await require_not_struck(tx, motion, click.member.user_id)
            if not motion.is_secret:
                await names.note(tx, motion.id, click.member)
            return await _put(tx, motion, click, require_valid(motion.rules, choice))

        return await self._database.write(operation)

    async def withdraw(self, click: Click, motion_id: int) -> Receipt:
        """Take a ballot back; an older click that arrives later does not bring it again.

        Raises:
            NoSuchMotionError, NotOpenYetError, DivisionClosedError.
        """

        async def operation(tx: Transaction) -> Receipt:
            motion = await _open(tx, click, motion_id)
            return await _put(tx, motion, click, None)

        return await self._database.write(operation)

    async def recuse(self, click: Click, motion_id: int) -> Motion:
        """Leave the roll of an open motion for good; a ballot already cast is taken back.

        Raises:
            NoSuchMotionError, NotOpenYetError, DivisionClosedError, NotOnTheRollError.
        """
        now = instant(self._clock.now())

        async def operation(tx: Transaction) -> Motion:
            motion = await _open(tx, click, motion_id)
            require_on_the_roll(motion, click, now)
            recused, _ = await procedure.struck(tx, motion.id, click.member.user_id)
            if not recused:
                await require_not_struck(tx, motion, click.member.user_id)
                receipt = await _put(tx, motion, click, None)
                if not receipt.superseded:
                    await procedure.add_recusal(tx, motion.id, click.member.user_id)
                    await names.note(tx, motion.id, click.member)
            return motion

        return await self._database.write(operation)

    async def explain(self, click: Click, motion_id: int, text: str) -> None:
        """Put an explanation of vote on record (≤ 300 characters); an empty one takes it back.

        Raises:
            SecretBallotError: it would tell the vote. NoBallotError: nothing to explain.
            BadDraftError: too long. NoSuchMotionError, NotOpenYetError, DivisionClosedError.
        """
        words = clean(text)
        if len(words) > LONGEST_EXPLANATION:
            raise BadDraftError(
                say_many(
                    "That is {number} character; an explanation of vote has at most {most}.",
                    "That is {number} characters; an explanation of vote has at most {most}.",
                    len(words),
                    most=LONGEST_EXPLANATION,
                )
            )

        async def operation(tx: Transaction) -> None:
            motion = await _open(tx, click, motion_id)
            if motion.is_secret:
                raise SecretBallotError(say("an explanation would tell how you voted."))
            if click.at >= (motion.ends_at or 0):
                raise DivisionClosedError(motion)
            vote = await ballots.open_vote(tx, motion.id, click.member.user_id)
            if vote is None or vote.choice is None:
                raise NoBallotError
            if words:
                await ballots.put_explanation(tx, motion.id, vote.voter_id, words)
            else:
                await ballots.drop_explanation(tx, motion.id, vote.voter_id)

        await self._database.write(operation)

    async def mine(self, guild_id: int, motion_id: int, user_id: int) -> Receipt:
        """Return what a reader's ballot says now, for nobody but them.

        Raises:
            NoSuchMotionError
        """
        motion = await find(self._database, guild_id, motion_id)
        opaque = await _opaque(self._database, motion, user_id)
        vote = await _vote_of(self._database, motion, user_id, opaque)
        if vote is None or vote.choice is None:
            return Receipt(motion, None)
        if motion.is_secret and not vote.code:
            return Receipt(motion, None, sealed=True)
        return Receipt(motion, vote.choice, vote.code)

    async def standing(
        self, guild_id: int, motion_id: int, viewer_id: int | None = None
    ) -> Standing:
        """Return what may be shown of a motion: to everybody, or privately to *viewer_id*.

        The difference is `Visibility.AFTER_VOTING`: who has voted sees the count.

        Raises:
            NoSuchMotionError
        """
        motion = await find(self._database, guild_id, motion_id)
        seconders = await procedure.seconders(self._database, motion.id)
        objectors = len(await procedure.objectors(self._database, motion.id))
        amendments = len(await procedure.amendments(self._database, motion.id))
        standing = Standing(motion, 0, None, None, seconders, objectors, amendments)
        if motion.status is Status.CLOSED:
            return await self._ended(standing)
        if motion.status is not Status.OPEN:
            return standing
        has_voted = await self._has_voted(motion, viewer_id)
        if count_is_told(motion, has_voted=has_voted):
            counted = outcome_of(motion, await count(self._database, motion))
            turnout = 0 if counted.tally is None else counted.tally.ballots
            return replace(standing, turnout=turnout, tally=counted.tally)
        cast = await ballots.turnout(self._database, motion.id)
        return replace(standing, turnout=turnout_told(motion, cast))

    async def _has_voted(self, motion: Motion, viewer_id: int | None) -> bool:
        vote = (
            None if viewer_id is None else await _vote_of(self._database, motion, viewer_id, None)
        )
        return vote is not None and vote.choice is not None

    async def _ended(self, standing: Standing) -> Standing:
        outcome = await ledger.result(self._database, standing.motion.id)
        if outcome is None:
            raise RuntimeError("a closed motion without a result")
        outcome = told(outcome, secret=standing.motion.is_secret)
        turnout = 0 if outcome.tally is None else outcome.tally.ballots
        return replace(standing, turnout=turnout, tally=outcome.tally, outcome=outcome)


async def _open(tx: Transaction, click: Click, motion_id: int) -> Motion:
    motion = await find(tx, click.guild_id, motion_id)
    if motion.status is Status.TABLED:
        raise NotOpenYetError(motion)
    if motion.status is not Status.OPEN:
        raise DivisionClosedError(motion)
    return motion


async def _put(tx: Transaction, motion: Motion, click: Click, choice: Choice | None) -> Receipt:
    """Keep a ballot, or, with None, take it back; the statement judges whether it is in time."""
    voter, code = click.member.user_id, secrets.token_hex(_CODE_BYTES)
    opaque = await _opaque(tx, motion, voter)
    before = await _vote_of(tx, motion, voter, opaque)
    cast = Cast(motion.id, voter, click.interaction_id, click.at, choice, code)
    if motion.is_secret:
        kept = await urn.put_voted(tx, cast)
        if kept:
            await urn.put_secret(tx, cast, opaque or "")
    else:
        kept = await ballots.put_open(tx, cast)
    if kept:
        if choice is None and not motion.is_secret:
            await ballots.drop_explanation(tx, motion.id, voter)
        previous = None if before is None else before.choice
        return Receipt(motion, choice, "" if choice is None else code, previous)
    if before is None or before.interaction_id < click.interaction_id:
        raise DivisionClosedError(motion)
    # The same click again, or an older one overtaken by a newer: what is there stands.
    superseded = before.interaction_id > click.interaction_id
    return Receipt(motion, before.choice, before.code, before.choice, superseded=superseded)


async def _vote_of(
    source: Source, motion: Motion, voter_id: int, opaque: str | None
) -> Vote | None:
    if not motion.is_secret:
        return await ballots.open_vote(source, motion.id, voter_id)
    return await urn.secret_vote(source, motion.id, voter_id, opaque)


async def _opaque(source: Source, motion: Motion, voter_id: int) -> str | None:
    """Return the id under which a secret ballot lies; None: it is open, or its key is gone."""
    key = await urn.key(source, motion.id) if motion.is_secret else None
    return None if key is None else opaque_voter(key, voter_id)
