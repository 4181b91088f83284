"""The printer: a process that draws, so that the engine's death or hang is never the bot's.

The engine is native code that is given what strangers wrote. In a thread, a fault of it would end
the bot, and a picture that never ends could not be stopped.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from bot.cards.draw import WARMING, draw
from bot.cards.errors import PaintingError
from bot.cards.scenes import Picture, Scene
from bot.cards.studio import open_studio
from bot.language.catalogues import load as load_languages
from bot.language.speech import language, speaking
from bot.workers.worker import Worker, WorkerFailedError, WorkerLostError

log = logging.getLogger(__name__)

ENTRY = "bot.cards.printer:open_printer"
_PATIENCE = 8
"""Seconds, and tries, until one that has died must be back: a worker pauses between two starts."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be drawn, and in which language its words are."""

    scene: Scene
    language: str


class Printer:
    """The process, as the bot sees it. One picture after the other: who breaks it, broke it."""

    def __init__(self, deadline: float, entry: str = ENTRY) -> None:
        """*deadline*: seconds one picture may take before the process is killed."""
        self._worker = Worker(entry, None, deadline=deadline)
        self._turn = asyncio.Lock()
        self._has_lived = False

    @property
    def process_id(self) -> int | None:
        """The system's number of the process, while it runs."""
        return self._worker.process_id

    async def begin(self) -> bool:
        """Begin it, and tell whether it lives."""
        async with self._turn:
            return await self._lives()

    async def draw(self, scene: Scene) -> Picture | None:
        """Return *scene* as a picture, or None where no process can be begun at all.

        Raises:
            PaintingError: it could not be drawn, or not within the deadline.
        """
        async with self._turn:
            if not await self._lives():
                if self._has_lived:
                    raise PaintingError
                return None
            try:
                drawn = await self._worker.ask(Order(scene, language()))
            except (WorkerFailedError, WorkerLostError) as error:
                log.error("no picture of a %s: %s", type(scene).__name__, error)  # noqa: TRY400
                raise PaintingError from error
        return cast("Picture", drawn)

    async def close(self) -> None:
        """End it."""
        await self._worker.close()

    async def _lives(self) -> bool:
        for _ in range(_PATIENCE):
            if self._worker.is_ready:
                return True
            try:
                await self._worker.ask(None)
            except WorkerLostError:
                if not self._has_lived:
                    return False
                await asyncio.sleep(1)
            else:
                self._has_lived = True
                return True
        return False


def open_printer(_settings: None) -> Callable[[Order | None], Picture | None]:
    """Open a studio and return what draws in it: the process's own side."""
    load_languages()
    studio = open_studio()
    for scene in WARMING:
        draw(scene, studio)

    def answer(order: Order | None) -> Picture | None:
        nonlocal studio
        if order is None:
            return None
        with speaking(order.language):
            try:
                return draw(order.scene, studio)
            except Exception:
                log.exception("could not draw a %s", type(order.scene).__name__)
                # Whatever broke, its sheets are not used again.
                studio = open_studio()
                raise

    return answer
