"""What the newsroom tells the House: a chapter of a followed story has been announced."""

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
    """Hears for the quota desk (`bot.chapters.events.ChapterHeard`)."""

    def __init__(self, desk: QuotaDesk) -> None:
        self._desk = desk

    async def hear(self, tx: Transaction, event: Announced) -> None:
        """Pass a chapter on, within the transaction that announces it."""
        told = asdict(event) | {"word_source": _COUNTED_BY.get(event.word_source, "")}
        await self._desk.hear_chapter(tx, ChapterDropped(**told))
