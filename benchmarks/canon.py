"""How right and how fast the canon answers: `python -m benchmarks.canon [--quick]`.

First the golden set, ours beside peers (see canon_peers.py), and the date grammar. Then the times
over the shipped seeds, with the queries of the golden set: `/event` (the answer, and the reading of
a single one), autocomplete (prefixes of the same queries) and `/lore search`, each beside the bare
SQL it ran, replayed alone on one connection, and beside the peers. Then, unless `--quick`, the same
over a generated canon of a million words, 100,000 entries and 20,000 names, which is built first.
Exits with 1 when a target is missed.
"""

import argparse
import asyncio
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import closing
from contextvars import Context
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from statistics import quantiles
from typing import Any, TypeVarTuple

from benchmarks.canon_accuracy import accuracy, grammar
from benchmarks.canon_generated import generate
from benchmarks.canon_peers import PEERS, corpus
from bot.canon.building.build import build
from bot.canon.library import Library
from bot.canon.lookup import Lookup
from bot.canon.passages import PassageSearch
from bot.canon.suggest import Suggester
from bot.errors import BotError
from tests.canon.golden.reading import questions

ROOT = Path(__file__).parents[1]
PREFIXES = 1500
PEER_QUERIES = 150
ROUNDS = 3
STRETCH_MS = 20.0
SEARCH_MS = 50.0
BUILD_SECONDS, BUILD_MB = 15.0, 300.0

Ts = TypeVarTuple("Ts")
Statement = tuple[str, Mapping[str, object]]


class WatchedLoop(asyncio.SelectorEventLoop):
    """An event loop that keeps the longest time one callback had it for itself, in ms."""

    longest = 0.0

    def call_soon(
        self,
        callback: Callable[[*Ts], object],
        *args: *Ts,
        context: Context | None = None,
    ) -> asyncio.Handle:
        """Schedule *callback*, timed."""

        def timed(*given: *Ts) -> None:
            start = time.perf_counter()
            callback(*given)
            self.longest = max(self.longest, (time.perf_counter() - start) * 1000)

        return super().call_soon(timed, *args, context=context)


@dataclass
class Times:
    """Milliseconds of many calls, with those of their SQL alone and what they may take."""

    name: str
    target: float
    calls: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    stretch: float = 0.0

    @property
    def met(self) -> bool:
        """Whether the 95th percentile and the longest stretch keep their targets."""
        return _at(self.calls, 95) <= self.target and self.stretch <= STRETCH_MS

    def row(self) -> str:
        """Return the line of the table."""
        figures = [len(self.calls), _at(self.calls, 50), _at(self.calls, 95), max(self.calls)]
        bare = [_at(self.bare, 50), _at(self.bare, 95)]
        numbers = "".join(f"{figure:>10.2f}" for figure in [*figures[1:], *bare, self.stretch])
        return f"{self.name:<22}{figures[0]:>7}{numbers}{self.target:>10.0f}  " + (
            "ok" if self.met else "MISSED"
        )


HEAD = (
    f"{'milliseconds':<22}{'calls':>7}{'p50':>10}{'p95':>10}{'max':>10}"
    f"{'SQL p50':>10}{'SQL p95':>10}{'stretch':>10}{'target':>10}"
)


