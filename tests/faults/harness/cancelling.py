"""Cancelling an operation at one of its awaits, or at one of its SQL statements."""

import asyncio


class Cancelled:
    """Awaits *coroutine* and cancels the task that does so when it waits for the *at*-th time."""

    def __init__(self, coroutine, at):
        self._coroutine = coroutine
        self._at = at
        self.waits = 0

    def __await__(self):
        steps = self._coroutine.__await__()
        try:
            waited_for = next(steps)
            while True:
                self.waits += 1
                if self.waits == self._at:
                    loop = asyncio.get_running_loop()
                    loop.call_soon(asyncio.current_task().cancel)
                try:
                    value = yield waited_for
                except BaseException as error:  # noqa: BLE001 - it is the operation's to take
                    waited_for = steps.throw(error)
                else:
                    waited_for = steps.send(value)
        except StopIteration as end:
            return end.value


async def cancelled_at_wait(number, coroutine):
    """Return (what came of it, how often it waited); cancelled at wait *number*."""
    waiting = Cancelled(coroutine, number)

    async def work():
        return await waiting

    (outcome,) = await asyncio.gather(asyncio.create_task(work()), return_exceptions=True)
    return outcome, waiting.waits


async def cancelled_at_statement(number, coroutine, connection):
    """Return (what came of it, how many statements the writer began); cancelled at *number*."""
    loop, begun = asyncio.get_running_loop(), 0
    task = asyncio.ensure_future(coroutine)

    def count(_sql):
        nonlocal begun
        begun += 1
        if begun == number:
            loop.call_soon_threadsafe(task.cancel)

    await connection.set_trace_callback(count)
    (outcome,) = await asyncio.gather(task, return_exceptions=True)
    await connection.set_trace_callback(None)
    return outcome, begun
