"""Which archive answers where: every server has the common one."""

from bot.canon.archive import Archive


class Archives:
    """Finds the archive that answers in a place."""

    def __init__(self, common: Archive) -> None:
        self.common = common

    async def of(self, _guild_id: int | None) -> Archive:
        """Return the archive of a server; None: of private messages."""
        return self.common

    async def close(self) -> None:
        """Close every archive."""
        await self.common.close()
