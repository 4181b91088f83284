"""The Soviet's figures: `python -m benchmarks.soviet [--kills 1000] [--seconds 2]`.

Ballots that survive a `kill -9`, durable votes a second through the service (WAL, synchronous=FULL,
one writer, group commit), and how long counting takes: goals are 0 lost, 1,000 votes/s with p99
under 50 ms, 20 ms for a tally of 10,000 ballots, 50 ms for a runoff of 10,000.
"""

import argparse
import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from benchmarks.kills import kill_again_and_again
from benchmarks.polling_station import GUILD, Silence
from bot.clock import Clock, Instant, UtcClock, instant
from bot.paths import project_folder
from bot.soviet import ballot_repository as ballots
from bot.soviet import urn_repository as urn
from bot.soviet.ballot_repository import Cast
from bot.soviet.clicks import Click, Draft, Member, Roll, snowflake
from bot.soviet.counting import count, outcome_of
from bot.soviet.models import AYE, NAY, Ballot, Choice, Motion
from bot.soviet.runoff import runoff
from bot.soviet.service import Soviet
from bot.storage.database import Database, Transaction

BALLOTS = 10_000
CALLERS = (1, 64, 256)
PACE = 1_000
REPEATS = 15


@asynccontextmanager
async def house(folder: Path) -> AsyncIterator[tuple[Soviet, Database, Clock]]:
    clock = UtcClock()
    with tempfile.TemporaryDirectory(dir=folder, prefix="benchmark-") as temporary:
        path = Path(temporary) / "community.sqlite"
        async with Database.open(path, project_folder("migrations"), clock=clock) as database:
            yield Soviet.build(database, clock, Silence()), database, clock


def click(clock: Clock, reader: int, sequence: int = 0) -> Click:
    now = instant(clock.now())
    return Click(GUILD, snowflake(now, sequence), Member(reader, Instant(0)))


async def opened(soviet: Soviet, clock: Clock, draft: Draft) -> Motion:
    motion = await soviet.chamber.table(click(clock, 1), draft, Roll(BALLOTS))
    return (await soviet.chamber.second(click(clock, 2), motion.id, Roll(BALLOTS))).motion


async def votes(folder: Path, ballot: Ballot, callers: int, seconds: float) -> str:
    """Return a row of the table: durable votes a second, one or many readers at a time."""
    latencies: list[float] = []
    async with house(folder) as (soviet, _, clock):
        motion = await opened(soviet, clock, Draft("That this House hurry", ballot=ballot))
        begun, worked = time.perf_counter(), time.process_time()

        async def readers(number: int) -> None:
            reader = number
            while (asked := time.perf_counter()) < begun + seconds:
                reader += callers
                choice = AYE if reader % 3 else NAY
                await soviet.ballots.cast(click(clock, reader % BALLOTS + 1), motion.id, choice)
                latencies.append(time.perf_counter() - asked)

        await asyncio.gather(*(readers(number) for number in range(callers)))
        rate = len(latencies) / (time.perf_counter() - begun)
        cpu = (time.process_time() - worked) / len(latencies)
    return f"| {ballot:<6} | {callers:>7} | {figures(rate, latencies, cpu)} |"


def figures(rate: float, latencies: list[float], cpu: float) -> str:
    """Return four columns; the processor's share holds also on a busy machine."""
    cuts = quantiles(latencies, n=100)
    waits = f"{cuts[49] * 1000:>6.2f} | {cuts[98] * 1000:>6.2f}"
    return f"{rate:>7,.0f} | {waits} | {cpu * 1_000_000:>6.0f}"


async def paced(folder: Path, ballot: Ballot, pace: int, seconds: float) -> str:
    """Return a row: readers who click when they like, *pace* a second, answered or not."""
    latencies: list[float] = []
    async with house(folder) as (soviet, _, clock):
        motion = await opened(soviet, clock, Draft("That this House hurry", ballot=ballot))

        async def one(reader: int) -> None:
            asked = time.perf_counter()
            await soviet.ballots.cast(click(clock, reader % BALLOTS + 1), motion.id, AYE)
            latencies.append(time.perf_counter() - asked)

        begun, worked = time.perf_counter(), time.process_time()
        async with asyncio.TaskGroup() as group:
            for reader in range(int(pace * seconds)):
                await asyncio.sleep(max(begun + reader / pace - time.perf_counter(), 0))
                group.create_task(one(reader))
        rate = len(latencies) / (time.perf_counter() - begun)
        cpu = (time.process_time() - worked) / len(latencies)
    return f"| {ballot:<6} | {f'{pace:,}/s':>7} | {figures(rate, latencies, cpu)} |"


