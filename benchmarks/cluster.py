"""Two processes of the bot on one PostgreSQL: `python -m benchmarks.cluster [--rate 200]`.

Real processes (`python -m bot`), a shard each, in front of a Discord played on loopback. Readers of
two servers vote; one process is killed with SIGKILL while they do and started again, PostgreSQL is
restarted under both, chapters are announced all the while. Goals: no acknowledged vote lost, each
motion closed once, each chapter announced once, duties taken over within 30 s. Takes six minutes.
"""

import argparse
import asyncio
import gc
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.postgres_server import Server

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from loopback import payloads, schemas  # type: ignore[import-not-found]  # noqa: E402
from loopback.processes import Process, start  # type: ignore[import-not-found]  # noqa: E402
from loopback.readers import Answer, Picked, Reader  # type: ignore[import-not-found]  # noqa: E402
from loopback.seeds import write_seeds  # type: ignore[import-not-found]  # noqa: E402
from loopback.standin import Standin  # type: ignore[import-not-found]  # noqa: E402

PLACES = ("lounge", "the twin server")
GUILDS = {"lounge": payloads.GUILD_ID, "the twin server": payloads.TWIN_GUILD_ID}
CHANNELS = {"lounge": payloads.CHANNEL_ID, "the twin server": payloads.TWIN_CHANNEL_ID}
OPEN_FOR = 300
"""Seconds a vote is open: the shortest there is."""
CHAPTERS = 30
PATIENCE = 60.0


@dataclass
class Votes:
    """What came of the clicks: each acknowledged voter, by server, and seconds to the answer."""

    kept: dict[str, set[int]] = field(default_factory=lambda: {place: set() for place in PLACES})
    took: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)


class Community:
    """The two servers, their motions, and who has voted."""

    def __init__(self, standin: Any, server: Server, folder: Path) -> None:  # noqa: ANN401
        self.standin, self.server, self.folder = standin, server, folder
        self.admins = {
            place: standin.reader("nadia", payloads.EVERYTHING, place) for place in PLACES
        }
        self.motions: dict[str, Answer] = {}
        self.votes = Votes()
        self.announced: list[str] = []

    async def begin(self, shard: int) -> Process:
        """Start the process of one shard and wait until it is connected."""
        folder = self.folder / f"host{shard}"
        folder.mkdir(exist_ok=True)
        if not (folder / "seeds").exists():
            write_seeds(folder / "seeds")
        self.standin.gateway.connected.clear()
        process = await start(
            folder,
            self.standin.port,
            DATABASE_URL=self.server.url("community").get_secret_value(),
            SHARD_COUNT="2",
            SHARD_IDS=str(shard),
            LOG_LEVEL="INFO",
        )
        await process.until(self.standin.gateway.connected)
        return process

    async def open_motions(self) -> None:
        """Move and second a motion in each server, and give the first a story with a channel."""
        for place, admin in self.admins.items():
            seconder = self.standin.reader("ivan", place=place)
            motion = await admin.slash("soviet motion", text="That tea be served.", closes="5m")
            await seconder.click(motion, "Second")
            self.motions[place] = motion
        admin = self.admins["lounge"]
        await admin.slash("story add", title="Red Orchestra")
        await admin.slash("story edit", story="Red Orchestra", channel=Picked(payloads.NEWS_ID))
        await asyncio.sleep(3)
        for motion in self.motions.values():
            motion.message = self.standin.messages[motion.message["id"]]

    async def vote(self, place: str) -> None:
        """Have somebody new vote; count it when it was acknowledged as recorded."""
        voter: Reader = self.standin.reader("voter", place=place)
        try:
            answer = await voter.click(self.motions[place], "Aye")
        except TimeoutError:
            self.votes.refused["no answer"] += 1
            return
        if answer.message and "Recorded" in answer.text:
            self.votes.kept[place].add(int(voter.person["id"]))
            self.votes.took.append(answer.took or 0.0)
        else:
            said = answer.text if answer.message else str(answer.refusals)
            self.votes.refused[said[:60]] += 1

    async def storm(self, rate: int, seconds: float, places: tuple[str, ...] = PLACES) -> None:
        """Have *rate* readers a second vote in *places*, in turn."""
        loop, tasks = asyncio.get_running_loop(), []
        begun = loop.time()
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(begun + number / rate - loop.time(), 0))
            place = places[number % len(places)]
            tasks.append(asyncio.create_task(self.vote(place)))
        await asyncio.gather(*tasks)

    async def announce(self, place: str = "lounge") -> str | None:
        """Announce one more chapter; return its title once that was acknowledged."""
        title = f"Chapter {len(self.announced) + 1:03}"
        url = f"https://a.example/{title[-3:]}"
        with suppress(TimeoutError):
            answer = await self.admins[place].slash(
                "chapter announce", story="Red Orchestra", title=title, url=url
            )
            if answer.message and "not" not in answer.text[:40]:
                self.announced.append(title)
                return title
        return None

    def times_posted(self, title: str) -> int:
        """Return how many messages tell of a chapter."""
        return sum(
            title in str(message["embeds"]) + message["content"]
            for message in self.standin.channels.of(payloads.NEWS_ID)
        )

    def verdicts(self, place: str) -> int:
        """Return how many messages tell what became of the motion of a server."""
        return sum(
            "adopted" in (str(message["embeds"]) + message["content"]).lower()
            for message in self.standin.channels.of(CHANNELS[place])
        )

    async def closed(self) -> None:
        """Wait until both motions have a verdict, and then whether another one comes."""
        begun = time.perf_counter()
        while not all(map(self.verdicts, PLACES)):
            if time.perf_counter() - begun > PATIENCE:
                return
            await asyncio.sleep(0.5)
        await asyncio.sleep(5)

    async def posted(self, title: str) -> float:
        """Return the seconds until a chapter has been posted."""
        begun = time.perf_counter()
        while not self.times_posted(title):
            if time.perf_counter() - begun > PATIENCE:
                return float("inf")
            await asyncio.sleep(0.1)
        return time.perf_counter() - begun


