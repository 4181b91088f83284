"""The names of one work: what its lexicon.toml lists and what its text explains."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.canon.building.seeds import EntityEntry, WorkSeed
from bot.canon.building.text_aliases import name_pairs
from bot.canon.models import EntityKind
from bot.canon.names import fold, name_key, slug
from bot.errors import Fault

_KEY_LENGTH = 44


@dataclass(frozen=True)
class AliasRow:
    """One way to call an entity; *told*: the chapter from which on it may be shown."""

    text: str
    folded: str
    is_name: bool
    told: int


@dataclass(frozen=True)
class EntityRow:
    """A named thing of a work with all its aliases, its own name first."""

    key: str
    name: str
    kind: EntityKind
    blurb: str
    concept: str | None
    told: int
    aliases: tuple[AliasRow, ...]


@dataclass
class _Entity:
    entry: EntityEntry
    aliases: list[str] = field(default_factory=list)


class Lexicon:
    """Gathers the entities of a work; an alias belongs to one entity only."""

    def __init__(self, seed: WorkSeed, faults: list[Fault]) -> None:
        """Take the curated names of *seed*; an alias of two entities is added to *faults*."""
        self._entities: list[_Entity] = []
        self._by_name: dict[str, int] = {}
        for entry in seed.lexicon.entity:
            index = len(self._entities)
            entity = _Entity(entry)
            self._entities.append(entity)
            for name in (entry.name, *entry.aliases):
                taken = self._by_name.get(name_key(name))
                if taken is None:
                    self._by_name[name_key(name)] = index
                    entity.aliases.append(name)
                elif taken != index:
                    other = self._entities[taken].entry.name
                    message = f"“{name}” names both “{other}” and “{entry.name}”"
                    faults.append(Fault(f"{seed.slug}/lexicon.toml", None, message))

    def learn(self, texts: Iterable[str]) -> None:
        """Add the names that *texts* explain (renamed, in parentheses, known as).

        What the lexicon says wins: two names it keeps apart are never joined.
        """
        for text in texts:
            for pair in name_pairs(text):
                name, alias = name_key(pair.name), name_key(pair.alias)
                at, alias_at = self._by_name.get(name), self._by_name.get(alias)
                if at is None and alias_at is None:
                    at = len(self._entities)
                    entry = EntityEntry(name=pair.name, kind=pair.kind)
                    self._entities.append(_Entity(entry, [pair.name]))
                    self._by_name[name] = at
                if at is not None and alias_at is None:
                    self._add(at, pair.alias)
                elif at is None and alias_at is not None:
                    self._add(alias_at, pair.name)

    def _add(self, index: int, alias: str) -> None:
        self._by_name[name_key(alias)] = index
        self._entities[index].aliases.append(alias)

    def names(self) -> Iterator[tuple[str, int]]:
        """Yield every name with the index of its entity."""
        for index, entity in enumerate(self._entities):
            for alias in entity.aliases:
                yield alias, index

    def rows(self, told: Mapping[int, int]) -> tuple[EntityRow, ...]:
        """Return the entities; *told* says in which chapter each is first named."""
        keys: dict[str, int] = {}
        rows = []
        for index, entity in enumerate(self._entities):
            entry = entity.entry
            since = max(entry.reveals, told.get(index, 0))
            key = slug(entry.name, _KEY_LENGTH)
            keys[key] = keys.get(key, 0) + 1
            if keys[key] > 1:
                key = f"{slug(entry.name, _KEY_LENGTH - 12)}-{entry.kind.value[:11]}"
            aliases = tuple(
                AliasRow(alias, name_key(alias), at == 0, since)
                for at, alias in enumerate(entity.aliases)
                if fold(alias)
            )
            rows.append(
                EntityRow(key, entry.name, entry.kind, entry.blurb, entry.concept, since, aliases)
            )
        return tuple(rows)
