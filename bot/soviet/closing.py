"""The end of motions: closing what is due, once, with its verdict and its announcement."""

import logging
from contextlib import suppress
from dataclasses import replace
from typing import Final

from bot.clock import Clock, Instant, instant
from bot.soviet import agenda_repository as agenda
from bot.soviet import ballot_repository as ballots
from bot.soviet import house_repository as house
from bot.soviet import ledger_repository as ledger
from bot.soviet import motion_repository as motions
from bot.soviet import procedure_repository as procedure
from bot.soviet import urn_repository as urn
from bot.soviet.composer import Composer
from bot.soviet.counting import count, outcome_of
from bot.soviet.debate import reword
from bot.soviet.models import GRACE_MS, Kind, Motion, Status, Verdict
from bot.soviet.opening import announce
from bot.soviet.quota import settle
from bot.soviet.results import ClosedMotion, Outcome, Reason
from bot.soviet.seal import fingerprint
from bot.soviet.secrecy import told
from bot.storage.database import Database, StorageFailedError, Transaction

log = logging.getLogger(__name__)

_FIRST_PAUSE_MS: Final = 5_000
_LONGEST_PAUSE_MS: Final = 600_000


class Closing:
    """Closes motions; any number of times, from any number of places, each only once."""

    def __init__(self, database: Database, clock: Clock, composer: Composer) -> None:
        self._database = database
        self._clock = clock
        self._composer = composer
        # Motions that could not be closed → when to try again, and the pause after that.
        self._failing: dict[int, tuple[Instant, int]] = {}

    async def close_overdue(self) -> tuple[ClosedMotion, ...]:
        """Close every motion whose time is over; one that fails is logged and stops no other.

        What failed is tried again, later each time.
        """
        now = instant(self._clock.now())
        closed = []
        for motion_id in await agenda.overdue(self._database, now, GRACE_MS):
            retry, pause = self._failing.get(motion_id, (Instant(0), _FIRST_PAUSE_MS))
            if retry > now:
                continue
            try:
                ended = await self.close(motion_id)
            except Exception:
                log.exception("motion %d could not be closed", motion_id)
                again = min(2 * pause, _LONGEST_PAUSE_MS)
                self._failing[motion_id] = (Instant(now + pause), again)
                continue
            self._failing.pop(motion_id, None)
            if ended is not None:
                closed.append(ended)
        return tuple(closed)

    async def close(self, motion_id: int) -> ClosedMotion | None:
        """Close one motion if its time is over and nobody has yet, else return None.

        The verdict, the stored result, what it changes (ledger, standing orders, another motion's
        wording) and the announcement are one transaction.
        """
        now = instant(self._clock.now())

        async def operation(tx: Transaction) -> ClosedMotion | None:
            motion = await motions.by_id(tx, motion_id)
            if motion is None or not await _is_over(tx, motion, now):
                return None
            return await self._close(tx, motion, now)

        ended = await self._database.write(operation)
        if ended is not None and ended.motion.is_secret:
            # Until then the log still holds the key that was destroyed. A busy disk is no reason
            # to say that the motion is not closed.
            with suppress(StorageFailedError):
                await self._database.checkpoint()
        return ended

    async def next_wakeup(self) -> Instant | None:
        """Return when `close_overdue` next has something to do (past: now), or None.

        What could not be closed does not count as due before it is tried again.
        """
        retries = [retry for retry, _ in self._failing.values()]
        after = instant(self._clock.now()) if retries else Instant(-1)
        due = await agenda.next_due(self._database, after, GRACE_MS)
        return min([*retries, *([] if due is None else [due])], default=None)

    async def _close(self, tx: Transaction, motion: Motion, now: Instant) -> ClosedMotion | None:
        if motion.status is Status.TABLED:
            outcome = _unopened(motion)
        else:
            counted = await count(tx, motion)
            outcome = replace(outcome_of(motion, counted), fingerprint=fingerprint(counted.ballots))
            await ballots.add_delegated(tx, motion.id, counted.delegated)
            await urn.destroy_key(tx, motion.id)
        if not await agenda.close_it(tx, motion.id, motion.status, outcome.verdict, now):
            return None
        await ledger.put_result(tx, motion.id, outcome)
        closed = replace(motion, status=Status.CLOSED, verdict=outcome.verdict, closed_at=now)
        await _take_effect(tx, closed, outcome, now)
        public = told(outcome, secret=closed.is_secret)
        await announce(
            tx, closed, now, lambda channel: self._composer.closed(closed, public, channel)
        )
        return ClosedMotion(closed, public)


async def _is_over(tx: Transaction, motion: Motion, now: Instant) -> bool:
    match motion.status:
        case Status.OPEN:
            return motion.ends_at is not None and motion.ends_at + GRACE_MS <= now
        case Status.TABLED:
            over = motion.tabled_until + GRACE_MS <= now
            return over and not await agenda.amending(tx, motion.id)
        case _:
            return False


def _unopened(motion: Motion) -> Outcome:
    if motion.rules.kind is Kind.DECREE:
        return Outcome(Verdict.ADOPTED, Reason.UNOPPOSED)
    return Outcome(Verdict.LAPSED, Reason.UNSECONDED)


async def _take_effect(tx: Transaction, motion: Motion, outcome: Outcome, now: Instant) -> None:
    """Do what the verdict means: for the ledger, the standing orders, the motion it amends."""
    if motion.amends_id is not None:
        await _choose_wording(tx, motion.amends_id, outcome, now)
        return
    if outcome.verdict is not Verdict.ADOPTED:
        return
    await ledger.add_resolution(tx, motion, motion.ends_at or motion.tabled_until)
    await ledger.catch_up(tx, motion.id)
    if motion.repeals is not None:
        await ledger.repeal(tx, motion.guild_id, motion.repeals, motion.number)
    if (change := motion.order_change) is not None:
        article = (change.article, change.value)
        await house.add_order(tx, motion.guild_id, article, 0, motion.number, now)
        await settle(tx, motion.guild_id)


async def _choose_wording(tx: Transaction, target_id: int, outcome: Outcome, now: Instant) -> None:
    """Give the amended motion the wording that won (none: its own) and time for seconders."""
    target = await motions.by_id(tx, target_id)
    if target is None or target.status is not Status.TABLED:
        return
    text = target.text
    if outcome.winners and (chosen := outcome.winners[0]):
        proposed = await procedure.amendments(tx, target_id)
        text = proposed[chosen - 1].text
    await reword(tx, target, text, now)
