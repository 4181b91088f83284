"""A motion's life until it opens: tabling, seconding, objecting, withdrawing."""

from collections.abc import Sequence
from typing import Final

from bot.clock import Clock, Instant, instant
from bot.soviet import agenda_repository as agenda
from bot.soviet import house_repository as house
from bot.soviet import ledger_repository as ledger
from bot.soviet import motion_repository as motions
from bot.soviet import names_repository as names
from bot.soviet import procedure_repository as procedure
from bot.soviet.clicks import Click, Draft, Roll, is_id
from bot.soviet.composer import Composer
from bot.soviet.drafting import draw_up
from bot.soviet.eligibility import may_not_decree, may_not_move
from bot.soviet.errors import (
    DecreeError,
    MayNotMoveError,
    NoDecreeError,
    NoSuchMotionError,
    NoSuchResolutionError,
    OwnMotionError,
)
from bot.soviet.finding import find, find_tabled, require_mover, require_on_the_roll
from bot.soviet.models import Kind, Motion, Status
from bot.soviet.opening import open_motion
from bot.soviet.orders import Orders, orders_at
from bot.soviet.results import Law, Seconding
from bot.storage.database import Database, Transaction

_ANY_NUMBER: Final = 2**62
_MOST_LISTED: Final = 100


class Chamber:
    """Tables motions and brings them to their opening."""

    def __init__(self, database: Database, clock: Clock, composer: Composer) -> None:
        self._database = database
        self._clock = clock
        self._composer = composer

    async def table(self, click: Click, draft: Draft, roll: Roll) -> Motion:
        """Put *draft* forward and return the motion with its №; open at once if none must second.

        The same interaction delivered again returns the motion it made. *roll*: who may vote now.

        Raises:
            BadDraftError: a text, option, threshold, quorum or deadline, with the way out.
            MayNotMoveError: the standing orders keep this member from moving this.
            NoSuchResolutionError: there is nothing to repeal. EmptyRollError: it would open at
                once and counts by the roll, and *roll* is empty.
        """
        now = instant(self._clock.now())

        async def operation(tx: Transaction) -> Motion:
            before = await motions.by_interaction(tx, click.guild_id, click.interaction_id)
            if before is not None:
                return before
            orders = orders_at(*await house.orders(tx, click.guild_id))
            motion = draw_up(draft, orders, click, now)
            await _require_right(tx, click, motion, orders, now)
            kept = await motions.add(tx, motion, click.interaction_id)
            await names.note(tx, kept.id, click.member)
            if kept.rules.kind is Kind.DECREE or kept.seconders_needed:
                return kept
            return await open_motion(tx, kept, roll, now, self._composer)

        return await self._database.write(operation)

    async def second(self, click: Click, motion_id: int, roll: Roll) -> Seconding:
        """Second a tabled motion; opens it when that was enough. Seconding twice counts once.

        Raises:
            NoSuchMotionError: none of this guild. NotTabledError: it is open or over.
            DecreeError: it needs no seconder. NotOnTheRollError.
            OwnMotionError: movers do not second themselves.
            AmendmentPendingError: its wording is being voted on.
            EmptyRollError: it counts by the roll, and *roll* is empty; nothing was noted.
        """
        now = instant(self._clock.now())

        async def operation(tx: Transaction) -> Seconding:
            motion = await find_tabled(tx, click, motion_id)
            if motion.rules.kind is Kind.DECREE:
                raise DecreeError(motion)
            if motion.mover_id == click.member.user_id:
                raise OwnMotionError
            require_on_the_roll(motion, click, now)
            await procedure.add_seconder(tx, motion.id, click.member.user_id, click.interaction_id)
            await names.note(tx, motion.id, click.member)
            progress = len(await procedure.seconders(tx, motion.id)), motion.seconders_needed
            return await self._open_when_enough(tx, motion, progress, roll, now)

        return await self._database.write(operation)

    async def object_to(self, click: Click, motion_id: int, roll: Roll) -> Seconding:
        """Object to a decree; enough objections open a vote on it. Objecting twice counts once.

        Raises:
            NoSuchMotionError, NotTabledError, NoDecreeError, NotOnTheRollError, EmptyRollError.
        """
        now = instant(self._clock.now())

        async def operation(tx: Transaction) -> Seconding:
            motion = await find_tabled(tx, click, motion_id)
            if motion.rules.kind is not Kind.DECREE:
                raise NoDecreeError(motion)
            require_on_the_roll(motion, click, now)
            await procedure.add_objector(tx, motion.id, click.member.user_id, click.interaction_id)
            await names.note(tx, motion.id, click.member)
            progress = len(await procedure.objectors(tx, motion.id)), motion.objectors_needed
            return await self._open_when_enough(tx, motion, progress, roll, now)

        return await self._database.write(operation)

    async def _open_when_enough(
        self, tx: Transaction, motion: Motion, progress: tuple[int, int], roll: Roll, now: Instant
    ) -> Seconding:
        count, needed = progress
        if count < needed:
            return Seconding(motion, count, needed, opened=False)
        motion = await open_motion(tx, motion, roll, now, self._composer)
        return Seconding(motion, count, needed, opened=True)

    async def withdraw(self, click: Click, motion_id: int) -> Motion:
        """Take a motion back before it opens.

        Raises:
            NoSuchMotionError, NotTabledError, NotTheMoverError, AmendmentPendingError.
        """
        now = instant(self._clock.now())

        async def operation(tx: Transaction) -> Motion:
            motion = await find_tabled(tx, click, motion_id)
            require_mover(motion, click)
            await agenda.withdraw(tx, click.guild_id, motion.id, now)
            return await find(tx, click.guild_id, motion.id)

        return await self._database.write(operation)

    async def place(self, guild_id: int, motion_id: int, channel_id: int, message_id: int) -> None:
        """Note which message shows a motion."""

        async def operation(tx: Transaction) -> None:
            await self.placed(tx, guild_id, motion_id, channel_id, message_id)

        await self._database.write(operation)

    async def placed(
        self, tx: Transaction, guild_id: int, motion_id: int, channel_id: int, message_id: int
    ) -> None:
        """Do `place` in a transaction that is under way: the outbox has delivered a motion."""
        await agenda.place(tx, guild_id, motion_id, channel_id, message_id)

    async def displaced(self, guild_id: int, channel_id: int) -> None:
        """Note that a channel is gone: its undecided motions end in the channel of the Soviet."""
        await self._database.write(lambda tx: agenda.displace(tx, guild_id, channel_id))

    async def motion(self, guild_id: int, number: int) -> Motion:
        """Return № *number* of a guild.

        Raises:
            NoSuchMotionError
        """
        motion = (
            await motions.by_number(self._database, guild_id, number) if is_id(number) else None
        )
        if motion is None:
            raise NoSuchMotionError(number)
        return motion

    async def motion_by_id(self, guild_id: int, motion_id: int) -> Motion:
        """Return the motion a button names, if it is this guild's.

        Raises:
            NoSuchMotionError
        """
        return await find(self._database, guild_id, motion_id)

    async def motions(
        self,
        guild_id: int,
        statuses: Sequence[Status] = tuple(Status),
        *,
        typed: str = "",
        limit: int = 25,
        before: int | None = None,
    ) -> tuple[Motion, ...]:
        """Return the newest motions, № falling, below № *before*; *typed*: № or words of the text.

        For lists with pages, and for autocomplete. At most 100 at once.
        """
        below = _ANY_NUMBER if before is None else max(0, min(before, _ANY_NUMBER))
        some = max(1, min(limit, _MOST_LISTED))
        return await motions.newest(
            self._database,
            guild_id,
            statuses,
            typed.strip().lstrip("№#").strip()[:100],
            some,
            below,
        )

    async def stirring(self, since: Instant) -> frozenset[int]:
        """Return the guilds with a motion that is running, or was decided at *since* or later."""
        return await motions.stirring(self._database, since)


async def _require_right(
    tx: Transaction, click: Click, motion: Motion, orders: Orders, now: Instant
) -> None:
    """Refuse what this member may not move now, or what repeals nothing."""
    pending, last = await motions.of_mover(tx, click.guild_id, click.member.user_id)
    refusal = may_not_move(orders, click.member, pending, last, now)
    if refusal is None and motion.rules.kind is Kind.DECREE:
        refusal = may_not_decree(orders, click.member)
    if refusal is not None:
        raise MayNotMoveError(refusal)
    if motion.repeals is not None:
        target = None
        if is_id(motion.repeals):
            target = await ledger.resolution(tx, click.guild_id, motion.repeals)
        if target is None or target.law is Law.REPEALED:
            raise NoSuchResolutionError(motion.repeals)
