"""Kills a polling station again and again, and looks for the ballots it had acknowledged."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from benchmarks.polling_station import GUILD, Silence
from bot.clock import UtcClock
from bot.paths import project_folder
from bot.soviet.service import Soviet
from bot.storage.backup import check
from bot.storage.database import Database

ROOT = Path(__file__).parents[1]
Newest = dict[tuple[int, int], tuple[int, int]]
"""(motion, reader) → (click, place on the paper) of the newest ballot that was acknowledged."""


@dataclass(frozen=True)
class Toll:
    """What the kills cost; *lost*: acknowledged ballots that no later one has replaced."""

    acknowledged: int
    lost: int
    faults: list[str]


def kill_again_and_again(community: Path, kills: int, longest_life: float = 0.06) -> Toll:
    """Let *kills* polling stations on one database be killed at random moments."""
    chance = random.Random(1917)
    newest: Newest = {}
    acknowledged = 0
    with _station(community) as (orders, replies):
        for life in range(kills):
            orders.write(f"{life}\n")
            orders.flush()
            child = int(_line(replies).removeprefix("pid "))
            # Every other one is left alone until it has taken a vote; the rest may die opening.
            first = _line(replies) if life % 2 else ""
            time.sleep(chance.uniform(0, longest_life))
            os.kill(child, signal.SIGKILL)
            line = first or _line(replies)
            while line != "end":
                motion, reader, click, place = map(int, line.split()[1:])
                newest[motion, reader] = max(newest.get((motion, reader), (0, 0)), (click, place))
                acknowledged += 1
                line = _line(replies)
    lost = asyncio.run(_lost(community, newest))
    return Toll(acknowledged, lost, check(community, project_folder("migrations")))


@contextmanager
def _station(community: Path) -> Iterator[tuple[IO[str], IO[str]]]:
    command = [sys.executable, "-m", "benchmarks.polling_station", str(community)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("no pipes to the polling station")
        yield process.stdin, process.stdout
        process.stdin.close()


def _line(replies: IO[str]) -> str:
    line = replies.readline()
    if not line:
        raise RuntimeError("the polling station itself has died")
    return line.strip()


async def _lost(community: Path, newest: Newest) -> int:
    """Return how many ballots are older than what their reader was told, or say otherwise."""
    clock = UtcClock()
    async with Database.open(community, project_folder("migrations"), clock=clock) as database:
        soviet = Soviet.build(database, clock, Silence())
        rows = await database.fetch_all(
            """
            SELECT motion_id, voter_id, interaction_id FROM ballot_open
             UNION ALL SELECT motion_id, voter_id, interaction_id FROM voted
            """
        )
        kept = {(row["motion_id"], row["voter_id"]): row["interaction_id"] for row in rows}
        lost = 0
        for (motion, reader), (click, place) in newest.items():
            mine = await soviet.ballots.mine(GUILD, motion, reader)
            there = kept.get((motion, reader), 0)
            lost += there < click or (there == click and mine.choice != (place,))
        return lost
