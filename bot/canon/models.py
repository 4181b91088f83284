"""What the canon holds, as frozen values: no SQL, no Discord, no clock."""

from dataclasses import dataclass
from enum import StrEnum

from bot.canon.dates import DateSpan


class WorkKind(StrEnum):
    """Whether a work is invented or the real course of events (OTL, "our timeline")."""

    FICTION = "fiction"
    HISTORY = "history"


class Tier(StrEnum):
    """How canonical a source is, from the most. Comments are kept, but never answer as fact."""

    CHAPTER = "chapter"
    AUTHOR = "author"
    TIMELINE = "timeline"
    COMMENT = "comment"


class EntityKind(StrEnum):
    """What a named thing is."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    STATE = "state"
    SHIP = "ship"
    WAR = "war"
    BATTLE = "battle"
    TREATY = "treaty"
    INSTITUTION = "institution"
    WEAPON = "weapon"
    DOCTRINE = "doctrine"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Work:
    """A story or a timeline: one folder of the seeds. *slug* is its stable key."""

    slug: str
    title: str
    kind: WorkKind
    author: str
    credit: str
    url: str | None
    blurb: str
    colour: int
    diverges: str | None
    page: str | None = None
    """Its page on the canon's website, where there is one."""

    @property
    def is_history(self) -> bool:
        """Whether this is the real course of events."""
        return self.kind is WorkKind.HISTORY


@dataclass(frozen=True, slots=True)
class Source:
    """A document of a work, as cited: *chapter* is its told order, 0 when every reader knows it."""

    key: str
    title: str
    file: str
    format: str
    tier: Tier
    chapter: int
    words: int


@dataclass(frozen=True, slots=True)
class Dated:
    """When an entry happened: as the document writes it, and what that means.

    *out_of_order*: it stands in its document after an entry of a later date.
    """

    written: str
    span: DateSpan
    out_of_order: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """The unit of reading and of citation: a dated entry (an event) or a paragraph of a chapter.

    *key* is stable across builds and names the entry within its work; *number* counts from 1
    within its source. *date* is None for what has no date of its own.
    """

    key: str
    work: Work
    source: Source
    number: int
    title: str
    text: str
    date: Dated | None

    @property
    def reference(self) -> str:
        """The entry's name across works, `work/key`: what a choice or a button carries."""
        return f"{self.work.slug}/{self.key}"


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, place, ship, war …; *concept* ties it to the same thing in other works."""

    key: str
    work: Work
    name: str
    kind: EntityKind
    blurb: str
    aliases: tuple[str, ...]
    concept: str | None

    @property
    def reference(self) -> str:
        """The entity's name across works, `work/~key`, distinct from any entry's."""
        return f"{self.work.slug}/~{self.key}"


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two works that contradict each other; *here* and *there* are our sentences.

    *here_entry* and *there_entry* are the passages that say so, None where none is known.
    """

    about: str
    here_work: Work
    here: str
    there_work: Work
    there: str
    here_entry: Entry | None = None
    there_entry: Entry | None = None
