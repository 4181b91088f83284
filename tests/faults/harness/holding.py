"""An operation that is interrupted at a point, and what must be true then."""

import asyncio

from faults.harness.toll import Toll

from bot.errors import BotError
from bot.storage.errors import StorageFailedError

PATIENCE = 20


class Stage:
    """An operation, the ground it is prepared on, and what that holds after each step.

    *statements*: how many it begins on a server.
    """

    def __init__(self, operation, ground, states, statements):
        self.operation, self.ground, self.states = operation, ground, states
        self.statements = statements

    @classmethod
    async def set_on(cls, operation, ground):
        """Prepare *operation* on *ground*, and see what a whole life of it leaves."""
        async with ground.opened() as services:
            await operation.prepare(services)
        states = [await ground.contents()]
        whole, toll = await ground.copied("whole"), Toll()
        async with whole.opened() as services:
            with toll.standing():
                await done(operation, services)
            states.append(await whole.contents())
            await done(operation, services)
            states.append(await whole.contents())
            if operation.finish is not None:
                await operation.finish(services)
                states.append(await whole.contents())
        whole.remove()
        assert states[0] != states[1], "the operation changed nothing: this proves nothing"
        return cls(operation, ground, states, toll.begun)

    async def interrupted_at(self, number, interrupt):
        """Interrupt it at point *number* and hold what must be; return how many points it has.

        *interrupt* is awaited with the number, what is to be awaited, and the services; it returns
        what came of it and how many points there were.
        """
        ground = await self.ground.copied(f"at-{number}")
        async with ground.opened() as services:
            coroutine = self.operation.act(services)
            outcome, points = await interrupt(number, coroutine, services)
            await at_rest(services)
            await ground.assert_at_rest(services)
            found = await ground.contents()
            self._judge(outcome, found, f"at {number}")
            await ground.close_gaps(found)
            await self._do_again(services, ground, found, f"at {number}")
        ground.remove()
        return points

    async def all_points(self, interrupt, step=1):
        """Interrupt it at every point, or at one in *step*; return how many there are."""
        number = 1
        while (points := await self.interrupted_at(number, interrupt)) >= number:
            number += step
        return points

    def _judge(self, outcome, found, where):
        whole = self.operation.finish is None
        assert not whole or found in self.states[:2], f"{where}: half of it is there"
        told = not isinstance(outcome, BaseException)
        known = asyncio.CancelledError | StorageFailedError
        assert told or isinstance(outcome, known), repr(outcome)
        assert found == self.states[1] or not told or self.operation.duty, (
            f"{where}: told and not done"
        )

    async def _do_again(self, services, ground, found, where):
        await done(self.operation, services)
        await at_rest(services)
        await self.operation.truth(services)
        if self.operation.finish is None:
            after = self.states[self.states.index(found) + 1]
        else:
            after = self.states[-1]
            await self.operation.finish(services)
        assert await ground.contents() == after, f"{where}: no next one"


async def done(operation, services):
    """Do *operation*; it may refuse in words, for the second time say."""
    try:
        async with asyncio.timeout(PATIENCE):
            await operation.act(services)
    except BotError:
        return


async def at_rest(services):
    """Wait for what is still on its way although nobody waits for it."""
    await asyncio.gather(*services.archives._under_way, return_exceptions=True)
    await services.database.write(untouched)


async def untouched(_tx):
    """Change nothing."""
