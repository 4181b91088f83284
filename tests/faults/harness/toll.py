"""Stands at every statement that a session with a server begins, and strikes at one of them."""

from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from unittest import mock

import asyncpg

SPEAKING = ("execute", "fetch", "fetchval", "fetchrow")
"""What of asyncpg begins a statement."""

_OURS = ContextVar("ours", default=False)
"""Whether it is the toll itself that speaks to the server."""


class Toll:
    """Counts what the bot's sessions begin; at the *at*-th it awaits *strike*(session) first.

    *late*: it lets the statement be done, and takes its answer away.
    """

    def __init__(self, at=None, strike=None, *, late=False):
        self._at, self._strike, self._late = at, strike, late
        self.begun = 0

    @contextmanager
    def standing(self):
        with ExitStack() as stack:
            for name in SPEAKING:
                plain = getattr(asyncpg.Connection, name)
                stack.enter_context(mock.patch.object(asyncpg.Connection, name, self._at_(plain)))
            yield self

    def _at_(self, plain):
        async def begin(connection, *arguments, **options):
            if not _OURS.get():
                self.begun += 1
                if self.begun == self._at:
                    await self._struck(connection, plain, arguments, options)
            return await plain(connection, *arguments, **options)

        return begin

    async def _struck(self, connection, plain, arguments, options):
        token = _OURS.set(True)
        try:
            if self._late:
                await plain(connection, *arguments, **options)
            await self._strike(connection)
        finally:
            _OURS.reset(token)
        if self._late:
            raise asyncpg.ConnectionDoesNotExistError("the answer is lost")


def ending_sessions(url):
    """Return a strike: the server ends the session, as when somebody restarts it."""

    async def strike(connection):
        other = await asyncpg.connect(url.get_secret_value())
        pid = connection.get_server_pid()
        assert await other.fetchval("SELECT pg_terminate_backend($1, 5000)", pid)
        await other.close()

    return strike
