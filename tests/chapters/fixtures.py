"""A farm of stories, a fetcher that may read it, and a parser."""

import asyncio
import socket
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from aiohttp.abc import AbstractResolver

from bot.chapters.fetch import Fetcher, FetchRules
from bot.chapters.parse import Parser
from bot.chapters.sources import recognise
from tests.chapters.farm import Farm


class StillClock:
    """A clock that stands still in the spring of 2026."""

    def now(self):
        return datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def still_clock():
    return StillClock()


@pytest.fixture
async def farm():
    async with Farm() as planted:
        yield planted


@pytest.fixture
async def fetcher(still_clock):
    rules = FetchRules(hosts=("example.org",), allow_loopback=True)
    async with Fetcher(rules, still_clock, "mail@example.org") as opened:
        yield opened


@pytest.fixture
async def parser(still_clock):
    async with Parser(still_clock) as opened:
        yield opened


@pytest.fixture
async def read(fetcher, parser):
    """Read what a reader pasted; *lists*: the page with all chapters instead of the feed."""

    async def reading(address, *, lists=False):
        source = recognise(address, allow_loopback=True)
        fetched = await fetcher.fetch(source.list_url if lists else source.feed_url)
        return await parser.parse(source, fetched.body, final_url=fetched.final_url)

    return reading


class Names(AbstractResolver):
    """A resolver that knows *names*: for each what it answers, one answer after the other.

    Every address gets *port*, so that a name on port 80 can lead to a server of a test.
    """

    def __init__(self, port, **names):
        self.port = port
        self.names = {name.replace("_", "."): list(told) for name, told in names.items()}
        self.asked = []

    async def resolve(self, host, port=0, family=socket.AF_INET):
        self.asked.append(host)
        told = self.names[host]
        addresses = told.pop(0) if len(told) > 1 else told[0]
        return [
            {
                "hostname": host,
                "host": address,
                "port": self.port,
                "family": socket.AF_INET6 if ":" in address else socket.AF_INET,
                "proto": 0,
                "flags": socket.AI_NUMERICHOST,
            }
            for address in addresses
        ]

    async def close(self):
        pass


@asynccontextmanager
async def longest_turn():
    """Yield a list that ends with the longest CPU time, in seconds, that one turn of the loop took.

    CPU and not wall time, so that a busy machine does not look like a blocked loop.
    """
    longest = [0.0]
    done = asyncio.Event()

    async def watch():
        last = time.thread_time()
        while not done.is_set():
            await asyncio.sleep(0)
            now = time.thread_time()
            longest[0] = max(longest[0], now - last)
            last = now

    watching = asyncio.create_task(watch())
    try:
        yield longest
    finally:
        done.set()
        await watching
