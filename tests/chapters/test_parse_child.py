"""The process that reads bodies: it is killed when it must be, and the next body is read."""

import asyncio
import gc
import os
import signal
import sys

import pytest

from bot.chapters.errors import NotAFeedError
from bot.chapters.parse import Parser, ParserLimits
from bot.chapters.sources import recognise
from tests.chapters.fixtures import longest_turn
from tests.chapters.readings import item, rss

SOURCE = recognise("https://example.org/feed")
FEED = rss(item(title="One", guid="1")).encode()
HOG = rss(item(guid="1", description="<b>" * 400_000)).encode()
MEGABYTE = 1024 * 1024

linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's limits and /proc")


@pytest.fixture
async def tight(still_clock):
    async with Parser(still_clock, ParserLimits(cpu_seconds=1)) as parser:
        yield parser


async def reads(parser):
    page = await parser.parse(SOURCE, FEED)
    return [entry.title for entry in page.entries] == ["One"]


async def test_one_child_reads_one_body_after_another(parser):
    assert await reads(parser)
    child = parser._child.pid

    assert all(await asyncio.gather(*(reads(parser) for _ in range(20))))
    assert parser._child.pid == child


@linux
async def test_a_body_that_takes_too_much_of_the_processor_is_stopped_and_the_next_is_read(tight):
    assert await reads(tight)

    with pytest.raises(NotAFeedError, match="too long"):
        await tight.parse(SOURCE, HOG)

    assert await reads(tight)


async def test_a_body_that_takes_too_long_is_stopped_and_the_next_is_read(still_clock):
    async with Parser(still_clock, ParserLimits(seconds=1.5)) as parser:
        assert await reads(parser)
        child = parser._child.pid

        with pytest.raises(NotAFeedError, match="too long"):
            await parser.parse(SOURCE, HOG)

        assert await reads(parser)
        assert parser._child.pid != child


@linux
async def test_a_body_that_takes_too_much_memory_is_told_and_the_next_is_read(still_clock):
    # One character beyond 16 bits makes four bytes of each.
    wide = rss(item(guid="1", title="x" * 16 * MEGABYTE + "😀")).encode()
    async with Parser(still_clock, ParserLimits(memory=128 * MEGABYTE)) as parser:
        with pytest.raises(NotAFeedError, match="too large"):
            await parser.parse(SOURCE, wide)

        assert await reads(parser)


async def test_a_caller_that_is_cancelled_gets_nobody_elses_answer(parser):
    long = rss(*(item(guid=str(number)) for number in range(5_000))).encode()
    reading = asyncio.create_task(parser.parse(SOURCE, long))
    await asyncio.sleep(0.3)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading

    assert await reads(parser)


@linux
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV])
async def test_a_child_that_dies_is_replaced(parser, how):
    assert await reads(parser)
    os.kill(parser._child.pid, how)
    await parser._child.wait()

    assert await reads(parser)


async def test_a_child_is_renewed_now_and_then(parser, monkeypatch):
    monkeypatch.setattr("bot.chapters.parse._JOBS", 2)
    children = set()
    for _ in range(5):
        assert await reads(parser)
        children.add(parser._child.pid)

    assert len(children) == 3


@linux
async def test_the_child_knows_no_secret_and_ends_with_its_parser(still_clock, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "swordfish")
    async with Parser(still_clock) as parser:
        assert await reads(parser)
        child = parser._child
        with open(f"/proc/{child.pid}/environ", "rb") as environment:  # noqa: PTH123, ASYNC230
            assert b"swordfish" not in environment.read()

    assert child.returncode is not None


async def test_ten_thousand_entries_are_read_and_the_loop_does_not_lag(parser):
    many = rss(*(item(title=f"C {n}", guid=str(n), link=f"/{n}") for n in range(10_000))).encode()
    assert await reads(parser)
    gc.collect()

    async with longest_turn() as turn:
        page = await parser.parse(SOURCE, many)

    assert len({entry.identity for entry in page.entries}) == 10_000
    assert turn[0] < 0.05


async def test_what_the_child_finds_at_fault_is_told_as_it_was_found(parser):
    page = b"<!doctype html><link rel=alternate type=application/rss+xml href=/feed>"

    with pytest.raises(NotAFeedError, match="names one") as raised:
        await parser.parse(SOURCE, page, final_url="https://example.org/home")

    assert raised.value.alternates == ("https://example.org/feed",)


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel>" + b"<x>" * 200_000,
        b"<!doctype html><body>" + b"<div>" * 100_000,
        b'<rss version="2.0"><channel>' + b"<item><guid>1</guid></item>" * 20_000,
        b"<!--" * 500_000,
        b"<rss " + b"a='1' " * 100_000,
        b"<rss>" + b"&#1;" * 500_000,
    ],
    ids=["deep xml", "deep html", "many", "comments", "attributes", "references"],
)
async def test_bodies_made_to_hang_a_reader_end_in_time(tight, body):
    async with asyncio.timeout(10):
        try:
            await tight.parse(SOURCE, body)
        except NotAFeedError as error:
            told = str(error)
        else:
            told = "read."

    assert told.endswith(".")
    assert await reads(tight)
