"""The names of one work: what its lexicon.toml lists and what its text explains."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.canon.building.keys import entity_key
from bot.canon.building.seeds import EntityEntry, WorkSeed
from bot.canon.building.text_aliases import NamePair, name_pairs
from bot.canon.models import EntityKind
from bot.canon.names import fold, name_key
from bot.errors import Fault


@dataclass(frozen=True, slots=True)
class AliasRow:
    """One way to call an entity; *told*: the chapter from which on it may be shown."""

    text: str
    folded: str
    is_name: bool
    told: int


@dataclass(frozen=True, slots=True)
class EntityRow:
    """A named thing of a work with all its aliases, its own name first."""

    key: str
    name: str
    kind: EntityKind
    blurb: str
    concept: str | None
    told: int
    aliases: tuple[AliasRow, ...]


@dataclass(frozen=True)
class Told:
    """In which chapter things are first said: entities, and names by their number in `names`."""

    entities: Mapping[int, int]
    names: Mapping[int, int]


@dataclass
class _Entity:
    entry: EntityEntry
    curated: bool
    aliases: list[str] = field(default_factory=list)


class Lexicon:
    """Gathers the entities of a work; an alias belongs to one entity only."""

    def __init__(self, seed: WorkSeed, faults: list[Fault]) -> None:
        """Take the curated names of *seed*; an alias of two entities is added to *faults*."""
        self._entities: list[_Entity] = []
        self._by_name: dict[str, int] = {}
        for index, entry in enumerate(seed.lexicon.entity):
            entity = _Entity(entry, curated=True)
            self._entities.append(entity)
            for name in (entry.name, *entry.aliases):
                key = name_key(name)
                taken = self._by_name.get(key)
                if not key:
                    message = f"“{name}” holds no letter and no number"
                    faults.append(seed.lexicon_fault(("entity", index), message))
                elif taken is None:
                    self._by_name[key] = index
                    entity.aliases.append(name)
                elif taken != index:
                    other = self._entities[taken].entry.name
                    message = f"“{name}” names both “{other}” and “{entry.name}”"
                    faults.append(seed.lexicon_fault(("entity", index), message))

    def learn(self, texts: Iterable[str]) -> None:
        """Add the names that *texts* explain (renamed, in parentheses, known as).

        What the lexicon says wins: two names it keeps apart are never joined.
        """
        for text in texts:
            for pair in name_pairs(text):
                self._learn(pair)

    def _learn(self, pair: NamePair) -> None:
        name, alias = name_key(pair.name), name_key(pair.alias)
        if not name or not alias:
            return
        at, alias_at = self._by_name.get(name), self._by_name.get(alias)
        if at is None and alias_at is None:
            at = len(self._entities)
            entry = EntityEntry(name=pair.name, kind=pair.kind)
            self._entities.append(_Entity(entry, curated=False, aliases=[pair.name]))
            self._by_name[name] = at
        if at is not None and alias_at is None:
            self._add(at, pair.alias)
        elif at is None and alias_at is not None:
            self._add(alias_at, pair.name)

    def _add(self, index: int, alias: str) -> None:
        self._by_name[name_key(alias)] = index
        self._entities[index].aliases.append(alias)

    def named(self, name: str) -> int | None:
        """Return the index of the entity that *name* calls, or None."""
        return self._by_name.get(name_key(name))

    def names(self) -> Iterator[tuple[str, int]]:
        """Yield every name with the index of its entity; their order numbers them."""
        for index, entity in enumerate(self._entities):
            for alias in entity.aliases:
                yield alias, index

    def rows(self, told: Told) -> tuple[EntityRow, ...]:
        """Return the entities. None is shown, by any name, before that name has been told.

        A name that no text holds (another spelling, say) is told together with its entity.
        """
        rows: list[EntityRow] = []
        used: set[str] = set()
        number = 0
        for index, entity in enumerate(self._entities):
            first: list[int | None] = []
            for _alias in entity.aliases:
                first.append(told.names.get(number))
                number += 1
            row = _row(entity, first, told.entities.get(index, 0), used)
            used.add(row.key)
            rows.append(row)
        return tuple(rows)


def _row(entity: _Entity, first: Sequence[int | None], said: int, used: set[str]) -> EntityRow:
    """Return the row of *entity*, whose names are *first* told then, and itself is first *said*."""
    entry, aliases = entity.entry, list(zip(entity.aliases, first, strict=True))
    if not entity.curated:
        # A text may call something by its later name first: readers know it by what they read.
        aliases.sort(key=lambda alias: said if alias[1] is None else alias[1])
    name = entry.name if entity.curated else aliases[0][0]
    own = aliases[0][1] if aliases else None
    since = max(entry.reveals, said if own is None else own)
    key = entity_key(name)
    while key in used:  # two hashes alike: one in sixteen million
        key = entity_key(f"{name} {len(used)}")
    rows = tuple(
        AliasRow(alias, name_key(alias), at == 0, max(since, since if when is None else when))
        for at, (alias, when) in enumerate(aliases)
        if fold(alias)
    )
    return EntityRow(key, name, entry.kind, entry.blurb, entry.concept, since, rows)
