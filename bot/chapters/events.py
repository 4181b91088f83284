"""What others hear of chapters, in the transaction that announces them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.clock import Instant
from bot.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class ChapterDropped:
    """A chapter of a followed story has appeared in a guild.

    Told of the story itself, not of side stories and omakes. *chapter_key*: the chapter's own key
    in this program (`chapter:12`). *words*: None when nobody counted; *word_source* says who did
    (`counted`, `listed`, `announced`, blank). *quota*: the words a chapter of this story owes.
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


ChaptersHeard = Callable[[Transaction, Sequence[ChapterDropped]], Awaitable[None]]
"""Hears of the chapters of one announcement: of one story, the oldest first, never of none."""
