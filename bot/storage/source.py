"""Whatever can be asked: a database for what is committed, a transaction from within a write."""

from typing import Protocol

from bot.storage.rows import Parameters, Row


class Source(Protocol):
    """The reading half of `Database` and of `Transaction`."""

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """Return the first row (columns by name), or None."""
        ...

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Return all rows (columns by name)."""
        ...
