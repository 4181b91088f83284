"""Are chapters lost or doubled? `python -m benchmarks.chapters [--chapters 10000] [--seed 1]`.

The real poller, announcer and relay on a real database run against a host of feeds and a Discord
that fail by a seed: refusals, lost replies, limits, late history, nonces forgotten after three
minutes. The process dies at a random await, every few seconds of its life, and is begun anew on the
same data. Beside it, in the same weather, the two strategies most bots use: mark, then send; and
send, then mark. Times are of the simulated clock.
"""

import argparse
import asyncio
import logging
import os
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

from benchmarks.fake_discord import FakeDiscord, Message, Weather
from benchmarks.fake_feeds import FakeFeeds
from benchmarks.fake_premises import FakePremises
from benchmarks.mortality import Death, Fate, MortalDatabase, MortalDiscord, Time
from bot.chapters.announcing.models import State
from bot.chapters.newsroom import House, Newsroom, newsroom
from bot.chapters.stories.models import Change
from bot.clock import instant
from bot.duties import Duties
from bot.guilds.repository import GuildRepository
from bot.guilds.service import Guilds
from bot.outbox.leases.repository import OutboxRepository
from bot.outbox.models import Outgoing
from bot.outbox.outcomes import Sent
from bot.outbox.relay import Relay
from bot.paths import project_folder
from bot.storage.database import Place
from bot.ui.chapter_card import ChapterComposer

ROUGH = Weather(
    lost_reply=0.15,
    never_arrived=0.10,
    limited=0.03,
    malformed=0.02,
    forbidden=0.01,
    latest_sight=110_000,
)
DEATHS = 0.004
STORIES = 40


@dataclass(frozen=True)
class Result:
    """What came of a run. *latency*: milliseconds from publication to message, by the clock."""

    strategy: str
    chapters: int
    lost: int
    doubled: int
    latency: Sequence[int]
    deaths: int

    def __str__(self) -> str:
        """Return a line of the table."""
        shown = sorted(self.latency)
        late = quantiles(shown, n=100)[98] if len(shown) > 1 else 0
        middle = median(shown) if shown else 0
        return (
            f"{self.strategy:<34} {self.chapters:>8,} {self.lost:>7,} {self.doubled:>8,}"
            f" {middle / 60_000:>9.1f} {late / 60_000:>9.1f} {self.deaths:>7,}"
        )


class Run:
    """One simulated year of a bot with forty stories in as many servers."""

    def __init__(self, database: MortalDatabase, seed: int, weather: Weather) -> None:
        self.clock = Time()
        self.database = database
        self.discord = MortalDiscord(self.clock, seed, weather)
        self.feeds = FakeFeeds(self.clock, seed, trouble=0.1)
        self.fate = Fate(seed, DEATHS)
        self.published: dict[str, int] = {}
        self._random = random.Random(seed)

    def open(self) -> tuple[Newsroom, Relay]:
        """Begin the process anew on the same data."""
        relay = Relay(OutboxRepository(self.database), self.clock, seconds_between=0)
        relay.attach(self.discord)
        guilds = Guilds(GuildRepository(self.database), self.clock)
        house = House(self.database, self.clock, Duties(self.clock), guilds, relay)
        room = newsroom(house, self.feeds, ChapterComposer())
        room.announcing.attach(FakePremises())
        return room, relay

    async def begin(self) -> None:
        """Follow the stories, while nothing goes wrong yet."""
        trouble, self.feeds.trouble = self.feeds.trouble, 0.0
        room, _ = self.open()
        for number in range(STORIES):
            change = Change(title=f"Story {number}", channel_id=1000 + number, role_id=5)
            story = await room.stories.add(number + 1, change, 1)
            await room.following.add(story, feed_of(number), None, None, 1)
        self.feeds.trouble = trouble
        self.database.fate = self.discord.fate = self.fate

    async def go(self, chapters: int) -> None:
        """Publish *chapters* and let the bot run, dying and rising, until all is quiet."""
        room, relay = self.open()
        # By the hour, never more than a feed shows: what a feed lost nobody can announce.
        for number in range(chapters):
            self._publish(number)
            if number % STORIES == STORIES - 1:
                for _ in range(12):
                    self.clock.moment += timedelta(minutes=5)
                    room, relay = await self._live(room, relay)
        for _ in range(400):
            self.clock.moment += timedelta(minutes=30)
            room, relay = await self._live(room, relay)
            if await self._is_quiet():
                return

    def _publish(self, number: int) -> None:
        title = f"Chapter {number}"
        self.published[title] = instant(self.clock.now())
        self.feeds.drop(feed_of(number % STORIES), title)

    async def _live(self, room: Newsroom, relay: Relay) -> tuple[Newsroom, Relay]:
        works: tuple[Callable[[], Awaitable[object]], ...] = (
            room.poller.work,
            room.announcing.work,
            relay.work,
        )
        for work in works:
            try:
                await work()
            except Death:
                self.clock.moment += timedelta(seconds=self._random.choice([1, 5, 60, 600]))
                return self.open()
        return room, relay

    async def _is_quiet(self) -> bool:
        row = await self.database.fetch_one(
            """
            SELECT (SELECT count(*) FROM outbox WHERE state IN ('ready', 'sending', 'blocked'))
                 + (SELECT count(*) FROM chapter WHERE state = :held) AS number
            """,
            {"held": str(State.HELD)},
        )
        told = await self.database.fetch_one("SELECT count(*) AS number FROM chapter")
        waiting = len(self.published) - (told["number"] if told else 0)
        return waiting <= 0 and row is not None and row["number"] == 0

    def result(self) -> Result:
        """Count what readers saw."""
        seen: dict[str, list[int]] = {}
        for message in self.discord.all:
            for title in titles_in(message, self.published):
                seen.setdefault(title, []).append(message.at)
        lost = [title for title in self.published if title not in seen]
        doubled = sum(len(times) - 1 for times in seen.values())
        latency = [min(times) - self.published[title] for title, times in seen.items()]
        return Result(
            "outbox, nonce, look before resend",
            len(self.published),
            len(lost),
            doubled + threads_doubled(self.discord),
            latency,
            self.fate.deaths,
        )


