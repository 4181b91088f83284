"""The press of each quote, which one card at a time goes through."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.quotes.errors import BeingDrawnError
from bot.quotes.models import Quote


class Press:
    """Knows which messages get their first card at this moment."""

    def __init__(self) -> None:
        self._held: set[tuple[int, int]] = set()

    @contextmanager
    def held(self, quote: Quote) -> Iterator[None]:
        """Hold the press for a first card, so that two who ask at once get one.

        Raises:
            BeingDrawnError: somebody else holds it.
        """
        key = (quote.original.guild_id, quote.original.message_id)
        if key in self._held:
            raise BeingDrawnError
        self._held.add(key)
        try:
            yield
        finally:
            self._held.discard(key)
