"""Channels and roles as the announcer finds them, all as they should be."""

from bot.chapters.announcing.composer import Site

FINE = Site(known=True, rings=True, publishes=True, threads=True, missing=())


class FakePremises:
    """Implements `bot.chapters.announcing.composer.Premises`."""

    def __init__(self) -> None:
        self.is_ready = True
        self.site = FINE
        self.gone: set[int] = set()

    def look(self, _guild_id: int, _channel_id: int, role_id: int | None = None) -> Site:
        """Return how it stands with a channel."""
        if role_id is None and self.site.rings:
            return Site(
                self.site.known,
                rings=False,
                publishes=self.site.publishes,
                threads=self.site.threads,
                missing=self.site.missing,
            )
        return self.site

    def knows(self, guild_id: int) -> bool:
        """Whether the server is there."""
        return guild_id not in self.gone
