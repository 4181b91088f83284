"""The count under a storm of clicks: `python -m benchmarks.tally [--seconds 20] [--rate 200]`.

Ballots go through the real service to a real disk; Discord is a stand-in that takes an edit in 50
to 400 ms. Goals: never two edits of a message in 5 s, never more than 5 in a channel in 5 s, and
the last edit of each message shows its final count.
"""

import argparse
import asyncio
import itertools
import random
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.polling_station import GUILD, Silence
from bot.clock import UtcClock, instant
from bot.paths import project_folder
from bot.soviet.clicks import Click, Draft, Member, Roll, snowflake
from bot.soviet.models import AYE, NAY, Motion
from bot.soviet.noticeboard import YOUNG_MESSAGE, Notice, Noticeboard
from bot.soviet.service import Soviet
from bot.storage.database import Database

CHANNEL = 77


class Discord:
    """Takes edits, each in its time, and notes when it came and what it showed."""

    def __init__(self, soviet: Soviet) -> None:
        self._soviet = soviet
        self._random = random.Random(7)
        self.edits: dict[int, list[tuple[float, int]]] = {}

    async def edit(self, notice: Notice) -> bool:
        standing = await self._soviet.ballots.standing(notice.guild_id, notice.motion_id)
        shown = standing.tally.ballots if standing.tally else 0
        came = asyncio.get_running_loop().time()
        await asyncio.sleep(self._random.uniform(0.05, 0.4))
        self.edits.setdefault(notice.message_id, []).append((came, shown))
        return True


class Storm:
    """Readers who click at *rate* a second on the motions of one channel."""

    def __init__(self, database: Database, rate: int) -> None:
        self._clock = UtcClock()
        self._rate = rate
        self._readers = itertools.count(10)
        self.soviet = Soviet.build(database, self._clock, Silence())
        self.board = Noticeboard(self._clock)
        self.discord = Discord(self.soviet)
        self.board.attach(self.discord.edit)

    async def open(self, sequence: int) -> Motion:
        """Return an open motion whose message was posted just now."""
        draft = Draft("That the count be kept.", closes="1h")
        mover = 10**6 + 2 * sequence
        tabled = await self.soviet.chamber.table(self._click(mover), draft, Roll())
        seconding = await self.soviet.chamber.second(self._click(mover + 1), tabled.id, Roll())
        message_id = snowflake(instant(self._clock.now()), sequence)
        await self.soviet.chamber.place(GUILD, tabled.id, CHANNEL, message_id)
        return replace(seconding.motion, channel_id=CHANNEL, message_id=message_id)

    def _click(self, reader: int) -> Click:
        now = instant(self._clock.now())
        return Click(GUILD, snowflake(now, next(self._readers)), Member(reader, now))

    async def vote(self, motion: Motion) -> None:
        reader = next(self._readers)
        choice = AYE if reader % 2 else NAY
        click = replace(self._click(reader), member=Member(reader, motion.tabled_at))
        receipt = await self.soviet.ballots.cast(click, motion.id, choice)
        self.board.mark(replace(receipt.motion, message_id=motion.message_id))

    async def rage(self, motions: list[Motion], seconds: float) -> int:
        """Click for *seconds*, wait until all is shown, and return how many clicks there were."""
        loop = asyncio.get_running_loop()
        begun, clicks = loop.time(), set[asyncio.Task[None]]()
        for number in range(int(seconds * self._rate)):
            await asyncio.sleep(max(begun + number / self._rate - loop.time(), 0))
            clicks.add(asyncio.create_task(self.vote(motions[number % len(motions)])))
        await asyncio.gather(*clicks)
        while not self.board.is_idle:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.1)
        return len(clicks)


async def measure(folder: Path, motions: int, seconds: float, rate: int) -> str:
    """Return a line of figures for *motions* in one channel."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="benchmark-") as temporary:
        path = Path(temporary) / "community.sqlite"
        async with Database.open(path, project_folder("migrations"), clock=UtcClock()) as database:
            storm = Storm(database, rate)
            opened = [await storm.open(number) for number in range(motions)]
            clicks = await storm.rage(opened, seconds)
            edits, right = storm.discord.edits, 0
            for motion in opened:
                standing = await storm.soviet.ballots.standing(GUILD, motion.id)
                final = standing.tally.ballots if standing.tally else -1
                right += edits[motion.message_id or 0][-1][1] == final
            await storm.board.close()
    return f"{motions:>7} {clicks:>7,} {_figures(edits)} {right:>5} of {motions}"


def _figures(edits: dict[int, list[tuple[float, int]]]) -> str:
    gaps = [
        later[0] - earlier[0]
        for each in edits.values()
        for earlier, later in itertools.pairwise(each)
    ]
    moments = sorted(came for each in edits.values() for came, _ in each)
    busiest = max(
        sum(first <= each < first + YOUNG_MESSAGE for each in moments) for first in moments
    )
    shortest = f"{min(gaps):.2f} s" if gaps else "none"
    return f"{len(moments):>6} {shortest:>13} {busiest:>14}"


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tally", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20, help="length of each storm")
    parser.add_argument("--rate", type=int, default=200, help="clicks a second")
    parser.add_argument("--folder", type=Path, default=Path(), help="a folder on the disk to use")
    arguments = parser.parse_args()
    print("motions  clicks  edits  shortest gap  most in 5 s  last is final")
    for motions in (1, 20):
        print(asyncio.run(measure(arguments.folder, motions, arguments.seconds, arguments.rate)))


if __name__ == "__main__":
    main()
