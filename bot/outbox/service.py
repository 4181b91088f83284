"""Putting something into the outbox that was decided by nothing else."""

from bot.clock import Clock, instant
from bot.duties import Duties
from bot.outbox.models import Post
from bot.outbox.repository import enqueue
from bot.storage.database import Database, Transaction


class Outbox:
    """Takes what is to be sent; who decides in a transaction calls `enqueue` there instead."""

    def __init__(self, database: Database, duties: Duties, clock: Clock) -> None:
        self._database = database
        self._duties = duties
        self._clock = clock

    async def put(self, post: Post) -> None:
        """Have *post* sent, once; the same again changes nothing."""
        now = instant(self._clock.now())

        async def put(tx: Transaction) -> None:
            await enqueue(tx, post, now)

        await self._database.write(put)
        self._duties.wake("outbox")
