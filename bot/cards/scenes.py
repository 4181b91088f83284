"""What may be drawn: one frozen value per kind of picture, and the picture itself.

Every text of a scene is foreign (a message, a name, a title) and is cleaned by the painter; callers
clean nothing and escape nothing. Scenes are hashable: the painter keeps pictures by them.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

MAX_ALT = 1024
"""Characters of a description, by Discord."""


class Style(StrEnum):
    """How a quote card looks."""

    POSTER = "poster"
    NEWSPAPER = "newspaper"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished PNG, *width* × *height* pixels, with its description of at most 1,024 characters.

    *lost* counts the characters that no font of ours could draw; each stands as "·".
    """

    png: bytes
    width: int
    height: int
    alt: str
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Emblem:
    """The sign of a work where a portrait would be: one or two *letters* on its *colour* (RGB)."""

    letters: str
    colour: int


@dataclass(frozen=True, slots=True)
class QuoteScene:
    """Words and who said them.

    Attributes:
        text: the message, verbatim, at most 4,000 characters; mentions already resolved to names.
        name: who says it; may be empty.
        meta: where and when, in one line: "#lounge · 7 November 1937".
        title: the masthead of the newspaper: the work or the server; empty for ours.
        footer: a small line at the foot (a source); empty for the style's own.
        style: how the card looks.
        avatar: bytes of a picture as they came, or None. A broken one is replaced by initials.
        emblem: drawn instead of an avatar on cards of the canon.
        markdown: whether Discord's marks in *text* (bold, spoiler …) mean what they mean there.
    """

    text: str
    name: str
    meta: str = ""
    title: str = ""
    footer: str = ""
    style: Style = Style.POSTER
    avatar: bytes | None = None
    emblem: Emblem | None = None
    markdown: bool = True


class Verdict(StrEnum):
    """How a motion ended; the words of the stamp."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Division:
    """Aye, abstain, nay. *threshold* is the share of ayes needed, of the votes cast or of the roll.

    `strictly` says that the share must be exceeded (a simple majority: more than 1/2), not reached.
    """

    aye: int
    abstain: int
    nay: int
    threshold: Fraction = Fraction(1, 2)
    strictly: bool = True
    of_roll: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that could be chosen and how many chose it; *won* marks the winner or winners."""

    label: str
    votes: int
    won: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """Single or multiple choice: every option, in any order; *ballots* is how many people voted."""

    options: tuple[Option, ...]
    ballots: int


@dataclass(frozen=True, slots=True)
class Round:
    """One count of a runoff: those still standing, and the ballots that name none of them."""

    options: tuple[Option, ...]
    exhausted: int = 0


@dataclass(frozen=True, slots=True)
class Runoff:
    """A ranked motion: its rounds in order."""

    rounds: tuple[Round, ...]


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many voted, of how many who may (None: everybody), and how many had to (0: none)."""

    voted: int
    roll: int | None = None
    quorum: int = 0


@dataclass(frozen=True, slots=True)
class VerdictScene:
    """What a motion came to.

    *count* and *turnout* are None where numbers must stay secret (a secret ballot under five votes,
    or unanimous): the picture then shows the stamp and the words only.
    """

    number: int
    title: str
    verdict: Verdict
    rule: str
    secret: bool
    dates: str
    mover: str
    seconders: tuple[str, ...] = ()
    reason: str = ""
    rules_hash: str = ""
    count: Division | Choices | Runoff | None = None
    turnout: Turnout | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """A work on the strip, with its colour (RGB)."""

    name: str
    colour: int


@dataclass(frozen=True, slots=True)
class Mark:
    """An event: *lane* counts from 0; *first* and *last* are proleptic Gregorian ordinals (days).

    *date* is shown as its source writes it.
    """

    lane: int
    first: int
    last: int
    date: str
    title: str


@dataclass(frozen=True, slots=True)
class TimelineScene:
    """Events of one or several works on one axis, at most `MAX_LABELS` of them with their words."""

    title: str
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    note: str = ""


Scene = QuoteScene | VerdictScene | TimelineScene
