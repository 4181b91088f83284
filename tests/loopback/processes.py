"""`python -m bot` as a process of its own, pointed at the stand-in by loopback/site."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from loopback.payloads import TOKEN

ROOT = Path(__file__).parents[2]
SITE = Path(__file__).parent / "site"
PATIENCE = 60
"""Seconds to a start: importing, building the canon, logging in; on a very busy machine."""


class Process:
    """A running bot and all it has said so far."""

    def __init__(self, process):
        self.process = process
        self.said = ""
        self._more = asyncio.Event()
        self._listening = asyncio.create_task(self._listen())

    async def _listen(self):
        while line := await self.process.stdout.readline():
            self.said += line.decode()
            self._more.set()

    async def says(self, words):
        """Wait until it has said *words*."""
        while words not in self.said:
            self._more.clear()
            await self.until(self._more)

    async def until(self, event):
        """Wait for *event*; a process that ends before it never brings it."""
        waiting = {asyncio.create_task(event.wait()), asyncio.create_task(self.process.wait())}
        await asyncio.wait(waiting, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        if not event.is_set():
            raise AssertionError(f"it did not get there: {self.said}")

    def signal(self, number):
        self.process.send_signal(number)

    async def ended(self, patience=PATIENCE):
        """Wait for its end and return the exit code."""
        async with asyncio.timeout(patience):
            await self.process.wait()
            await self._listening
        return self.process.returncode

    async def killed(self):
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
        await self.ended()


async def start(folder, port, **settings):
    """Start the bot in *folder* with SEEDS_DIR and DATA_DIR there; None takes a setting away.

    *port*: of the stand-in, or None for tests that never reach Discord.
    """
    path = [str(ROOT), *([str(SITE)] if port else [])]
    chosen = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(path),
        "SAMIZDAT_TEST_DISCORD_PORT": str(port),
        "DISCORD_TOKEN": TOKEN,
        "DATA_DIR": str(folder / "data"),
        "SEEDS_DIR": str(folder / "seeds"),
        "LOG_LEVEL": "DEBUG",
        **settings,
    }
    return Process(
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot"),
            cwd=folder,  # away from the checkout, which may have an .env
            env={name: value for name, value in chosen.items() if value is not None},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
    )
