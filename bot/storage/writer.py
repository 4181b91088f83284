"""The writer: one task, the one writing connection, many operations to a commit."""

import asyncio
import logging
import sqlite3
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from typing import Any, Final, TypeVar

from bot.storage.connection import CLOSED, Connection, StorageFailedError, failure
from bot.storage.transaction import Operation, Transaction, drive, running_loop

T = TypeVar("T")
LOG = logging.getLogger(__name__)

BATCH: Final = 256
"""The most operations that share one commit."""


class _Job:
    """An operation, its caller's future, and what came of it."""

    def __init__(self, operation: Operation[Any], future: asyncio.Future[Any]) -> None:
        self._operation = operation
        self._future = future
        # What it says (a refusal, a post) is said in the language of its caller.
        self._context = copy_context()
        self._value: Any = None
        self.error: BaseException | None = None

    def perform(self, connection: sqlite3.Connection) -> None:
        """Run the operation in a savepoint of its own, rolled back alone when it raises."""
        if self._future.cancelled():
            return  # the caller left before its turn came: nothing was begun
        connection.execute("SAVEPOINT operation")
        transaction = Transaction(connection)
        try:
            self._value = self._context.run(self._drive, transaction)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it goes to the caller
            self.error = error
            if connection.in_transaction:
                connection.execute("ROLLBACK TO operation")
        finally:
            transaction.end()
        if connection.in_transaction:
            connection.execute("RELEASE operation")

    def _drive(self, transaction: Transaction) -> Any:  # noqa: ANN401 - whatever it returns
        return drive(self._operation(transaction))

    def resolve(self) -> None:
        """Hand the outcome to the caller, if it still waits."""
        if self._future.done():
            if self.error is not None:
                LOG.warning("A write failed after its caller had left", exc_info=self.error)
        elif self.error is not None:
            self._future.set_exception(self.error)
        else:
            self._future.set_result(self._value)

    def give_up(self) -> None:
        """Answer a caller that would otherwise wait for ever."""
        if not self._future.done():
            self._future.set_exception(StorageFailedError(CLOSED))


class Writer:
    """Runs operations one after another and answers their callers only after the commit."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._queue: asyncio.Queue[_Job | None] = asyncio.Queue()
        self._open = True
        self._task = asyncio.create_task(self._serve(), name="storage-writer")

    async def write(self, operation: Operation[T]) -> T:
        """See `Database.write`."""
        future: asyncio.Future[T] = running_loop().create_future()
        if not self._open:
            raise StorageFailedError(CLOSED)
        self._queue.put_nowait(_Job(operation, future))
        return await future

    async def close(self) -> None:
        """Accept no more, finish what was accepted, and stop."""
        self._open = False
        self._queue.put_nowait(None)
        await self._task

    async def _serve(self) -> None:
        batch: list[_Job] = []
        try:
            while batch := await self._next_batch():
                try:
                    await self._connection.run(partial(_commit_together, batch))
                except Exception as error:
                    LOG.exception("The writer failed; %d writes may not be saved", len(batch))
                    _fail(batch, error)
                for job in batch:
                    job.resolve()
        finally:  # also when the task is cancelled from outside, or dies of a mistake of ours
            self._open = False
            while not self._queue.empty():
                batch.extend(job for job in (self._queue.get_nowait(),) if job is not None)
            for job in batch:
                job.give_up()

    async def _next_batch(self) -> list[_Job]:
        """Return whatever is queued, one job at least; an empty list means: stop."""
        batch: list[_Job] = []
        job = await self._queue.get()
        while job is not None:
            batch.append(job)
            if len(batch) == BATCH or self._queue.empty():
                return batch
            job = self._queue.get_nowait()
        if batch:
            self._queue.put_nowait(None)  # to be met again, alone, after this batch
        return batch


# What follows runs on the database thread, in one go: no cancellation reaches it.


def _commit_together(jobs: Sequence[_Job], connection: sqlite3.Connection) -> None:
    waiting = deque(jobs)
    while waiting:
        _transact(connection, waiting)


def _transact(connection: sqlite3.Connection, waiting: deque[_Job]) -> None:
    """Take jobs from *waiting* and commit them together; on failure none of those is saved."""
    taken: list[_Job] = []
    try:
        connection.execute("BEGIN IMMEDIATE")
        # A full disk or an I/O error may make SQLite roll back everything by itself. The commit
        # below then fails, and what still waits gets a transaction of its own.
        while waiting and connection.in_transaction:
            taken.append(waiting.popleft())
            taken[-1].perform(connection)
        connection.execute("COMMIT")
    except Exception as error:  # noqa: BLE001 - whatever it is, it goes to every caller
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        if not taken:  # not even begun: the next attempt would only wait for the same lock again
            taken.extend(waiting)
            waiting.clear()
        _fail(taken, error)


def _fail(jobs: Iterable[_Job], error: BaseException) -> None:
    """Give all *jobs* the same bad news: even a refusal may rest on what is now undone."""
    jobs = tuple(jobs)
    told = (job.error for job in jobs if isinstance(job.error, StorageFailedError))
    reason = str(next(told, failure(error)))
    for job in jobs:
        job.error = StorageFailedError(reason)
        job.error.__cause__ = error
