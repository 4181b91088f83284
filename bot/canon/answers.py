"""What the library answers with: values for somebody else to show."""

from dataclasses import dataclass

from bot.canon.file import Scope
from bot.canon.models import Dispute, Entity, Entry, Work
from bot.canon.query import Query
from bot.canon.search import Manner

PAGE_SIZE = 8
"""Entries of one page of an answer."""


@dataclass(frozen=True, slots=True)
class View:
    """What one question may look at: the works asked, and real history beside them.

    *work* is set when a single work was named.
    """

    scope: Scope
    history: Scope
    work: Work | None = None

    @property
    def everything(self) -> Scope:
        """Both together."""
        return Scope(tuple(dict.fromkeys(self.scope.works + self.history.works)))


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one query, a page of it.

    *entries* are those of the page; *total* counts all. *single*: the one entry is what was meant.
    *by_date*: the entries follow the calendar, otherwise their likeness to the query.
    *mentioned*: nothing is dated so, but these speak of that date. *elsewhen*: the words are
    found, though not in the days asked for. *from_history*: no story has it, real history does.
    *before* and *after* are the nearest dated entries where nothing was found; *nearest* are names
    that resemble what was typed. *words* (folded) are those by which the entries were found.
    *about*: whom or what the query names, beside a single entry.
    """

    query: Query
    entries: tuple[Entry, ...] = ()
    total: int = 0
    page: int = 0
    single: bool = False
    by_date: bool = False
    mentioned: bool = False
    elsewhen: bool = False
    from_history: bool = False
    manner: Manner = Manner.ALL
    corrections: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    entity: Entity | None = None
    before: Entry | None = None
    after: Entry | None = None
    nearest: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    about: Entity | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One entry with what a reader wants beside it.

    *before* and *after*: its neighbours in time (a paragraph's: in its chapter). *entities*: who
    and what it names, in order. *parallels*: what real history has for that time and these names.
    """

    entry: Entry
    before: Entry | None
    after: Entry | None
    entities: tuple[Entity, ...]
    disputes: tuple[Dispute, ...]
    parallels: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of autocomplete: what is shown and what is sent."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A source with how many passages (remarks apart) and dated entries it has."""

    title: str
    file: str
    tier: str
    words: int
    passages: int
    events: int


@dataclass(frozen=True, slots=True)
class Holding:
    """A work and its sources, for the catalogue."""

    work: Work
    sources: tuple[SourceCount, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the library holds: works, when it was built, and what the build noticed."""

    holdings: tuple[Holding, ...]
    built_at: int
    warnings: tuple[str, ...]
