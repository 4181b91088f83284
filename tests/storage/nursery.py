"""Gives birth to processes that use a database until they are killed; not a test.

Starting Python costs more than all the rest, so this process imports everything once and forks for
each line on its standard input:

    forever NAME      open the database and write until somebody kills it
    count NAME        the same, all of them raising one counter
    until N NAME      one whole life of a database, killed at its Nth SQL statement

It prints `pid …`, every acknowledged write as `saved …`, `complete` after a whole life, and `end`.
"""

import asyncio
import os
import signal
import sqlite3
import sys
from pathlib import Path

from pydantic import SecretStr

from bot.clock import UtcClock
from bot.storage.backup import backup
from bot.storage.database import Database, Transaction

DATABASE = Path(sys.argv[1]) if "://" not in sys.argv[1] else SecretStr(sys.argv[1])
MIGRATIONS = Path(sys.argv[2])


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())  # one call, unbuffered: what was said before a kill is said


async def save(database: Database, name: str) -> None:
    async def operation(tx: Transaction) -> None:
        await tx.execute("INSERT INTO entry (name, amount) VALUES (:name, 0)", {"name": name})
        await tx.execute("UPDATE entry SET amount = 1 WHERE name = :name", {"name": name})

    await database.write(operation)
    say(f"saved {name}")


async def count(database: Database, name: str) -> None:
    """Raise the counter that all processes share, and leave a row for it: both or neither."""

    async def operation(tx: Transaction) -> None:
        row = await tx.fetch_one("SELECT amount FROM entry WHERE name = 'counter'")
        assert row is not None
        await tx.execute(
            "UPDATE entry SET amount = :amount WHERE name = 'counter'",
            {"amount": row["amount"] + 1},
        )
        await tx.execute("INSERT INTO entry (name, amount) VALUES (:name, 1)", {"name": name})

    await database.write(operation)
    say(f"saved {name}")


async def write_forever(name: str) -> None:
    async def one_after_another(database: Database, writer: int) -> None:
        number = 0
        while True:
            await save(database, f"{name}-{writer}-{number}")
            number += 1

    async with Database.open(DATABASE, MIGRATIONS, clock=UtcClock()) as database:
        await asyncio.gather(*(one_after_another(database, writer) for writer in range(8)))


async def count_forever(name: str) -> None:
    async def one_after_another(database: Database, writer: int) -> None:
        number = 0
        while True:
            await count(database, f"{name}-{writer}-{number}")
            number += 1

    async with Database.open(DATABASE, MIGRATIONS, clock=UtcClock()) as database:
        await asyncio.gather(*(one_after_another(database, writer) for writer in range(8)))


async def live_once(name: str) -> None:
    async with Database.open(DATABASE, MIGRATIONS, clock=UtcClock()) as database:
        for number in range(3):
            await save(database, f"{name}-alone-{number}")
        await asyncio.gather(*(save(database, f"{name}-together-{number}") for number in range(4)))
        await database.checkpoint()
        await asyncio.to_thread(backup, DATABASE, DATABASE.parent / "backups", UtcClock())
        await save(database, f"{name}-last")
    say("complete")


def die_at_statement(number: int) -> None:
    """Kill this process when any connection of it begins its *number*-th statement from now on."""
    begun = 0

    def count(_: str) -> None:
        nonlocal begun
        begun += 1
        if begun == number:
            os.kill(os.getpid(), signal.SIGKILL)

    class Traced(sqlite3.Connection):
        def __init__(self, *arguments, **options) -> None:
            super().__init__(*arguments, **options)
            self.set_trace_callback(count)

    plain = sqlite3.connect
    sqlite3.connect = lambda *arguments, **options: plain(*arguments, factory=Traced, **options)


def live(command: str) -> None:
    match command.split():
        case ["forever", name]:
            asyncio.run(write_forever(name))
        case ["count", name]:
            asyncio.run(count_forever(name))
        case ["until", number, name]:
            die_at_statement(int(number))
            asyncio.run(live_once(name))


def main() -> None:
    for command in sys.stdin:
        child = os.fork()
        if child == 0:
            live(command)
            os._exit(0)
        say(f"pid {child}")
        os.waitpid(child, 0)
        say("end")


if __name__ == "__main__":
    main()
