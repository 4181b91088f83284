"""From the words of a query to what the canon calls them: spellings, synonyms, corrections."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz.distance import OSA

from bot.canon.abroad import Abroad
from bot.canon.file import CanonFile, Scope
from bot.canon.names import fold, variant_key
from bot.canon.spelling import allowed_edits, partings, slips, trigram_match
from bot.canon.word_statements import WORDS, WORDS_BY_INITIAL, WORDS_BY_PREFIX, WORDS_BY_TRIGRAM
from bot.canon.wording import Wording, joins, stems

_NEAR_WORDS = 60
_PREFIX_WORDS = 12
_LEAST_PREFIX = 3
_LEAST_PREFIX_AMONG = 5
_LEAST_BEGUN = 2
_SHORT_WORD = 7
_MOST_OF_INITIAL = 5_000
_LEAST_KEY = 4
_LONGEST_ENDING = 3


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a query. *exact* and *variants* say it; *also* means about the same.

    *corrected* holds what stands in for a word that the canon never says, and *slips* how far that
    is from it. A term without any of them is one that nothing answers to. *passages*: how many
    passages say it, for its weight. *meant*: the English of a word of another language.
    """

    said: str
    exact: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    corrected: frozenset[str] = frozenset()
    passages: int = 0
    slips: int = 0
    meant: str = ""

    @property
    def words(self) -> frozenset[str]:
        """Every word of the canon that this term finds."""
        return self.exact | self.also | self.corrected

    @property
    def saying(self) -> frozenset[str]:
        """The words that are what was said, in whatever spelling."""
        return self.exact | self.corrected

    @property
    def match(self) -> str:
        """The term as an FTS5 expression; quoting makes any text harmless."""
        return "(" + " OR ".join(f'"{word}"' for word in sorted(self.words)) + ")"


@dataclass(frozen=True)
class _Known:
    """Words of the canon with their counts, by themselves and by what their spellings share."""

    passages: dict[str, int] = field(default_factory=dict)
    by_variant: dict[str, set[str]] = field(default_factory=dict)

    def exact(self, word: str) -> frozenset[str]:
        """Return the spellings of *word* that the canon uses."""
        keys = (variant_key(word), *map(variant_key, stems(word)))
        said = next((self.by_variant[key] for key in keys if key in self.by_variant), ())
        return frozenset(said) | ({word} & self.passages.keys())

    def term(self, word: str, also: Iterable[str] = ()) -> Term:
        """Return *word* as a term, with the words of *also* that the canon knows."""
        exact = self.exact(word)
        meant = frozenset(also) & self.passages.keys()
        count = sum(self.passages.get(each, 0) for each in exact | meant)
        return Term(word, exact, meant - exact, passages=count)

    def translated(self, word: str, english: Sequence[str], wording: Wording) -> Term:
        """Return a *word* of another language as the *english* it stands for."""
        exact = frozenset(each for said in (word, *english) for each in self.exact(said))
        also = frozenset(each for meant in english for each in wording.also(meant))
        also = (also & self.passages.keys()) - exact
        count = sum(self.passages.get(each, 0) for each in exact | also)
        return Term(word, exact, also, passages=count, meant=english[0])


