"""The relay: takes rows from the outbox and sees that Discord has each of them once.

A row is leased in one transaction and sent after it; what came of it is noted in a second one. If
the process dies in between, or the answer is lost, the message is looked for in its channel before
it is sent again, always with the same nonce. What is done about which outcome: `outcomes.py`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol, TypeVar

from bot.clock import Clock, Instant, instant
from bot.guilds.repository import language_of
from bot.language.sayings import Saying, english
from bot.language.speech import mark, speaking
from bot.outbox.leases.repository import (
    OutboxRepository,
    note_blocked,
    note_dropped,
    note_later,
    note_sent,
)
from bot.outbox.models import Delivered, Outgoing, Picture, Undeliverable
from bot.outbox.outcomes import (
    Blocked,
    Done,
    Dropped,
    Later,
    Outcome,
    Sighting,
    Unknown,
    Verdict,
    judge,
    look_first,
)
from bot.problems.repository import TOPIC, clear_problem, raise_problem
from bot.storage.database import StorageFailedError, Transaction

log = logging.getLogger(__name__)
T = TypeVar("T")

Heard = Callable[[Transaction, Delivered], Awaitable[None]]
Unheard = Callable[[Transaction, Undeliverable], Awaitable[None]]
Maker = Callable[[Mapping[str, Any]], Awaitable[Picture]]
"""Draws a picture from what the row says of it, off the event loop where that takes long."""

DEADLINE = 10.0
"""Seconds that one try may take: a hang past the life of a nonce would become a second message."""
AT_ONCE = 16
_LEASE = 2 * 60_000
_GAP = 1 / 40
"""Seconds between two starts: Discord takes 50 requests a second from a bot, all together."""
_GLANCE = 0.25
_REVIEW = 60_000


class Sender(Protocol):
    """Discord, as the relay sees it. No method raises for what Discord says or does not say."""

    @property
    def is_ready(self) -> bool:
        """Whether there is a Discord to talk to."""
        ...

    @property
    def sees_servers(self) -> bool:
        """Whether Discord has told which servers and permissions there are."""
        ...

    async def send(self, row: Outgoing, picture: Picture | None) -> Outcome:
        """Do the step of *row*, with its nonce where it makes a message."""
        ...

    async def find(self, row: Outgoing) -> Sighting:
        """Look for the message of *row* among our own since a little before its first try."""
        ...

    def obstacle(self, guild_id: int, channel_id: int, step: str) -> str | None:
        """Return what keeps us from doing *step* there and how to mend it; None: nothing known."""
        ...


class Relay:
    """Sends what is in the outbox. One a process; `work` is its duty, called "outbox"."""

    def __init__(
        self, repository: OutboxRepository, clock: Clock, *, seconds_between: float = _GAP
    ) -> None:
        self._repository = repository
        self._clock = clock
        self._gap = seconds_between
        self._sender: Sender | None = None
        self._is_ours: Callable[[], bool] = lambda: True
        self._heard: dict[str, Heard] = {}
        self._unheard: dict[str, Unheard] = {}
        self._makers: dict[str, Maker] = {}
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._recovered = False
        self._reviewed = 0
        self._obstructed: set[int] = set()

    def attach(self, sender: Sender) -> None:
        """Send by *sender* from now on; until then everything waits."""
        self._sender = sender

    def send_while(self, is_ours: Callable[[], bool]) -> None:
        """Begin no request any more when *is_ours* says that another process may do this."""
        self._is_ours = is_ours

    def listen(self, prefix: str, heard: Heard, unheard: Unheard | None = None) -> None:
        """Call *heard* in the transaction that notes a delivery whose topic begins with *prefix*.

        *unheard*: the same for a private post that its reader does not take.
        """
        self._heard[prefix] = heard
        if unheard is not None:
            self._unheard[prefix] = unheard

    def draw_with(self, name: str, maker: Maker) -> None:
        """Have the pictures of posts that say `{"maker": name}` drawn by *maker*."""
        self._makers[name] = maker

    def look_again(self) -> None:
        """Take what is being sent as left behind: another process did this, and has stopped."""
        self._recovered = False

    async def work(self) -> Instant | None:
        """Send what is due, and return when the next row is."""
        if self._sender is None or not self._sender.is_ready:
            return Instant(self._now() + 1000)
        if not self._recovered:
            await self._repository.recover()
            self._recovered = True
        try:
            await self._review(self._sender)
            await self._send_due(self._sender)
        finally:
            await self._break_off()
        return await self._repository.next_due(())

    async def _send_due(self, sender: Sender) -> None:
        while True:
            rows = await self._lease()
            for row in rows:
                task = asyncio.create_task(self._deliver(sender, row), name=f"outbox {row.id}")
                self._busy[row.channel_id] = task
                await asyncio.sleep(self._gap if len(rows) > 1 else 0)
            if not self._busy:
                return
            await asyncio.wait(
                self._busy.values(), timeout=_GLANCE, return_when=asyncio.FIRST_COMPLETED
            )
            self._reap()

    async def _lease(self) -> list[Outgoing]:
        now, room = self._now(), AT_ONCE - len(self._busy)
        due = await self._repository.next_due(self._busy)
        if room <= 0 or due is None or due > now or not self._is_ours():
            return []
        return await self._repository.lease(now, Instant(now + _LEASE), self._busy, room)

    def _reap(self) -> None:
        for channel_id, task in list(self._busy.items()):
            if task.done():
                del self._busy[channel_id]
                task.result()

    async def _break_off(self) -> None:
        """End what is under way; its rows stay uncertain. After a whole turn there is nothing."""
        tasks = list(self._busy.values())
        self._busy.clear()
        for task in tasks:
            task.cancel()
        if tasks:
            self._recovered = False
            await asyncio.wait(tasks)

    async def _deliver(self, sender: Sender, row: Outgoing) -> None:
        try:
            with speaking(await language_of(self._repository.database, row.guild_id)):
                await self._try(sender, row)
        except StorageFailedError:
            raise
        except Exception:
            # A bug of ours, in a listener perhaps. It must not hold up the channels of others.
            log.exception("%s %s failed", row.topic, row.step)
            await self._note(row, judge(row, Unknown(mark("a fault of ours")), self._now()))

    async def _try(self, sender: Sender, row: Outgoing) -> None:
        verdict = await self._seen(sender, row) if row.uncertain and row.makes_message else None
        if verdict is None:
            picture = await self._draw(row)
            if not self._is_ours():
                # Paused since it was leased. Whoever does this now looks before it sends.
                self._recovered = False
                return
            outcome = await _in_time(sender.send(row, picture))
            verdict = judge(row, outcome, self._now())
        await self._note(row, verdict)

    async def _seen(self, sender: Sender, row: Outgoing) -> Verdict | None:
        sighting = await _in_time(sender.find(row))
        verdict = look_first(row, sighting, self._now())
        if verdict is None:
            log.info("sending %s %s again: it did not arrive", row.topic, row.step)
        return verdict

    async def _draw(self, row: Outgoing) -> Picture | None:
        if row.picture is None:
            return None
        maker = self._makers.get(str(row.picture.get("maker")))
        if maker is None:
            log.warning("nobody draws %r for %s", row.picture.get("maker"), row.topic)
            return None
        try:
            async with asyncio.timeout(DEADLINE):
                return await maker(row.picture)
        except Exception:
            log.exception("the picture of %s failed; it goes without", row.topic)
            return None

    async def _note(self, row: Outgoing, verdict: Verdict) -> None:
        now = self._now()

        async def note(tx: Transaction) -> None:
            match verdict:
                case Done(message_id):
                    if await note_sent(tx, row, message_id, now):
                        await self._tell(tx, row, message_id, now)
                case Later():
                    await note_later(tx, row, verdict)
                case Blocked():
                    if await note_blocked(tx, row, verdict):
                        await _warn(tx, row, verdict, now)
                case Dropped(reason, code):
                    if await note_dropped(tx, row, reason, now):
                        await self._tell_undeliverable(tx, row, code, now)

        await self._repository.database.write(note)
        _log(row, verdict)

    async def _tell(
        self, tx: Transaction, row: Outgoing, message_id: int | None, now: Instant
    ) -> None:
        for key in _problem_keys(row):
            await clear_problem(tx, row.guild_id, key)
        for prefix, heard in self._heard.items():
            if row.topic.startswith(prefix):
                delivered = Delivered(
                    row.id, row.topic, row.step, row.guild_id, row.channel_id, message_id, now
                )
                await heard(tx, delivered)

    async def _tell_undeliverable(
        self, tx: Transaction, row: Outgoing, code: int | None, now: Instant
    ) -> None:
        for prefix, unheard in self._unheard.items():
            if code is not None and row.topic.startswith(prefix):
                refusal = Undeliverable(row.id, row.topic, row.step, row.channel_id, code, now)
                await unheard(tx, refusal)

    async def _review(self, sender: Sender) -> None:
        """See whether what kept rows blocked has been mended."""
        now = self._now()
        if now - self._reviewed < _REVIEW or not sender.sees_servers:
            return
        self._reviewed = now
        for place in await self._repository.closed():
            channel = place.channel_id
            if any(sender.obstacle(place.guild_id, channel, step) for step in place.steps):
                self._obstructed.add(channel)
                continue
            # What was seen to be missing and is there now has been mended; else time will tell.
            await self._repository.reopen(channel, now, mended=channel in self._obstructed)
            self._obstructed.discard(channel)

    def _now(self) -> Instant:
        return instant(self._clock.now())


async def _in_time(attempt: Awaitable[T]) -> T | Unknown:
    try:
        async with asyncio.timeout(DEADLINE):
            return await attempt
    except TimeoutError:
        return Unknown(Saying("no answer within {seconds} s", seconds=round(DEADLINE)))


def _problem_keys(row: Outgoing) -> tuple[str, ...]:
    kind = "messages" if row.makes_message else row.step.partition(":")[0]
    return (f"channel:{row.channel_id}:{kind}",)


async def _warn(tx: Transaction, row: Outgoing, verdict: Blocked, now: Instant) -> None:
    if row.topic.startswith(TOPIC):
        return
    for key in _problem_keys(row):
        await raise_problem(tx, row.guild_id, key, verdict.words, now)


def _log(row: Outgoing, verdict: Verdict) -> None:
    match verdict:
        case Later(reason=reason):
            log.info("%s %s waits: %s", row.topic, row.step, english(reason))
        case Blocked(code=code):
            log.warning("%s %s is blocked (%s)", row.topic, row.step, code)
        case Dropped(reason):
            log.info("%s %s is dropped: %s", row.topic, row.step, english(reason))
        case Done():
            log.info("%s %s is sent", row.topic, row.step)
