"""How PostgreSQL commits a batch: one transaction under one lock, a savepoint an operation.

All processes take the same advisory lock before they write, so that their operations run one
after another, as SQLite's do: what was proved for one writer stays proved for many
(ARCHITECTURE.md has the figures against SERIALIZABLE). The lock is the transaction's, so it is
never left behind.

A connection that breaks before COMMIT was sent has saved nothing. When it breaks after that, the
answer is looked up: the transaction itself wrote its number into the writer's row.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Final
from uuid import uuid4

import asyncpg

from bot.storage.errors import OutcomeUnknownError, StorageFailedError
from bot.storage.jobs import Job, fail
from bot.storage.postgres import connecting
from bot.storage.postgres.dialect import render
from bot.storage.postgres.faults import CONFLICTS, failure, is_loss, lost
from bot.storage.rows import Answer
from bot.storage.transaction import Course, Statement

BATCH: Final = 64
"""The most operations that share one commit: other processes wait for their turn meanwhile."""
LOCK: Final = 0x53414D5A
"""“SAMZ”: the key of the advisory lock that writers and migrations take."""

BEGIN: Final = f"BEGIN; SELECT pg_advisory_xact_lock({LOCK}); SAVEPOINT operation"
_NEXT: Final = "RELEASE operation; SAVEPOINT operation"
_UNDO: Final = "ROLLBACK TO operation"
_ENTER: Final = """
INSERT INTO writer_mark (writer, batch, marked_at)
VALUES ($1, 0, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)
"""
_FORGET_OLD: Final = """
DELETE FROM writer_mark
 WHERE marked_at < (extract(epoch FROM clock_timestamp()) * 1000)::bigint - 7 * 86400000
"""
_LEAVE: Final = "DELETE FROM writer_mark WHERE writer = $1"
_LOOK: Final = "SELECT batch FROM writer_mark WHERE writer = $1"
_TRIES: Final = 8  # of a batch that meets others' work; then of each operation alone
_LOOKING: Final = 10.0  # seconds in which a lost answer is looked up

Connect = Callable[[], Awaitable[asyncpg.Connection]]


class _LostError(Exception):
    """The connection is gone. *committing*: COMMIT was sent, so nobody knows."""

    def __init__(self, cause: BaseException, *, committing: bool = False) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.committing = committing


class _Run:
    """A run of a job that keeps what comes out of it, also what it raises, in the job."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._course: Course[object] | None = None

    def proceed(self, outcome: Answer | BaseException | None) -> Statement | None:
        """See `Course.proceed`; None as well when the operation raised something."""
        try:
            if self._course is None:
                self._course = self._job.begin()
            if (statement := self._course.proceed(outcome)) is None:
                self._job.value = self._course.value
        except BaseException as error:  # noqa: BLE001 - whatever it is, it goes to the caller
            self._job.error = error
            return None
        return statement

    def end(self) -> None:
        """End the run, also half-way."""
        if self._course is not None:
            self._course.end()


