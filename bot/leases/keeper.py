"""Holding leases, and knowing when one no longer holds them.

No clock of one host is compared with that of another: a holder makes its beat grow, and whoever
waits measures on its own clock how long a beat has stood still. A holder stops believing before
anybody may take over, also one that was paused in between: its own clock went on.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Sequence
from typing import Final

from bot.leases.repository import Lease, LeaseRepository
from bot.storage.database import StorageFailedError

log = logging.getLogger(__name__)

BEAT: Final = 4.0
"""Seconds between two beats."""
BELIEF: Final = 10.0
"""Seconds after its last beat for which a holder goes on."""
PATIENCE: Final = 16.0
"""Seconds for which a beat must stand still before another process takes over."""

Lost = Callable[[str, bool], None]
"""Told of a lease that this process had: its name, and whether another one has it already."""


class Keeper:
    """The leases of one process. *holder* is a word of its own, new at each start."""

    def __init__(self, repository: LeaseRepository) -> None:
        self.holder = secrets.token_hex(8)
        self._repository = repository
        self._names: list[str] = []
        self._until: dict[str, float] = {}
        self._held: set[str] = set()
        self._seen: dict[str, tuple[Lease, float]] = {}
        self._lost: Lost = lambda _name, _taken: None

    @property
    def is_alone(self) -> bool:
        """Whether no other process can hold anything, so that nothing need be asked."""
        return not self._repository.is_shared

    def want(self, names: Sequence[str]) -> None:
        """Try for *names* as well from the next turn on."""
        self._names += [name for name in names if name not in self._names]

    def on_loss(self, lost: Lost) -> None:
        """Call *lost* for each lease that this process had and has no more."""
        self._lost = lost

    def holds(self, name: str) -> bool:
        """Tell whether this process may do what *name* stands for, at this moment."""
        return self.is_alone or _now() < self._until.get(name, 0.0)

    async def keep(self) -> None:
        """Beat for ever; what cannot be renewed in time is lost."""
        while not self.is_alone:
            try:
                # A database that does not answer must not keep a loss from being noticed.
                async with asyncio.timeout(BEAT):
                    await self.turn()
            except (StorageFailedError, TimeoutError) as error:
                log.warning("the leases could not be renewed: %s", repr(error))
            self._look_for_losses()
            await asyncio.sleep(BEAT)

    async def turn(self) -> None:
        """Renew and take what can be had."""
        begun = _now()
        stale = {
            name: lease
            for name, (lease, since) in self._seen.items()
            if lease.holder != self.holder and begun - since >= PATIENCE
        }
        for name, lease in (await self._repository.turn(self.holder, self._names, stale)).items():
            if name not in self._seen or self._seen[name][0] != lease:
                self._seen[name] = (lease, _now())
            if lease.holder == self.holder:
                if name not in self._until:
                    log.info("this process has taken %r on", name)
                self._held.add(name)
                # From before it was asked: nobody can have seen this beat earlier.
                self._until[name] = begun + BELIEF
            elif name in self._held:
                self._held.discard(name)
                self._lose(name, taken=True)

    def _look_for_losses(self) -> None:
        for name, until in list(self._until.items()):
            if _now() >= until:
                self._lose(name, taken=False)

    def _lose(self, name: str, *, taken: bool) -> None:
        self._until.pop(name, None)
        log.warning("this process no longer has %r", name)
        self._lost(name, taken)

    async def release(self) -> None:
        """Give everything up, at an orderly end."""
        self._until.clear()
        if not self.is_alone:
            try:
                async with asyncio.timeout(BEAT):
                    await self._repository.release(self.holder)
            except (StorageFailedError, TimeoutError) as error:
                log.warning("the leases are left to go stale: %s", repr(error))


def _now() -> float:
    return asyncio.get_running_loop().time()
