"""Blocking work in a thread of its own: when it hangs, nobody else does."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from threading import Thread
from typing import TypeVar, cast

Result = TypeVar("Result")


async def apart(
    work: Callable[[], Result], deadline: float, came_back: Callable[[], None]
) -> Result:
    """Return what *work*, called in a daemon thread, returns; raise what it raises.

    Not `asyncio.to_thread`: a thread of its pool that never returns is lost to everybody, and
    keeps the process from ending.

    Raises:
        TimeoutError: it took longer than *deadline* seconds. It cannot be stopped; *came_back* is
            called by the event loop if it ends after all.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Result] = loop.create_future()

    def settle(result: Result | None, error: Exception | None) -> None:
        if done.done():
            came_back()
        elif error is not None:
            done.set_exception(error)
        else:
            done.set_result(cast("Result", result))

    def run() -> None:
        result, fault = None, None
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - it is raised where it is awaited
            fault = error
        # At the end of the process there may be nobody left to tell.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, result, fault)

    # In the context of whoever waits: a picture has words, and they speak a language.
    Thread(target=copy_context().run, args=(run,), name="painter", daemon=True).start()
    return await asyncio.wait_for(done, deadline)
