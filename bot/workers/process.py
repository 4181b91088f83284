"""Begins the process behind a worker and holds its pipes."""

import asyncio
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

from bot.workers.frames import LENGTH, packed, unpacked

_KEPT = {"PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "TZ"}


@dataclass(frozen=True, eq=False)
class Process:
    """A running process of this program, without any of its secrets."""

    _process: asyncio.subprocess.Process
    _questions: asyncio.StreamWriter
    _answers: asyncio.StreamReader

    @classmethod
    async def begin(cls, module: str) -> Self:
        """Run *module*.

        Raises:
            OSError: the system begins no process.
        """
        home = str(Path(find_spec("bot").origin).parents[1])  # type: ignore[union-attr, arg-type]
        environment = {name: value for name, value in os.environ.items() if name in _KEPT}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            cwd=home,
            env={**environment, "PYTHONPATH": home},
        )
        return cls(process, process.stdin, process.stdout)  # type: ignore[arg-type]

    @property
    def id(self) -> int:
        """The system's number of it."""
        return self._process.pid

    def send(self, thing: object) -> None:
        """Send *thing*; what it cannot take yet waits here."""
        self._questions.write(packed(thing))

    async def receive(self) -> Any:  # noqa: ANN401 - whatever was sent
        """Return what it sends next.

        Raises:
            EOFError, OSError: it has ended.
        """
        length = int.from_bytes(await self._answers.readexactly(LENGTH), "big")
        return unpacked(await self._answers.readexactly(length))

    def dismiss(self) -> None:
        """Tell it that nothing more will be asked; it ends when it has answered all."""
        self._questions.close()

    def kill(self) -> None:
        """End it at once."""
        with suppress(ProcessLookupError):
            self._process.kill()

    async def ended(self, patience: float) -> None:
        """Wait for its end; kill it after *patience* seconds.

        Not killed at once: to kill what is dying takes its end from whoever waits for it.
        """
        try:
            async with asyncio.timeout(patience):
                await self._process.wait()
        except TimeoutError:
            self.kill()
            await self._process.wait()
