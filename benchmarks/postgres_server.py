"""A PostgreSQL of one's own: in a temporary folder, on loopback, gone when its owner is.

It is the one Debian packages (`apt-get install postgresql`); nothing of the system's own cluster is
touched. PostgreSQL does not run as root, so root lends it the user that the package makes.
"""

import asyncio
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
from pydantic import SecretStr

T = TypeVar("T")

SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 60
max_wal_senders = 0
wal_level = minimal
log_min_messages = fatal
"""
FORGETFUL = """
fsync = off
full_page_writes = off
autovacuum = off
shared_buffers = 32MB
"""
"""For tests: nothing is on disk when the machine stops, which it does not."""

# Everybody may come in but those who are there to be refused.
ADMISSION = """
host all guarded 127.0.0.1/32 scram-sha-256
host all barred  127.0.0.1/32 reject
host all all     127.0.0.1/32 trust
"""

_EMPTY = """
DO $$ DECLARE each record; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR each IN SELECT tablename AS name FROM pg_tables
                 WHERE schemaname = 'public' AND tablename <> 'migration' LOOP
        EXECUTE format('DELETE FROM %I', each.name);
    END LOOP;
    FOR each IN SELECT sequencename AS name FROM pg_sequences WHERE schemaname = 'public' LOOP
        PERFORM setval(each.name::regclass, 1, false);
    END LOOP;
END $$
"""


class NoServerError(Exception):
    """There is no PostgreSQL here to start."""


def programs() -> Path:
    """Return the folder of initdb and postgres, of the newest version there is."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4])
    )
    beside = shutil.which("initdb")
    if not found and beside is None:
        raise NoServerError("needs a PostgreSQL to start (Debian: apt-get install postgresql)")
    return found[-1].parent if found else Path(beside or "").parent


def lent_user() -> dict[str, Any]:
    """Return as whom to run it, as `subprocess` takes it."""
    if os.geteuid() != 0:
        return {}
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        raise NoServerError("PostgreSQL does not run as root, nor is there a user for it") from None
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


class Server:
    """A server that can be stopped and killed; made in a folder of its own."""

    def __init__(self, settings: str = "") -> None:
        self._programs, self._who = programs(), lent_user()
        self._settings = SETTINGS + settings
        self._folder = Path(tempfile.mkdtemp(prefix="samizdat-postgres-"))
        if self._who:
            os.chown(self._folder, self._who["user"], self._who["group"])
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None
        self._made = 0

    def create(self) -> None:
        """Make the cluster and start it."""
        data = self._folder / "data"
        command: list[Path | str] = [
            self._programs / "initdb",
            "-D",
            data,
            "-U",
            "red",
            "--no-sync",
        ]
        command += ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-instructions"]
        subprocess.run(command, check=True, capture_output=True, cwd=self._folder, **self._who)
        with (data / "postgresql.conf").open("a") as file:
            file.write(self._settings)
        (data / "pg_hba.conf").write_text(ADMISSION)
        self.start()

    def start(self) -> None:
        """Start it; `connect` waits until it answers."""
        self._process = subprocess.Popen(
            [self._programs / "postgres", "-D", self._folder / "data", "-p", str(self.port)],
            cwd=self._folder,
            stderr=subprocess.DEVNULL,
            **self._who,
        )

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it. SIGINT: at once, breaking connections; SIGQUIT: as if the power went."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def remove(self) -> None:
        """Stop it and remove all of it."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, database: str = "postgres", user: str = "red", password: str = "") -> SecretStr:
        """Return the address of one of its databases."""
        login = f"{user}:{password}" if password else user
        return SecretStr(f"postgresql://{login}@127.0.0.1:{self.port}/{database}")

    async def connect(self, database: str = "postgres") -> asyncpg.Connection:
        """Return a session of somebody else's, once the server answers."""
        for _ in range(500):
            with suppress(OSError, asyncpg.CannotConnectNowError):
                return await asyncpg.connect(self.url(database).get_secret_value())
            await asyncio.sleep(0.02)
        raise NoServerError("the server does not start")

    async def say(self, *commands: str, database: str = "postgres") -> None:
        """Have commands done."""
        connection = await self.connect(database)
        for command in commands:
            await connection.execute(command)
        await connection.close()

    async def new_database(self, template: str = "template0") -> str:
        """Make a database and return its name."""
        self._made += 1
        name = f"community_{self._made}"
        await self.say(f"CREATE DATABASE {name} TEMPLATE {template} ")
        return name

    async def drop(self, name: str) -> None:
        """Remove a database, whoever uses it."""
        await self.say(f"DROP DATABASE {name} WITH (FORCE)")

    async def empty(self, name: str) -> None:
        """Leave no row of the community in a database: a hundred times cheaper than a new one."""
        await self.say(_EMPTY, database=name)

    async def clear(self, name: str) -> None:
        """Leave nothing in a database."""
        await self.say(f"ALTER DATABASE {name} RESET ALL")
        await self.say(
            "DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION pg_database_owner;"
            "GRANT USAGE ON SCHEMA public TO PUBLIC",
            database=name,
        )


def now(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run *coroutine* where no loop is running, and leave none behind."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()
