"""Quotes and whose leave they need, as frozen values."""

from dataclasses import dataclass
from enum import StrEnum

from bot.clock import Instant


class Consent(StrEnum):
    """Who may quote somebody. The values are kept in the database: never change one."""

    ANYONE = "anyone"
    ASK = "ask"
    NOBODY = "nobody"


class Purpose(StrEnum):
    """What somebody wanted a quote for."""

    CARD = "card"
    SAVE = "save"


class State(StrEnum):
    """How it stands with a quote: its author is asked, it is in the book, it may not be."""

    ASKED = "asked"
    KEPT = "kept"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Original:
    """A member's message, as the book keeps it. Ids are Discord's snowflakes.

    *room_id* is the channel whose readers may see it: its own, or a public thread's parent.
    *text* has its mentions resolved to names; *text_hash* is the SHA-256 of what Discord sent.
    """

    guild_id: int
    channel_id: int
    room_id: int
    message_id: int
    author_id: int
    author_name: str
    text: str
    text_hash: str
    said_at: Instant
    age_restricted: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A row of the book. *number* counts within its server; *made_at*: when it was asked for."""

    id: int
    number: int
    original: Original
    maker_id: int
    state: State
    purpose: Purpose
    made_at: Instant


@dataclass(frozen=True, slots=True)
class Showing:
    """A message of ours that shows a quote to everybody in a channel."""

    channel_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Reach:
    """What of a server's book may be shown in one place.

    *rooms*: the channels whose messages everybody who sees the answer may read. *adult*: whether
    the place is age-restricted itself.
    """

    guild_id: int
    rooms: frozenset[int]
    adult: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which quotes somebody asks for; None and nothing: all. *words* are as typed.

    *month_day* (1107: 7 November) wants what was said on that day of an earlier year.
    """

    author_id: int | None = None
    words: str = ""
    month_day: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some quotes of those that were wanted; *total* counts all of them."""

    quotes: tuple[Quote, ...]
    total: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How often somebody is quoted: distinct messages."""

    author_id: int
    name: str
    quotes: int
