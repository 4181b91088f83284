"""From the words of a query to what the canon calls them: spellings, synonyms, corrections."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from bot.canon.file import CanonFile, Scope
from bot.canon.names import fold, variant_key
from bot.canon.statements import WORDS, WORDS_BY_PREFIX, WORDS_BY_TRIGRAM
from bot.canon.wording import Wording, joins

_NEAR_WORDS = 60
_PREFIX_WORDS = 12
_LEAST_PREFIX = 3
_LEAST_BEGUN = 2


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a query. *exact* and *variants* say it; *also* means about the same.

    *corrected* holds what stands in for a word that the canon never says. A term without any of
    them is one that nothing answers to. *passages*: how many passages say it, for its weight.
    """

    said: str
    exact: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    corrected: frozenset[str] = frozenset()
    passages: int = 0

    @property
    def words(self) -> frozenset[str]:
        """Every word of the canon that this term finds."""
        return self.exact | self.also | self.corrected

    @property
    def match(self) -> str:
        """The term as an FTS5 expression; quoting makes any text harmless."""
        return "(" + " OR ".join(f'"{word}"' for word in sorted(self.words)) + ")"


class Terms:
    """Looks the words of a query up in the vocabulary of the canon."""

    def __init__(self, file: CanonFile, wording: Wording) -> None:
        self._file = file
        self._wording = wording

    async def read(
        self, words: Sequence[str], scope: Scope, *, last_is_begun: bool = False, quick: bool = False
    ) -> tuple[Term, ...]:
        """Return the terms of the folded *words*.

        With *last_is_begun* the last word may be the beginning of one (somebody is still typing).
        """
        compounds = joins(words)
        also = {word: self._wording.also(word) for word in words}
        asked = {*words, *compounds, *(each for group in also.values() for each in group)}
        rows = await self._file.fetch(
            WORDS,
            {
                "scope": scope.json,
                "words": json.dumps(sorted(asked)),
                "variants": json.dumps(sorted({variant_key(word) for word in (*words, *compounds)})),
            },
            quick=quick,
        )
        by_word = {row["word"]: row["passages"] for row in rows}
        by_variant: dict[str, set[str]] = {}
        for row in rows:
            by_variant.setdefault(row["variant"], set()).add(row["word"])
        terms = []
        for word, (start, stop) in _merged(words, compounds, by_variant):
            exact = frozenset(by_variant.get(variant_key(word), ())) | ({word} & by_word.keys())
            meant = frozenset(also.get(word, frozenset()) & by_word.keys()) if stop - start == 1 else frozenset()
            count = sum(by_word.get(each, 0) for each in exact | meant)
            terms.append(Term(word, exact, meant - exact, passages=count))
        completed = [
            await self._completed(
                term, scope, begun=last_is_begun and at == len(terms) - 1, quick=quick
            )
            for at, term in enumerate(terms)
        ]
        if last_is_begun and len(completed) > 1 and not completed[-1].words:
            # One letter says nothing yet, and must not hide what the words before it found.
            completed = completed[:-1] if len(completed[-1].said) < _LEAST_BEGUN else completed
        return tuple(completed)

    async def _completed(self, term: Term, scope: Scope, *, begun: bool, quick: bool) -> Term:
        """Add the words that begin like *term*, when it is begun or nothing else answers to it."""
        if not begun and (term.exact or term.also):
            return term
        if len(term.said) < (_LEAST_BEGUN if begun else _LEAST_PREFIX):
            return term
        rows = await self._file.fetch(
            WORDS_BY_PREFIX,
            {
                "scope": scope.json,
                "prefix": term.said,
                "variant": variant_key(term.said),
                "limit": _PREFIX_WORDS,
            },
            quick=quick,
        )
        found = frozenset(row["word"] for row in rows)
        return replace(
            term,
            also=term.also | (found - term.exact),
            passages=term.passages + sum(row["passages"] for row in rows),
        )

    async def corrected(
        self, terms: Iterable[Term], scope: Scope, *, quick: bool = False
    ) -> tuple[Term, ...]:
        """Return *terms* with the nearest words of the canon for those that nothing answers to."""
        return tuple(
            [term if term.words else await self._correct(term, scope, quick=quick) for term in terms]
        )

    async def _correct(self, term: Term, scope: Scope, *, quick: bool) -> Term:
        allowed = _allowed_edits(term.said)
        if not allowed:
            return term
        match = trigram_match(term.said)
        rows = await self._file.fetch(
            WORDS_BY_TRIGRAM,
            {"scope": scope.json, "match": match, "limit": _NEAR_WORDS},
            quick=quick,
        )
        key = variant_key(term.said)
        near = []
        for row in rows:
            word = row["word"]
            edits = min(
                OSA.distance(term.said, word), OSA.distance(key, variant_key(word)) + 1
            ) + (word[0] != term.said[0])
            if edits <= allowed and not word.isdigit():
                near.append((edits, -row["passages"], word))
        near.sort()
        best = frozenset(word for edits, _, word in near[:3] if edits == near[0][0])
        count = sum(-passages for edits, passages, word in near if word in best)
        return replace(term, corrected=best, passages=count)


def _merged(
    words: Sequence[str],
    compounds: dict[str, tuple[int, int]],
    by_variant: dict[str, set[str]],
) -> Iterable[tuple[str, tuple[int, int]]]:
    """Yield the words in order, neighbours as one where the canon writes them as one."""
    known = [
        (span, compound)
        for compound, span in compounds.items()
        if by_variant.get(variant_key(compound))
    ]
    known.sort(key=lambda item: item[0][0] - item[0][1])
    at = 0
    while at < len(words):
        best = next((item for item in known if item[0][0] == at), None)
        if best is None:
            yield words[at], (at, at + 1)
            at += 1
        else:
            yield best[1], best[0]
            at = best[0][1]


def is_slip(said: str, name: str) -> bool:
    """Tell whether *said* is *name* with slips: as a whole, or each word of it a word of the name.

    Likeness alone would take “stalin pizza” for “Stalinist”.
    """
    words, others = said.split(), fold(name).split()
    whole, other = "".join(words), "".join(others)
    if OSA.distance(whole, other) <= _allowed_edits(whole):
        return True
    return all(
        any(OSA.distance(word, each) <= _allowed_edits(word) for each in others) for word in words
    )


def _allowed_edits(word: str) -> int:
    """Return how many slips a word of this length may hold and still be recognised."""
    if len(word) < 4 or word.isdigit():
        return 0
    return 1 if len(word) < 6 else 2 if len(word) < 11 else 3


def trigram_match(text: str) -> str:
    """Return an FTS5 expression for anything that shares a trigram with folded *text*."""
    compact = text.replace(" ", "")[:60]
    grams = dict.fromkeys(compact[at : at + 3] for at in range(max(len(compact) - 2, 1)))
    return " OR ".join(f'"{gram}"' for gram in grams)