async def play(rate: int, seconds: float) -> bool:
    """Play it through, print the figures, and return whether every goal was met."""
    schemas.OPENAPI = Path("/nonexistent")  # judging each payload would be the bottleneck here
    schemas.forget()
    server = Server()
    with tempfile.TemporaryDirectory() as folder:
        try:
            await asyncio.to_thread(server.create)
            await server.say("CREATE DATABASE community")
            async with Standin() as standin:
                standin.gateway.guilds = [payloads.GUILD_ID, payloads.TWIN_GUILD_ID]
                return await _played(Community(standin, server, Path(folder)), rate, seconds)
        finally:
            server.remove()


async def _played(community: Community, rate: int, seconds: float) -> bool:
    # Shard 0 first: it holds every duty, and it is the one that is killed.
    processes = [await community.begin(0), await community.begin(1)]
    opened = time.perf_counter()
    try:
        await community.open_motions()
        print("votes to both", end="", flush=True)
        await community.storm(rate, seconds)
        _tell(community.votes)
        titles = [await community.announce() for _ in range(CHAPTERS // 3)]

        print("shard 0 killed", end="", flush=True)
        voting = asyncio.create_task(community.storm(rate // 2, 10, ("lounge",)))
        await processes[0].killed()
        title = await community.announce()
        takeover = await community.posted(title) if title else float("inf")
        await voting
        print(f": duties taken over after {takeover:.1f} s", _goal(takeover <= 30))
        processes[0] = await community.begin(0)
        await community.storm(rate, 5)

        print("PostgreSQL restarted", end="", flush=True)
        voting = asyncio.create_task(community.storm(rate // 4, 12))
        await asyncio.sleep(3)
        await asyncio.to_thread(community.server.stop)
        await asyncio.sleep(2)
        community.server.start()
        await voting
        before = sum(map(len, community.votes.kept.values()))
        await community.storm(rate // 4, 5)
        after = sum(map(len, community.votes.kept.values()))
        print(f": {after - before} votes in 5 s afterwards", _goal(after > before))
        titles += [await community.announce() for _ in range(CHAPTERS // 3)]
        await asyncio.sleep(max(opened + OPEN_FOR - time.perf_counter(), 0))
        await community.closed()
        return await _judged(community, titles) and takeover <= 30
    finally:
        for process in processes:
            await process.killed()
            print(*(line for line in process.said.splitlines() if _is_ours(line)), sep="\n")


async def _judged(community: Community, titles: list[str | None]) -> bool:
    connection = await community.server.connect("community")
    lost, closed = 0, []
    for place, kept in community.votes.kept.items():
        rows = await connection.fetch(
            "SELECT b.voter_id FROM ballot_open b JOIN motion m ON m.id = b.motion_id"
            " WHERE m.guild_id = $1",
            int(GUILDS[place]),
        )
        lost += len(kept - {row["voter_id"] for row in rows})
        closed.append(community.verdicts(place))
    await connection.close()
    times = [community.times_posted(title) for title in community.announced]
    once = all(number == 1 for number in times) and len(times) > 0
    total = sum(map(len, community.votes.kept.values()))
    print(f"{total:,} votes acknowledged, {lost} lost", _goal(lost == 0))
    print(f"verdicts posted in each server: {closed}", _goal(closed == [1, 1]))
    print(f"{len(times)} chapters acknowledged, posted {Counter(times)}", _goal(once))
    print(f"refused or unanswered: {dict(community.votes.refused)}")
    return lost == 0 and closed == [1, 1] and once and None not in titles


def _is_ours(line: str) -> bool:
    """Tell whether a line of a log is of a fault that nobody ordered."""
    return "ERROR" in line or "Traceback" in line


def _tell(votes: Votes) -> None:
    cuts = quantiles(votes.took, n=100)
    count = sum(map(len, votes.kept.values()))
    print(
        f": {count:,} recorded, p50 {cuts[49] * 1000:.0f}, p99 {cuts[98] * 1000:.0f} ms;"
        f" not recorded {dict(votes.refused)}"
    )


def _goal(met: bool) -> str:  # noqa: FBT001
    return "ok" if met else "MISSED"


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=200, help="votes a second, of both servers")
    parser.add_argument("--seconds", type=float, default=20, help="of voting before the faults")
    options = parser.parse_args()
    gc.disable()  # its pauses here would be measured as the bot's
    if not asyncio.run(play(options.rate, options.seconds)):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
