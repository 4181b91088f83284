"""Finding passages by words: which ones, in which order, and how sure one may be of the first."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from rapidfuzz import fuzz

from bot.canon.dates import DateSpan
from bot.canon.file import CanonFile, Scope
from bot.canon.names import fold, name_key, variant_key
from bot.canon.ranking import Candidate, Scored, ranked
from bot.canon.statements import (
    ENTITIES_BY_ALIAS,
    ENTITIES_BY_TRIGRAM,
    PASSAGES_BY_TEXT,
    PASSAGES_OF_ENTITY,
)
from bot.canon.terms import Term, Terms, is_slip, trigram_match
from bot.canon.wording import Wording

CANDIDATES = 60
"""Passages that are looked at closely; bm25 has put the likely ones among them."""
_CLEAR_LEAD = 5.0
_LEAST_WEIGHT = 0.45
_NEAR_BEST = 0.8
_NEAR_NAME = 78.0
_NEAR_NAMES = 40
_UNHEARD = 8.0


class Manner(Enum):
    """How the words were found, from the surest."""

    ALL = auto()
    CORRECTED = auto()
    SOME = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought: passage ids, the best first.

    *lead*: the first stands clearly apart. *corrections*: what was read for what was typed.
    *missing*: words that nothing in the canon answers to.
    """

    ids: tuple[int, ...]
    manner: Manner
    lead: bool = False
    corrections: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    entities: tuple[int, ...] = ()


