"""The painter: scenes in, pictures out, off the event loop."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from hashlib import sha256
from threading import Lock

from bot.cards.apart import apart
from bot.cards.art import draw_avatar, draw_banner
from bot.cards.draw import WARMING, draw
from bot.cards.errors import PainterBusyError, PaintingError
from bot.cards.printer import Printer
from bot.cards.scenes import Picture, QuoteScene, Scene
from bot.cards.studio import Studio, open_studio
from bot.language.speech import language

log = logging.getLogger(__name__)

AT_ONCE = 2
QUEUE = 16
DEADLINE = 2.0
"""Seconds one picture may take."""

KEPT = 64
"""Pictures remembered: some 16 MB."""

_MOST_STRAYS = 4

Draw = Callable[[Scene, Studio], Picture]


class Painter:
    """One per process. Two pictures at once, a bounded queue, a deadline, the last ones remembered.

    Drawn by the printer, a process of its own, where there is one. In a thread, a picture that
    overruns its deadline cannot be stopped (the engine is native code): the thread is abandoned
    together with the studio it works in, and the next picture gets a new studio.
    """

    def __init__(
        self,
        draw_scene: Draw = draw,
        open_with: Callable[[], Studio] = open_studio,
        deadline: float = DEADLINE,
        printer: Printer | None = None,
    ) -> None:
        self._draw = draw_scene
        self._open_with = open_with
        self._deadline = deadline
        self._printer = printer
        self._studio: Studio | None = None
        self._lock = Lock()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self._strays = 0
        self._drawing: set[asyncio.Task[Picture]] = set()
        self._kept: OrderedDict[tuple[str, Scene], Picture] = OrderedDict()

    async def warm_up(self) -> None:
        """Register the fonts and draw one card of each style, where pictures are drawn.

        Never raises: what is wrong is logged now, and said again to whoever asks for a picture.
        """
        if self._printer is not None and await self._printer.begin():
            return
        with suppress(PaintingError):
            await asyncio.to_thread(self._warm_up)

    async def paint(self, scene: Scene) -> Picture:
        """Return *scene* as a picture.

        Raises:
            PainterBusyError: too many are waiting already.
            PaintingError: it could not be drawn, or not within the deadline.
        """
        if (kept := self._remembered(scene)) is not None:
            return kept
        if self._waiting >= QUEUE or self._strays >= _MOST_STRAYS:
            raise PainterBusyError
        self._waiting += 1
        try:
            await self._slots.acquire()
        finally:
            self._waiting -= 1
        # A caller that goes away must not take the slot along: what was begun is drawn to its end.
        drawing = asyncio.create_task(self._drawn_somewhere(scene))
        self._drawing.add(drawing)
        drawing.add_done_callback(partial(self._drawn, scene))
        return await asyncio.shield(drawing)

    def paint_now(self, scene: Scene) -> Picture:
        """Return *scene* as a picture. Blocking: for the command line, tests and benchmarks.

        Raises:
            PaintingError: it could not be drawn.
        """
        try:
            return self._draw(scene, self._open())
        except Exception as error:
            log.exception("could not draw a %s", type(scene).__name__)
            raise PaintingError from error

    def avatar(self) -> Picture:
        """Return the bot's own portrait. Blocking."""
        return draw_avatar(self._open())

    def banner(self) -> Picture:
        """Return the bot's own banner. Blocking."""
        return draw_banner(self._open())

    async def close(self) -> None:
        """End the printer."""
        if self._printer is not None:
            await self._printer.close()

    async def _drawn_somewhere(self, scene: Scene) -> Picture:
        if self._printer is not None and (picture := await self._printer.draw(scene)) is not None:
            return picture
        if self._studio is None:
            # Reading the fonts takes as long as the host takes, and is nobody's deadline.
            await self._opened()
        return await self._within_the_deadline(scene)

    async def _opened(self) -> None:
        try:
            await asyncio.to_thread(self._open)
        except Exception as error:
            log.exception("could not open the studio")
            raise PaintingError from error

    def _drawn(self, scene: Scene, drawing: asyncio.Task[Picture]) -> None:
        self._drawing.discard(drawing)
        self._slots.release()
        if not drawing.cancelled() and drawing.exception() is None:
            self._remember(scene, drawing.result())

    async def _within_the_deadline(self, scene: Scene) -> Picture:
        studio = self._studio
        try:
            return await apart(partial(self._drawn_apart, scene), self._deadline, self._came_back)
        except TimeoutError as error:
            self._strays += 1
            self._leave(studio)
            log.error("a %s was not drawn in %s s", type(scene).__name__, self._deadline)  # noqa: TRY400
            raise PaintingError from error

    def _came_back(self) -> None:
        self._strays -= 1

    def _drawn_apart(self, scene: Scene) -> Picture:
        """Return `paint_now`, for a thread: a panic of the engine, no Exception, becomes one.

        Whatever broke, its sheets are not used again.
        """
        studio = self._studio
        try:
            return self.paint_now(scene)
        except BaseException as error:
            self._leave(studio)
            if isinstance(error, PaintingError):
                raise
            log.exception("the engine broke at a %s", type(scene).__name__)
            raise PaintingError from error

    def _leave(self, studio: Studio | None) -> None:
        """Have the next picture drawn in a new studio."""
        with self._lock:
            if self._studio is studio:
                self._studio = None

    def _open(self) -> Studio:
        with self._lock:
            if self._studio is None:
                self._studio = self._open_with()
            return self._studio

    def _warm_up(self) -> None:
        for scene in WARMING:
            self._drawn_apart(scene)

    def _remembered(self, scene: Scene) -> Picture | None:
        picture = self._kept.get(_key(scene))
        if picture is not None:
            self._kept.move_to_end(_key(scene))
        return picture

    def _remember(self, scene: Scene, picture: Picture) -> None:
        self._kept[_key(scene)] = picture
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)


def _key(scene: Scene) -> tuple[str, Scene]:
    """Return what a picture is remembered by: the language of its words, and its scene.

    The avatar's hash stands there for the avatar.
    """
    return language(), _slim(scene)


def _slim(scene: Scene) -> Scene:
    if isinstance(scene, QuoteScene) and scene.avatar is not None:
        return replace(scene, avatar=sha256(scene.avatar).digest())
    return scene
