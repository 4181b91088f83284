"""What the running bot has to remember about itself from one start to the next."""

from collections.abc import Callable, Collection, Mapping

from bot.clock import Instant
from bot.storage.database import Database, Transaction


class AppState:
    """A few texts by name; for people's data there are tables of their own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def is_shared(self) -> bool:
        """Whether other processes read and write it as well."""
        return self._database.is_shared

    async def get(self, key: str) -> str | None:
        """Return the text last put under *key*, or None."""
        row = await self._database.fetch_one(_GET, {"key": key})
        return None if row is None else str(row["value"])

    async def put(self, key: str, value: str, now: Instant) -> None:
        """Keep *value* under *key*, in the place of an earlier one."""
        await self.put_all({key: value}, now)

    async def put_all(self, values: Mapping[str, str], now: Instant) -> None:
        """Keep each of *values* under its key; all of them, or none."""

        async def upsert(tx: Transaction) -> None:
            for key, value in values.items():
                await _put(tx, key, value, now)

        if values:
            await self._database.write(upsert)

    async def under(self, prefix: str) -> dict[str, str]:
        """Return what is kept under keys that begin with *prefix*."""
        rows = await self._database.fetch_all(
            "SELECT key, value FROM app_state WHERE key >= :prefix AND key < :after",
            {"prefix": prefix, "after": prefix[:-1] + chr(ord(prefix[-1]) + 1)},
        )
        return {str(row["key"]): str(row["value"]) for row in rows}

    async def remove(self, keys: Collection[str]) -> None:
        """Keep nothing under *keys* any more."""

        async def delete(tx: Transaction) -> None:
            for key in keys:
                await tx.execute("DELETE FROM app_state WHERE key = :key", {"key": key})

        if keys:
            await self._database.write(delete)

    async def change(self, key: str, new: Callable[[str | None], str | None], now: Instant) -> None:
        """Put what *new* makes of the text under *key* in its place, at once; None: leave it."""

        async def exchange(tx: Transaction) -> None:
            row = await tx.fetch_one(_GET, {"key": key})
            value = new(None if row is None else str(row["value"]))
            if value is not None:
                await _put(tx, key, value, now)

        await self._database.write(exchange)


_GET = "SELECT value FROM app_state WHERE key = :key"


async def _put(tx: Transaction, key: str, value: str, now: Instant) -> None:
    await tx.execute(
        """
        INSERT INTO app_state (key, value, changed_at) VALUES (:key, :value, :now)
        ON CONFLICT (key) DO UPDATE
        SET value = excluded.value, changed_at = excluded.changed_at
        """,
        {"key": key, "value": value, "now": now},
    )
