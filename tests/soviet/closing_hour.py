"""Gives birth to processes that close what is overdue, and die at a statement of it; not a test.

For each line on its standard input, `N PATH`, it forks a child that opens the database at PATH far
past every deadline, closes what is due and ends; the child is killed at its Nth SQL statement (0:
never). It prints `complete` after a whole life, and `end`.
"""

import asyncio
import os
import signal
import sqlite3
import sys
from pathlib import Path

from floor import HOUR, SteadyClock, Stenographer

from bot.paths import project_folder
from bot.soviet.service import Soviet
from bot.storage.database import Database


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def die_at_statement(number: int) -> None:
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


async def live(path: Path) -> None:
    clock = SteadyClock()
    clock.pass_by(1000 * HOUR)
    async with Database.open(path, project_folder("migrations"), clock=clock) as database:
        await Soviet.build(database, clock, Stenographer()).closing.close_overdue()
    say("complete")


def main() -> None:
    for order in sys.stdin:
        number, path = order.split(maxsplit=1)
        child = os.fork()
        if child == 0:
            die_at_statement(int(number))
            asyncio.run(live(Path(path.strip())))
            os._exit(0)
        os.waitpid(child, 0)
        say("end")


if __name__ == "__main__":
    main()
