"""Sites that mean harm, on loopback: each at an address of its own, so that none waits for another.

async with hostile_sites() as addresses:   # name → what an admin would paste
"""

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from aiohttp import web

MEGABYTE = 1024 * 1024
_XML = {"Content-Type": "application/rss+xml"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def feed_of(items: int) -> bytes:
    """Return a feed of that many entries."""
    entries = (f"<item><guid>{n}</guid><title>Part {n}</title></item>" for n in range(items))
    return f'<rss version="2.0"><channel>{"".join(entries)}</channel></rss>'.encode()


def _told(body: bytes, **headers: str) -> Handler:
    async def tell(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=body, headers={**_XML, **headers})

    return tell


async def _hang(_request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(3600)
    return web.Response()


async def _drip(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers=_XML)
    await response.prepare(request)
    with suppress(ConnectionError):
        while True:
            await response.write(b"<")
            await asyncio.sleep(0.2)
    return response


async def _pour(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers=_XML)
    await response.prepare(request)
    with suppress(ConnectionError):
        while True:
            await response.write(b"<item>" * 10_000)
    return response


async def _in_circles(request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound(request.path_qs)


async def _inwards(_request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("http://169.254.169.254/latest/meta-data")


def _sites() -> dict[str, Handler]:
    bomb = gzip.compress(b"\0" * (64 * MEGABYTE))
    deep = b'<rss version="2.0"><channel><item><guid>1</guid><description>' + b"<b>" * 400_000
    return {
        "a feed of 10 MB": _told(feed_of(200_000)[: 10 * MEGABYTE]),
        "ten thousand entries": _told(feed_of(10_000)),
        "a bomb": _told(bomb, **{"Content-Encoding": "gzip"}),
        "tags that are never closed": _told(deep),
        "comments without end": _told(b"<!--" * 500_000),
        "references": _told(b"<rss>" + b"&#1;" * 500_000),
        "a page of nested boxes": _told(b"<!doctype html><body>" + b"<div>" * 100_000),
        "no answer": _hang,
        "an answer that drips": _drip,
        "an answer without end": _pour,
        "redirects in circles": _in_circles,
        "a redirect inwards": _inwards,
        "not a feed": _told(bytes(range(256)) * 4_000),
    }


@asynccontextmanager
async def hostile_sites() -> AsyncIterator[dict[str, str]]:
    """Serve them all; yield the address of each by what it does."""
    runners, addresses = [], {}
    for number, (name, handler) in enumerate(_sites().items(), start=2):
        app = web.Application()
        app.router.add_get("/feed", handler)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        runners.append(runner)
        await web.TCPSite(runner, f"127.0.0.{number}", 0).start()
        addresses[name] = f"http://127.0.0.{number}:{runner.addresses[0][1]}/feed"
    try:
        yield addresses
    finally:
        for runner in runners:
            await runner.cleanup()
