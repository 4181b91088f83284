"""Votes on one motion, both engines: `python -m benchmarks.storage` prints what this measures.

The hardest spot there is: everybody writes to the same motion at once. Each way is measured twice:
by readers who vote again as soon as they are answered (how many votes a second it takes), and by
votes that come at a steady pace, whatever became of the last (how long one then waits). Two
processes on one PostgreSQL do it once by the lock that all writers share, which is how the bot does
it, and once under SERIALIZABLE, where whatever fails is run again.
"""

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import quantiles

from pydantic import SecretStr

from benchmarks.polling_station import GUILD, Silence
from benchmarks.postgres_server import NoServerError, Server, now
from bot.clock import Instant, UtcClock, instant
from bot.paths import project_folder
from bot.soviet.clicks import Click, Draft, Member, Roll, snowflake
from bot.soviet.models import AYE, NAY
from bot.soviet.procedure_repository import write_roll
from bot.soviet.service import Soviet
from bot.storage.database import Database, Place, StorageFailedError, Transaction
from bot.storage.postgres.committing import Committer

READERS = 64
PACE = 100
"""Votes a second of each process."""
ROLL = 10_000
SERIALIZABLE = "BEGIN ISOLATION LEVEL SERIALIZABLE; SAVEPOINT operation"


@dataclass(frozen=True, slots=True)
class Way:
    """An engine, and how many processes use it how."""

    name: str
    engine: str
    processes: int
    begin: str = ""


WAYS = (
    Way("SQLite", "sqlite", 1),
    Way("PostgreSQL", "postgres", 1),
    Way("PostgreSQL, one lock", "postgres", 2),
    Way("PostgreSQL, SERIALIZABLE", "postgres", 2, SERIALIZABLE),
)


def compare(folder: Path, seconds: float) -> None:
    """Measure every way and print a table."""
    print(f"Votes on one motion, each on disk, {seconds:g} s each; at a pace: {PACE}/s a process")
    print()
    print(f"| {'way':<24} | processes | votes/s | p99 ms | at a pace: p50 ms | p99 ms | failed |")
    print(f"| {'-' * 24} | --------: | ------: | -----: | ----------------: | -----: | -----: |")
    try:
        server = Server()
    except NoServerError as error:
        print(f"Without PostgreSQL: {error}.")
        return
    rolls = []
    try:
        server.create()
        for way in WAYS:
            with tempfile.TemporaryDirectory(dir=folder, prefix="benchmark-") as temporary:
                file = Path(temporary) / "community.sqlite"
                place = file if way.engine == "sqlite" else server.url(now(server.new_database()))
                _print_row(way, place, seconds)
                if way.processes == 1:
                    rolls.append(f"{way.name} {asyncio.run(_write_roll(place)):.0f} ms")
    finally:
        server.remove()
    print()
    print(f"A roll of {ROLL:,} members, written in one transaction: {', '.join(rolls)}")


def _print_row(way: Way, place: Place, seconds: float) -> None:
    asyncio.run(_open_motion(place))
    full, _ = _voted(way, place, seconds, 0)
    paced, failed = _voted(way, place, seconds, PACE)
    middle, slow = quantiles(paced, n=100)[49], quantiles(paced, n=100)[98]
    print(
        f"| {way.name:<24} | {way.processes:>9} | {len(full) / seconds:>7,.0f} "
        f"| {quantiles(full, n=100)[98]:>6.1f} | {middle:>17.1f} | {slow:>6.1f} | {failed:>6} |"
    )


