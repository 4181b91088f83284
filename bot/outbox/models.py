"""A thing to be sent, and how it stands with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from bot.clock import Instant

SEND = "send"
"""The step that makes a message. Every other step follows one."""
THREAD = "thread"
CROSSPOST = "crosspost"
PIN = "pin"
EDIT = "edit:"
"""How the steps begin that change a message; the newest one wins."""

PRIVATE = 0
"""The guild id of a private message."""


class Lane(IntEnum):
    """Messages of one channel keep their order; what follows a message waits for that one only."""

    MESSAGE = 0
    FOLLOWING = 1


def lane_of(step: str) -> Lane:
    """Return whether *step* makes a message or follows one."""
    follows = step in {THREAD, CROSSPOST, PIN} or step.startswith(EDIT)
    return Lane.FOLLOWING if follows else Lane.MESSAGE


@dataclass(frozen=True, slots=True)
class Post:
    """Something to be sent, before it is in the outbox.

    *topic* says what it is about (`chapter:12`); with *channel_id* and *step* it is unique, so the
    same thing enqueued twice is there once. Posts of one channel go out in the order they came.
    *body* is Discord's JSON of the message (content, embeds, components, allowed_mentions, flags),
    without a nonce; of the step `thread` its name and archive duration; of `crosspost` nothing.
    A *body* with a `message_reference` answers the message of *after*.
    *after* is the id of the row whose message is meant, for every step that follows one.
    *picture* names what is drawn and attached at the moment of sending (`{"maker": "verdict", …}`);
    when that fails the message goes without, so its words must say everything.
    *marker* is a text in the message's JSON (a link, the id of a button) by which it is recognised
    in a channel; without one its whole content is.
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
    """A post that Discord has: what its owner is told, in the transaction that notes it.

    *message_id* is None when the message was deleted before we heard of it.
    """

    outbox_id: int
    topic: str
    step: str
    guild_id: int
    channel_id: int
    message_id: int | None
    at: Instant


@dataclass(frozen=True, slots=True)
class Undeliverable:
    """A private post that its reader does not take; *code* is Discord's (50007: closed)."""

    outbox_id: int
    topic: str
    step: str
    reader_id: int
    code: int
    at: Instant


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A row that the relay has leased.

    *uncertain*: an earlier try may have reached Discord. *last_try*: when the last of those was;
    *this_try*: when it was leased. *message_id*: of the row it follows.
    """

    id: int
    topic: str
    step: str
    guild_id: int
    channel_id: int
    body: Mapping[str, Any]
    picture: Mapping[str, Any] | None
    marker: str
    attempts: int
    first_try: Instant
    last_try: Instant | None
    this_try: Instant
    uncertain: bool
    message_id: int | None

    @property
    def makes_message(self) -> bool:
        """Whether Discord has a new message afterwards."""
        return lane_of(self.step) is Lane.MESSAGE

    @property
    def nonce(self) -> str:
        """What Discord knows a repeated message by: 25 characters at most, of this row only."""
        return f"a{_base36(self.id)}"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn picture: a file name, its bytes, and what it shows in words."""

    name: str
    data: bytes
    alt: str


def _base36(number: int) -> str:
    shown = ""
    while number:
        number, digit = divmod(number, 36)
        shown = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + shown
    return shown or "0"