async def fill(database: Database, motion: Motion, choices: list[Choice]) -> None:
    """Keep one ballot for each of *choices* at once, as the repository keeps them."""

    async def operation(tx: Transaction) -> None:
        for voter, choice in enumerate(choices, start=1):
            cast = Cast(motion.id, voter, voter, Instant(0), choice, "00000000")
            if motion.is_secret:
                await urn.put_voted(tx, cast)
                await urn.put_secret(tx, cast, f"{voter:064x}")
            else:
                await ballots.put_open(tx, cast)

    await database.write(operation)


async def tallies(folder: Path) -> None:
    """Measure counting from the database to the verdict."""
    chance = random.Random(1917)
    orders = [tuple(chance.sample(range(25), chance.randint(1, 25))) for _ in range(BALLOTS)]
    options = "|".join(f"Option {place}" for place in range(25))
    drafts = [
        ("aye/nay", Draft("Count"), [(AYE, NAY, ())[voter % 3] for voter in range(BALLOTS)]),
        ("25 options", Draft("Count", options, "multiple"), [order[:3] for order in orders]),
        ("ranked, 25 options", Draft("Count", options, "ranked"), orders),
    ]
    async with house(folder) as (soviet, database, clock):
        for name, draft, choices in drafts:
            motion = await opened(soviet, clock, draft)
            await fill(database, motion, [tuple(choice) for choice in choices])
            spent = []
            for _ in range(REPEATS):
                begun = Moment()
                outcome_of(motion, await count(database, motion))
                spent.append(begun.since())
            print(row(f"count and decide, {name}", spent))


def runoffs() -> None:
    """Measure the runoff alone, where no two ballots need be equal."""
    chance = random.Random(1917)
    for options in (5, 25):
        grouped = Counter(
            tuple(chance.sample(range(options), chance.randint(1, options))) for _ in range(BALLOTS)
        )
        name = f"runoff, {options} options, {len(grouped):,} different"
        print(row(name, timed(partial(runoff, grouped, options))))


class Moment:
    """A moment by the clock on the wall and by the processor's own."""

    def __init__(self) -> None:
        self._wall, self._worked = time.perf_counter(), time.process_time()

    def since(self) -> tuple[float, float]:
        """Return the seconds that have passed since, by both."""
        return time.perf_counter() - self._wall, time.process_time() - self._worked


def timed(work: Callable[[], object]) -> list[tuple[float, float]]:
    spent = []
    for _ in range(REPEATS):
        begun = Moment()
        work()
        spent.append(begun.since())
    return spent


def row(name: str, spent: list[tuple[float, float]]) -> str:
    waited, worked = (median(times) * 1000 for times in zip(*spent, strict=True))
    return f"| {name:<38} | {worked:>6.1f} | {waited:>9.1f} |"


async def run(folder: Path, seconds: float) -> None:
    """Print the tables of votes and of counts."""
    print(f"Durable votes through the service, {seconds:g} s each")
    print()
    print("| ballot | callers | votes/s | p50 ms | p99 ms | cpu µs |")
    print("| :----- | ------: | ------: | -----: | -----: | -----: |")
    for ballot in Ballot:
        for callers in CALLERS:
            print(await votes(folder, ballot, callers, seconds))
        print(await paced(folder, ballot, PACE, seconds))
    print()
    print(f"| {f'{BALLOTS:,} ballots':<38} | cpu ms | median ms |")
    print(f"| :{'-' * 37} | -----: | --------: |")
    await tallies(folder)
    runoffs()


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soviet", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="how many processes to kill")
    parser.add_argument("--seconds", type=float, default=2, help="length of each measurement")
    parser.add_argument("--folder", type=Path, default=Path(), help="a folder on the disk to use")
    arguments = parser.parse_args()
    asyncio.run(run(arguments.folder, arguments.seconds))
    if arguments.kills:
        with tempfile.TemporaryDirectory(dir=arguments.folder, prefix="benchmark-") as temporary:
            toll = kill_again_and_again(Path(temporary) / "community.sqlite", arguments.kills)
        print()
        print(
            f"{arguments.kills:,} × kill -9 while readers voted: {toll.acknowledged:,} ballots "
            f"acknowledged, {toll.lost} lost, {len(toll.faults)} faults in the database"
        )


if __name__ == "__main__":
    main()
