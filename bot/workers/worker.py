"""A worker: a process of this program that answers one request after the other.

It holds up nobody with its work, and nobody with its end: whoever asked is told, and it is begun
anew.
"""

import asyncio
import logging
from collections import deque
from typing import Any

from bot.errors import SamizdatError
from bot.workers.process import Process

log = logging.getLogger(__name__)

CHILD = "bot.workers.child"
_START = 30.0
"""Seconds that a start may take."""
_PAUSE = 5.0
"""Seconds from one start to the next at least: what cannot live is not begun for ever."""
_FAREWELL = 1.0


class WorkerLostError(SamizdatError):
    """The worker died, hung, or could not be begun: another may answer."""


class WorkerFailedError(SamizdatError):
    """What the worker does raised an error; its kind and words are in the message."""


class Worker:
    """One process and what is asked of it. For one event loop."""

    def __init__(self, entry: str, settings: object, *, deadline: float) -> None:
        """Name what it opens: *entry*, "module:function", is called there with *settings*.

        That returns a function from a request to its answer; requests, answers and settings are
        pickled. *deadline*: seconds that one request may take before the process is killed.
        """
        self._entry, self._settings = entry, settings
        self._deadline = deadline
        self._process: Process | None = None
        self._waiting: deque[asyncio.Future[Any]] = deque()
        self._overdue: asyncio.TimerHandle | None = None
        self._life: asyncio.Task[None] | None = None
        self._burials: set[asyncio.Task[None]] = set()
        self._ready = asyncio.Event()
        self._not_before = 0.0
        self._closed = False

    @property
    def is_ready(self) -> bool:
        """Whether a request would be taken at once."""
        return self._process is not None

    @property
    def process_id(self) -> int | None:
        """The system's number of the process, while it runs."""
        return None if self._process is None else self._process.id

    def begin(self) -> None:
        """Begin the process in the background, if it does not run."""
        now = asyncio.get_running_loop().time()
        if self._life is None and not self._closed and now >= self._not_before:
            self._not_before = now + _PAUSE
            self._ready.clear()
            self._life = asyncio.create_task(self._live(), name=f"worker {self._entry}")

    async def ask(self, request: object) -> Any:  # noqa: ANN401 - what the entry answers
        """Return the answer to *request*; a process that does not run is begun and waited for.

        Raises:
            WorkerLostError, WorkerFailedError.
        """
        self.begin()
        if self._life is not None:
            await self._ready.wait()
        if self._process is None:
            raise WorkerLostError("the worker cannot be begun just now")
        self._process.send(request)
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append(answer)
        if len(self._waiting) == 1:
            self._count_down()
        return await answer

    async def close(self) -> None:
        """End the process; what is still asked is lost."""
        self._closed = True
        if self._process is not None:
            self._bury(self._process)
        elif self._life is not None:
            self._life.cancel()
        if self._life is not None:
            await asyncio.wait([self._life])
        if self._burials:
            await asyncio.wait(self._burials)

    async def _live(self) -> None:
        """Begin the process, hand on its answers, and see it buried."""
        process = None
        try:
            async with asyncio.timeout(_START):
                process = await Process.begin(CHILD)
                process.send((self._entry, self._settings))
                await process.receive()
            self._process = process
            self._ready.set()
            await self._hand_on(process)
        except (OSError, EOFError, TimeoutError) as error:
            if not self._closed:
                log.warning("the worker %s has ended: %r", self._entry, error)
        finally:
            self._process = self._life = None
            self._lose()
            self._ready.set()
            if process is not None:
                self._bury(process)

    def _bury(self, process: Process) -> None:
        process.dismiss()
        burial = asyncio.create_task(process.ended(_FAREWELL))
        self._burials.add(burial)
        burial.add_done_callback(self._burials.discard)

    async def _hand_on(self, process: Process) -> None:
        while True:
            is_well, told = await process.receive()
            answer = self._waiting.popleft()
            self._count_down()
            if answer.done():  # whoever asked has gone
                continue
            if is_well:
                answer.set_result(told)
            else:
                answer.set_exception(WorkerFailedError(told))

    def _lose(self) -> None:
        while self._waiting:
            answer = self._waiting.popleft()
            if not answer.done():
                answer.set_exception(WorkerLostError("the worker has ended"))
        self._count_down()

    def _count_down(self) -> None:
        """Count the deadline of the request whose turn it is, if there is one."""
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None
        if self._waiting and self._process is not None:
            loop = asyncio.get_running_loop()
            self._overdue = loop.call_later(self._deadline, self._process.kill)
