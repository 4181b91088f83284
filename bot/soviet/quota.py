"""What a chapter sets off: the motion of regret or thanks, the plan, votes that ran until it."""

from dataclasses import dataclass

from bot.clock import Instant
from bot.soviet.composer import Composer
from bot.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class ChapterDropped:
    """A chapter of a followed story has appeared in a guild.

    *chapter_key* is the source's own identity of the chapter; *words* None when nobody counted;
    *word_source* says who did; *quota* None: the one of the standing orders.
    """

    guild_id: int
    story_id: int
    story_title: str
    chapter_key: str
    chapter_title: str
    url: str
    words: int | None
    word_source: str
    quota: int | None
    at: Instant


class QuotaDesk:
    """Hears of chapters inside the transaction that records them."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer

    async def hear_chapter(self, tx: Transaction, event: ChapterDropped) -> None:
        """Do what follows from a chapter; hearing of the same one again does nothing.

        Below the quota a motion of regret is tabled and waits for a seconder, else a vote of thanks;
        it pings nobody. Motions that run until this story's next chapter end at *event.at* (wake
        the duty that calls `Closing.work`). Resolutions that promised words are held against it.
        """
        raise NotImplementedError
