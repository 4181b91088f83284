"""A reader's wish to be told, and what can be wrong with one."""

from dataclasses import dataclass
from enum import StrEnum

from bot.chapters.announcing.models import Chapter
from bot.chapters.source_shapes import MAIN
from bot.clock import Instant
from bot.errors import BotError
from bot.language.speech import say

EVERYTHING = "all"
"""The category of readers who want side stories and omakes as well."""


class How(StrEnum):
    """How somebody is told; the values are stored."""

    ROLE = "role"
    """By the story's role, which the bot gives them."""
    PING = "ping"
    """By name, under the announcement."""
    DIGEST = "digest"
    """By a private message once a week."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a reader wants of a story: of which chapters, from how many words on."""

    guild_id: int
    story_id: int
    reader_id: int
    how: How
    min_words: int
    category: str
    since: Instant
    story_title: str = ""


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """All that a reader wants. *digest_at*: of the next digest; *problem*: why none comes."""

    wanted: tuple[Subscription, ...]
    digest_at: Instant | None
    problem: str | None


def wants(category: str, min_words: int, chapter: Chapter) -> bool:
    """Tell whether a reader of *category* and *min_words* wants to hear of *chapter*.

    A chapter that nobody counted is not known to be long, so it does not ring for who asked for
    long ones.
    """
    told = chapter.category or MAIN
    if category not in {EVERYTHING, told}:
        return False
    return min_words == 0 or (chapter.words is not None and chapter.words.count >= min_words)


class RoleRingsForAllError(BotError):
    """A role cannot choose chapters."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "The role rings for every chapter of the story. For long ones only, or side "
                "stories, choose how: ping."
            )
        )


class NoRoleError(BotError):
    """The story has no role that could be given."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "This story has no role that I can give you. Choose how: ping, and I will name you."
            )
        )


class NotSubscribedError(BotError):
    """There is nothing to end."""

    def __init__(self, title: str) -> None:
        super().__init__(
            say(
                "You were not subscribed to “{title}”. "
                "`/subscriptions` shows what you are told of.",
                title=title,
            )
        )
