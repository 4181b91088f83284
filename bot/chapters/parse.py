"""Reading hostile bodies, in a child process that is killed when it takes too long."""

import asyncio
import contextlib
import json
import logging
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from yarl import URL

import bot
from bot.chapters import wire
from bot.chapters.entries import FeedEntry, FeedPage, Words
from bot.chapters.errors import NotAFeedError
from bot.chapters.reading import Reading
from bot.chapters.source_shapes import Source
from bot.clock import Clock
from bot.language.speech import mark

log = logging.getLogger(__name__)

_LINE = 16 * 1024 * 1024
"""The longest message of a child: a portion of entries with addresses of 2,000 characters."""
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    " from bot.chapters.child import main; main(*map(int, sys.argv[2:]))"
)
_KEPT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMPDIR", "TEMP")
"""What the child's environment has of ours: nothing that could be a secret."""
_JOBS = 500
_STOPPED = mark(
    "Reading the answer took too long and was stopped. It is no ordinary list of chapters."
)


@dataclass(frozen=True, slots=True)
class ParserLimits:
    """What one body may cost: *seconds* by the clock, CPU seconds, bytes of address space."""

    seconds: float = 20.0
    cpu_seconds: int = 8
    memory: int = 768 * 1024 * 1024


class Parser:
    """One child process that reads bodies, one at a time; replaced when it had to be killed.

    Open it with `async with`. The child is started by the first body.
    """

    def __init__(self, clock: Clock, limits: ParserLimits | None = None) -> None:
        self._clock = clock
        self._limits = limits or ParserLimits()
        self._turn = asyncio.Lock()
        self._child: asyncio.subprocess.Process | None = None
        self._jobs = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        async with self._turn:
            await self._end()

    async def parse(
        self,
        source: Source,
        body: bytes,
        *,
        final_url: str | None = None,
        charset: str | None = None,
    ) -> FeedPage:
        """Return the chapters that *body*, an answer of *source*, tells of.

        *final_url* and *charset* are those of `Fetched`; links are relative to the former.

        Raises:
            NotAFeedError: it tells of none, or reading it took too long.
        """
        reading = self._reading(source, final_url, charset)
        messages = await self._ask(wire.request(reading, len(body)), body)
        entries: list[FeedEntry] = []
        for message in messages:
            entries.extend(map(wire.entry_of, message.get("entries", ())))
            # Between two portions the event loop has other things to do.
            await asyncio.sleep(0)
        return wire.page_of(messages[0]["page"], entries)

    async def count_words(
        self,
        source: Source,
        body: bytes,
        *,
        post: int | None = None,
        final_url: str | None = None,
        charset: str | None = None,
    ) -> Words:
        """Return the words of a fetched chapter: of XenForo's post number *post*, or of the page.

        Raises:
            NotAFeedError: the post is not on the page, or reading it took too long.
        """
        reading = self._reading(source, final_url, charset)
        request = wire.request(reading, len(body), post=post, work=wire.POST)
        (message,) = await self._ask(request, body)
        return wire.words_of(message["words"])

    def _reading(self, source: Source, final_url: str | None, charset: str | None) -> Reading:
        return Reading(source, URL(final_url or source.feed_url), self._clock.now(), charset)

    async def _ask(self, request: wire.Message, body: bytes) -> list[wire.Message]:
        """Return what a child answers; whatever goes wrong, the next body finds a sound one."""
        async with self._turn:
            try:
                async with asyncio.timeout(self._limits.seconds):
                    messages = await _answer(await self._started(), request, body)
            except (TimeoutError, EOFError, OSError, ValueError) as error:
                await self._end()
                host, why = request["source"]["host"], type(error).__name__
                log.warning("a body from %s was too much for the parser (%s)", host, why)
                raise NotAFeedError(_STOPPED) from None
            except BaseException:
                # A cancelled caller leaves half an answer behind, which is nobody else's.
                await self._end()
                raise
            if messages[-1].get("error") == wire.UNREADABLE:
                # The child has ended itself, or is about to.
                await self._end()
        if "error" in messages[-1]:
            raise wire.error_of(messages[-1])
        return messages

    async def _started(self) -> asyncio.subprocess.Process:
        if self._child is not None and (self._child.returncode is not None or self._jobs >= _JOBS):
            await self._end()
        if self._child is None:
            limits = self._limits
            self._child = await asyncio.create_subprocess_exec(
                *(sys.executable, "-s", "-c", _PROGRAM, str(Path(bot.__file__).parents[1])),
                *(str(limits.memory), str(limits.cpu_seconds)),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=_LINE,
                env={name: os.environ[name] for name in _KEPT if name in os.environ},
                # Ctrl-C in a terminal is for the bot, which then hangs up on its child.
                start_new_session=True,
            )
            self._jobs = 0
        self._jobs += 1
        return self._child

    async def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
        await child.wait()


async def _answer(
    child: asyncio.subprocess.Process, request: wire.Message, body: bytes
) -> list[wire.Message]:
    """Return all that *child* says to one request, but for the word that ends it.

    Raises:
        EOFError: the child has died.
    """
    if child.stdin is None or child.stdout is None:
        raise EOFError
    child.stdin.write(json.dumps(request).encode() + b"\n")
    child.stdin.write(body)
    await child.stdin.drain()
    messages: list[wire.Message] = []
    while line := await child.stdout.readline():
        messages.append(json.loads(line))
        if messages[-1] == wire.END:
            return messages[:-1]
    raise EOFError
