"""Finding passages by words: which ones, in which order, and how sure one may be of the first."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from bot.canon.candidates import CANDIDATES, candidate, passages
from bot.canon.dates import DateSpan
from bot.canon.entity_statements import ENTITIES_CALLED, NAMED_IN
from bot.canon.file import CanonFile, Scope
from bot.canon.names import name_key
from bot.canon.near_names import NearNames
from bot.canon.phrases import orders
from bot.canon.ranking import Candidate, Scored, ranked
from bot.canon.terms import Term, Terms
from bot.canon.word_statements import PASSAGES_SPEAKING
from bot.canon.wording import PLAIN, Manners, Wording, turned

ENOUGH_OF_IT = 0.42
MOST_OF_IT = 0.5
"""The share of the words' weight that a passage must hold when none holds them all."""
_SOME_OF_IT = 0.25
_RARE = 3
"""Passages: what no more of them say in their titles is worth showing with less of the rest."""
_SURE_SLIPS = 1
_NEAR_BEST = 0.8
_ENOUGH = 5
"""Entries to choose from."""
_LOOKED_AT = 12
"""Passages of those that are shown only for want of better ones."""
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

    *together*: the first says the words close to each other. *sure*: it is also the only one, and
    hardly anything had to be guessed. *share*: how much of the words' weight the first holds, of 1;
    *lone*: that is only one of several words; *titled*: its title says them all, *nearly_titled*:
    or what means the same; *itself*: it says every one itself. *done*: the deed that was asked for
    is done there to the one it was asked of; None where no deed is. *terms*: how many words told
    anything.
    *corrections*: what was read for what was typed. *missing*: words that nothing in the canon
    answers to. *words*: those by which it was found, folded.
    """

    ids: tuple[int, ...] = ()
    manner: Manner = Manner.NONE
    together: bool = False
    sure: bool = False
    share: float = 0.0
    lone: bool = False
    titled: bool = False
    nearly_titled: bool = False
    itself: bool = False
    done: bool | None = None
    terms: int = 0
    corrections: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Asking:
    """A query made ready: its terms, its words as one folded text, and where to look."""

    terms: tuple[Term, ...]
    asked: str
    span: DateSpan | None
    scope: Scope
    entities: tuple[int, ...]
    spoken: bool = False
    manners: Manners = PLAIN

    @property
    def known(self) -> list[Term]:
        return [term for term in self.terms if term.words]

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word for term in self.terms for word in term.words)

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(term.said for term in self.terms if not term.words)

    @property
    def corrections(self) -> tuple[tuple[str, str], ...]:
        return tuple((term.said, min(term.corrected)) for term in self.terms if term.corrected)


class Search:
    """Full-text search over one canon file."""

    def __init__(self, file: CanonFile) -> None:
        self._file = file
        self.wording = Wording.load()
        self.terms = Terms(file, self.wording)
        self.names = NearNames(file)

    async def find(
        self, words: str, span: DateSpan | None, scope: Scope, *, spoken: bool = False
    ) -> Found:
        """Return the passages of *scope* that *words* ask for, within *span* where it is given.

        With *spoken* those that speak of a day of the span, whenever they happened.

        Where none holds all the words, those that hold nearly half of their weight or more.
        """
        telling = self.wording.telling(words)
        if not telling:
            return Found()
        asked = " ".join(telling)
        terms = await self.terms.read(telling, scope)
        terms = self._without_slurred(terms)
        meant = [term.meant or term.said for term in terms]
        translated = any(term.meant for term in terms)
        names = _names(meant) if translated else ()
        entities = await self._entities({name_key(words), asked, *names}, scope)
        if not entities and not all(term.words for term in terms):
            near = await self.names.slips(asked, scope)
            if near:
                return await self._of_entities(near, asked, span, scope)
            terms = await self.terms.corrected(terms, scope)
        manners = replace(self.wording.manners(words, telling), turned=translated or turned(words))
        asking = _Asking(terms, asked, span, scope, entities, spoken, manners)
        if not asking.known:
            return Found(missing=asking.missing)
        found = await self._all(asking)
        if found is None:
            return await self._some(asking)
        return (
            found
            if found.together or len(found.ids) >= _ENOUGH
            else await self._more(found, asking)
        )

    def _without_slurred(self, terms: tuple[Term, ...]) -> tuple[Term, ...]:
        """Return *terms* without idle words that were typed in haste: what happend to Lenin."""
        kept = tuple(term for term in terms if term.words or not self.wording.slurred(term.said))
        return kept or terms

    async def _all(self, asking: _Asking) -> Found | None:
        """Return what holds every word, or None."""
        if asking.missing:
            return None
        match = " AND ".join(term.match for term in asking.terms)
        rows = await self._rows(match, asking)
        if not rows:
            return None
        scored = ranked(rows, asking.terms, asking.asked, _weights(asking.terms), asking.manners)
        together = scored[0].together
        if asking.corrections and not together and len(asking.terms) > 1:
            return None  # A guessed word, and far from the others: that is not what was asked.
        guessed = any(term.slips > _SURE_SLIPS for term in asking.terms)
        return Found(
            _ids(scored),
            Manner.CORRECTED if asking.corrections else Manner.ALL,
            together,
            together and len(scored) == 1 and not guessed,
            1.0,
            titled=scored[0].titled,
            nearly_titled=scored[0].nearly_titled,
            itself=scored[0].itself,
            done=scored[0].suffers if asking.manners.violent else None,
            terms=len(asking.terms),
            corrections=asking.corrections,
            words=asking.words,
        )

    async def _more(self, found: Found, asking: _Asking) -> Found:
        """Return *found*, which says the words all over its text, with what says most of them."""
        some = await self._some(asking, frozenset(found.ids))
        return replace(found, ids=(*found.ids, *some.ids[: _ENOUGH - len(found.ids)]))

    async def _some(self, asking: _Asking, but: frozenset[int] = frozenset()) -> Found:
        """Return what holds the weightiest of the words, when nothing *but* what is given does."""
        known, missing = asking.known, asking.missing
        weights = _weights(asking.terms)
        needed = _needed(known, weights)
        rows = await self._rows(" OR ".join(term.match for term in needed), asking)
        rows = [row for row in rows if row.id not in but][: _LOOKED_AT if but else CANDIDATES]
        scored = ranked(rows, known, asking.asked, weights, asking.manners)
        titled = _titled(rows, known)
        scored = [
            row
            for row in scored
            if row.weight >= ENOUGH_OF_IT or (row.weight >= _SOME_OF_IT and row.id in titled)
        ]
        if not scored:
            return Found() if but else await self._of_one_name(asking)
        best = scored[0]
        kept = [row for row in scored if row.weight >= best.weight * _NEAR_BEST]
        return Found(
            _ids(kept),
            Manner.SOME,
            best.together,
            share=best.weight,
            lone=best.held == 1 < len(asking.terms),
            done=best.suffers if asking.manners.violent else None,
            terms=len(asking.terms),
            corrections=asking.corrections,
            missing=missing,
            words=asking.words,
        )

    async def _of_one_name(self, asking: _Asking) -> Found:
        """Return what says the one word of several that names somebody; nothing says enough."""
        for term in asking.known:
            if await self._entities(term.saying, asking.scope):
                rows = (await self._rows(term.match, asking))[:_LOOKED_AT]
                scored = ranked(rows, [term], term.said, _weights([term]))
                missing = tuple(each.said for each in asking.terms if each is not term)
                if scored:
                    return Found(_ids(scored), Manner.SOME, missing=missing, words=term.words)
        return Found(missing=asking.missing)

    async def _of_entities(
        self, entities: Mapping[int, str], asked: str, span: DateSpan | None, scope: Scope
    ) -> Found:
        """Return the passages of a thing whose name was nearly written right."""
        name = next(iter(entities.values()))
        telling = self.wording.telling(name)
        terms = await self.terms.read(telling, scope)
        asking = _Asking(terms, " ".join(telling), span, scope, tuple(entities))
        found = await self._all(asking) if asking.known else None
        if found is None:
            return Found(missing=asking.missing)
        sure = len(found.ids) == 1 and len(entities) == 1
        read = ((asked, name),)
        return replace(found, manner=Manner.CORRECTED, sure=sure, corrections=read)

    async def _rows(self, match: str, asking: _Asking) -> list[Candidate]:
        if asking.spoken and asking.span:
            days = self._file.days(asking.span, asking.scope, CANDIDATES)
            rows = await self._file.fetch(PASSAGES_SPEAKING, {**days, "match": match})
        else:
            rows = await passages(self._file, match, asking.span, asking.scope)
        named: dict[int, int] = {}
        if asking.entities and rows:
            ids = {
                "entities": ids_json(asking.entities),
                "ids": ids_json([row["id"] for row in rows]),
            }
            named = {row["id"]: row["at"] for row in await self._file.fetch(NAMED_IN, ids)}
        return [candidate(row, named.get(row["id"])) for row in rows]

    async def _entities(self, names: Iterable[str], scope: Scope) -> tuple[int, ...]:
        """Return the entities called exactly so."""
        keys = json.dumps(sorted(names))
        rows = await self._file.fetch(ENTITIES_CALLED, {"scope": scope.json, "names": keys})
        return tuple(row["id"] for row in rows)


def _names(words: Sequence[str]) -> Iterator[str]:
    """Yield what translated *words* may be the name of, in whichever order English has them."""
    yield " ".join(words)
    for order in orders(len(words)):
        yield " ".join(words[at] for at in order)


def _weights(terms: Sequence[Term]) -> dict[str, float]:
    """Return how much each term tells: the rarer the word, the more; an unheard one the most."""
    return {
        term.said: math.log2(2 + 4000 / (1 + term.passages)) if term.words else _UNHEARD
        for term in terms
    }


def _needed(terms: Sequence[Term], weights: Mapping[str, float]) -> list[Term]:
    """Return the rarest of *terms*, so many that without any of them a passage holds too little.

    To look for the commonest as well would bring much that is left out again.
    """
    least = ENOUGH_OF_IT * sum(weights.values())
    rarest = sorted(terms, key=lambda term: weights[term.said])
    without = 0.0
    for at, term in enumerate(rarest):
        without += weights[term.said]
        if without >= least:
            return rarest[at:]
    return rarest


def _titled(rows: Sequence[Candidate], terms: Sequence[Term]) -> set[int]:
    """Return the ids of *rows* whose title says a word that hardly any passage does."""
    rare = {word for term in terms if term.passages <= _RARE for word in term.saying}
    return {row.id for row in rows if not rare.isdisjoint(row.title.split())}


def _ids(scored: Sequence[Scored]) -> tuple[int, ...]:
    return tuple(row.id for row in scored)


def ids_json(ids: Sequence[int]) -> str:
    """Return row ids as the statements take them."""
    return json.dumps(list(ids))
