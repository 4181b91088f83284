"""Operations that wait for their turn, each with the caller it is done for."""

import asyncio
import logging
from collections.abc import Iterable
from contextvars import copy_context
from typing import Any

from bot.storage.errors import CLOSED, OutcomeUnknownError, StorageFailedError
from bot.storage.transaction import Course, Operation

LOG = logging.getLogger(__name__)


class Job:
    """An operation, its caller's future, and what came of it."""

    def __init__(self, operation: Operation[Any], future: asyncio.Future[Any]) -> None:
        self._operation = operation
        self._future = future
        self._context = copy_context()
        self.value: Any = None
        self.error: BaseException | None = None

    @property
    def is_abandoned(self) -> bool:
        """Whether the caller left before its turn came: nothing is to be begun."""
        return self._future.cancelled()

    def begin(self) -> Course[Any]:
        """Return a run of the operation from its beginning."""
        return Course(self._operation, self._context)

    def resolve(self) -> None:
        """Hand the outcome to the caller, if it still waits."""
        if self._future.done():
            if self.error is not None:
                LOG.warning("A write failed after its caller had left", exc_info=self.error)
        elif self.error is not None:
            self._future.set_exception(self.error)
        else:
            self._future.set_result(self.value)

    def give_up(self) -> None:
        """Answer a caller that would otherwise wait for ever."""
        if not self._future.done():
            self._future.set_exception(StorageFailedError(CLOSED))


def fail(jobs: Iterable[Job], reason: StorageFailedError, cause: BaseException) -> None:
    """Give all *jobs* the same bad news: even a refusal may rest on what is now undone."""
    jobs = tuple(jobs)
    if not isinstance(reason, OutcomeUnknownError):
        told = (job.error for job in jobs if isinstance(job.error, StorageFailedError))
        reason = next(told, reason)
    for job in jobs:
        job.error = type(reason)(str(reason))
        job.error.__cause__ = cause