def _voted(way: Way, place: Place, seconds: float, pace: int) -> tuple[list[float], int]:
    """Return how long each vote took, in milliseconds, and how many failed."""
    address = str(place) if isinstance(place, Path) else place.get_secret_value()
    command = [sys.executable, "-m", "benchmarks.hot_motion", address, f"--begin={way.begin}"]
    command += [f"--seconds={seconds}", f"--pace={pace}"]
    processes = [
        subprocess.Popen([*command, f"--number={number}"], stdout=subprocess.PIPE, text=True)
        for number in range(way.processes)
    ]
    latencies: list[float] = []
    failed = 0
    for process in processes:
        said, _ = process.communicate()
        head, *rest = said.split()
        failed += int(head)
        latencies += map(float, rest)
    return latencies, failed


async def _open_motion(place: Place) -> None:
    clock = UtcClock()
    async with Database.open(place, project_folder("migrations"), clock=clock) as database:
        soviet, at = Soviet.build(database, clock, Silence()), instant(clock.now())

        def click(reader: int) -> Click:
            return Click(GUILD, snowflake(at, reader), Member(reader, Instant(0)))

        draft = Draft("That this House hurry", closes="1d")
        motion = await soviet.chamber.table(click(1), draft, Roll(100_000))
        await soviet.chamber.second(click(2), motion.id, Roll(100_000))


async def _write_roll(place: Place) -> float:
    """Return the milliseconds that a motion's roll takes, the best of three."""
    async with Database.open(place, project_folder("migrations"), clock=UtcClock()) as database:

        async def write(tx: Transaction) -> None:
            await tx.execute("DELETE FROM roll_entry")
            begun = time.perf_counter()
            await write_roll(tx, 1, range(10**17, 10**17 + ROLL))
            took.append((time.perf_counter() - begun) * 1000)

        took: list[float] = []
        for _ in range(3):
            await database.write(write)
        return min(took)


class Voter:
    """One process: votes of readers of its own, on the one motion there is."""

    def __init__(self, soviet: Soviet, number: int) -> None:
        self._soviet = soviet
        self._readers = count(1 + number * 1_000_000)
        self.latencies: list[float] = []
        self.failed = 0

    async def vote(self) -> None:
        """Cast one vote and keep how long it took."""
        reader, asked = next(self._readers), time.perf_counter()
        at = snowflake(instant(UtcClock().now()), reader % 4096)
        click = Click(GUILD, at, Member(reader, Instant(0)))
        try:
            await self._soviet.ballots.cast(click, 1, AYE if reader % 3 else NAY)
        except StorageFailedError:
            self.failed += 1
        else:
            self.latencies.append((time.perf_counter() - asked) * 1000)

    async def again_and_again(self, seconds: float) -> None:
        """Vote as soon as the last vote was answered, many readers at once."""
        end = time.perf_counter() + seconds

        async def reader() -> None:
            while time.perf_counter() < end:
                await self.vote()

        await asyncio.gather(*(reader() for _ in range(READERS)))

    async def at_a_pace(self, seconds: float, pace: int) -> None:
        """Vote *pace* times a second, whatever became of the votes before."""
        begun = time.perf_counter()
        async with asyncio.TaskGroup() as votes:
            for number in range(int(seconds * pace)):
                await asyncio.sleep(max(0, begun + number / pace - time.perf_counter()))
                votes.create_task(self.vote())


async def _vote(arguments: argparse.Namespace) -> None:
    address = arguments.place
    place = SecretStr(address) if "://" in address else Path(address)
    clock = UtcClock()
    async with Database.open(place, project_folder("migrations"), clock=clock) as database:
        voter = Voter(Soviet.build(database, clock, Silence()), arguments.number)
        if arguments.pace:
            await voter.at_a_pace(arguments.seconds, arguments.pace)
        else:
            await voter.again_and_again(arguments.seconds)
    print(voter.failed, *(f"{each:.3f}" for each in voter.latencies))


def main() -> None:
    """Be one process that votes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("place")
    parser.add_argument("--number", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--pace", type=int)
    parser.add_argument("--begin")
    arguments = parser.parse_args()
    if arguments.begin:
        Committer.begin = arguments.begin
    asyncio.run(_vote(arguments))


if __name__ == "__main__":
    main()
