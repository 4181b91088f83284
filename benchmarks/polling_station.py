"""Gives birth to processes that take votes until they are killed.

Starting Python costs more than all the rest, so this process imports everything once and forks for
each line on its standard input, a number: the child opens the database and two motions where there
are none, one open and one secret, and lets readers vote and change their votes until it is killed.

It prints `pid …`, for every acknowledged ballot `saved MOTION READER CLICK CHOICE`, and `end`.
"""

import asyncio
import os
import sys
from itertools import count
from pathlib import Path

from bot.clock import Instant, UtcClock
from bot.outbox.models import Post
from bot.paths import project_folder
from bot.soviet.clicks import Click, Draft, Member, Roll, snowflake
from bot.soviet.models import AYE, NAY, Ballot, Motion
from bot.soviet.results import Outcome
from bot.soviet.service import Soviet
from bot.storage.database import Database

GUILD = 800_000_000_000_000_001
READERS = 8
# Clicks of one life are newer than those of all before it, whatever the clock says.
_A_LIFE = 100_000
_FIRST_CLICK = 1_794_045_600_000


class Silence:
    """A composer with nothing to say."""

    def tabled(self, motion: Motion, channel_id: int) -> Post | None:
        return None

    def opened(self, motion: Motion, channel_id: int) -> Post | None:
        return None

    def closed(self, motion: Motion, outcome: Outcome, channel_id: int) -> Post | None:
        return None


class Station:
    """One life: its clicks, and the motions it finds or makes."""

    def __init__(self, soviet: Soviet, life: int) -> None:
        self._soviet = soviet
        self._clicks = count(_FIRST_CLICK + life * _A_LIFE)

    def click(self, reader: int) -> Click:
        at = snowflake(Instant(next(self._clicks)))
        return Click(GUILD, at, Member(reader, Instant(0)))

    async def motion(self, ballot: Ballot, number: int) -> Motion:
        """Return the open motion of that number, made if it is missing."""
        held = {motion.number: motion for motion in await self._soviet.chamber.motions(GUILD)}
        motion = held.get(number)
        if motion is None:
            draft = Draft("That this House stand until it falls", ballot=ballot, closes="60d")
            motion = await self._soviet.chamber.table(self.click(1), draft, Roll())
        if motion.opened_at is None:
            return (await self._soviet.chamber.second(self.click(2), motion.id, Roll())).motion
        return motion

    async def votes_of(self, reader: int, motion: Motion) -> None:
        """Change a reader's mind for ever, and say so each time."""
        for changes in count(1):
            click = self.click(reader)
            choice = AYE if changes % 3 else NAY
            await self._soviet.ballots.cast(click, motion.id, choice)
            say(f"saved {motion.id} {reader} {click.interaction_id} {choice[0]}")


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())  # one call, unbuffered: what was said before a kill is said


async def live(community: Path, life: int) -> None:
    clock = UtcClock()
    async with Database.open(community, project_folder("migrations"), clock=clock) as database:
        station = Station(Soviet.build(database, clock, Silence()), life)
        motions = [
            await station.motion(ballot, number) for number, ballot in enumerate(Ballot, start=1)
        ]
        await asyncio.gather(
            *(
                station.votes_of(reader, motion)
                for motion in motions
                for reader in range(1, READERS + 1)
            )
        )


def main() -> None:
    community = Path(sys.argv[1])
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            asyncio.run(live(community, int(line)))
            os._exit(0)
        say(f"pid {child}")
        os.waitpid(child, 0)
        say("end")


if __name__ == "__main__":
    main()
