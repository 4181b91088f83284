"""Reading feeds: `python -m benchmarks.feeds [--feeds 1000]`.

All feeds are due at once. They are fetched over loopback from a farm of stories, a process of its
own, and read by the parser's child process. Printed: how long it takes, the longest turn of the
event loop (CPU time of its thread between two turns, and the wall clock), what one post costs.
"""

import argparse
import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bot.chapters.fetch import Fetcher, FetchRules
from bot.chapters.parse import Parser
from bot.chapters.sources import recognise
from bot.chapters.words import count_words, text_of_post
from bot.clock import UtcClock

CALLERS = 64
SENTENCE = "It was a cold morning in Petrograd, wasn't it?"


@contextmanager
def farm_of(count: int) -> Iterator[list[str]]:
    """Yield the addresses of *count* stories of ten chapters each, in every shape of feed."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.chapters.farm", str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as farm:
        lines = iter(farm.stdout or ())
        yield [line.strip() for line, _ in zip(lines, range(count), strict=False)]
        farm.communicate()


async def longest_turns(done: asyncio.Event) -> tuple[float, float]:
    """Return the longest CPU time and wall time between two turns of the loop until *done*."""
    cpu, wall = time.thread_time(), time.perf_counter()
    longest_cpu = longest_wall = 0.0
    while not done.is_set():
        await asyncio.sleep(0.001)
        longest_cpu = max(longest_cpu, time.thread_time() - cpu)
        longest_wall = max(longest_wall, time.perf_counter() - wall - 0.001)
        cpu, wall = time.thread_time(), time.perf_counter()
    return longest_cpu, longest_wall


async def poll(addresses: list[str]) -> None:
    """Read every address once and print what it took."""
    rules = FetchRules((), allow_loopback=True)
    clock = UtcClock()
    places = asyncio.Semaphore(CALLERS)
    done = asyncio.Event()
    watching = asyncio.create_task(longest_turns(done))
    async with Fetcher(rules, clock) as fetcher, Parser(clock) as parser:

        async def read(address: str) -> int:
            async with places:
                source = recognise(address, allow_loopback=True)
                fetched = await fetcher.fetch(source.feed_url)
                page = await parser.parse(source, fetched.body, final_url=fetched.final_url)
            return len(page.entries)

        begin = time.perf_counter()
        told = await asyncio.gather(*map(read, addresses))
        took = time.perf_counter() - begin
    done.set()
    cpu, wall = await watching
    print(f"{len(told)} feeds, {sum(told)} chapters: {took:.1f} s, {len(told) / took:.0f} feeds/s")
    print(f"longest turn of the loop: {cpu * 1000:.1f} ms of CPU, {wall * 1000:.1f} ms by the wall")


def count() -> None:
    """Print what counting one post costs."""
    html = (
        "<p>" + "</p><p>".join(["It was a cold morning in Petrograd, wasn't it?"] * 1_333) + "</p>"
    )
    begin = time.perf_counter()
    words = count_words(text_of_post(html))
    print(f"counting a post of {words:,} words: {(time.perf_counter() - begin) * 1000:.0f} ms")


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=1_000, help="how many are due at once")
    with farm_of(parser.parse_args().feeds) as addresses:
        asyncio.run(poll(addresses))
    count()


if __name__ == "__main__":
    main()