def _at(values: Sequence[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1]


class Recorded:
    """Keeps every statement that *library* runs."""

    def __init__(self, library: Library) -> None:
        self.statements: list[Statement] = []
        fetch = library.file.fetch

        async def recording(
            sql: str, parameters: Mapping[str, object] | None = None, *, quick: bool = False
        ) -> list[sqlite3.Row]:
            self.statements.append((sql, dict(parameters or {})))
            return await fetch(sql, parameters, quick=quick)

        library.file.fetch = recording  # type: ignore[method-assign]

    def taken(self) -> list[Statement]:
        """Return the statements since the last call."""
        taken, self.statements[:] = list(self.statements), []
        return taken


async def measured(
    times: Times,
    canon: Path,
    asked: Sequence[str],
    ask: Callable[[Library, str], Awaitable[object]],
) -> Times:
    """Time every call, then its SQL alone; of `ROUNDS` each the best, as `timeit` does.

    What else the machine is doing can only make a call slower, never faster.
    """
    loop = asyncio.get_running_loop()
    statements: list[list[Statement]] = []
    times.calls, times.stretch = [inf] * len(asked), inf
    for _ in range(ROUNDS):
        # Opened anew: what a round remembers must not help the next.
        library = await Library.open(canon)
        try:
            recorded = Recorded(library)
            statements.clear()
            if isinstance(loop, WatchedLoop):
                loop.longest = 0.0
            for at, text in enumerate(asked):
                start = time.perf_counter()
                await ask(library, text)
                times.calls[at] = min(times.calls[at], (time.perf_counter() - start) * 1000)
                statements.append(recorded.taken())
            if isinstance(loop, WatchedLoop):
                times.stretch = min(times.stretch, loop.longest)
        finally:
            await library.close()
    rounds = [replayed(canon, statements) for _ in range(ROUNDS)]
    times.bare = [min(each) for each in zip(*rounds, strict=True)]
    return times


def replayed(canon: Path, statements: Sequence[Sequence[Statement]]) -> list[float]:
    """Return the milliseconds that each group of *statements* takes on one plain connection."""
    took = []
    with closing(sqlite3.connect(f"file:{canon}?mode=ro&immutable=1", uri=True)) as connection:
        for group in statements:
            start = time.perf_counter()
            for sql, parameters in group:
                connection.execute(sql, parameters).fetchall()
            took.append((time.perf_counter() - start) * 1000)
    return took


async def event(library: Library, text: str) -> None:
    """Do what `/event` does before it writes: answer, and read what is answered alone."""
    view = library.view(None)
    try:
        answer = await Lookup(library).answer(text, view)
    except BotError:
        return
    if answer.single:
        await library.read(answer.entries[0].reference, view)


async def complete(library: Library, text: str) -> None:
    """Do what autocomplete does."""
    await Suggester(library).events(text, library.view(None))


async def search(library: Library, text: str) -> None:
    """Do what `/lore search` does."""
    try:
        await PassageSearch(library).find(text, library.view(None))
    except BotError:
        return


def prefixes(asked: Sequence[str], chance: random.Random) -> list[str]:
    """Return a sample of what was in the box while *asked* was typed, and the empty box."""
    every = sorted({text[:end] for text in asked for end in range(1, len(text) + 1)})
    return ["", *chance.sample(every, min(PREFIXES, len(every)))]


def built(seeds: Path, canon: Path) -> bool:
    """Build *canon* in a process of its own, so that its memory is its own; tell what it took."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.canon", "--build", str(seeds), str(canon)]
    subprocess.run(command, check=True, cwd=ROOT)
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    met = took <= BUILD_SECONDS and peak <= BUILD_MB
    print(
        f"build: {took:.1f} s of {BUILD_SECONDS:.0f}, {peak:.0f} MB of {BUILD_MB:.0f},"
        f" file {canon.stat().st_size / 1e6:.0f} MB  {'ok' if met else 'MISSED'}\n"
    )
    return met


async def run(canon: Path, asked: Sequence[str], targets: tuple[float, float]) -> bool:
    """Print the table for *canon* and tell whether every target was met."""
    chance = random.Random(1932)
    begun = prefixes(asked, chance)
    rows = [
        await measured(Times("/event", targets[0]), canon, asked, event),
        await measured(Times("autocomplete", targets[1]), canon, begun, complete),
        await measured(Times("/lore search", SEARCH_MS), canon, asked, search),
    ]
    print(HEAD)
    for row in rows:
        print(row.row())
    held = corpus(canon)
    for name, make in PEERS.items():
        some = chance.sample(asked, min(len(asked), PEER_QUERIES))
        print(beside(name, make(held), some))
    print()
    return all(row.met for row in rows)


def beside(name: str, find: Callable[[str], object], asked: Sequence[str]) -> str:
    """Return the line of a peer's times."""
    took = []
    for text in asked:
        start = time.perf_counter()
        find(text)
        took.append((time.perf_counter() - start) * 1000)
    figures = (_at(took, 50), _at(took, 95), max(took))
    return f"{'  ' + name:<22}{len(took):>7}" + "".join(f"{each:>10.2f}" for each in figures)


def watched(main: Callable[[], Awaitable[bool]]) -> bool:
    """Run *main* on a loop that is watched."""

    async def whole() -> bool:
        return await main()

    with asyncio.Runner(loop_factory=WatchedLoop) as runner:
        return runner.run(whole())


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without the generated canon")
    parser.add_argument("--build", nargs=2, type=Path, help=argparse.SUPPRESS)
    options: Any = parser.parse_args()
    if options.build:
        build([options.build[0]], options.build[1], datetime.now(UTC))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        canon = Path(folder) / "canon.sqlite"
        build([ROOT / "seeds"], canon, datetime.now(UTC))
        met = [asyncio.run(accuracy(canon, "seeds")), grammar(canon)]
        asked = [question.ask for question in questions("seeds")]
        print(f"The shipped canon, {canon.stat().st_size / 1e6:.1f} MB")
        met.append(watched(lambda: run(canon, asked, (5.0, 10.0))))
        if not options.quick:
            met += generated(Path(folder))
    return 0 if all(met) else 1


def generated(folder: Path) -> list[bool]:
    """Build and measure the generated canon; tell which targets were met."""
    seeds, canon = folder / "seeds", folder / "generated.sqlite"
    seeds.mkdir()
    asked = generate(seeds, random.Random(1917))
    print("A generated canon: a million words, 100,000 entries, 20,000 names")
    return [built(seeds, canon), watched(lambda: run(canon, asked, (50.0, 50.0)))]


if __name__ == "__main__":
    sys.exit(main())
