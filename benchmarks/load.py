"""The whole bot under load, over real sockets: `python -m benchmarks.load [--seconds 60]`.

A process of its own runs the bot with the real discord.py; this one plays Discord on loopback.
Servers arrive at the start, then readers ask (`/event`, autocomplete, buttons) at a steady rate.
Printed: how long until the servers are known, memory a server, acknowledgements (Discord allows
3 s), memory after.
"""

import argparse
import asyncio
import copy
import gc
import itertools
import os
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from loopback import payloads, schemas  # type: ignore[import-not-found]  # noqa: E402
from loopback.processes import start  # type: ignore[import-not-found]  # noqa: E402
from loopback.readers import Answer, Reader  # type: ignore[import-not-found]  # noqa: E402
from loopback.standin import Standin  # type: ignore[import-not-found]  # noqa: E402

from tests.canon.golden.reading import questions  # noqa: E402

CHANNELS, ROLES = 60, 40
"""Of each server: a large community's."""
READERS = 400
QUERIES = tuple(question.ask for question in questions("seeds"))
"""The golden set: over a thousand, each other than the others."""
PATIENCE = 3.0


@dataclass
class Tally:
    """What came of the interactions: seconds to each acknowledgement, and those without one."""

    took: list[float] = field(default_factory=list)
    failures: int = 0
    reasons: Counter[str] = field(default_factory=Counter)


