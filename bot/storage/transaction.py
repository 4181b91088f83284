"""What an operation is, what it may do, and how an engine runs it.

The rule: **an operation awaits nothing but its transaction**, and touches nothing that others
change. It runs from beginning to end between two other operations, so a cancelled caller cannot
stop it half-way, a neighbour cannot slip in between, and nothing can keep a transaction open.
Whatever else it would wait for (Discord, a reader, another write) belongs before or after;
otherwise it gets a RuntimeError there and then, and is rolled back.

So an operation needs no event loop: it says which statement it wants (`Statement`), an engine runs
that in its own way and hands back the answer (`Course`). As nothing of it is left outside of its
transaction, an engine may run it again from the beginning; its result must be of the last run.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Generator
from contextlib import closing, suppress
from contextvars import Context
from dataclasses import dataclass
from typing import Final, Generic, TypeVar, cast

from bot.storage.rows import Answer, Parameters, Row

T = TypeVar("T")

RULE: Final = (
    "An operation may await nothing but its transaction: do everything else before or after it."
)
# They would end the transaction under the neighbours' feet.
_RESERVED: Final = ("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE")


class _UnderWay(threading.local):
    """Whether this thread is within an operation just now."""

    said = False


_UNDER_WAY: Final = _UnderWay()


@dataclass(frozen=True, slots=True)
class Statement:
    """What an operation waits for: SQL to be run, for its rows or for how many it changes."""

    sql: str
    parameters: Parameters
    wants_rows: bool

    def __await__(self) -> Generator["Statement", Answer, Answer]:
        """Wait until an engine has run it."""
        return (yield self)


class Transaction:
    """What an operation may do to the database, and only while that operation runs."""

    def __init__(self) -> None:
        self._over = False

    async def execute(self, sql: str, parameters: Parameters | None = None) -> int:
        """Run one statement and return how many rows it changed."""
        return (await self._statement(sql, parameters, wants_rows=False)).changed

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """Run one statement to its end and return its first row (columns by name), or None."""
        rows = (await self._statement(sql, parameters, wants_rows=True)).rows
        return rows[0] if rows else None

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Run one statement and return all its rows (columns by name)."""
        return list((await self._statement(sql, parameters, wants_rows=True)).rows)

    def end(self) -> None:
        """Refuse every later use: a transaction kept by somebody would write into another's."""
        self._over = True

    def _statement(self, sql: str, parameters: Parameters | None, *, wants_rows: bool) -> Statement:
        if self._over:
            raise RuntimeError("This transaction is over; ask for a new one with Database.write.")
        if sql.lstrip()[:9].upper().startswith(_RESERVED):
            raise RuntimeError("An operation is a transaction already; the engine ends it.")
        return Statement(sql, parameters or {}, wants_rows)


Operation = Callable[[Transaction], Awaitable[T]]


class Course(Generic[T]):
    """One run of an operation: it is told what came of each statement and says the next.

        statement = course.proceed()
        while statement is not None:
            statement = course.proceed(answer_to(statement))

    *value* is its result then. Whatever the operation raises comes out of `proceed`. It runs in the
    *context* of its caller: what it says (a refusal, a post) is said in their language.
    """

    value: T

    def __init__(self, operation: Operation[T], context: Context) -> None:
        self._transaction = Transaction()
        self._context = context
        self._steps = context.run(operation, self._transaction).__await__()
        self._failure: BaseException | None = None

    def proceed(self, outcome: Answer | BaseException | None = None) -> Statement | None:
        """Go on with what came of the last statement; return the next, or None at the end.

        A statement that failed fails the operation, also one that would go on without it: not
        every engine could.

        Raises:
            RuntimeError: it wanted to wait for something, against the rule.
        """
        _UNDER_WAY.said = True
        try:
            return self._proceed(outcome)
        except BaseException:
            self.end()
            raise
        finally:
            _UNDER_WAY.said = False

    def end(self) -> None:
        """End the run, also half-way."""
        self._transaction.end()
        self._steps.close()

    def _proceed(self, outcome: Answer | BaseException | None) -> Statement | None:
        try:
            if isinstance(outcome, BaseException):
                self._failure = outcome
                wanted = self._context.run(self._steps.throw, outcome)
            else:
                wanted = self._context.run(self._steps.send, outcome)
        except StopIteration as end:
            if self._failure is not None:
                raise self._failure from None
            self._transaction.end()
            self.value = end.value
            return None
        if self._failure is not None:
            raise self._failure
        if not isinstance(wanted, Statement):
            self._refuse()
        return cast("Statement", wanted)

    def _refuse(self) -> None:
        refusal = RuntimeError(RULE)
        with suppress(StopIteration), closing(self._steps):
            self._steps.throw(refusal)
        raise refusal


def running_loop() -> asyncio.AbstractEventLoop:
    """Return the event loop, or refuse in words what an operation asks of the database itself."""
    if not _UNDER_WAY.said:
        with suppress(RuntimeError):
            return asyncio.get_running_loop()
    raise RuntimeError(RULE)