class Search:
    """Full-text search over one canon file."""

    def __init__(self, file: CanonFile) -> None:
        self._file = file
        self.wording = Wording.load()
        self.terms = Terms(file, self.wording)

    async def find(self, words: str, span: DateSpan | None, scope: Scope) -> Found:
        """Return the passages of *scope* that *words* ask for, within *span* where it is given."""
        telling = self.wording.telling(words)
        if not telling:
            return Found((), Manner.NONE)
        asked = " ".join(telling)
        read = await self.terms.read(telling, scope)
        entities = await self._entities(words, asked, scope)
        if not all(term.words for term in read) and not entities:
            entities = await self._near_entities(asked, scope)
            if entities:
                return await self._of_entities(entities, read, asked, span, scope)
        corrected = await self.terms.corrected(read, scope)
        known = [term for term in corrected if term.words]
        missing = tuple(term.said for term in corrected if not term.words)
        corrections = tuple(
            (term.said, sorted(term.corrected)[0]) for term in corrected if term.corrected
        )
        rows = []
        if known and not missing:
            match = " AND ".join(term.match for term in known)
            rows = await self._rows(match, span, scope, entities)
        if rows:
            scored = ranked(rows, known, asked, _weights(known))
            manner = Manner.CORRECTED if corrections else Manner.ALL
            return _found(scored, manner, corrections, (), tuple(entities))
        if not known:
            return Found((), Manner.NONE, missing=missing)
        return await self._some(corrected, span, scope, entities, asked)

    async def _some(
        self,
        terms: Sequence[Term],
        span: DateSpan | None,
        scope: Scope,
        entities: Mapping[int, str],
        asked: str,
    ) -> Found:
        """Return what holds the weightiest of the *terms*, when nothing holds them all."""
        known = [term for term in terms if term.words]
        missing = tuple(term.said for term in terms if not term.words)
        match = " OR ".join(term.match for term in known)
        rows = await self._rows(match, span, scope, entities)
        weights = _weights(terms)
        scored = [row for row in ranked(rows, known, asked, weights) if row.weight >= _LEAST_WEIGHT]
        if not scored:
            return Found((), Manner.NONE, missing=missing)
        kept = [row for row in scored if row.weight >= scored[0].weight * _NEAR_BEST]
        corrections = tuple(
            (term.said, sorted(term.corrected)[0]) for term in known if term.corrected
        )
        found = _found(kept, Manner.SOME, corrections, missing, tuple(entities))
        return Found(found.ids, Manner.SOME, False, corrections, missing, found.entities)  # noqa: FBT003

    async def _of_entities(
        self,
        entities: Mapping[int, str],
        read: Sequence[Term],
        asked: str,
        span: DateSpan | None,
        scope: Scope,
    ) -> Found:
        """Return the passages of a thing whose name was nearly written right."""
        name = next(iter(entities.values()))
        telling = self.wording.telling(name)
        terms = await self.terms.read(telling, scope)
        known = [term for term in terms if term.words]
        if not known:
            return Found((), Manner.NONE, missing=tuple(term.said for term in read))
        match = " AND ".join(term.match for term in known)
        rows = await self._rows(match, span, scope, entities)
        scored = ranked(rows, known, " ".join(telling), _weights(known))
        manner = Manner.CORRECTED if scored else Manner.NONE
        return _found(scored, manner, ((asked, name),), (), tuple(entities))

    async def _rows(
        self, match: str, span: DateSpan | None, scope: Scope, entities: Mapping[int, str]
    ) -> list[Candidate]:
        parameters = {
            "scope": scope.json,
            "match": match,
            "first": span.first if span else None,
            "last": span.last if span else None,
            "limit": CANDIDATES,
        }
        rows = await self._file.fetch(PASSAGES_BY_TEXT, parameters)
        named = await self._named(entities, scope)
        return [
            Candidate(
                row["id"],
                row["title"],
                row["names"],
                row["body"],
                row["rank"],
                row["first_day"],
                row["position"] or 0,
                named.get(row["id"]),
            )
            for row in rows
        ]

    async def _named(self, entities: Mapping[int, str], scope: Scope) -> dict[int, int]:
        """Return passage → the word at which one of *entities* is first named."""
        named: dict[int, int] = {}
        for entity in entities:
            rows = await self._file.fetch(
                PASSAGES_OF_ENTITY, {"scope": scope.json, "entity_id": entity, "limit": 500}
            )
            for row in rows:
                named[row["id"]] = min(named.get(row["id"], row["at"]), row["at"])
        return named

    async def _entities(self, words: str, asked: str, scope: Scope) -> dict[int, str]:
        """Return the entities called exactly what was typed, or what is left of it."""
        found: dict[int, str] = {}
        for key in dict.fromkeys((name_key(words), asked)):
            parameters = {"scope": scope.json, "folded": key}
            for row in await self._file.fetch(ENTITIES_BY_ALIAS, parameters):
                found.setdefault(row["id"], row["alias"])
        return found

    async def _near_entities(self, asked: str, scope: Scope) -> dict[int, str]:
        """Return the entities whose name, blanks aside, is nearly what was typed; the best first."""
        if len(asked) < 6:
            return {}
        rows = [row for row in await self.near_names(asked, scope) if is_slip(asked, row[2])]
        return {entity: alias for score, entity, alias in rows if score >= rows[0][0] - 1.0}

    async def near_names(
        self, asked: str, scope: Scope, *, least: float = _NEAR_NAME, quick: bool = False
    ) -> list[tuple[float, int, str]]:
        """Return (likeness of 100, entity id, alias) of names that resemble *asked*, best first."""
        rows = await self._file.fetch(
            ENTITIES_BY_TRIGRAM,
            {"scope": scope.json, "match": trigram_match(fold(asked)), "limit": _NEAR_NAMES},
            quick=quick,
        )
        key = "".join(variant_key(word) for word in fold(asked).split())
        near: dict[int, tuple[float, int, str]] = {}
        for row in rows:
            other = "".join(variant_key(word) for word in row["folded"].split())
            score = fuzz.ratio(key, other)
            if score >= least and score > near.get(row["id"], (0.0,))[0]:
                near[row["id"]] = (score, row["id"], row["alias"])
        return sorted(near.values(), key=lambda item: (-item[0], item[1]))


def _weights(terms: Sequence[Term]) -> dict[str, float]:
    """Return how much each term tells: the rarer the word, the more; an unheard one the most."""
    return {
        term.said: math.log2(2 + 4000 / (1 + term.passages)) if term.words else _UNHEARD
        for term in terms
    }


def _found(
    scored: Sequence[Scored],
    manner: Manner,
    corrections: tuple[tuple[str, str], ...],
    missing: tuple[str, ...],
    entities: tuple[int, ...],
) -> Found:
    lead = len(scored) == 1 or (
        len(scored) > 1 and scored[0].score - scored[1].score >= _CLEAR_LEAD
    )
    ids = tuple(row.id for row in scored)
    return Found(ids, manner, lead, corrections, missing, entities)


def ids_json(ids: Sequence[int]) -> str:
    """Return row ids as the statements take them."""
    return json.dumps(list(ids))
