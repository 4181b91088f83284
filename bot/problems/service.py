"""What the admins of a server have been told and not yet mended."""

from bot.problems.repository import problems
from bot.storage.database import Database


class Problems:
    """Lists problems for admins."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, guild_id: int) -> list[str]:
        """Return what needs the admins of a server, in words, the oldest first."""
        return list((await problems(self._database, guild_id)).values())
