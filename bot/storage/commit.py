"""How SQLite commits a batch.

All of it runs on the database thread, in one go: no cancellation reaches it.
"""

import sqlite3
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from bot.storage.connection import failure, in_words
from bot.storage.jobs import Job, fail
from bot.storage.rows import Answer
from bot.storage.transaction import Statement

BATCH: Final = 256
"""The most operations that share one commit."""


def commit_together(jobs: Sequence[Job], connection: sqlite3.Connection) -> None:
    """Run *jobs*, each in a savepoint of its own, and commit them; each has its outcome then."""
    waiting = deque(jobs)
    while waiting:
        _transact(connection, waiting)


def _transact(connection: sqlite3.Connection, waiting: deque[Job]) -> None:
    """Take jobs from *waiting* and commit them together; on failure none of those is saved."""
    taken: list[Job] = []
    try:
        connection.execute("BEGIN IMMEDIATE")
        # A full disk or an I/O error may make SQLite roll back everything by itself. The commit
        # below then fails, and what still waits gets a transaction of its own.
        while waiting and connection.in_transaction:
            taken.append(waiting.popleft())
            _perform(taken[-1], connection)
        connection.execute("COMMIT")
    except Exception as error:  # noqa: BLE001 - whatever it is, it goes to every caller
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        if not taken:  # not even begun: the next attempt would only wait for the same lock again
            taken.extend(waiting)
            waiting.clear()
        fail(taken, failure(error), error)


def _perform(job: Job, connection: sqlite3.Connection) -> None:
    """Run the operation in a savepoint of its own, rolled back alone when it raises."""
    if job.is_abandoned:
        return
    connection.execute("SAVEPOINT operation")
    try:
        job.value = _run(job, connection)
    except BaseException as error:  # noqa: BLE001 - whatever it is, it goes to the caller
        job.error = error
        if connection.in_transaction:
            connection.execute("ROLLBACK TO operation")
    if connection.in_transaction:
        connection.execute("RELEASE operation")


def _run(job: Job, connection: sqlite3.Connection) -> object:
    course = job.begin()
    statement = course.proceed()
    while statement is not None:
        statement = course.proceed(_outcome(statement, connection))
    return course.value


def _outcome(statement: Statement, connection: sqlite3.Connection) -> Answer | BaseException:
    try:
        with in_words():
            cursor = connection.execute(statement.sql, statement.parameters)
            # To the end, also after RETURNING: an unfinished statement would hold up the commit.
            return Answer(cursor.fetchall(), cursor.rowcount)
    except Exception as error:  # noqa: BLE001 - it is the operation's to take
        return error