class Terms:
    """Looks the words of a query up in the vocabulary of the canon."""

    def __init__(self, file: CanonFile, wording: Wording) -> None:
        self._file = file
        self._wording = wording
        self._abroad = Abroad.load()

    async def read(
        self,
        words: Sequence[str],
        scope: Scope,
        *,
        last_is_begun: bool = False,
        quick: bool = False,
    ) -> tuple[Term, ...]:
        """Return the terms of the folded *words*.

        With *last_is_begun* the last word may be the beginning of one (somebody is still typing).
        """
        compounds = joins(words)
        abroad = {word: english for word in words if (english := self._abroad.english(word))}
        meant = [each for english in abroad.values() for each in english]
        also = {word: self._wording.also(word) for word in (*words, *meant)}
        asked = {*words, *compounds, *meant, *(each for group in also.values() for each in group)}
        known = await self._known(asked, (*words, *compounds, *meant), scope, quick=quick)
        terms = [
            known.translated(word, abroad[word], self._wording)
            if word in abroad and (len(words) > 1 or not known.exact(word))
            else known.term(word, also.get(word, ()) if stop - start == 1 else ())
            for word, (start, stop) in _merged(words, compounds, known)
        ]
        begun = len(terms) - 1 if last_is_begun else -1
        # Among other words a short one that is unknown is rather a word than the start of one.
        least = _LEAST_PREFIX if len(terms) == 1 else _LEAST_PREFIX_AMONG
        read: list[Term] = []
        for at, term in enumerate(terms):
            of_it = _LEAST_BEGUN if at == begun else least
            read += await self._resolved(term, scope, of_it, begun=at == begun, quick=quick)
        if (
            last_is_begun
            and len(read) > 1
            and not read[-1].words
            and len(read[-1].said) < _LEAST_BEGUN
        ):
            read.pop()  # One letter says nothing yet: it must not hide what the others found.
        unique = {term.said: term for term in reversed(read)}
        return tuple(reversed(unique.values()))

    async def says(self, words: Sequence[str], scope: Scope) -> bool:
        """Tell whether *scope* says every one of the folded *words*, in whatever spelling."""
        known = await self._known(words, words, scope, quick=False)
        return all(known.exact(word) for word in words)

    async def _known(
        self, words: Iterable[str], variants: Iterable[str], scope: Scope, *, quick: bool
    ) -> _Known:
        keys = sorted({variant_key(each) for word in variants for each in (word, *stems(word))})
        parameters = {
            "scope": scope.json,
            "words": json.dumps(sorted(set(words))),
            "variants": json.dumps(keys),
        }
        known = _Known()
        for row in await self._file.fetch(WORDS, parameters, quick=quick):
            known.passages[row["word"]] = row["passages"]
            known.by_variant.setdefault(row["variant"], set()).add(row["word"])
        return known

    async def _resolved(
        self, term: Term, scope: Scope, least: int, *, begun: bool, quick: bool
    ) -> Sequence[Term]:
        """Return *term*, completed while it is begun; one nobody says as its parts, if they are.

        A word of which it is one slip, or the beginning, comes before its parts: leningard is not
        Lenin's guard.
        """
        if not begun and term.words:
            return [term]
        if not term.words and (parts := await self._parted(term.said, scope, quick=quick)):
            near = term if begun else await self._correct(term, scope, quick=quick)
            if near.corrected and near.slips == 1:
                return [near]
            whole = await self._completed(term, scope, begun=begun, quick=quick)
            return [whole] if any(word.startswith(term.said) for word in whole.also) else parts
        if not begun and (made := await self._made_of(term, scope, quick=quick)):
            return [made]
        if len(term.said) < least or (term.said.isdecimal() and not begun):
            return [term]
        return [await self._completed(term, scope, begun=begun, quick=quick)]

    async def _made_of(self, term: Term, scope: Scope, *, quick: bool) -> Term | None:
        """Return *term* with the words of which it is made: departure finds departed."""
        for stem in stems(term.said):
            parameters = {
                "scope": scope.json,
                "prefix": stem,
                "variant": stem,
                "limit": _PREFIX_WORDS,
            }
            rows = await self._file.fetch(WORDS_BY_PREFIX, parameters, quick=quick)
            near = [row for row in rows if len(row["word"]) <= len(stem) + _LONGEST_ENDING]
            if near:
                found = frozenset(row["word"] for row in near)
                count = sum(row["passages"] for row in near)
                return replace(
                    term, also=term.also | found, passages=term.passages + count, slips=1
                )
        return None

    async def _parted(self, word: str, scope: Scope, *, quick: bool) -> Sequence[Term]:
        """Return the two known words that *word* runs together, or its digits and letters."""
        pairs = list(partings(word))
        if not pairs:
            return ()
        parts = {part for pair in pairs for part in pair}
        abroad = {part: english for part in parts if (english := self._abroad.of_part(part))}
        meant = {each for english in abroad.values() for each in english}
        also = {each for word in meant for each in self._wording.also(word)}
        known = await self._known(parts | meant | also, parts | meant, scope, quick=quick)
        for pair in pairs:
            if all(part in known.passages or part in abroad for part in pair):
                return [
                    known.term(part)
                    if part in known.passages
                    else known.translated(part, abroad[part], self._wording)
                    for part in pair
                ]
        return ()

    async def _completed(self, term: Term, scope: Scope, *, begun: bool, quick: bool) -> Term:
        """Add the words that begin like *term*; a number is no beginning of a longer one."""
        key = variant_key(term.said)
        parameters = {
            "scope": scope.json,
            "prefix": term.said,
            # Moon sounds like the beginning of money and month: a short key says too little.
            "variant": key if len(key) >= _LEAST_KEY else term.said,
            "limit": _PREFIX_WORDS,
        }
        rows = await self._file.fetch(WORDS_BY_PREFIX, parameters, quick=quick)
        found = frozenset(row["word"] for row in rows)
        return replace(
            term,
            also=term.also | (found - term.exact),
            passages=term.passages + sum(row["passages"] for row in rows),
            slips=0 if begun or not rows else 1 if len(term.said) > _LEAST_PREFIX_AMONG else 2,
        )

    async def corrected(
        self, terms: Iterable[Term], scope: Scope, *, quick: bool = False
    ) -> tuple[Term, ...]:
        """Return *terms* with the nearest words of the canon for those that nothing answers to."""
        return tuple(
            [
                term if term.words else await self._correct(term, scope, quick=quick)
                for term in terms
            ]
        )

    async def _correct(self, term: Term, scope: Scope, *, quick: bool) -> Term:
        allowed = allowed_edits(term.said)
        if not allowed:
            return term
        parameters = {"scope": scope.json, "match": trigram_match(term.said), "limit": _NEAR_WORDS}
        rows = await self._file.fetch(WORDS_BY_TRIGRAM, parameters, quick=quick)
        near = _near(term.said, rows, allowed)
        if not near and len(term.said) <= _SHORT_WORD:
            lengths = {"shortest": len(term.said) - 1, "longest": len(term.said) + 1}
            begun = {"initial": term.said[0], **lengths, "limit": _MOST_OF_INITIAL}
            parameters = {"scope": scope.json, **begun}
            rows = await self._file.fetch(WORDS_BY_INITIAL, parameters, quick=quick)
            near = _near(term.said, rows, allowed)
        best = [each for each in near[:3] if each[0] == near[0][0]]
        return replace(
            term,
            corrected=frozenset(word for _, _, word in best),
            passages=sum(-passages for _, passages, _ in best),
            slips=best[0][0] if best else 0,
        )


def _near(said: str, rows: Iterable[sqlite3.Row], allowed: int) -> list[tuple[int, int, str]]:
    """Return (slips, minus passages, word) of the words within reach of *said*, best first."""
    near = [
        (edits, -row["passages"], row["word"])
        for row in rows
        if (edits := slips(said, row["word"])) <= allowed and not row["word"].isdigit()
    ]
    return sorted(near)


def _merged(
    words: Sequence[str], compounds: Mapping[str, tuple[int, int]], known: _Known
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the words in order, neighbours as one where the canon writes them as one."""
    spans = [(span, compound) for compound, span in compounds.items() if known.exact(compound)]
    spans.sort(key=lambda item: item[0][0] - item[0][1])
    at = 0
    while at < len(words):
        best = next((item for item in spans if item[0][0] == at), None)
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
    if OSA.distance(whole, other) <= allowed_edits(whole):
        return True
    return all(
        any(OSA.distance(word, each) <= allowed_edits(word) for each in others) for word in words
    )
