"""The table of leases. Every change of hands names the beat it saw: only one of two can win."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Lease:
    """Who held a lease when it was looked at, and that holder's beat."""

    holder: str
    beat: int


class LeaseRepository:
    """Reads and changes leases."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def is_shared(self) -> bool:
        """Whether other processes may hold leases in this database."""
        return self._database.is_shared

    async def turn(
        self, holder: str, names: Iterable[str], stale: dict[str, Lease]
    ) -> dict[str, Lease]:
        """Renew what *holder* has of *names*, take what is free or *stale*, and return how it is.

        *stale*: leases whose beat has stood still for too long, as they were seen.
        """

        async def take(tx: Transaction) -> dict[str, Lease]:
            return {name: await _take(tx, name, holder, stale.get(name)) for name in names}

        return await self._database.write(take)

    async def release(self, holder: str) -> None:
        """Give up everything that *holder* has, so that nobody need wait for it to go stale."""

        async def free(tx: Transaction) -> None:
            await tx.execute("DELETE FROM lease WHERE holder = :holder", {"holder": holder})

        await self._database.write(free)


async def _take(tx: Transaction, name: str, holder: str, stale: Lease | None) -> Lease:
    await tx.execute(
        """
        INSERT INTO lease (name, holder, beat) VALUES (:name, :holder, 1)
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, beat = lease.beat + 1
         WHERE lease.holder = excluded.holder
            OR (lease.holder = :stale_holder AND lease.beat = :stale_beat)
        """,
        {
            "name": name,
            "holder": holder,
            "stale_holder": "" if stale is None else stale.holder,
            "stale_beat": 0 if stale is None else stale.beat,
        },
    )
    row = await tx.fetch_one("SELECT holder, beat FROM lease WHERE name = :name", {"name": name})
    if row is None:
        raise LookupError(f"the lease {name!r} is gone in the transaction that made it")
    return Lease(row["holder"], row["beat"])
