"""What the newsroom tells the House: chapters of a followed story have been announced."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from bot.chapters.events import ChapterDropped as Announced
from bot.language.speech import mark
from bot.soviet.quota import ChapterDropped, QuotaDesk
from bot.storage.database import Transaction

_COUNTED_BY: Final = {
    "counted": mark("counted from the text"),
    "listed": mark("as its list of chapters states"),
    "announced": mark("as announced"),
}


class Ear:
    """Hears for the quota desk (`bot.chapters.events.ChaptersHeard`)."""

    def __init__(self, desk: QuotaDesk) -> None:
        self._desk = desk

    async def hear(self, tx: Transaction, together: Sequence[Announced]) -> None:
        """Pass chapters on, within the transaction that announces them."""
        told = [
            asdict(event) | {"word_source": _COUNTED_BY.get(event.word_source, "")}
            for event in together
        ]
        await self._desk.hear(tx, [ChapterDropped(**each) for each in told])