class Committer:
    """Owns the writing connection, and opens it again whenever it has to."""

    begin = BEGIN
    """How a transaction is begun; the benchmarks try another way."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._name = uuid4().hex
        self._batch = 0
        self.connection: asyncpg.Connection | None = None

    async def enter(self) -> None:
        """Open the connection and make the row by which lost answers are found."""
        connection = await self._opened()
        await connection.execute(_FORGET_OLD)
        await connection.execute(_ENTER, self._name)

    async def close(self) -> None:
        """Close the connection."""
        if self.connection is not None and not self.connection.is_closed():
            with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
                await self.connection.execute(_LEAVE, self._name)
            await connecting.close(self.connection)

    async def commit(self, jobs: Sequence[Job]) -> None:
        """Run *jobs* and commit them; when this returns, each has its outcome."""
        if await self._commit_together(jobs) or len(jobs) == 1:
            return
        for job in jobs:
            await self._commit_together([job])

    async def _commit_together(self, jobs: Sequence[Job]) -> bool:
        """Commit *jobs* in one transaction, as often as it takes; False: others were always faster.

        Then none is saved, and each has that as its outcome.
        """
        reason: BaseException | None = None
        for attempt in range(_TRIES):
            for job in jobs:
                job.value = job.error = None
            try:
                await self._transact(jobs)
            except CONFLICTS as error:
                reason = error
                await self._roll_back()
                await asyncio.sleep(random.uniform(0, 0.005 * 2**attempt))  # noqa: S311 - no secret
                continue
            except _LostError as broken:
                self._drop()
                if broken.committing and (saved := await self._was_saved()) is not False:
                    if saved is None:
                        fail(jobs, OutcomeUnknownError(_UNKNOWN), broken.cause)
                    return True
                fail(jobs, failure(broken.cause) or lost(), broken.cause)
            except Exception as error:  # noqa: BLE001 - whatever it is, it goes to every caller
                await self._roll_back()
                known = failure(error) or StorageFailedError(f"{_FAILED}: {error}.")
                fail(jobs, known, error)
            return True
        fail(jobs, StorageFailedError(_BUSY), reason or RuntimeError("never tried"))
        return False

    async def _transact(self, jobs: Sequence[Job]) -> None:
        connection = await self._begun()
        touched = wrote = False
        for job in jobs:
            if job.is_abandoned:
                continue
            if touched:
                await self._tell(connection, _NEXT)
            touched = await self._perform(job, connection)
            wrote = wrote or touched
        if not wrote:
            await self._tell(connection, "ROLLBACK")
            return
        self._batch += 1
        end = _MARK.format(batch=self._batch, writer=self._name)
        try:
            ended = await connection.execute(end)
        except Exception as error:
            if is_loss(error, connection):
                raise _LostError(error, committing=True) from error
            raise
        if ended != "COMMIT":
            raise RuntimeError(f"COMMIT was answered with {ended}")

    async def _begun(self) -> asyncpg.Connection:
        """Return the connection in a new transaction. One that died in its sleep is replaced."""
        for last in (False, True):
            connection = await self._opened()
            try:
                await self._tell(connection, self.begin)
            except _LostError:
                self._drop()
                if last:
                    raise
            else:
                return connection
        raise RuntimeError("unreachable")

    async def _perform(self, job: Job, connection: asyncpg.Connection) -> bool:
        """Run a job in the savepoint that is set; return whether the savepoint is used up.

        Raises:
            one of CONFLICTS, _LostError: nothing of the whole transaction stands.
        """
        touched = False
        run = _Run(job)
        try:
            statement = run.proceed(None)
            while statement is not None:
                touched = touched or not _only_reads(statement.sql)
                statement = run.proceed(await self._outcome(statement, connection))
        finally:
            run.end()
        if job.error is not None:
            await self._tell(connection, _UNDO)
            return False
        return touched

    async def _outcome(
        self, statement: Statement, connection: asyncpg.Connection
    ) -> Answer | BaseException:
        try:
            sql, values = render(statement.sql, statement.parameters)
            if statement.wants_rows:
                return Answer(await connection.fetch(sql, *values), 0)
            return Answer((), changed(await connection.execute(sql, *values)))
        except CONFLICTS:
            raise
        except Exception as error:
            if is_loss(error, connection):
                raise _LostError(error) from error
            return failure(error) or error

    async def _tell(self, connection: asyncpg.Connection, command: str) -> None:
        try:
            await connection.execute(command)
        except Exception as error:
            if is_loss(error, connection):
                raise _LostError(error) from error
            raise

    async def _opened(self) -> asyncpg.Connection:
        if self.connection is None or self.connection.is_closed():
            self.connection = await self._connect()
        return self.connection

    async def _roll_back(self) -> None:
        """Have a connection on which nothing is begun."""
        if self.connection is not None:
            try:
                await self.connection.execute("ROLLBACK")
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                self._drop()

    def _drop(self) -> None:
        if self.connection is not None:
            self.connection.terminate()
            self.connection = None

    async def _was_saved(self) -> bool | None:
        """Find out what came of a COMMIT whose answer was lost; None: it cannot be found out.

        Whoever has the lock knows that the old transaction is over, also where the server has not
        noticed yet that we are gone.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(_LOOKING):
                while True:
                    try:
                        connection = await self._opened()
                        await connection.execute(BEGIN)
                        batch = await connection.fetchval(_LOOK, self._name)
                        await connection.execute("ROLLBACK")
                    except (StorageFailedError, OSError, asyncpg.PostgresError):
                        self._drop()
                    except asyncpg.InterfaceError:
                        self._drop()
                    else:
                        return None if batch is None else bool(batch == self._batch)
                    await asyncio.sleep(0.2)
        self._drop()
        return None


_FAILED: Final = "The database could not be used just now"
_BUSY: Final = f"{_FAILED}: others changed the same things all the time."
_UNKNOWN: Final = (
    "The connection to the database broke while it saved: look whether what was asked for is there."
)
# The number comes with the end, not with the beginning: it is committed with all the rest.
_MARK: Final = """
RELEASE operation;
UPDATE writer_mark SET batch = {batch},
       marked_at = (extract(epoch FROM clock_timestamp()) * 1000)::bigint
 WHERE writer = '{writer}';
COMMIT
"""


def _only_reads(sql: str) -> bool:
    return sql.lstrip()[:6].upper() == "SELECT"


def changed(status: str) -> int:
    """Return how many rows a statement changed, by its command tag ("INSERT 0 1")."""
    word, _, rest = status.partition(" ")
    if word not in {"INSERT", "UPDATE", "DELETE"}:
        return -1
    return int(rest.rpartition(" ")[2])
