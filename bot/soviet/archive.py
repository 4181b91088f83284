"""What stays of motions: minutes, ballots as a table, recounts, the ledger, the plan."""

import csv
import io
from typing import Final

from bot.guilds.repository import language_of
from bot.language.speech import ENGLISH, say, speaking
from bot.soviet import ballot_repository as ballots
from bot.soviet import ledger_repository as ledger
from bot.soviet import motion_repository as motions
from bot.soviet import names_repository as names
from bot.soviet import procedure_repository as procedure
from bot.soviet.clicks import Click, is_id
from bot.soviet.counting import cast_on
from bot.soviet.errors import (
    BadDraftError,
    MayNotMarkError,
    NoSuchMotionError,
    NoSuchResolutionError,
    NotClosedError,
    NothingToCountError,
    NotOpenYetError,
    RollUnknownError,
    SecretBallotError,
)
from bot.soviet.finding import find, require_mover
from bot.soviet.minutes import Record, minutes, reader
from bot.soviet.models import Motion, Status
from bot.soviet.paper import in_words
from bot.soviet.recount import agree, count_again
from bot.soviet.results import (
    Absentees,
    ClosedMotion,
    Law,
    Outcome,
    Plan,
    Recount,
    Resolution,
)
from bot.soviet.seal import fingerprint
from bot.soviet.secrecy import told
from bot.soviet.wording import clean
from bot.storage.database import Database, Transaction

_LONGEST_NOTE: Final = 200
_MOST_LISTED: Final = 100
_LATELY: Final = 10
"""Motions whose voters are asked after when another one's roll has no names."""
_FORMULA: Final = ("=", "+", "-", "@")


