"""What a motion is: its text, the rules it is held under, and where it stands.

All times are `Instant` (milliseconds since 1970, UTC). Fractions are whole numbers over whole
numbers: a float would ask for 56 of 100 votes at 55 %.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.clock import Instant

Choice = tuple[int, ...]
"""What a ballot says, as places on the order paper (from 0); empty is an abstention.

Ascending, but for a ranked ballot, where the first is liked best.
"""

ABSTAIN: Final[Choice] = ()
AYE: Final[Choice] = (0,)
NAY: Final[Choice] = (1,)
AYE_NAY_OPTIONS: Final = ("Aye", "Nay")

SECOND_MS: Final = 1_000
MINUTE_MS: Final = 60 * SECOND_MS
HOUR_MS: Final = 60 * MINUTE_MS
DAY_MS: Final = 24 * HOUR_MS

MOST_OPTIONS: Final = 25
"""The most a select menu of Discord holds."""
FEWEST_OPTIONS: Final = 2
LONGEST_TEXT: Final = 1_500
"""Of a motion. Leaves room on its message for rules, tally and buttons."""
LONGEST_OPTION: Final = 80
"""Of an option: what a button of Discord can say."""
LONGEST_EXPLANATION: Final = 300
GRACE_MS: Final = 3 * SECOND_MS
"""Discord voids an interaction that is unanswered for 3 s: no vote can come later than that."""


class Kind(StrEnum):
    """How a motion is decided."""

    AYE_NAY = "aye_nay"
    SINGLE = "single"
    MULTIPLE = "multiple"
    RANKED = "ranked"
    DECREE = "decree"
    """Stands adopted unless enough readers object in time; then it is voted on, aye or nay."""
    AMENDMENT = "amendment"
    """A ranked vote between the wordings proposed for another motion."""

    @property
    def is_ranked(self) -> bool:
        """Whether a ballot is an order of options."""
        return self in {Kind.RANKED, Kind.AMENDMENT}

    @property
    def is_aye_nay(self) -> bool:
        """Whether a ballot says Aye, Nay or Abstain."""
        return self in {Kind.AYE_NAY, Kind.DECREE}


class Base(StrEnum):
    """What a threshold is a share of."""

    CAST = "cast"
    """Votes cast for an option; abstentions are no votes (Robert's Rules 44:1, UN GA Rule 86)."""
    ROLL = "roll"
    """Everybody who may vote, frozen when the motion opens."""


class Ballot(StrEnum):
    """Who may know what somebody voted."""

    OPEN = "open"
    SECRET = "secret"  # noqa: S105 - a kind of ballot, not a password


class Visibility(StrEnum):
    """When the count is shown, for open ballots; a secret one is never counted before its close."""

    LIVE = "live"
    AFTER_VOTING = "after_voting"
    ON_CLOSE = "on_close"


class Status(StrEnum):
    """Where a motion stands. What is not tabled yet is a `Draft` and is not kept."""

    TABLED = "tabled"
    """Put forward; waits for seconders, or, a decree, for objections."""
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    """How a motion ended."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Threshold:
    """The share that carries a motion: *strict* is “more than”, otherwise “at least”."""

    numerator: int
    denominator: int
    strict: bool
    base: Base = Base.CAST


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many ballots make a vote valid: *numerator* of them, or that share of the roll.

    A *denominator* of 0 means a plain number; (0, 0) asks for none.
    """

    numerator: int
    denominator: int = 0

    @property
    def is_share(self) -> bool:
        """Whether it is a share of the roll."""
        return self.denominator > 0


@dataclass(frozen=True, slots=True)
class Electorate:
    """Who may vote: everyone or the holders of a role, members for long enough, never bots."""

    role_id: int | None = None
    minimum_age_ms: int = 0
    """How long one must have been a member when the motion opens."""
    latecomers: bool = False
    """Whether those may vote who joined after it opened."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that decides a motion; hashed and frozen when it opens."""

    kind: Kind
    options: tuple[str, ...]
    picks: int
    """The most options one ballot may name."""
    seats: int
    """The most options that can win; 0 is no limit."""
    threshold: Threshold
    quorum: Quorum
    electorate: Electorate
    ballot: Ballot
    visibility: Visibility

    @property
    def needs_roll(self) -> bool:
        """Whether the number of those who may vote decides anything."""
        return self.quorum.is_share or self.threshold.base is Base.ROLL


@dataclass(frozen=True, slots=True)
class OrderChange:
    """What an adopted motion does to the standing orders."""

    article: str
    value: str


@dataclass(frozen=True, slots=True)
class Motion:
    """A motion of one guild, as it is kept."""

    id: int
    """0, like *number*, until it is kept."""
    guild_id: int
    number: int
    """№, from 1, without gaps in a guild."""
    text: str
    rules: Rules
    status: Status
    mover_id: int | None
    """None: the Soviet itself (a quota motion); 0: a former reader."""
    seconders_needed: int
    orders_version: int
    """The version of the standing orders it is held under; 0: as the house came."""
    term_ms: int
    """How long it will be open, unless *closes_on* says when."""
    tabled_at: Instant
    tabled_until: Instant
    """When it lapses unseconded; when a decree stands adopted."""
    verdict: Verdict | None = None
    objectors_needed: int = 0
    closes_on: Instant | None = None
    """The moment the mover asked for, if it was a moment."""
    story_id: int | None = None
    """The story it is about."""
    until_chapter: bool = False
    """Whether the next chapter of that story ends it."""
    promised_words: int | None = None
    repeals: int | None = None
    """The № of the resolution that falls if this is adopted."""
    order_change: OrderChange | None = None
    amends_id: int | None = None
    """The motion whose wording this one chooses."""
    opened_at: Instant | None = None
    closes_at: Instant | None = None
    """The deadline, frozen when it opens."""
    called_at: Instant | None = None
    """The chapter that ended it before its deadline, if one did."""
    closed_at: Instant | None = None
    roll: int | None = None
    """How many may vote, counted when it opened; None where nobody counted."""
    rules_hash: str | None = None
    channel_id: int | None = None
    message_id: int | None = None

    @property
    def ends_at(self) -> Instant | None:
        """When the last click counts, or None before it opens."""
        return self.closes_at if self.called_at is None else self.called_at

    @property
    def is_secret(self) -> bool:
        """Whether nobody may learn who voted what."""
        return self.rules.ballot is Ballot.SECRET
