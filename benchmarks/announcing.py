"""Feeds and servers at once: `python -m benchmarks.announcing [--feeds 1000] [--guilds 1000]`.

First, that many feeds are due in the same minute: they are polled over loopback sockets from a
farm that is a process of its own, each into the transaction of its own story. Then one chapter is
dropped that as many servers follow, and the relay announces it at the pace that Discord allows, to
a Discord that answers after 80 ms and limits at 50 requests a second. Printed: how long, and how
far the event loop lagged meanwhile.
"""

import argparse
import asyncio
import logging
import os
import tempfile
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from statistics import quantiles

from benchmarks.fake_discord import FakeDiscord
from benchmarks.fake_feeds import FakeFeeds
from benchmarks.fake_premises import FakePremises
from benchmarks.feeds import farm_of
from bot.chapters.following.follow_repository import add_follow
from bot.chapters.following.reader import Reader
from bot.chapters.newsroom import House, Newsroom, newsroom, open_reader
from bot.chapters.stories.models import Change
from bot.clock import UtcClock, instant
from bot.duties import Duties
from bot.guilds.repository import GuildRepository
from bot.guilds.service import Guilds
from bot.outbox.leases.repository import OutboxRepository
from bot.outbox.models import Outgoing, Picture
from bot.outbox.outcomes import Limited, Outcome
from bot.outbox.relay import Relay
from bot.paths import project_folder
from bot.settings import Settings
from bot.storage.database import Database, Transaction
from bot.ui.chapter_card import ChapterComposer

A_SECOND = 50
ANSWER = 0.08
STORIES_A_SERVER = 40


class BusyDiscord(FakeDiscord):
    """Answers after a while, and limits who asks too often."""

    def __init__(self, clock: UtcClock) -> None:
        super().__init__(clock)
        self.limited = 0
        self._lately: deque[float] = deque()

    async def send(self, row: Outgoing, picture: Picture | None) -> Outcome:
        """Do the step of *row*."""
        now = time.monotonic()
        while self._lately and now - self._lately[0] > 1:
            self._lately.popleft()
        await asyncio.sleep(ANSWER)
        if len(self._lately) >= A_SECOND:
            self.limited += 1
            return Limited(1.0)
        self._lately.append(now)
        return await super().send(row, picture)


class Lag:
    """How late the event loop comes back to somebody who asks every five milliseconds.

    By the clock, and by the processor: what the loop's own thread worked meanwhile, which holds
    also on a machine that others use.
    """

    def __init__(self) -> None:
        self._late: list[float] = []
        self._worked: list[float] = []
        self._watching = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while True:
            begun, worked = time.perf_counter(), time.thread_time()
            await asyncio.sleep(0.005)
            self._late.append(time.perf_counter() - begun - 0.005)
            self._worked.append(time.thread_time() - worked)

    def __str__(self) -> str:
        """Return the lag in milliseconds."""
        self._watching.cancel()
        late, worked = _figures(self._late), _figures(self._worked)
        return f"lag of the loop: {late}; its own work between two looks: {worked}"


def _figures(late: list[float]) -> str:
    cut = quantiles(late, n=100)
    return f"p50 {cut[49] * 1000:.1f}, p99 {cut[98] * 1000:.1f}, most {max(late) * 1000:.0f} ms"


@asynccontextmanager
async def opened(
    folder: Path, reader: Reader | None = None
) -> AsyncIterator[tuple[Newsroom, Relay, BusyDiscord, Database]]:
    """Open a newsroom that reads the web, or by *reader*."""
    clock = UtcClock()
    settings = Settings(data_dir=folder, feed_allow_loopback=True)
    async with (
        Database.open(folder / "c.sqlite", project_folder("migrations"), clock=clock) as database,
        open_reader(settings, clock) as web,
    ):
        relay, discord = Relay(OutboxRepository(database), clock), BusyDiscord(clock)
        relay.attach(discord)
        guilds = Guilds(GuildRepository(database), clock)
        house = House(database, clock, Duties(clock), guilds, relay)
        room = newsroom(house, reader or web, ChapterComposer(), allow_loopback=True)
        room.announcing.attach(FakePremises())
        yield room, relay, discord, database


async def poll(folder: Path, count: int) -> None:
    """Follow *count* feeds, have all of them due at once, and poll them."""
    with farm_of(count) as addresses:
        async with opened(folder) as (room, _, _, database):
            for number, address in enumerate(addresses):
                change = Change(title=f"Story {number}", channel_id=number + 1, role_id=5)
                story = await room.stories.add(number // STORIES_A_SERVER + 1, change, 1)
                await room.following.add(story, address, None, None, 1)
            await database.write(all_due)
            lag, begun = Lag(), time.perf_counter()
            await room.poller.work()
            took = time.perf_counter() - begun
            row = await database.fetch_one("SELECT count(*) AS n FROM feed WHERE failures > 0")
            failed = row["n"] if row else 0
            print(f"{count} feeds due at once, polled in {took:.1f} s, {failed} failed; {lag}")


async def all_due(tx: Transaction) -> None:
    """Have every feed asked now, as a whole."""
    await tx.execute("UPDATE feed SET next_poll = 0, etag = NULL, last_modified = NULL")


async def announce(folder: Path, count: int) -> None:
    """Drop a chapter that *count* servers follow."""
    url, clock = "https://story.example.org/feed", UtcClock()
    feeds = FakeFeeds(clock)
    async with opened(folder, feeds) as (room, relay, discord, database):
        stories = [
            await room.stories.add(guild, Change(title="Story", channel_id=guild, role_id=5), 1)
            for guild in range(1, count + 1)
        ]
        first = (await room.following.add(stories[0], url, None, None, 1)).follow

        async def join(tx: Transaction) -> None:
            for story in stories[1:]:
                follow = replace(first, guild_id=story.guild_id, story_id=story.id)
                await add_follow(tx, follow, 1, instant(clock.now()))

        await database.write(join)
        await database.write(all_due)
        await room.poller.poll(first.feed_id)
        feeds.drop(url, "A chapter")
        await database.write(all_due)
        await room.poller.work()
        await database.write(no_hold)
        lag, begun = Lag(), time.perf_counter()
        start = instant(clock.now())
        await room.announcing.work()
        await relay.work()
        took = time.perf_counter() - begun
        last = max(message.at for message in discord.all) - start
        print(
            f"{count} servers: {len(discord.all)} announcements in {last / 1000:.1f} s,"
            f" with threads and publishing in {took:.1f} s, {discord.doubled()} doubled,"
            f" {discord.limited} times limited; {lag}"
        )


async def no_hold(tx: Transaction) -> None:
    """Let every hold be over."""
    await tx.execute("UPDATE chapter SET hold_until = 0 WHERE state = 'held'")


async def main(feeds: int, guilds: int) -> None:
    """Run both."""
    # The disk is not what is measured.
    where = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    for part, count in ((poll, feeds), (announce, guilds)):
        with tempfile.TemporaryDirectory(dir=where) as folder:
            await part(Path(folder), count)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--guilds", type=int, default=1000)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    asyncio.run(main(options.feeds, options.guilds))
