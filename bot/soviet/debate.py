"""Amendments: other wordings for a motion that is not open yet, taken over or voted on."""

from dataclasses import replace

from bot.clock import Clock, Instant, instant
from bot.guilds.repository import language_of
from bot.language.speech import say, speaking
from bot.soviet import agenda_repository as agenda
from bot.soviet import house_repository as house
from bot.soviet import motion_repository as motions
from bot.soviet import procedure_repository as procedure
from bot.soviet.clicks import Click, Roll
from bot.soviet.composer import Composer
from bot.soviet.errors import BadDraftError, NoSuchAmendmentError
from bot.soviet.finding import find, find_tabled, require_mover, require_on_the_roll
from bot.soviet.models import LONGEST_OPTION, MOST_OPTIONS, Kind, Motion
from bot.soviet.opening import open_motion
from bot.soviet.orders import orders_at
from bot.soviet.results import Amendment
from bot.soviet.thresholds import MAJORITY
from bot.soviet.wording import read_text
from bot.storage.database import Database, Transaction


class Debate:
    """Takes amendments while a motion is tabled."""

    def __init__(self, database: Database, clock: Clock, composer: Composer) -> None:
        self._database = database
        self._clock = clock
        self._composer = composer

    async def amend(self, click: Click, motion_id: int, text: str) -> Amendment:
        """Propose another wording for a tabled motion; the same interaction again, once.

        Raises:
            NoSuchMotionError, NotTabledError, AmendmentPendingError, NotOnTheRollError.
            BadDraftError: the text is empty or too long, or the paper is full.
        """
        now = instant(self._clock.now())
        wording = read_text(text)

        async def operation(tx: Transaction) -> Amendment:
            motion = await find_tabled(tx, click, motion_id)
            require_on_the_roll(motion, click, now)
            if len(await procedure.amendments(tx, motion.id)) >= MOST_OPTIONS - 1:
                raise BadDraftError(
                    say("This motion has as many amendments as a paper has room for.")
                )
            member, interaction = click.member.user_id, click.interaction_id
            return await procedure.add_amendment(tx, motion.id, member, wording, interaction)

        return await self._database.write(operation)

    async def amendments(self, guild_id: int, motion_id: int) -> tuple[Amendment, ...]:
        """Return the wordings proposed for a motion, by number.

        Raises:
            NoSuchMotionError
        """
        motion = await find(self._database, guild_id, motion_id)
        return await procedure.amendments(self._database, motion.id)

    async def accept(self, click: Click, motion_id: int, number: int) -> Motion:
        """Take amendment *number* over as the motion's text; only its mover may.

        Who had seconded it had seconded another text, and is asked again.

        Raises:
            NoSuchMotionError, NotTabledError, AmendmentPendingError, NotTheMoverError.
            NoSuchAmendmentError
        """
        now = instant(self._clock.now())

        async def operation(tx: Transaction) -> Motion:
            motion = await find_tabled(tx, click, motion_id)
            require_mover(motion, click)
            proposed = await procedure.amendments(tx, motion.id)
            chosen = next((one for one in proposed if one.number == number), None)
            if chosen is None:
                raise NoSuchAmendmentError
            await reword(tx, motion, chosen.text, now)
            return await find(tx, click.guild_id, motion.id)

        return await self._database.write(operation)

    async def put_amendments(self, click: Click, motion_id: int, roll: Roll) -> Motion:
        """Open a ranked vote between a motion's text and its amendments; only its mover may.

        Until it closes the motion can neither be seconded nor lapse.

        Raises:
            NoSuchMotionError, NotTabledError, AmendmentPendingError, NotTheMoverError.
            NoSuchAmendmentError: there is none to vote on. EmptyRollError.
        """
        now = instant(self._clock.now())

        async def operation(tx: Transaction) -> Motion:
            before = await motions.by_interaction(tx, click.guild_id, click.interaction_id)
            if before is not None:
                return before
            target = await find_tabled(tx, click, motion_id)
            require_mover(target, click)
            proposed = await procedure.amendments(tx, target.id)
            if not proposed:
                raise NoSuchAmendmentError
            orders = orders_at(*await house.orders(tx, click.guild_id))
            with speaking(await language_of(tx, click.guild_id)):
                vote = _vote_on(target, proposed, now, orders.span_ms("term"), orders.version)
            vote = replace(vote, channel_id=click.channel_id)
            kept = await motions.add(tx, vote, click.interaction_id)
            return await open_motion(tx, kept, roll, now, self._composer)

        return await self._database.write(operation)


async def reword(tx: Transaction, motion: Motion, text: str, now: Instant) -> None:
    """Give a tabled motion *text*, and as much time for seconders as it had when it was tabled."""
    waits = motion.tabled_until - motion.tabled_at
    until = Instant(now + waits)
    if motion.closes_on is not None:
        until = min(until, motion.tabled_until)
    await agenda.reword(tx, motion.id, text, until)
    if text != motion.text:
        await procedure.drop_seconders(tx, motion.id)


def _vote_on(
    target: Motion, proposed: tuple[Amendment, ...], now: Instant, term_ms: int, version: int
) -> Motion:
    options = [say("The text as moved")]
    for amendment in proposed:
        option = say(
            "Amendment {number}: {text}",
            number=amendment.number,
            text=" ".join(amendment.text.split()),
        )
        short = option if len(option) <= LONGEST_OPTION else option[: LONGEST_OPTION - 1] + "…"
        options.append(short)
    rules = replace(
        target.rules,
        kind=Kind.AMENDMENT,
        options=tuple(options),
        picks=len(options),
        seats=1,
        threshold=MAJORITY,
    )
    return replace(
        target,
        id=0,
        text=say("Which wording shall motion № {number} have?", number=target.number),
        rules=rules,
        seconders_needed=0,
        objectors_needed=0,
        orders_version=version,
        term_ms=term_ms,
        closes_on=None,
        until_chapter=False,
        promised_words=None,
        repeals=None,
        order_change=None,
        amends_id=target.id,
        tabled_at=now,
        tabled_until=Instant(now + term_ms),
        message_id=None,
    )
