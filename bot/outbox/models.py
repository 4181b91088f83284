"""A thing to be sent, and how it stands with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.clock import Instant

SEND = "send"
"""The step that makes a message. Every other step follows one."""
THREAD = "thread"
CROSSPOST = "crosspost"

PRIVATE = 0
"""The guild id of a private message."""


@dataclass(frozen=True, slots=True)
class Post:
    """Something to be sent, before it is in the outbox.

    *topic* says what it is about (`chapter:12`); with *channel_id* and *step* it is unique, so the
    same thing enqueued twice is there once. Posts of one channel go out in the order they came.
    *body* is Discord's JSON of the message (content, embeds, components, allowed_mentions, flags),
    without a nonce; of the step `thread` its name and archive duration; of `crosspost` nothing.
    *after* is the id of the row whose message is meant, for every step that follows one.
    *picture* names what is drawn and attached at the moment of sending (`{"maker": "verdict", …}`);
    when that fails the message goes without, so its words must say everything.
    *marker* is a text in the message (a link, say) by which it is recognised in a channel.
    """

    topic: str
    step: str
    guild_id: int
    channel_id: int
    body: Mapping[str, Any] = field(default_factory=dict)
    after: int | None = None
    picture: Mapping[str, Any] | None = None
    marker: str = ""
    not_before: Instant | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """A post that Discord has: what its owner is told, in the transaction that notes it."""

    outbox_id: int
    topic: str
    step: str
    guild_id: int
    channel_id: int
    message_id: int | None
    at: Instant
