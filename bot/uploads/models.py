"""A document of a server, and what is wrong with one."""

from dataclasses import dataclass

from bot.clock import Instant
from bot.errors import BotError
from bot.language.speech import say

MOST_BYTES = 5_000_000
"""Of one document."""
MOST_DOCUMENTS = 40
MOST_GUILD_BYTES = 25_000_000
"""Of all documents of a server."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document without its content. *work* is its key in the canon; *size* counts bytes."""

    id: int
    guild_id: int
    work: str
    work_title: str
    file: str
    title: str
    chapter: int
    size: int
    added_by: int
    added_at: Instant


class UploadError(BotError):
    """A document cannot be taken; the sentence says why."""


class NoSuchDocumentError(BotError):
    """The server has no such document, or the draft is gone."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "That document is not here any more. `/canon list` shows what there is; "
                "`/canon add` begins anew."
            )
        )
