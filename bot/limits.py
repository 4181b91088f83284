"""How much one reader, or one server, may ask for: enough for any crowd, not for a machine.

Token buckets in memory: forgetting them at a restart harms nobody. Nothing here is a promise about
people's data, so nothing of it is kept.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from bot.clock import Clock, instant
from bot.errors import BotError
from bot.language.speech import say

_MOST_KNOWN: Final = 20_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much may be asked at once, and how many more each second."""

    burst: int
    a_second: float


READER: Final = Allowance(burst=1500, a_second=30)
"""A lookup costs two milliseconds, so this is about floods: no person comes near it."""
SERVER: Final = Allowance(burst=20_000, a_second=500)
"""A hall of thousands that votes in the same minute stays far below."""


class TooFastError(BotError):
    """Somebody asks faster than people do."""

    def __init__(self) -> None:
        super().__init__(
            say("The bureau has one clerk and you have his full attention. Slowly, please.")
        )


class Buckets:
    """Counts what is asked for, by whatever asks."""

    def __init__(self, allowance: Allowance, clock: Clock) -> None:
        self._allowance = allowance
        self._clock = clock
        self._levels: OrderedDict[int, tuple[float, int]] = OrderedDict()

    def take(self, key: int) -> bool:
        """Take one for *key*; False when there is none left."""
        now = instant(self._clock.now())
        level, at = self._levels.pop(key, (float(self._allowance.burst), int(now)))
        # A clock that was set back gives nothing, and takes nothing.
        gained = max(now - at, 0) / 1000 * self._allowance.a_second
        level = min(level + gained, float(self._allowance.burst))
        enough = level >= 1
        self._levels[key] = (level - 1 if enough else level, int(now))
        if len(self._levels) > _MOST_KNOWN:
            self._levels.popitem(last=False)
        return enough


class Limits:
    """What readers and servers may ask for."""

    def __init__(self, clock: Clock) -> None:
        self._readers = Buckets(READER, clock)
        self._servers = Buckets(SERVER, clock)

    def check(self, user_id: int, guild_id: int | None) -> None:
        """Count one interaction.

        Raises:
            TooFastError: it is one too many.
        """
        of_server = guild_id is None or self._servers.take(guild_id)
        if not (self._readers.take(user_id) and of_server):
            raise TooFastError
