"""The time of the simulation: it goes with the real clock, and may be ahead of it."""

from datetime import datetime, timedelta

import simcord

from bot.clock import Clock

# Of a longer time only the end is lived through: what fell due before it is done at once, as by a
# computer that slept. Every nap of every duty in three days would take minutes.
_LIVED = timedelta(minutes=1)


class SandboxClock:
    """The clock of the simulation, for the bot's services."""

    def __init__(self, env: simcord.Env) -> None:
        self.env = env

    def now(self) -> datetime:
        """Return the simulated moment, aware, in UTC."""
        return self.env.now()


class SimulatedTime:
    """Moves the clock of *env* with that of the *wall*, ahead of it by whatever was skipped."""

    def __init__(self, env: simcord.Env, wall: Clock) -> None:
        self._env = env
        self._wall = wall
        self._ahead = timedelta()

    def skip(self, span: timedelta) -> None:
        """Be *span* further ahead; `catch_up` gets there."""
        self._ahead += span

    async def catch_up(self) -> None:
        """Let the time go by that has, and all that falls due in it happen.

        Raises:
            TimeoutError: that took too long; what was not reached is made up for by and by.
        """
        if self._behind() > _LIVED:
            await self._env.settle()
            slept = self._behind() - _LIVED
            self._env._move_clock(self._env._virtual_time + slept.total_seconds())  # noqa: SLF001
            await self._env.settle()
        step = self._behind().total_seconds()
        if step > 0:
            await self._env.advance_time(step)

    def _behind(self) -> timedelta:
        return self._wall.now() + self._ahead - self._env.now()
