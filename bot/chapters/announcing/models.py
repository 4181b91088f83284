"""A chapter as a server knows it, and what can be wrong with announcing one."""

from dataclasses import dataclass
from enum import StrEnum

from bot.chapters.entries import Words
from bot.chapters.source_shapes import MAIN
from bot.clock import Instant
from bot.errors import BotError
from bot.language.speech import say

MOST_WORDS = 1_000_000
LONGEST_SUMMARY = 300
LONGEST_CATEGORY = 30


class State(StrEnum):
    """How it stands with a chapter; the values are stored."""

    KNOWN = "known"
    """It was there before the server followed its feed: never announced."""
    HELD = "held"
    """It waits a little: authors mend titles at once."""
    ANNOUNCED = "announced"
    GONE = "gone"
    """It was taken back while it was held."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter. *key*: the folded title. *follow_id*: the feed's that told of it first.

    *category*: None where the source tells none, which counts as the story itself. *place* orders
    the chapters of a story. *hold_until*: when it is announced, while it is held.
    """

    id: int
    guild_id: int
    story_id: int
    follow_id: int | None
    title: str
    key: str
    url: str
    words: Words | None
    category: str | None
    summary: str | None
    published_at: Instant | None
    seen_at: Instant
    place: int
    state: State
    hold_until: Instant | None = None
    announced_at: Instant | None = None

    @property
    def is_main(self) -> bool:
        """Whether it belongs to the story itself: no side story, no omake."""
        return self.category in {None, MAIN}

    @property
    def told_at(self) -> Instant:
        """When it appeared, as far as is known."""
        return self.published_at or self.seen_at


@dataclass(frozen=True, slots=True)
class Announcement:
    """Where a chapter was announced, or is about to be. *message_id*: None until it is sent."""

    chapter_id: int
    guild_id: int
    channel_id: int
    outbox_id: int
    topic: str
    message_id: int | None
    sent_at: Instant | None


class AlreadyAnnouncedError(BotError):
    """This address was announced for this story."""

    def __init__(self, title: str, link: str | None) -> None:
        said = say("“{title}” has been announced already; readers are pinged once.", title=title)
        there = say("Here: {link}", link=link)
        super().__init__(f"{said} {there}" if link else said)


class NoChannelError(BotError):
    """Nobody said where to announce."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "No channel is chosen for chapters. An admin sets one for all of them with /setup, "
                "or for this story with /story edit channel:…"
            )
        )


class NotAnAnnouncerError(BotError):
    """Somebody without the role would announce."""

    def __init__(self, role_id: int | None) -> None:
        super().__init__(
            say("Announcing is for <@&{role}> or those who manage the server.", role=role_id)
            if role_id
            else say(
                "Announcing is for those who manage the server. They open it to a role in `/setup`."
            )
        )


class NotTheManagerError(BotError):
    """An admin's command of somebody who is none."""

    def __init__(self) -> None:
        super().__init__(
            say("This is for those who manage the server (the permission Manage Server).")
        )


class NothingKnownError(BotError):
    """No chapter of this server has that address."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "I know of no chapter at that address. /feed list shows what I follow and when I "
                "last looked; /feed test tells what a feed says now."
            )
        )