def memory(process_id: int) -> float:
    """Return the resident memory of a process in MB."""
    status = Path(f"/proc/{process_id}/status").read_text("ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def processor(process_id: int | str = "self") -> float:
    """Return the seconds of processor time that a process has taken."""
    fields = Path(f"/proc/{process_id}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children(process_id: int) -> list[int]:
    """Return the processes that a process has begun: its workers."""
    listed = Path(f"/proc/{process_id}/task/{process_id}/children").read_text("ascii")
    return [int(each) for each in listed.split()]


def servers(count: int) -> list[dict[str, Any]]:
    """Return *count* servers with channels and roles, each with ids of its own."""
    model = payloads.guild()
    numbers = itertools.count(2_000_000_000_000_000_000)
    made = []
    for _ in range(count):
        server = copy.copy(model)
        server["id"] = str(next(numbers))
        server["roles"] = [
            {**model["roles"][0], "id": server["id"]},
            *({**model["roles"][0], "id": str(next(numbers)), "name": "r"} for _ in range(ROLES)),
        ]
        server["channels"] = [
            {**model["channels"][0], "id": str(next(numbers)), "guild_id": server["id"]}
            for _ in range(CHANNELS)
        ]
        made.append(server)
    return made


class Pace:
    """Gives out turns, *rate* a second; what comes late takes the place of the next."""

    def __init__(self, rate: int) -> None:
        self.given = 0
        self._rate = rate
        self._loop = asyncio.get_running_loop()
        self._begun = self._loop.time()

    async def turn(self) -> None:
        """Wait until it is time for one more interaction."""
        at = self._begun + self.given / self._rate
        self.given += 1
        await asyncio.sleep(max(at - self._loop.time(), 0))


async def ask(reader: Reader, tally: Tally, chance: random.Random, pace: Pace) -> None:
    """Do what a reader does: mostly look up, sometimes type, sometimes turn the page."""
    kind = chance.random()
    try:
        if kind < 0.3:
            answer = await reader.autocomplete("event", query=chance.choice(QUERIES)[:4])
        else:
            answer = await reader.slash("event", query=chance.choice(QUERIES))
            if kind > 0.8 and answer.message and any("▶" in label for label in answer.buttons):
                note(answer, tally)
                await pace.turn()
                answer = await reader.click(answer, "▶")
    except (TimeoutError, LookupError):
        tally.failures += 1
        return
    note(answer, tally)


def note(answer: Answer, tally: Tally) -> None:
    """Count an answer."""
    if answer.took is None or answer.took > PATIENCE or answer.refusals:
        tally.failures += 1
        tally.reasons[str(answer.refusals or answer.took)] += 1
    else:
        tally.took.append(answer.took)


async def press(standin: Standin, rate: int, seconds: float) -> Tally:
    """Have readers do *rate* things a second for *seconds*."""
    tally, chance, pace = Tally(), random.Random(7), Pace(rate)
    readers = [standin.reader(f"reader{number}") for number in range(READERS)]
    tasks = []
    while pace.given < rate * seconds:
        await pace.turn()
        tasks.append(asyncio.create_task(ask(chance.choice(readers), tally, chance, pace)))
    await asyncio.gather(*tasks)
    return tally


async def run(rate: int, seconds: float, guilds: int) -> None:
    """Play it through and print the figures."""
    schemas.OPENAPI = Path("/nonexistent")  # judging each payload would be the bottleneck here
    schemas.forget()
    made = servers(guilds)
    with tempfile.TemporaryDirectory() as folder:
        async with Standin() as standin:
            process = await start(
                Path(folder), standin.port, SEEDS_DIR=str(ROOT / "seeds"), LOG_LEVEL="WARNING"
            )
            try:
                begun = time.perf_counter()
                await process.until(standin.gateway.connected)
                number = process.process.pid
                print(f"start to connected (canon built)   {time.perf_counter() - begun:8.1f} s")
                answer = await standin.reader("vera").slash("event", query="1932")
                before = memory(number)
                begun = time.perf_counter()
                for server in made:
                    await standin.gateway.dispatch("GUILD_CREATE", server)
                # Events are taken in order: answered, it has them all.
                answer = await standin.reader("vera").slash("event", query="1932")
                took = time.perf_counter() - begun
                print(f"{guilds:,} servers taken in            {took:8.1f} s")
                each = (memory(number) - before) * 1024 / max(guilds, 1)
                print(f"memory with none                   {before:8.0f} MB")
                print(f"memory a server ({CHANNELS} channels)      {each:8.0f} KB")
                assert answer.took is not None
                standin.requests.clear()
                half, own, workers = memory(number), processor(), children(number)
                spent, helped = processor(number), sum(map(processor, workers))
                begun = time.perf_counter()
                tally = await press(standin, rate, seconds)
                after, spent = memory(number), processor(number) - spent
                helped = sum(map(processor, workers)) - helped
                helpers = sum(map(memory, workers))
                own = (processor() - own) / (time.perf_counter() - begun)
            finally:
                await process.killed()
    report(tally, rate, seconds)
    print(f"processor time an interaction      {spent * 1000 / len(tally.took):8.2f} ms")
    print(f"  and in its workers               {helped * 1000 / len(tally.took):8.2f} ms")
    # Near 100, what is slow is this process, and not the bot.
    print(f"this process was busy              {own * 100:8.0f} %")
    print(f"memory after, against before       {after - half:+8.1f} MB")
    print(f"memory of its workers              {helpers:8.1f} MB")
    print(f"violations of Discord's rules      {len(standin.violations):8}")
    print(f"load of this machine               {os.getloadavg()[0]:8.1f}")


def report(tally: Tally, rate: int, seconds: float) -> None:
    """Print the acknowledgements."""
    cuts = quantiles(tally.took, n=1000)
    print(f"{rate}/s for {seconds:.0f} s: answered          {len(tally.took):8,}")
    print(f"failures                           {tally.failures:8,}  {dict(tally.reasons) or ''}")
    for name, at in (("p50", 499), ("p95", 949), ("p99", 989), ("p99.9", 998)):
        print(f"acknowledged, {name:<20} {cuts[at] * 1000:9.1f} ms")
    print(f"acknowledged, the slowest          {max(tally.took) * 1000:9.1f} ms")


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--guilds", type=int, default=2500)
    options = parser.parse_args()
    gc.disable()  # its pauses here would be measured as the bot's
    asyncio.run(run(options.rate, options.seconds, options.guilds))


if __name__ == "__main__":
    main()
