"""What comes in with an interaction: who, where, when, and what they wrote. All of it hostile."""

from dataclasses import dataclass
from typing import Final

from bot.clock import Instant
from bot.soviet.models import Ballot, OrderChange, Visibility

_DISCORD_EPOCH: Final = 1_420_070_400_000
_LARGEST_ID: Final = 2**63 - 1


def clicked_at(interaction_id: int) -> Instant:
    """Return when Discord saw a click: the moment inside the interaction's snowflake."""
    return Instant((interaction_id >> 22) + _DISCORD_EPOCH)


def snowflake(at: Instant, sequence: int = 0) -> int:
    """Return the id that Discord would give at the moment *at*; the inverse of `clicked_at`."""
    return ((at - _DISCORD_EPOCH) << 22) + sequence


def is_id(number: int) -> bool:
    """Tell whether *number* can be an id at all: ids from outside are hostile."""
    return 0 < number <= _LARGEST_ID


@dataclass(frozen=True, slots=True)
class Member:
    """What Discord says of whoever clicked; never what they say of themselves."""

    user_id: int
    joined_at: Instant | None
    role_ids: frozenset[int] = frozenset()
    is_bot: bool = False
    manages: bool = False
    """Whether they have Manage Server."""
    name: str = ""
    """What they are called in this guild now; blank where nobody said."""


@dataclass(frozen=True, slots=True)
class Click:
    """One interaction: who, in which guild, and the snowflake that says when."""

    guild_id: int
    interaction_id: int
    member: Member
    channel_id: int | None = None

    @property
    def at(self) -> Instant:
        """The moment of the click by Discord's clock."""
        return clicked_at(self.interaction_id)


@dataclass(frozen=True, slots=True)
class Roll:
    """How many may vote on a motion now, and who, where the bot can see them.

    *size* 0 means that it cannot be told; a motion that counts by the roll then stays tabled.
    """

    size: int = 0
    members: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a mover wrote, as they wrote it; texts are read and checked by the chamber.

    What is None follows the standing orders.
    """

    text: str
    options: str | None = None
    """Options separated by `|`, `;` or new lines (commas where there is none of these)."""
    method: str | None = None
    """simple, multiple, ranked, or decree."""
    threshold: str | None = None
    """`majority`, `2/3`, `60%`, `more than 1/2 of the roll` …"""
    quorum: str | None = None
    """`10`, `25%`, `1/3`, `none`."""
    closes: str | None = None
    ballot: Ballot | None = None
    visibility: Visibility | None = None
    picks: int | None = None
    role_id: int | None = None
    story_id: int | None = None
    promised_words: int | None = None
    repeals: int | None = None
    order_change: OrderChange | None = None
    zone: str | None = None
    """The mover's time zone (`Europe/Berlin`), for deadlines that name none."""
