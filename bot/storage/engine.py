"""What an engine does for the community database. There are two: SQLite and PostgreSQL."""

from pathlib import Path
from typing import Protocol, TypeVar

from bot.clock import Instant
from bot.storage.source import Source
from bot.storage.transaction import Operation

T = TypeVar("T")


class Engine(Source, Protocol):
    """`Database` says what each method promises."""

    @property
    def path(self) -> Path | None:
        """The file it is kept in; None: a server keeps it."""
        ...

    async def write(self, operation: Operation[T]) -> T:
        """See `Database.write`."""
        ...

    async def checkpoint(self) -> bool:
        """See `Database.checkpoint`."""
        ...

    async def now(self) -> Instant:
        """See `Database.now`."""
        ...
