"""What announcements say and where they go: handed in from above; no Discord is known here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.chapters.announcing.figures import Figures
from bot.chapters.announcing.models import Chapter
from bot.chapters.stories.models import Story

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Card:
    """All that is said of a chapter. *links*: its addresses, each once, the first one first."""

    story: Story
    chapter: Chapter
    figures: Figures
    links: Sequence[str]


@dataclass(frozen=True, slots=True)
class Pings:
    """Who is to be notified: a role that will ring, and readers by their ids."""

    role_id: int | None = None
    readers: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """A channel as an announcement would find it.

    *known*: the bot sees server and channel. *rings*: the role that is asked about would be
    notified. *publishes*: what is posted there can be followed by other servers. *threads*: a
    thread can be opened under a message. *missing*: what keeps something from working, each with
    its remedy.
    """

    known: bool
    rings: bool
    publishes: bool
    threads: bool
    missing: Sequence[str]


@dataclass(frozen=True, slots=True)
class Venue:
    """Where something is announced, which role is wanted there, and how it stands with both."""

    channel_id: int
    role_id: int | None
    site: Site


class Premises(Protocol):
    """Knows how it stands with channels and roles; asks nobody, and answers at once."""

    @property
    def is_ready(self) -> bool:
        """Whether it has been told which servers there are."""
        ...

    def look(self, guild_id: int, channel_id: int, role_id: int | None = None) -> Site:
        """Return how it stands with a channel and with a role that is to be pinged there."""
        ...

    def knows(self, guild_id: int) -> bool:
        """Whether the bot is in that server, and the server is there."""
        ...


class Composer(Protocol):
    """Makes Discord's JSON. Pure functions, called inside a transaction.

    Every body names exactly whom it pings (`allowed_mentions`).
    """

    def card(self, card: Card, pings: Pings) -> Body:
        """Return the announcement of one chapter; `marker` is somewhere in it."""
        ...

    def digest(self, cards: Sequence[Card], pings: Pings) -> Body:
        """Return the announcement of several chapters of one story at once."""
        ...

    def marker(self, chapter: Chapter) -> str:
        """Return the text by which the card of *chapter* is recognised."""
        ...

    def thread(self, card: Card) -> Body:
        """Return the name and the archive duration of the thread to talk in."""
        ...

    def ping(self, story: Story, readers: Sequence[int]) -> Body:
        """Return the message that notifies *readers* under an announcement."""
        ...

    def question(self, story: Story, follow_id: int, moved: int, told: int) -> Body:
        """Return the question to the admins, what to do about a feed that changed all its names."""
        ...
