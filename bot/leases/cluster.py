"""One process among several on one database: which shards it serves, which duties it does."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Final

from bot.duties import Duties
from bot.errors import OperatorError
from bot.leases.keeper import BEAT, Keeper

log = logging.getLogger(__name__)

WAITING: Final = 60.0
"""Seconds to wait for another process to leave our shards: longer than a dead one keeps them."""
TAKEN_OVER: Final = (
    "Another process has taken our shards over while this one stood still or was cut off from the "
    "database. It ends here, so that nobody is answered twice; start it again if it is wanted."
)


def shard_names(shard_ids: Sequence[int] | None) -> tuple[str, ...]:
    """Return the names of the leases on shards; without SHARD_IDS there is shard 0 in any case."""
    return tuple(f"shard {number}" for number in shard_ids or (0,))


@asynccontextmanager
async def joined(
    keeper: Keeper, duties: Duties, shard_ids: Sequence[int] | None
) -> AsyncIterator[asyncio.Event]:
    """Be one of the processes inside; yield an event that says that our shards are another's.

    Raises:
        OperatorError: another process serves one of the shards, and goes on doing it.
    """
    shards, ousted = shard_names(shard_ids), asyncio.Event()
    if keeper.is_alone:
        yield ousted
        return

    def lost(name: str, taken: bool) -> None:  # noqa: FBT001 - as the keeper calls it
        duties.let_go(name)
        # While the database is away nobody can take a shard over: it is served on.
        if taken and name in shards:
            ousted.set()

    keeper.want(shards)
    await _claim(keeper, shards)
    keeper.want([duty.name for duty in duties.all if not duty.everywhere])
    keeper.on_loss(lost)
    duties.share(keeper.holds)
    beating = asyncio.create_task(keeper.keep(), name="leases")
    try:
        yield ousted
    finally:
        beating.cancel()
        with suppress(asyncio.CancelledError):
            await beating
        await keeper.release()


async def _claim(keeper: Keeper, shards: Sequence[str]) -> None:
    deadline = asyncio.get_running_loop().time() + WAITING
    while True:
        await keeper.turn()
        missing = [name for name in shards if not keeper.holds(name)]
        if not missing:
            return
        if asyncio.get_running_loop().time() >= deadline:
            await keeper.release()
            raise OperatorError(
                f"Another process serves {', '.join(missing)}. Give each process SHARD_IDS of its "
                "own, with the same SHARD_COUNT, or stop the other one."
            )
        log.warning("waiting for another process to leave %s", ", ".join(missing))
        await asyncio.sleep(BEAT)
