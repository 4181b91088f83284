"""Staying on Discord's good side: identifies, refusals, and how long to wait before another try.

discord.py 2.7.1 waits up to 1,024 s between reconnects, identifies without end when sessions are
invalidated, and knows neither Discord's daily limit of identifies (1,000, then the token is reset)
nor that of refused requests (10,000 in ten minutes, then the address is banned).
"""

import asyncio
import json
import logging
import random
from collections import OrderedDict, deque
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, Final

import aiohttp
import discord

from bot.clock import Clock, instant
from bot.storage.state import AppState

log = logging.getLogger(__name__)

LONGEST_WAIT: Final = 30.0
"""Seconds between two tries to reach Discord, at most."""

DEADLINE: Final = 30.0
"""Seconds for one request to Discord, files included; aiohttp would wait for 300."""

_KNOWN_AGAIN: Final = 10_000
"""Interactions that are known again; a resume repeats what came in seconds."""
_HOUR, _DAY = 3_600_000, 86_400_000
_IDENTIFIES_AN_HOUR: Final = 50
_IDENTIFIES_A_DAY: Final = 300
_LONGEST_PAUSE: Final = 60.0
"""Seconds between two identifies of which none led to a session."""
_IDENTIFIES: Final = "identifies"
_APART: Final = 5.5
"""Seconds that Discord wants between two identifies, of all processes together."""

REFUSALS: Final = 500
"""Refused requests in ten minutes after which nothing is asked any more; Discord bans at 10,000."""
_TEN_MINUTES: Final = 600_000
_REFUSED: Final = frozenset({401, 403, 429})
# Readers are waiting for these, and their tokens are not the bot's.
_ANSWERS: Final = ("/interactions/", "/webhooks/")


class Patience(discord.backoff.ExponentialBackoff[bool]):
    """discord.py's growing pause between reconnects, with an end to it."""

    def delay(self) -> float:
        """Return the seconds to wait before the next try."""
        return min(float(super().delay()), random.uniform(LONGEST_WAIT / 2, LONGEST_WAIT))  # noqa: S311


def waiting_time(error: BaseException, patience: Patience) -> float | None:
    """Return the seconds after which it may be tried again, None when it will not get better."""
    match error:
        case discord.RateLimited():
            return error.retry_after
        case discord.GatewayNotFound() | aiohttp.ClientError() | OSError() | RecursionError():
            return patience.delay()
        case discord.HTTPException() if error.status >= 500 or error.status == 429:
            return patience.delay()
        case _:
            return None


def limit_requests(http: discord.http.HTTPClient, seconds: float = DEADLINE) -> None:
    """Have no request of a client that has logged in take longer, whatever Discord does.

    A Discord that takes requests and answers none would otherwise collect five minutes of them.
    """
    # No public way leads there; tests/faults hold that it does what it should.
    session = vars(http)["_HTTPClient__session"]
    if isinstance(session, aiohttp.ClientSession):  # a simulated Discord has none
        session._timeout = aiohttp.ClientTimeout(total=seconds)  # noqa: SLF001


def take_each_once(parsers: dict[str, Callable[[Any], None]]) -> None:
    """Have an interaction that comes again, after a resume say, be left alone.

    *parsers*: discord.py's, by event. It could not be answered again, but would be acted on: a
    second press of what toggles takes the first one back.
    """
    take, known = parsers["INTERACTION_CREATE"], OrderedDict[str, None]()

    def once(data: Any) -> None:  # noqa: ANN401 - Discord's JSON
        if data["id"] in known:
            log.info("an interaction came again and was left alone")
            return
        known[data["id"]] = None
        if len(known) > _KNOWN_AGAIN:
            known.popitem(last=False)
        take(data)

    parsers["INTERACTION_CREATE"] = once


class IdentifyBudget:
    """Counts identifies in the database, so that no restart forgets them, and spreads them out."""

    def __init__(self, state: AppState, clock: Clock) -> None:
        self._state = state
        self._clock = clock
        self._in_a_row = 0

    def succeeded(self) -> None:
        """Note that a session began: the next identify need not wait for the last ones."""
        self._in_a_row = 0

    async def wait_for_turn(self) -> None:
        """Wait until one more identify is allowed, and note it."""
        while (wait := await self._take()) > 0:
            log.warning("identifying again in %.0f s: Discord counts them", wait)
            await asyncio.sleep(wait)

    async def _take(self) -> float:
        """Note an identify and return 0, or return the seconds until it may be asked again."""
        now = instant(self._clock.now())
        wait = 0.0

        def noted(value: str | None) -> str | None:
            nonlocal wait
            # A clock that was set back must not lock the bot out: what lies ahead does not count.
            before = [at for at in json.loads(value or "[]") if now - _DAY < at <= now]
            wait = self._owed(before, now)
            return None if wait > 0 else json.dumps([*before, now])

        await self._state.change(_IDENTIFIES, noted, now)
        if wait <= 0:
            self._in_a_row += 1
        return wait

    def _owed(self, before: list[int], now: int) -> float:
        waits = [0.0]
        if before and self._state.is_shared:
            waits.append(_APART - (now - before[-1]) / 1000)
        if before and self._in_a_row > 1:
            pause = min(5.0 * 2 ** (self._in_a_row - 2), _LONGEST_PAUSE)
            waits.append(pause - (now - before[-1]) / 1000)
        for most, span in ((_IDENTIFIES_AN_HOUR, _HOUR), (_IDENTIFIES_A_DAY, _DAY)):
            if len(before) >= most:
                waits.append((before[-most] + span - now) / 1000)
        return max(waits)


class RefusalBreaker:
    """Stops asking when Discord has refused too often, and for good when it refuses the token."""

    def __init__(self, clock: Clock) -> None:
        self.token_refused = asyncio.Event()
        self._clock = clock
        self._refusals: deque[int] = deque()

    def trace(self) -> aiohttp.TraceConfig:
        """Return what has every request and answer of discord.py pass here."""
        config = aiohttp.TraceConfig()
        config.on_request_start.append(self._before)
        config.on_request_end.append(self._after)
        return config

    def note(self, status: int, path: str, scope: str | None = None) -> None:
        """Count an answer of Discord's."""
        answer = any(part in path for part in _ANSWERS)
        if status == 401 and not answer:
            self.token_refused.set()
        # Of a limit that all share it is somebody else's fault, and not counted.
        if status in _REFUSED and not (status == 429 and scope == "shared"):
            self._refusals.append(instant(self._clock.now()))

    def pause(self) -> float:
        """Return the seconds for which nothing may be asked; 0 when all is well."""
        now = instant(self._clock.now())
        while self._refusals and self._refusals[0] <= now - _TEN_MINUTES:
            self._refusals.popleft()
        if len(self._refusals) < REFUSALS:
            return 0.0
        return (self._refusals[-REFUSALS] + _TEN_MINUTES - now) / 1000

    async def _before(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        asked: aiohttp.TraceRequestStartParams,
    ) -> None:
        if any(part in asked.url.path for part in _ANSWERS):
            return
        if (wait := self.pause()) > 0:
            log.error("Discord has refused too much: nothing is asked for %.0f s", wait)
            raise discord.RateLimited(wait)

    async def _after(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        answered: aiohttp.TraceRequestEndParams,
    ) -> None:
        scope = answered.response.headers.get("X-RateLimit-Scope")
        self.note(answered.response.status, answered.url.path, scope)
