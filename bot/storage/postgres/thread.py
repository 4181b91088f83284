"""A thread with an event loop of its own, for what must wait for nothing else.

A writer that shared the bot's loop would hold all writers' lock while the loop is busy with
something else, and the loop would stand still while an operation counts a hundred thousand ballots.
"""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, Self, TypeVar

T = TypeVar("T")


class LoopThread:
    """Runs coroutines on its own loop, from `async with` to its end."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)

    async def __aenter__(self) -> Self:
        self._thread.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        await asyncio.to_thread(self._thread.join)
        self._loop.close()

    async def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Return what *coroutine* does there; it runs to its end, whoever is cancelled here."""
        there = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        return await asyncio.shield(asyncio.wrap_future(there))