class Archive:
    """Answers from what is on record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def closed(self, guild_id: int, number: int) -> ClosedMotion:
        """Return a closed motion and what may be published of its end.

        Raises:
            NoSuchMotionError, NotClosedError.
        """
        motion, outcome = await self._ended(guild_id, number)
        return ClosedMotion(motion, told(outcome, secret=motion.is_secret))

    async def minutes(self, guild_id: int, number: int) -> str:
        """Return the minutes of a closed motion: the same text from the same database, always.

        They are the server's, and in its language, whoever asks.
        Readers stand by what they were called when they took part, and as `<@id>`: send it as a
        file, where that calls nobody.

        Raises:
            NoSuchMotionError, NotClosedError.
        """
        motion, outcome = await self._ended(guild_id, number)
        secret, source = motion.is_secret, self._database
        record = Record(
            motion=motion,
            outcome=told(outcome, secret=secret),
            seconders=await procedure.seconders(source, motion.id),
            objectors=await procedure.objectors(source, motion.id),
            recused=await procedure.recused(source, motion.id),
            votes=() if secret else await ballots.open_votes(source, motion.id),
            explanations=await ballots.explanations(source, motion.id),
            codes=await ballots.codes(source, motion.id, secret=secret),
            names=await names.of(source, motion.id),
        )
        with speaking(await language_of(source, guild_id)):
            return minutes(record)

    async def ballots_csv(self, guild_id: int, number: int) -> str:
        """Return the ballots of a closed open vote: voter, vote, delegate, explanation, code, name.

        For programs, so in English whatever the server speaks.

        Raises:
            NoSuchMotionError, NotClosedError, SecretBallotError.
        """
        motion, _ = await self._ended(guild_id, number)
        if motion.is_secret:
            raise SecretBallotError(say("there is no list of who voted what."))
        explained = await ballots.explanations(self._database, motion.id)
        known = await names.of(self._database, motion.id)
        sheet = io.StringIO()
        writer = csv.writer(sheet, lineterminator="\n")
        writer.writerow(("voter", "vote", "through", "explanation", "code", "name"))
        votes = await ballots.open_votes(self._database, motion.id)
        with speaking(ENGLISH):
            for vote in votes:
                voter, name = reader(vote.voter_id, {}), known.get(vote.voter_id, "")
                through = "" if vote.delegate_id is None else reader(vote.delegate_id, {})
                said = in_words(motion.rules, vote.choice or ())
                words = explained.get(vote.voter_id, "")
                row = (voter, said, through, words, vote.code, name)
                writer.writerow(map(_harmless, row))
        return sheet.getvalue()

    async def recount(self, guild_id: int, number: int) -> Recount:
        """Count the ballots of a closed motion again, by code that shares nothing with the first.

        What secrecy withholds stays withheld; whether all agrees is told.

        Raises:
            NoSuchMotionError, NotClosedError. NothingToCountError: no vote was held on it.
        """
        motion, recorded = await self._ended(guild_id, number)
        if motion.opened_at is None:
            raise NothingToCountError(motion)
        cast = await cast_on(self._database, motion)
        delegated = 0
        if not motion.is_secret:
            votes = await ballots.open_votes(self._database, motion.id)
            delegated = sum(vote.delegate_id is not None for vote in votes)
        recused = len(await procedure.recused(self._database, motion.id))
        roll = None if motion.roll is None else max(motion.roll - recused, 0)
        counted = count_again(motion, sorted(cast.elements()), roll, delegated)
        same = agree(recorded, counted) and recorded.fingerprint == fingerprint(cast)
        secret = motion.is_secret
        return Recount(motion, told(recorded, secret=secret), told(counted, secret=secret), same)

    async def absentees(self, click: Click, motion_id: int) -> Absentees:
        """Return who has not voted: to the mover only, of open ballots only.

        Of a roll without names it is asked who of those that voted lately has not.

        Raises:
            NoSuchMotionError, NotTheMoverError, SecretBallotError, NotOpenYetError.
            RollUnknownError: nobody wrote the roll down, and nobody voted here before.
        """
        motion = await find(self._database, click.guild_id, motion_id)
        require_mover(motion, click)
        if motion.is_secret:
            raise SecretBallotError(say("who still owes a vote is nobody's business."))
        if motion.status is not Status.OPEN:
            raise NotOpenYetError(motion)
        roll = await procedure.roll(self._database, motion.id)
        known = roll or await ballots.voted_lately(self._database, motion.guild_id, _LATELY)
        if not known:
            raise RollUnknownError
        present = {vote.voter_id for vote in await ballots.open_votes(self._database, motion.id)}
        excused = await procedure.recused(self._database, motion.id)
        absent = (user for user in known if user not in present and user not in excused)
        return Absentees(tuple(absent), by_roll=bool(roll))

    async def ledger(
        self, guild_id: int, text: str = "", law: Law | None = None, *, limit: int = 25
    ) -> tuple[Resolution, ...]:
        """Return the resolutions that hold all words of *text*, newest first; at most 100."""
        some = max(1, min(limit, _MOST_LISTED))
        return await ledger.resolutions(self._database, guild_id, text[:200], law, some)

    async def mark(self, click: Click, number: int, law: Law, note: str = "") -> Resolution:
        """Note that a resolution was fulfilled or overtaken; by its mover or Manage Server.

        Raises:
            NoSuchResolutionError, MayNotMarkError.
            BadDraftError: the note is too long, or only a motion repeals.
        """
        words = clean(note).replace("\n", " ")
        if len(words) > _LONGEST_NOTE:
            raise BadDraftError(
                say("A note in the ledger has at most {most} characters.", most=_LONGEST_NOTE)
            )
        if law is Law.REPEALED:
            raise BadDraftError(say("Only a motion repeals: move “Repeal № …”."))

        async def operation(tx: Transaction) -> Resolution:
            motion = await motions.by_number(tx, click.guild_id, number) if is_id(number) else None
            if motion is None:
                raise NoSuchResolutionError(number)
            if motion.mover_id != click.member.user_id and not click.member.manages:
                raise MayNotMarkError
            await ledger.mark(tx, click.guild_id, number, law, words)
            kept = await ledger.resolution(tx, click.guild_id, number)
            if kept is None or kept.law is Law.REPEALED:
                raise NoSuchResolutionError(number)
            return kept

        return await self._database.write(operation)

    async def plan(self, guild_id: int, story_id: int | None = None) -> Plan:
        """Return the Five-Year Plan: words promised against words delivered.

        Lines are resolutions that promise words, and chapters against their quota. The totals are
        of what resolutions promised, where none did, of the quotas: one chapter is not counted
        for both. What nothing was delivered for yet is not due.
        """
        lines = await ledger.plan_lines(self._database, guild_id, story_id)
        due = [line for line in lines if line.delivered is not None]
        due = [line for line in due if line.number is not None] or due
        promised = sum(line.promised for line in due)
        delivered = sum(line.delivered or 0 for line in due)
        percent = 100 * delivered // promised if promised else None
        return Plan(lines, promised, delivered, percent)

    async def _ended(self, guild_id: int, number: int) -> tuple[Motion, Outcome]:
        found = await motions.by_number(self._database, guild_id, number) if is_id(number) else None
        if found is None:
            raise NoSuchMotionError(number)
        outcome = await ledger.result(self._database, found.id)
        if outcome is None:
            raise NotClosedError(found)
        return found, outcome


def _harmless(cell: str) -> str:
    """Return *cell* so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
