"""A process that dies at a random await: what lives in it, and the clock by which it lives."""

import random
from datetime import UTC, datetime
from typing import TypeVar

from benchmarks.fake_discord import FakeDiscord
from bot.outbox.models import Outgoing, Picture
from bot.outbox.outcomes import Outcome, Sighting
from bot.storage.database import Database, Operation

T = TypeVar("T")


class Death(BaseException):
    """The process ends here."""


class Time:
    """A clock that is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the simulated moment."""
        return self.moment


class Fate:
    """Says at each await whether the process dies there."""

    def __init__(self, seed: int, share: float) -> None:
        self._random = random.Random(seed)
        self._share = share
        self.deaths = 0

    def here(self) -> None:
        """Die, perhaps."""
        if self._random.random() < self._share:
            self.deaths += 1
            raise Death


class MortalDatabase(Database):
    """A database whose user may die before a write, and after it was committed."""

    fate: Fate | None = None

    async def write(self, operation: Operation[T]) -> T:
        """Write, or die before or after it."""
        if self.fate is not None:
            self.fate.here()
        result = await super().write(operation)
        if self.fate is not None:
            self.fate.here()
        return result


class MortalDiscord(FakeDiscord):
    """A Discord whose user may die before a request, and before reading the answer."""

    fate: Fate | None = None

    async def send(self, row: Outgoing, picture: Picture | None) -> Outcome:
        """Send, or die before or after it."""
        if self.fate is not None:
            self.fate.here()
        outcome = await super().send(row, picture)
        if self.fate is not None:
            self.fate.here()
        return outcome

    async def find(self, row: Outgoing) -> Sighting:
        """Look, or die before or after it."""
        if self.fate is not None:
            self.fate.here()
        seen = await super().find(row)
        if self.fate is not None:
            self.fate.here()
        return seen
