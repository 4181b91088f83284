"""Feeds, who follows them, and what can be wrong with following one."""

from dataclasses import dataclass
from enum import StrEnum

from bot.chapters.entries import SourceKind
from bot.clock import Instant
from bot.errors import BotError
from bot.language.speech import say

MOST_FEEDS = 50
TOLD_AFTER = 3
"""Failures in a row after which the admins are told."""


class FollowState(StrEnum):
    """How it stands between a story and its feed; the values are stored."""

    ACTIVE = "active"
    PAUSED = "paused"
    ASKING = "asking"
    """Most of what it knew has other names now: held until an admin says what to do."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it is polled for all servers. *etag*, *last_modified*: verbatim, as last told."""

    id: int
    key: str
    kind: SourceKind
    url: str
    host: str
    etag: str | None
    last_modified: str | None
    next_poll: Instant
    failures: int
    problem: str | None
    last_poll: Instant | None
    last_success: Instant | None


@dataclass(frozen=True, slots=True)
class Follow:
    """A story told of by a feed. *channel_id*, *role_id*: of its own, else the story's.

    *baseline_at*: when the chapters that were there before were read, None: not yet. *trusted*: an
    admin said that the names of the next page are new chapters.
    """

    id: int
    guild_id: int
    story_id: int
    feed_id: int
    channel_id: int | None
    role_id: int | None
    state: FollowState
    baseline_at: Instant | None
    trusted: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """A follow with its feed and the name of its story, for a list.

    *channel_id*, *role_id*: of its own, else the story's.
    """

    follow: Follow
    feed: Feed
    story_title: str
    chapters: int
    channel_id: int | None
    role_id: int | None


class AlreadyFollowedError(BotError):
    """The story has this feed."""

    def __init__(self, title: str) -> None:
        super().__init__(
            say(
                "“{title}” follows this feed already. /feed list shows how it is doing.",
                title=title,
            )
        )


class TooManyFeedsError(BotError):
    """A server may follow only so many."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "A server can follow {most} feeds, and this one does. `/feed remove` makes room.",
                most=MOST_FEEDS,
            )
        )


class NoSuchFeedError(BotError):
    """No feed of this server is meant by that."""

    def __init__(self) -> None:
        super().__init__(
            say("No such feed is followed here. Pick one from the list while you type.")
        )
