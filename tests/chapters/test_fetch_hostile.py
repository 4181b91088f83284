"""Sites that mean harm: addresses of the operator's own network, and bodies without end."""

import asyncio
import gzip
import zlib

import pytest
from aiohttp import web
from yarl import URL

from bot.chapters.errors import (
    ForbiddenAddressError,
    TooLargeError,
    TooSlowError,
    UnreachableError,
)
from bot.chapters.fetch import Fetcher, FetchRules
from tests.chapters.fixtures import Names, longest_turn

PRIVATE = [
    *("127.0.0.1", "10.0.0.1", "172.16.5.5", "192.168.0.1", "169.254.169.254", "100.64.0.1"),
    *("0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "ff02::1"),
    *("::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1", "2001:0:1::1"),
]
MEGABYTE = 1_048_576
LONGEST_TURN = 0.05


def reader(still_clock, names, **rules):
    return Fetcher(FetchRules(("*",), **rules), still_clock, resolver=names)


@pytest.mark.parametrize("address", PRIVATE)
async def test_a_name_that_leads_into_the_operators_network_is_not_followed(
    farm, still_clock, address
):
    names = Names(farm.port, feeds_example=[[address]])

    async with reader(still_clock, names) as fetcher:
        with pytest.raises(ForbiddenAddressError) as raised:
            await fetcher.fetch("http://feeds.example/")

    assert farm.requests == []
    assert address not in str(raised.value)
    assert raised.value.permanent


async def test_the_same_name_is_followed_where_loopback_is_allowed(farm, still_clock):
    story = farm.plant("wordpress", chapters=1)
    names = Names(farm.port, feeds_example=[["127.0.0.1"]])

    async with reader(still_clock, names, allow_loopback=True) as fetcher:
        fetched = await fetcher.fetch(f"http://feeds.example{URL(story.address).path}")

    assert fetched.status == 200


async def test_allowing_loopback_allows_nothing_else_private(farm, still_clock):
    names = Names(farm.port, feeds_example=[["10.0.0.1"]])

    async with reader(still_clock, names, allow_loopback=True) as fetcher:
        with pytest.raises(ForbiddenAddressError):
            await fetcher.fetch("http://feeds.example/")


async def test_a_private_address_among_others_is_enough_to_refuse(farm, still_clock):
    names = Names(farm.port, feeds_example=[["10.0.0.1", "127.0.0.1"]])

    async with reader(still_clock, names, allow_loopback=True) as fetcher:
        with pytest.raises(ForbiddenAddressError):
            await fetcher.fetch("http://feeds.example/")

    assert farm.requests == []


async def test_a_redirect_into_the_operators_network_is_not_followed(farm, still_clock):
    async def moved(_request):
        raise web.HTTPFound("http://inside.example/admin")

    farm.serve("/x", moved)
    names = Names(farm.port, feeds_example=[["127.0.0.1"]], inside_example=[["192.168.0.1"]])

    async with reader(still_clock, names, allow_loopback=True) as fetcher:
        with pytest.raises(ForbiddenAddressError):
            await fetcher.fetch("http://feeds.example/x")

    assert names.asked == ["feeds.example", "inside.example"]


async def test_a_name_that_changes_its_mind_is_checked_again(farm, still_clock):
    async def moved(_request):
        return web.Response(status=302, headers={"Location": "/y", "Connection": "close"})

    farm.serve("/x", moved)
    names = Names(farm.port, feeds_example=[["127.0.0.1"], ["169.254.169.254"]])

    async with reader(still_clock, names, allow_loopback=True) as fetcher:
        with pytest.raises(ForbiddenAddressError):
            await fetcher.fetch("http://feeds.example/x")

    assert [request.path for request in farm.requests] == ["/x"]


async def test_a_body_without_end_is_cut_off(farm, fetcher):
    sent = 0

    async def endless(request):
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(request)
        while sent < 1_000 * MEGABYTE:
            await response.write(b"x" * MEGABYTE)
            sent += MEGABYTE
        return response

    farm.serve("/x", endless)

    async with longest_turn() as turn:
        with pytest.raises(TooLargeError):
            await fetcher.fetch(f"{farm.origin}/x")

    assert sent < 20 * MEGABYTE
    assert turn[0] < LONGEST_TURN


async def test_a_body_that_says_it_is_too_large_is_not_read(farm, fetcher):
    async def large(request):
        response = web.StreamResponse(headers={"Content-Length": str(1_000 * MEGABYTE)})
        await response.prepare(request)
        await response.write(b"x")
        await asyncio.sleep(30)
        return response

    farm.serve("/x", large)

    with pytest.raises(TooLargeError):
        await fetcher.fetch(f"{farm.origin}/x")


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
async def test_a_body_that_swells_when_it_is_unpacked_is_cut_off(farm, fetcher, coding):
    bomb = (gzip if coding == "gzip" else zlib).compress(bytes(400 * MEGABYTE), 9)

    async def swelling(_request):
        return web.Response(body=bomb, headers={"Content-Encoding": coding})

    farm.serve("/x", swelling)

    async with longest_turn() as turn:
        with pytest.raises(TooLargeError):
            await fetcher.fetch(f"{farm.origin}/x")

    assert len(bomb) < MEGABYTE
    assert turn[0] < LONGEST_TURN


async def test_a_body_that_cannot_be_unpacked_is_worth_another_try(farm, fetcher):
    async def broken(_request):
        return web.Response(body=b"no gzip at all", headers={"Content-Encoding": "gzip"})

    farm.serve("/x", broken)

    with pytest.raises(UnreachableError):
        await fetcher.fetch(f"{farm.origin}/x")


async def test_a_body_that_drips_is_left(farm, still_clock):
    async def dripping(request):
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(1_000):
            await response.write(b"x")
            await asyncio.sleep(0.02)
        return response

    farm.serve("/x", dripping)
    rules = FetchRules((), allow_loopback=True, seconds=0.4)

    async with Fetcher(rules, still_clock) as fetcher:
        with pytest.raises(TooSlowError):
            await fetcher.fetch(f"{farm.origin}/x")


async def test_a_redirect_with_a_body_without_end_is_followed_at_once(farm, fetcher):
    async def moved(request):
        response = web.StreamResponse(status=302, headers={"Location": "/y"})
        await response.prepare(request)
        while True:
            await response.write(b"x" * 65_536)

    async def here(_request):
        return web.Response(text="here")

    farm.serve("/x", moved)
    farm.serve("/y", here)

    assert (await fetcher.fetch(f"{farm.origin}/x")).body == b"here"


@pytest.mark.parametrize(
    "answer",
    [
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: \xff\xfe\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nETag: \xff\r\nContent-Length: 1\r\n\r\n",
        b"",
    ],
)
async def test_an_answer_that_is_not_http_is_an_error_of_ours_in_words(fetcher, answer):
    async def speak(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(speak, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(Exception) as raised:  # noqa: PT011
            await fetcher.fetch(f"http://127.0.0.1:{port}/")

    assert type(raised.value).__module__ == "bot.chapters.errors"
