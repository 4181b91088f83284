"""A storm over real sockets: `python -m benchmarks.storm [--seconds 240]`.

The whole bot in a process of its own; this one plays Discord and the web. All the time, all at
once: an admin tries hostile feeds (`/feed test`: bombs, bodies without end, markup that takes a
parser minutes, sites that hang), readers have hard texts drawn on cards, and others ask.

Printed: how late the bot's event loop was, as its own `GET /metrics` tells (goal: 50 ms for 99 of
100 looks), what readers waited, and how its memory grew after the warm-up (goal: flat but for the
engine of the cards, which leaks; docs/cards.md has its figure).
"""

import argparse
import asyncio
import os
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp.test_utils import unused_port

from benchmarks.hard_texts import HARD_TEXTS
from benchmarks.hostile_site import hostile_sites
from benchmarks.load import ROOT, Pace, Tally, ask, memory, report

sys.path.insert(0, str(ROOT / "tests"))

from loopback import payloads, schemas  # type: ignore[import-not-found]
from loopback.processes import start  # type: ignore[import-not-found]
from loopback.standin import Standin  # type: ignore[import-not-found]

READERS = 60
A_SECOND = 20
"""Questions of readers meanwhile."""
DRAWING = 2
"""Cards asked for at any moment."""
GOAL = 0.05
_LAG = re.compile(r'samizdat_loop_lag_seconds_bucket\{le="([^"]+)"\} ([\d.e+]+)')
_PATIENCE = 60.0


class Storm:
    """What goes on at once, until it is over."""

    def __init__(self, standin: Standin, addresses: dict[str, str]) -> None:
        self.standin = standin
        self.addresses = addresses
        self.tally = Tally()
        self.drawn = 0
        self.feeds: Counter[str] = Counter()
        self.unanswered: Counter[str] = Counter()
        self._chance = random.Random(7)
        self._readers = [standin.reader(f"reader{number}") for number in range(READERS)]

    async def try_feed(self, name: str) -> None:
        """Have an admin try one hostile site, again and again."""
        admin = self.standin.reader("admin", payloads.EVERYTHING)
        while True:
            answer = await admin.begin("feed test", url=self.addresses[name])
            try:
                await answer.whole(_PATIENCE)
                self.feeds[name] += 1
            except TimeoutError:
                self.unanswered[name] += 1
            self._forget()

    async def draw(self, some: list[Any]) -> None:
        """Have card after card drawn, each reader at the pace that is allowed."""
        author = self.standin.reader("author")
        while True:
            for reader in some:
                words = self._chance.choice(HARD_TEXTS).words * self._chance.choice((1, 1, 3))
                said = author.says(words[:2000])
                answer = await reader.begin_menu("Make quote card", said)
                try:
                    await answer.whole(_PATIENCE)
                    self.drawn += bool(answer.message and answer.message["attachments"])
                except TimeoutError:
                    self.unanswered["a card"] += 1
            await asyncio.sleep(0)

    async def question(self) -> None:
        """Have readers look things up, so many a second."""
        pace = Pace(A_SECOND)
        async with asyncio.TaskGroup() as group:
            while True:
                await pace.turn()
                reader = self._chance.choice(self._readers)
                group.create_task(ask(reader, self.tally, self._chance, pace))

    def _forget(self) -> None:
        """Forget what the stand-in keeps for tests: this process is not what is measured."""
        self.standin.requests.clear()
        self.standin.files.clear()

    def works(self) -> list[Callable[[], Awaitable[None]]]:
        """Return everything that goes on."""
        feeds = [lambda name=name: self.try_feed(name) for name in self.addresses]
        part = len(self._readers) // DRAWING
        artists = [self._readers[n * part : (n + 1) * part] for n in range(DRAWING)]
        cards = [lambda some=some: self.draw(some) for some in artists]
        return [*feeds, *cards, self.question]


async def lag(port: int) -> dict[float, float]:
    """Return how many looks found the bot's loop late by at most so many seconds."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/metrics") as response,
    ):
        text = await response.text()
    return {float(bucket): float(looks) for bucket, looks in _LAG.findall(text)}


def queued(process_id: int) -> float:
    """Return the seconds for which a process's loop was ready and no processor was free."""
    return int(Path(f"/proc/{process_id}/schedstat").read_text("ascii").split()[1]) / 1e9


async def weather(storm: Storm, seconds: float, look: Callable[[], float]) -> list[float]:
    """Let it rage, and return the memory of the bot every five seconds."""
    tasks = [asyncio.ensure_future(work()) for work in storm.works()]
    seen = []
    for _ in range(int(seconds / 5)):
        await asyncio.sleep(5)
        seen.append(look())
        for task in tasks:
            if task.done():
                task.result()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return seen


async def run(seconds: float) -> None:
    """Play it through and print the figures."""
    schemas.OPENAPI = Path("/nonexistent")  # judging each payload would take this machine's time
    schemas.forget()
    port = unused_port()
    chosen = {
        "SEEDS_DIR": str(ROOT / "seeds"),
        "LOG_LEVEL": "CRITICAL",
        "FEED_ALLOW_LOOPBACK": "1",
        "HEALTH_PORT": str(port),
    }
    with tempfile.TemporaryDirectory() as folder:
        async with Standin() as standin, hostile_sites() as addresses:
            process = await start(Path(folder), standin.port, **chosen)
            try:
                await process.until(standin.gateway.connected)
                await standin.reader("vera").slash("event", query="1932")
                number = process.process.pid
                storm, before, waited = Storm(standin, addresses), await lag(port), queued(number)
                seen = await weather(storm, seconds, lambda: memory(number))
                after, waited = await lag(port), queued(number) - waited
            finally:
                await process.killed()
    tell(storm, {edge: after[edge] - before[edge] for edge in after}, seen)
    # Of a machine that others use, too, the lateness is not the bot's alone.
    print(f"the loop waited for a processor    {waited:8.1f} s of {seconds:.0f}")


def tell(storm: Storm, looks: dict[float, float], seen: list[float]) -> None:
    """Print what was seen."""
    every = looks[float("inf")]
    print("hostile feeds tried, and answered:")
    for name in storm.addresses:
        print(f"  {name:<32} {storm.feeds[name]:6,}")
    print(f"cards of hard texts                {storm.drawn:8,}")
    print(f"never answered                     {dict(storm.unanswered) or 0}")
    report(storm.tally, A_SECOND, len(seen) * 5)
    print(f"the event loop, of {every:,.0f} looks: " + ", ".join(
        f"{100 * count / every:.1f} % ≤ {edge * 1000:.0f} ms"
        for edge, count in looks.items() if 0.005 <= edge <= 0.5
    ))  # fmt: skip
    print(
        f"  99 % within {GOAL * 1000:.0f} ms: {'yes' if looks[GOAL] >= 0.99 * every else 'MISSED'}"
    )
    third = len(seen) // 3
    begin, end = sum(seen[third : 2 * third]) / third, sum(seen[-third:]) / third
    print(f"memory, every 30 s (MB)            {[round(each) for each in seen[5::6]]}")
    print(f"its last third against the second  {end - begin:+8.1f} MB")
    print(f"load of this machine               {os.getloadavg()[0]:8.1f}")


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=240)
    asyncio.run(run(parser.parse_args().seconds))


if __name__ == "__main__":
    main()