def feed_of(number: int) -> str:
    """Return the address of a story's feed."""
    return f"https://story{number}.example.org/feed"


def titles_in(message: Message, known: dict[str, int]) -> list[str]:
    """Return the chapters that a message announces; of a simpler one, by its text."""
    if "/send/" not in message.key:
        return []
    embeds = message.body.get("embeds") or []
    told = [str(message.body.get("content", ""))]
    for embed in embeds:  # type: ignore[attr-defined]
        told += [str(embed.get("title", "")), str(embed.get("description", ""))]
    lines = " \n".join(told).replace("[", " ").replace("]", " ").split("Chapter ")[1:]
    found = {f"Chapter {part.split()[0].rstrip('*:')}" for part in lines if part.strip()}
    return [title for title in found if title in known]


def threads_doubled(discord: FakeDiscord) -> int:
    """Return how many messages have more than one thread."""
    return sum(count - 1 for count in discord.threads.values())


async def naive(chapters: int, seed: int, weather: Weather, *, mark_first: bool) -> Result:
    """Announce as most bots do: one try a poll, marked as seen before or after it."""
    clock = Time()
    discord = MortalDiscord(clock, seed, weather)
    discord.fate = fate = Fate(seed, DEATHS)
    published: dict[str, int] = {}
    waiting: list[str] = []
    number = 0
    while number < chapters or waiting:
        if number < chapters:
            title = f"Chapter {number}"
            published[title] = instant(clock.now())
            waiting.append(title)
            number += 1
        for title in list(waiting):
            if mark_first:
                waiting.remove(title)
            try:
                if isinstance(await discord.send(bare_row(title, discord.requests), None), Sent):
                    fate.here()
                    if not mark_first:
                        waiting.remove(title)
            except Death:
                break
        clock.moment += timedelta(minutes=5)
    seen: dict[str, list[int]] = {}
    for message in discord.all:
        seen.setdefault(str(message.body["content"]), []).append(message.at)
    return Result(
        "mark, then send" if mark_first else "send, then mark",
        chapters,
        sum(title not in seen for title in published),
        sum(len(times) - 1 for times in seen.values()),
        [min(times) - published[title] for title, times in seen.items()],
        fate.deaths,
    )


def bare_row(title: str, number: int) -> Outgoing:
    """Return a message with a nonce that is new at every try, as discord.py makes them."""
    now = instant(datetime(2026, 1, 1, tzinfo=UTC))
    return Outgoing(
        id=number + 1,
        topic=title,
        step="send",
        guild_id=1,
        channel_id=1,
        body={"content": title},
        picture=None,
        marker="",
        attempts=1,
        first_try=now,
        last_try=None,
        this_try=now,
        uncertain=False,
        message_id=None,
    )


async def simulate(chapters: int, seed: int, place: Place, weather: Weather = ROUGH) -> Result:
    """Run the real thing on the empty database at *place*."""
    clock = Time()
    async with MortalDatabase.open(place, project_folder("migrations"), clock=clock) as database:
        run = Run(database, seed, weather)
        await run.begin()
        await run.go(chapters)
        return run.result()


async def main(chapters: int, seed: int) -> None:
    """Print the table."""
    # The disk is not what is measured.
    where = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    print(
        f"{'strategy':<34} {'chapters':>8} {'lost':>7} {'doubled':>8}"
        f" {'p50 min':>9} {'p99 min':>9} {'deaths':>7}"
    )
    for mark_first in (True, False):
        print(await naive(chapters, seed, ROUGH, mark_first=mark_first))
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(dir=where) as folder:
        print(await simulate(chapters, seed, Path(folder) / "community.sqlite"))
    print(f"the last took {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chapters", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    asyncio.run(main(options.chapters, options.seed))
