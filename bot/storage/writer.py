"""The writer: one task, many operations to a commit, callers answered after it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from bot.storage.errors import CLOSED, StorageFailedError
from bot.storage.jobs import Job, fail
from bot.storage.transaction import Operation, running_loop

T = TypeVar("T")
LOG = logging.getLogger(__name__)

Commit = Callable[[Sequence[Job]], Awaitable[object]]
"""Runs jobs one after another and commits them together; after it each has its outcome."""


class Writer:
    """Hands what is queued to an engine's *commit*, up to *batch* operations at a time."""

    def __init__(self, commit: Commit, batch: int) -> None:
        self._commit = commit
        self._batch = batch
        self._queue: asyncio.Queue[Job | None] = asyncio.Queue()
        self._open = True
        self._task = asyncio.create_task(self._serve(), name="storage-writer")

    async def write(self, operation: Operation[T]) -> T:
        """See `Database.write`."""
        future: asyncio.Future[T] = running_loop().create_future()
        if not self._open:
            raise StorageFailedError(CLOSED)
        self._queue.put_nowait(Job(operation, future))
        return await future

    async def close(self) -> None:
        """Accept no more, finish what was accepted, and stop."""
        self._open = False
        self._queue.put_nowait(None)
        await self._task

    async def _serve(self) -> None:
        batch: list[Job] = []
        try:
            while batch := await self._next_batch():
                try:
                    await self._commit(batch)
                except Exception as error:
                    LOG.exception("The writer failed; %d writes may not be saved", len(batch))
                    reason = f"The database could not be used just now: {error}."
                    fail(batch, StorageFailedError(reason), error)
                for job in batch:
                    job.resolve()
        finally:  # also when the task is cancelled from outside, or dies of a mistake of ours
            self._open = False
            while not self._queue.empty():
                batch.extend(job for job in (self._queue.get_nowait(),) if job is not None)
            for job in batch:
                job.give_up()

    async def _next_batch(self) -> list[Job]:
        """Return whatever is queued, one job at least; an empty list means: stop."""
        batch: list[Job] = []
        job = await self._queue.get()
        while job is not None:
            batch.append(job)
            if len(batch) == self._batch or self._queue.empty():
                return batch
            job = self._queue.get_nowait()
        if batch:
            self._queue.put_nowait(None)  # to be met again, alone, after this batch
        return batch
