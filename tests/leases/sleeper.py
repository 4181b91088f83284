"""One of two processes on a PostgreSQL, which stops in the middle of its work; not a test.

    python -m leases.sleeper SHARD FOLDER URL

It does every duty there is, at leases of a second or two. When FOLDER/stop-POINT is there, whoever
comes to that point first takes the file away and stops (SIGSTOP) until somebody wakes it. Discord
is a file, FOLDER/paper, a line a message; it knows no nonce, so what is sent twice is there twice.
"""

import asyncio
import json
import os
import signal
import sys
import threading
from pathlib import Path

from pydantic import SecretStr
from soviet.floor import Stenographer

from bot.clock import UtcClock
from bot.compose import open_services
from bot.duties import Duty
from bot.leases import cluster, keeper
from bot.leases.cluster import joined
from bot.outbox import relay
from bot.outbox.leases.repository import OutboxRepository
from bot.outbox.outcomes import Absent, Sent
from bot.settings import Settings
from bot.soviet.closing import Closing

IN_DUTY = {"leased": "outbox", "sent": "outbox", "noting": "outbox", "closing": "soviet"}
"""The points at which one may be stopped, and in which duty each of them is."""


def say(line):
    os.write(1, f"{line}\n".encode())


class Bed:
    """Where one sleeps, and which duty was interrupted by it."""

    def __init__(self, folder):
        self._folder = folder
        self.interrupted = None

    def sleep_at(self, point):
        try:
            (self._folder / f"stop-{point}").unlink()
        except FileNotFoundError:
            return
        say(f"stops at {point}")
        signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)
        self.interrupted = IN_DUTY[point]
        say("woke")


class Paper:
    """A Discord that is a file."""

    is_ready = True
    sees_servers = True

    def __init__(self, folder, bed):
        self._path, self._bed = folder / "paper", bed

    async def send(self, row, _picture):
        line = json.dumps([row.id, row.topic, row.step]) + "\n"
        paper = os.open(self._path, os.O_APPEND | os.O_CREAT | os.O_WRONLY)
        os.write(paper, line.encode())
        os.close(paper)
        self._bed.sleep_at("sent")
        return Sent(row.id)

    async def find(self, row):
        lines = self._path.read_text().splitlines() if self._path.exists() else ()
        return Sent(row.id) if any(json.loads(line)[0] == row.id for line in lines) else Absent()

    def obstacle(self, *_place):
        return None


def make_short():
    """Have leases last for seconds: this process's own, for it is not the tests'."""
    keeper.BEAT = cluster.BEAT = 0.5
    keeper.BELIEF = 1.5
    keeper.PATIENCE = 2.5


def make_sleepy(bed):
    """Have the process stop at each of the points, and say when the interrupted duty is over."""
    lease, note_sent = OutboxRepository.lease, relay.note_sent
    close, turn = Closing._close, Duty._turn

    async def leasing(*arguments):
        rows = await lease(*arguments)
        if rows:
            bed.sleep_at("leased")
        return rows

    async def noting(*arguments):
        bed.sleep_at("noting")
        return await note_sent(*arguments)

    async def closing(*arguments):
        bed.sleep_at("closing")
        return await close(*arguments)

    async def taking_turns(duty):
        try:
            return await turn(duty)
        finally:
            if bed.interrupted == duty.name:
                bed.interrupted = None
                say("went on")

    OutboxRepository.lease, relay.note_sent = leasing, noting
    Closing._close, Duty._turn = closing, taking_turns


async def live(shard, folder, url):
    bed, stop = Bed(folder), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    make_short()
    make_sleepy(bed)
    settings = Settings(
        data_dir=folder / f"data{shard}", seeds_dirs=(folder / "seeds",), database_url=url
    )
    async with open_services(settings, UtcClock()) as services:
        services.soviet.closing._composer = Stenographer()
        services.relay.attach(Paper(folder, bed))
        async with joined(services.keeper, services.duties, (shard,)):
            services.duties.start()
            say("works")
            await stop.wait()
            await services.duties.stop()


if __name__ == "__main__":
    asyncio.run(live(int(sys.argv[1]), Path(sys.argv[2]), SecretStr(sys.argv[3])))
