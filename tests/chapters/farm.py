"""A farm of stories on a loopback port: every shape of feed, and every fault a site can have.

`python -m tests.chapters.farm 1000` plants that many stories, prints what a reader would paste of
each, and serves them until standard input ends. In a test:

async with Farm() as farm:
    story = farm.plant("wordpress")
    story.publish("Chapter 1")
    recognise(story.address, allow_loopback=True)
    farm.trouble(Fault(status=503, retry_after="60"), times=2)
"""

import asyncio
import hashlib
import re
import struct
import sys
from dataclasses import dataclass, field
from socket import SO_LINGER, SOL_SOCKET

from aiohttp import web

from tests.chapters import shapes

_BEGIN = 1_700_000_000
_XML = "application/xml"
_HTML = "text/html"


@dataclass(eq=False)
class Fault:
    """What a site does instead of answering, or to its answer.

    *status*: answered without a body. *delay*: seconds before the answer. *keep*: bytes of the body
    that arrive, with a length that says so or (*reset*) before the connection is torn down.
    *body*: what is answered instead, with status 200.
    """

    status: int | None = None
    delay: float = 0.0
    keep: int | None = None
    reset: bool = False
    body: bytes | None = None
    retry_after: str | None = None
    path: str = ""
    times: int = 1


@dataclass(eq=False)
class Story:
    """A story on the farm. *address*: what a reader would paste."""

    farm: "Farm"
    shape: str
    number: int
    title: str
    chapters: list[shapes.Chapter] = field(default_factory=list)

    @property
    def address(self):
        return self.farm.origin + _ADDRESSES[self.shape].format(self.number)

    def publish(self, title, **told):
        number = self.number * 10_000 + len(self.chapters) + 1
        at = told.pop("at", _BEGIN + 3_600 * len(self.chapters))
        self.chapters.append(shapes.Chapter(number, title, at, **told))
        return self.chapters[-1]

    def drop(self, chapter):
        self.chapters.remove(chapter)

    def told(self):
        return shapes.Told(self.number, self.title, self.farm.origin, self.chapters[::-1])


_ADDRESSES = {
    "threadmarks": "/threads/story.{}/",
    "royal_road": "/fiction/syndication/{}",
    "ao3": "/works/{}",
    "wordpress": "/blog-{}/feed/",
    "atom": "/atom-{}/posts.xml",
    "mediawiki": "/wiki-{}/api.php",
    "home": "/home-{}",
}
SHAPES = tuple(_ADDRESSES)

_ROUTES = (
    (r"/threads/story\.(\d+)/threadmarks\.rss", shapes.threadmarks_rss, _XML),
    (r"/threads/story\.(\d+)/threadmarks", shapes.threadmarks_page, _HTML),
    (r"/fiction/syndication/(\d+)", shapes.royal_road, _XML),
    (r"/works/(\d+)/navigate", shapes.work_index, _HTML),
    (r"/blog-(\d+)/feed/", shapes.wordpress, "application/rss+xml"),
    (r"/atom-(\d+)/posts\.xml", shapes.atom, "application/atom+xml"),
    (r"/wiki-(\d+)/api\.php", shapes.new_pages, "application/json"),
    (r"/home-(\d+)", shapes.blog_home, _HTML),
)


class Farm:
    """The server. *requests*: those that came, as aiohttp has them; *asked*: set by the first."""

    def __init__(self):
        self.requests = []
        self.asked = asyncio.Event()
        self.stories = {}
        self._troubles = []
        self._handlers = {}
        self._runner = None

    async def __aenter__(self):
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        self.origin = f"http://127.0.0.1:{self.port}"
        return self

    async def __aexit__(self, *_):
        await self._runner.cleanup()

    def plant(self, shape, title=None, chapters=0):
        """Add a story with that many *chapters* already told."""
        number = len(self.stories) + 1
        story = Story(self, shape, number, title or f"The Story {number}")
        self.stories[number] = story
        for place in range(1, chapters + 1):
            story.publish(f"Chapter {place}")
        return story

    def trouble(self, fault, times=1):
        """Let *fault* happen to the next requests of its path (any, if it names none)."""
        fault.times = times
        self._troubles.append(fault)

    def serve(self, path, handler):
        """Let *handler*, aiohttp's, answer *path*."""
        self._handlers[path] = handler

    async def _serve(self, request):
        self.requests.append(request)
        self.asked.set()
        fault = self._fault_of(request.path)
        await asyncio.sleep(fault.delay)
        headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
        if fault.status is not None:
            return web.Response(status=fault.status, headers=headers)
        if handler := self._handlers.get(request.path):
            return await handler(request)
        answer = self._answer(request)
        if fault.body is not None:
            answer = web.Response(body=fault.body, content_type=_HTML)
        if fault.keep is not None or fault.reset:
            return await _broken(request, answer, fault)
        return answer

    def _fault_of(self, path):
        for fault in self._troubles:
            if fault.times > 0 and path.startswith(fault.path):
                fault.times -= 1
                return fault
        return Fault()

    def _answer(self, request):
        for pattern, shape, kind in _ROUTES:
            found = re.fullmatch(pattern, request.path)
            story = found and self.stories.get(int(found[1]))
            if story:
                chosen = request.query.get("threadmark_category")
                more = (int(chosen),) if chosen else ()
                return _conditional(request, shape(story.told(), *more).encode(), kind)
        return self._post(request.path)

    def _post(self, path):
        found = re.fullmatch(r"/posts/(\d+)/", path)
        for story in self.stories.values():
            for chapter in story.chapters:
                if found and chapter.number == int(found[1]):
                    page = shapes.post_page(story.told(), chapter)
                    return web.Response(text=page, content_type=_HTML)
        return web.Response(status=404)


def _conditional(request, body, kind):
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"ETag": etag, "Last-Modified": "Tue, 14 Nov 2023 22:13:20 GMT"}
    if request.headers.get("If-None-Match") == etag:
        return web.Response(status=304, headers=headers)
    return web.Response(body=body, content_type=kind, headers=headers)


async def _broken(request, answer, fault):
    """Answer with the first bytes only: a clean end, or a connection torn down in the middle."""
    kept = answer.body[: fault.keep]
    if not fault.reset:
        return web.Response(body=kept, content_type=answer.content_type)
    response = web.StreamResponse(headers={"Content-Length": str(len(answer.body))})
    await response.prepare(request)
    await response.write(kept)
    socket = request.transport.get_extra_info("socket")
    socket.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    request.transport.abort()
    return response


async def _serve(count):
    shapes_of_feeds = [shape for shape in SHAPES if shape != "home"]
    async with Farm() as farm:
        for number in range(count):
            story = farm.plant(shapes_of_feeds[number % len(shapes_of_feeds)], chapters=10)
            print(story.address)  # noqa: T201
        print(flush=True)  # noqa: T201
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
