"""How the process is: measured, told to whoever asks on loopback, and in one file's age.

`GET /health` answers 200 while all is well and 503 with the reasons when it is not; `GET /metrics`
speaks Prometheus. A supervisor without HTTP looks at the age of `DATA_DIR/healthy`.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Final

from aiohttp import web
from prometheus_client import CollectorRegistry, Gauge, Histogram, ProcessCollector, generate_latest

from bot.clock import Clock, instant
from bot.duties import LONGEST_NAP, Duties
from bot.language.speech import mark, say

log = logging.getLogger(__name__)

HEALTHY_FILE: Final = "healthy"
_PERIOD: Final = 0.25
_LAGGING: Final = 0.1
"""Seconds the event loop may be late before the log says so."""
_TOO_LATE: Final = 2.0
_TOUCH_EVERY: Final = timedelta(seconds=15)
_ALONE_FOR: Final = timedelta(minutes=3)
_IDLE_FOR: Final = timedelta(minutes=10)
_BUCKETS: Final = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

DUTIES: Final = MappingProxyType(
    {
        "outbox": mark("outgoing mail"),
        "feeds": mark("feeds"),
        "chapters": mark("announcements of chapters"),
        "digests": mark("weekly digests"),
        "soviet": mark("votes and reminders"),
        "departures": mark("leaving servers"),
        "unanswered quotes": mark("unanswered quotes"),
        "deleted originals": mark("deleted originals"),
        "documents": mark("documents of servers"),
        "backup": mark("backups"),
    }
)
"""How the duties are called to people, by their names in the log and the metrics."""


def duty_name(name: str) -> str:
    """Return how the duty *name* is called in the language spoken here."""
    return say(DUTIES.get(name, name))


@dataclass(frozen=True, slots=True)
class Link:
    """How it stands with Discord: servers, and seconds to it and back by shard (None: away)."""

    guilds: int
    latencies: dict[int, float | None]

    @property
    def is_up(self) -> bool:
        """Whether every shard is connected."""
        return bool(self.latencies) and None not in self.latencies.values()


class Health:
    """Watches the event loop, the duties and the link to Discord."""

    def __init__(
        self, clock: Clock, duties: Duties, link: Callable[[], Link], healthy_file: Path
    ) -> None:
        self._clock = clock
        self._duties = duties
        self._link = link
        self._file = healthy_file
        self._started = clock.now()
        self._last_up = clock.now()
        self._last_touch = clock.now() - _TOUCH_EVERY
        self.lag = 0.0
        """Seconds the event loop was late when last looked at."""
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._lags = Histogram(
            "samizdat_loop_lag_seconds",
            "How late the event loop was",
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._guilds = Gauge("samizdat_guilds", "Servers served", registry=self._registry)
        self._latency = Gauge(
            "samizdat_shard_latency_seconds",
            "To Discord and back; -1 while away",
            ["shard"],
            registry=self._registry,
        )
        self._success = Gauge(
            "samizdat_duty_last_success_timestamp_seconds",
            "When a duty was last done",
            ["duty"],
            registry=self._registry,
        )
        self._failures = Gauge(
            "samizdat_duty_failures",
            "Failures of a duty in a row",
            ["duty"],
            registry=self._registry,
        )

    async def watch(self) -> None:
        """Look at everything four times a second; never returns."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _PERIOD
            await asyncio.sleep(_PERIOD)
            self.look(max(loop.time() - due, 0.0))

    def look(self, lag: float) -> None:
        """Note that the loop was *lag* seconds late, and how all else is."""
        self.lag = lag
        self._lags.observe(lag)
        if lag > _LAGGING:
            log.warning("the event loop was held up for %.2f s", lag)
        now = self._clock.now()
        if self._link().is_up:
            self._last_up = now
        if now - self._last_touch >= _TOUCH_EVERY and not self.complaints():
            self._last_touch = now
            # A few bytes on a local disk; a thread for it would cost more than it saves.
            self._file.touch()

    def complaints(self) -> list[str]:
        """Return what is not as it should be, in words of the language spoken here."""
        now = self._clock.now()
        said = []
        if now - self._last_up > _ALONE_FOR:
            since = f"{self._last_up:%H:%M:%S}"
            said.append(say("no connection to Discord since {time} UTC", time=since))
        if self.lag > _TOO_LATE:
            late = f"{self.lag:.1f}"
            said.append(say("the event loop is {seconds} s late", seconds=late))
        for duty in (each for each in self._duties.all if not each.stands_by):
            done = duty.last_success
            idle = instant(now) - (instant(self._started) if done is None else done)
            if idle > _IDLE_FOR.total_seconds() * 1000 + LONGEST_NAP * 1000:
                said.append(
                    say(
                        "the duty “{duty}” has not been done for {minutes} min",
                        duty=duty_name(duty.name),
                        minutes=idle // 60_000,
                    )
                )
        return said

    def metrics(self) -> bytes:
        """Return everything in Prometheus's text form."""
        link = self._link()
        self._guilds.set(link.guilds)
        for shard, latency in link.latencies.items():
            self._latency.labels(str(shard)).set(-1 if latency is None else latency)
        for duty in self._duties.all:
            self._success.labels(duty.name).set((duty.last_success or 0) / 1000)
            self._failures.labels(duty.name).set(duty.failures)
        return generate_latest(self._registry)


async def serve(health: Health, port: int) -> web.AppRunner:
    """Answer on 127.0.0.1:*port* until the returned runner is cleaned up.

    Raises:
        OSError: the port is taken.
    """

    async def well(_request: web.Request) -> web.Response:
        complaints = health.complaints()
        told = {"status": "unwell" if complaints else "ok", "complaints": complaints}
        return web.json_response(
            text=json.dumps(told, ensure_ascii=False), status=503 if complaints else 200
        )

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=health.metrics(), content_type="text/plain", charset="utf-8")

    app = web.Application()
    app.router.add_get("/health", well)
    app.router.add_get("/metrics", metrics)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner
