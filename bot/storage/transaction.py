"""What an operation is, what it may do, and how it is run.

The rule: **an operation awaits nothing but its transaction**, and touches nothing that others
change. It runs from beginning to end on the database thread, between two other operations, so a
cancelled caller cannot stop it half-way, a neighbour cannot slip in between, and nothing can keep
a transaction open. Whatever else it would wait for (Discord, a reader, another write) belongs
before or after; otherwise it gets a RuntimeError there and then, and is rolled back.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from typing import Final, TypeVar, cast

from bot.storage.connection import Parameters, in_words

T = TypeVar("T")

RULE: Final = (
    "An operation may await nothing but its transaction: do everything else before or after it."
)
# They would end the transaction under the neighbours' feet.
_RESERVED: Final = ("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE")


class Transaction:
    """What an operation may do to the database, and only while that operation runs."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._over = False

    async def execute(self, sql: str, parameters: Parameters | None = None) -> int:
        """Run one statement and return how many rows it changed."""
        return self._run(sql, parameters)[1]

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> sqlite3.Row | None:
        """Run one statement to its end and return its first row (columns by name), or None."""
        rows = self._run(sql, parameters)[0]
        return rows[0] if rows else None

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[sqlite3.Row]:
        """Run one statement and return all its rows (columns by name)."""
        return self._run(sql, parameters)[0]

    def end(self) -> None:
        """Refuse every later use: a transaction kept by somebody would write into another's."""
        self._over = True

    def _run(self, sql: str, parameters: Parameters | None) -> tuple[list[sqlite3.Row], int]:
        if self._over:
            raise RuntimeError("This transaction is over; ask for a new one with Database.write.")
        if sql.lstrip()[:9].upper().startswith(_RESERVED):
            raise RuntimeError("An operation is a transaction already; the writer ends it.")
        with in_words():
            cursor = self._connection.execute(sql, parameters or {})
            # To the end, also after RETURNING: an unfinished statement would hold up the commit.
            return cursor.fetchall(), cursor.rowcount


Operation = Callable[[Transaction], Awaitable[T]]


def drive(operation: Awaitable[T]) -> T:
    """Run *operation* to its end here and now.

    Raises:
        RuntimeError: it wanted to wait for something, against the rule.
    """
    steps = operation.__await__()
    try:
        steps.send(None)
    except StopIteration as end:
        return cast("T", end.value)
    refusal = RuntimeError(RULE)
    with suppress(StopIteration), closing(steps):
        steps.throw(refusal)
    raise refusal


def running_loop() -> asyncio.AbstractEventLoop:
    """Return the event loop, or refuse in words what an operation asks of the database itself."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        raise RuntimeError(RULE) from None
