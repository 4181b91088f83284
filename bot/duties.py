"""Work that recurs: feeds, the outbox, the closing of votes. Supervised, and woken when needed.

Not `discord.ext.tasks`: a loop that fails there stops for good, and one that waits for the gateway
stands still in an outage. Here a failure is logged under a reference and tried again, later each
time.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable

from bot.clock import Clock, Instant, instant

log = logging.getLogger(__name__)

Work = Callable[[], Awaitable[Instant | None]]
"""Does what is due and returns when it wants to be called again; None: when it is woken."""

Wake = Callable[[str], None]
"""Has the duty of a name called soon: `Duties.wake`."""

Rest = Callable[[Awaitable[None]], Awaitable[None]]
"""Waits for a nap to end; whoever simulates time has to know that this is nothing but a nap."""

Holds = Callable[[str], bool]
"""Tells whether this process is the one that does a duty now."""

TakenOn = Callable[[], None]
"""Called before the first work after another process has done it."""

LONGEST_NAP = 30.0
"""Seconds after which a duty is called in any case: a wake-up that was missed costs no more."""
SHARED_NAP = 1.0
"""The same where other processes share the work: they cannot wake a duty of this one."""
_SHORTEST_NAP = 0.05
_LONGEST_PAUSE = 60.0


async def _simply(nap: Awaitable[None]) -> None:
    await nap


def _always(_name: str) -> bool:
    return True


def _nothing() -> None:
    pass


class Duty:
    """One kind of work and how it has been going. *failures*: in a row, since the last success.

    *stands_by*: another process does it. *everywhere*: every process does it for itself.
    """

    everywhere = False

    def __init__(self, name: str, work: Work, clock: Clock, taken_on: TakenOn = _nothing) -> None:
        self.name = name
        self._taken_on = taken_on
        self.last_success: Instant | None = None
        self.failures = 0
        self.stands_by = False
        self.longest_nap = LONGEST_NAP
        self.holds: Holds = _always
        self._working: asyncio.Future[Instant | None] | None = None
        self._work = work
        self._clock = clock
        self._woken = False
        self._nap: asyncio.Task[None] | None = None
        self.rest: Rest = _simply

    def wake(self) -> None:
        """Have the work done soon, also when it is being done at this moment.

        Work that has failed rests its time all the same: every click would hammer on it.
        """
        self._woken = True
        if self._nap is not None and not self.failures:
            self._nap.cancel()

    async def run(self) -> None:
        """Do the work whenever it is due; never returns."""
        while True:
            self._woken = False
            await self._rest(await self._turn())

    def let_go(self) -> None:
        """End what is under way: another process may do it from now on."""
        if self._working is not None:
            self._working.cancel()

    async def _turn(self) -> float:
        """Do the work once, if it is ours, and return the seconds until it is due again."""
        stood_by, self.stands_by = self.stands_by, not self.holds(self.name)
        if self.stands_by:
            return self.longest_nap
        if stood_by:
            self._taken_on()
        self._working = asyncio.ensure_future(self._work())
        try:
            # Waited for, not awaited: so it is told apart whether it was let go or all of it ends.
            await asyncio.wait({self._working})
        except asyncio.CancelledError:
            self._working.cancel()
            await asyncio.wait({self._working})
            raise
        working, self._working = self._working, None
        if working.cancelled():
            return _SHORTEST_NAP
        try:
            due = working.result()
        except Exception:
            self.failures += 1
            reference = secrets.token_hex(4)
            log.exception("the duty %r failed", self.name, extra={"reference": reference})
            return min(2.0 ** (self.failures - 1), _LONGEST_PAUSE)
        now = instant(self._clock.now())
        self.failures, self.last_success = 0, now
        if due is None:
            return self.longest_nap
        return min(max((due - now) / 1000, _SHORTEST_NAP), self.longest_nap)

    async def _rest(self, seconds: float) -> None:
        if self._woken and not self.failures:
            await asyncio.sleep(0)
            return
        self._nap = asyncio.create_task(self._sleep(seconds), name=f"nap of {self.name}")
        try:
            # Not awaited itself: a wake-up cancels the nap, and only the nap.
            await asyncio.wait({self._nap})
        finally:
            self._nap.cancel()
            self._nap = None

    async def _sleep(self, seconds: float) -> None:
        await self.rest(asyncio.sleep(seconds))


class Duties:
    """Runs the duties of one process side by side."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._duties: dict[str, Duty] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._rest: Rest = _simply

    @property
    def all(self) -> tuple[Duty, ...]:
        """Every duty, in the order they were added."""
        return tuple(self._duties.values())

    def add(self, name: str, work: Work, taken_on: TakenOn = _nothing) -> None:
        """Add a duty, or put it in the place of the one of this name; before `start`."""
        self._duties[name] = Duty(name, work, self._clock, taken_on)
        self._duties[name].rest = self._rest

    def add_everywhere(self, name: str, work: Work) -> None:
        """Add a duty that each of several processes does for itself; before `start`."""
        self.add(name, work)
        self._duties[name].everywhere = True

    def rest_by(self, rest: Rest) -> None:
        """Have every duty's naps waited for by *rest*; before `start`."""
        self._rest = rest
        for duty in self.all:
            duty.rest = rest

    def share(self, holds: Holds) -> None:
        """Do from now on only what *holds* says is this process's; before `start`."""
        for duty in self.all:
            duty.longest_nap = SHARED_NAP
            if not duty.everywhere:
                duty.holds = holds

    def holds(self, name: str) -> bool:
        """Tell whether this process is the one that does the duty *name* at this moment."""
        return name not in self._duties or self._duties[name].holds(name)

    def let_go(self, name: str) -> None:
        """End what is under way of the duty *name*, which another process may do now."""
        if (duty := self._duties.get(name)) is not None:
            duty.let_go()

    def wake(self, name: str) -> None:
        """Have the duty *name* called soon; nothing happens when there is none."""
        if (duty := self._duties.get(name)) is not None:
            duty.wake()

    def start(self) -> None:
        """Begin all duties."""
        self._tasks = [
            asyncio.create_task(duty.run(), name=f"duty {duty.name}") for duty in self.all
        ]

    async def stop(self) -> None:
        """End all duties and wait until they have; work under way is cancelled."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        self._tasks = []
