"""Where an operation lives while it is killed and cancelled: a folder, and perhaps a server beside.

A ground is prepared once and copied for each fault. There is one copy at a time of a server's: its
rows are put back into the one database.
"""

import shutil

from faults.harness.house import contents, database_of, opened

from bot.paths import project_folder
from bot.storage.backup import check
from bot.storage.postgres.migrate import identities

OWN = {"migration", "lease", "writer_mark"}
"""Tables that a life of a process changes by itself."""


class FileGround:
    """A folder with a database file in it."""

    url = None

    def __init__(self, folder):
        self.folder = folder

    def opened(self):
        return opened(self.folder)

    async def contents(self):
        return contents(self.folder)

    async def copied(self, name):
        """Return a ground that is as this one was when it was prepared."""
        shutil.copytree(self.folder, self.folder.with_name(name))
        return type(self)(self.folder.with_name(name))

    async def close_gaps(self, _state):
        """Have the next number be what it would be without what failed: it is."""

    async def assert_at_rest(self, services):
        assert not services.database.engine.connection.in_transaction

    def faults(self):
        """Return what is not sound about it."""
        return check(database_of(self.folder), project_folder("migrations"))

    def remove(self):
        shutil.rmtree(self.folder)


class ServerGround:
    """A folder beside a database of a server, `schema`."""

    def __init__(self, server, folder, saved=None):
        self.server, self.folder, self.url = server, folder, server.url("schema")
        self._saved = saved
        self._numbers = {}

    def opened(self):
        return opened(self.folder, self.url)

    async def contents(self):
        """Return every row of every table, as text; note how far numbers are when it is new."""
        connection = await self.server.connect("schema")
        found = await _rows(connection)
        state = {name: sorted(map(repr, map(tuple, rows))) for name, rows in found.items()}
        self._numbers.setdefault(repr(state), await _numbers(connection))
        await connection.close()
        return state

    async def copied(self, name):
        """Return a ground that is as this one was when it was copied first."""
        if self._saved is None:
            connection = await self.server.connect("schema")
            self._saved = await _rows(connection), await _numbers(connection)
            await connection.close()
        shutil.copytree(self.folder, self.folder.with_name(name))
        await self.server.empty("schema")
        connection = await self.server.connect("schema")
        await connection.execute("SET session_replication_role = replica")
        rows, numbers = self._saved
        for table, records in rows.items():
            if records:
                await connection.copy_records_to_table(table, records=records)
        await _count_on(connection, numbers)
        await connection.close()
        copy = type(self)(self.server, self.folder.with_name(name), self._saved)
        copy._numbers = self._numbers
        return copy

    async def close_gaps(self, state):
        """Have the next number be what it would be without what failed.

        A number that a transaction took does not come back on a server when it is undone. That is
        as it should be, but then no two states would be the same.
        """
        connection = await self.server.connect("schema")
        await _count_on(connection, self._numbers[repr(state)])
        await connection.close()

    async def assert_at_rest(self, _services):
        connection = await self.server.connect("schema")
        begun = await connection.fetchval(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = 'schema'"
            " AND state LIKE 'idle in transaction%'"
        )
        await connection.close()
        assert begun == 0

    def faults(self):
        """Return nothing: a server keeps itself sound."""
        return []

    def remove(self):
        shutil.rmtree(self.folder)


async def _rows(connection):
    names = await connection.fetch(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    )
    found = {}
    for (name,) in names:
        if name not in OWN:
            found[name] = await connection.fetch(f"SELECT * FROM {name}")
    return found


async def _numbers(connection):
    return {each.sequence: each.last for each in await identities(connection)}


async def _count_on(connection, numbers):
    for sequence, last in numbers.items():
        await connection.fetchval(
            "SELECT setval($1::regclass, $2, $3)", sequence, max(last, 1), last > 0
        )
