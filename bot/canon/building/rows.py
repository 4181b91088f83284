"""What a plan consists of: the rows of a canon, not yet numbered."""

from dataclasses import dataclass

from bot.canon.building.formats.model import Block
from bot.canon.building.lexicon import EntityRow
from bot.canon.building.mentions import Mention
from bot.canon.building.seeds import WorkEntry
from bot.canon.building.written_dates import MentionedDate
from bot.canon.models import Tier
from bot.errors import Fault


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage with all that hangs on it; *title* and the date only where it is an event."""

    key: str
    number: int
    block: Block
    tier: Tier
    told: int
    title: str
    event_key: str | None
    position: int
    out_of_order: bool
    dates: tuple[MentionedDate, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class SourceRow:
    """A document and its passages, in order."""

    key: str
    file: str
    title: str
    format: str
    tier: Tier
    chapter: int
    words: int
    sha256: str
    passages: tuple[PassageRow, ...]


@dataclass(frozen=True)
class DisputeRow:
    """A contradiction with the work *other*, and in which chapter of each work its side is told.

    *here_key* and *there_key* are the passages that say it; None where no passage does.
    """

    about: str
    here: str
    here_told: int
    here_key: str | None
    other: str
    there: str
    there_told: int
    there_key: str | None


@dataclass(frozen=True)
class WorkRow:
    """A work whole. *entities* are referred to by their index.

    Nothing leads back to its seed: the documents as bytes would be kept until all is written.
    """

    slug: str
    entry: WorkEntry
    title: str
    eras: tuple[tuple[str, str], ...]
    sources: tuple[SourceRow, ...]
    entities: tuple[EntityRow, ...]
    disputes: tuple[DisputeRow, ...]


@dataclass(frozen=True)
class CanonPlan:
    """Everything a build writes. *notes* are warnings: read, kept, but worth a look."""

    works: tuple[WorkRow, ...]
    notes: tuple[Fault, ...]
