"""How many durable one-row writes a second: `python -m benchmarks.storage [--seconds 2]`.

Two ways on the same disk, both with WAL and synchronous=FULL: `Database.write` (one writer, group
commit) and plain aiosqlite (one shared connection, every statement a commit of its own). Then votes
on one motion, on SQLite and on PostgreSQL side by side (`benchmarks.hot_motion`).
"""

import argparse
import asyncio
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import quantiles

import aiosqlite

from benchmarks import hot_motion
from bot.clock import UtcClock
from bot.storage.database import Database, Transaction

CALLERS = (1, 64, 256)
TABLE = "CREATE TABLE ballot (voter INTEGER PRIMARY KEY, choice TEXT NOT NULL) STRICT;"
VOTE = """
    INSERT INTO ballot (voter, choice) VALUES (:voter, :choice)
    ON CONFLICT (voter) DO UPDATE SET choice = excluded.choice
"""
ELECTORATE = 100_000

Vote = Callable[[int], Awaitable[object]]


@asynccontextmanager
async def grouped(folder: Path) -> AsyncIterator[Vote]:
    """Through `Database.write`."""
    migrations = folder / "migrations"
    migrations.mkdir()
    (migrations / "0001_ballot.sql").write_text(TABLE, encoding="utf-8")
    async with Database.open(folder / "grouped.sqlite", migrations, clock=UtcClock()) as database:

        async def vote(voter: int) -> None:
            async def operation(tx: Transaction) -> None:
                await tx.execute(VOTE, {"voter": voter, "choice": "for"})

            await database.write(operation)

        yield vote


@asynccontextmanager
async def plain(folder: Path) -> AsyncIterator[Vote]:
    """Through one shared aiosqlite connection in autocommit."""
    async with aiosqlite.connect(folder / "plain.sqlite", isolation_level=None) as connection:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            await connection.execute_fetchall(f"PRAGMA {pragma}")
        await connection.execute_fetchall(TABLE)

        async def vote(voter: int) -> None:
            await connection.execute_fetchall(VOTE, {"voter": voter, "choice": "for"})

        yield vote


async def measure(vote: Vote, callers: int, seconds: float) -> tuple[float, float, float]:
    """Return writes a second, and the 50th and 99th percentile of one write in milliseconds."""
    latencies: list[float] = []
    begun = time.perf_counter()

    async def reader(number: int) -> None:
        voter = number
        while (asked := time.perf_counter()) < begun + seconds:
            voter = (voter + callers) % ELECTORATE
            await vote(voter)
            latencies.append(time.perf_counter() - asked)

    await asyncio.gather(*(reader(number) for number in range(callers)))
    rate = len(latencies) / (time.perf_counter() - begun)
    percentiles = quantiles(latencies, n=100)
    return rate, percentiles[49] * 1000, percentiles[98] * 1000


async def run(folder: Path, seconds: float) -> None:
    """Measure every way and print a table."""
    print(f"SQLite {sqlite3.sqlite_version}, one-row upserts, each on disk, {seconds:g} s each")
    print()
    print(f"| {'way':<22} | callers | writes/s | p50 ms | p99 ms |")
    print(f"| {'-' * 22} | ------: | -------: | -----: | -----: |")
    for name, way in (("Database.write", grouped), ("aiosqlite, autocommit", plain)):
        for callers in CALLERS:
            with tempfile.TemporaryDirectory(dir=folder, prefix="benchmark-") as temporary:
                async with way(Path(temporary)) as vote:
                    rate, middle, slow = await measure(vote, callers, seconds)
            print(f"| {name:<22} | {callers:>7} | {rate:>8,.0f} | {middle:>6.2f} | {slow:>6.2f} |")


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.storage", description=__doc__)
    parser.add_argument("--seconds", type=float, default=2, help="length of each measurement")
    parser.add_argument("--folder", type=Path, default=Path(), help="a folder on the disk to use")
    arguments = parser.parse_args()
    asyncio.run(run(arguments.folder, arguments.seconds))
    print()
    hot_motion.compare(arguments.folder, arguments.seconds)


if __name__ == "__main__":
    main()
