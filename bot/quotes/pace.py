"""One card in five seconds a reader."""

from datetime import timedelta
from math import ceil

from bot.clock import Clock, Instant, instant
from bot.quotes.errors import TooQuickError

PAUSE = timedelta(seconds=5)
_MOST_KEPT = 1000


class Pace:
    """Remembers who had a card in the last seconds; a restart forgives everybody."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: dict[int, Instant] = {}

    def check(self, user_id: int) -> None:
        """Let pass whoever has not had a card just now.

        Raises:
            TooQuickError: their last one is less than five seconds old.
        """
        now, pause = instant(self._clock.now()), PAUSE // timedelta(milliseconds=1)
        left = self._last.get(user_id, Instant(now - pause)) + pause - now
        if 0 < left <= pause:
            raise TooQuickError(ceil(left / 1000))

    def take(self, user_id: int) -> None:
        """Note that somebody gets a card now.

        Raises:
            TooQuickError: their last one is less than five seconds old.
        """
        self.check(user_id)
        now = instant(self._clock.now())
        if len(self._last) >= _MOST_KEPT:
            recent = now - PAUSE // timedelta(milliseconds=1)
            self._last = {who: at for who, at in self._last.items() if at > recent}
        self._last[user_id] = now
