"""Contradictions between works, each side with the passage of its work that says it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import log2

from bot.canon.building.rows import DisputeRow, PassageRow, WorkRow
from bot.canon.building.seeds import WorkSeed
from bot.canon.building.written_dates import mentioned_dates
from bot.canon.dates import DateSpan, Precision
from bot.canon.models import Tier
from bot.canon.names import fold, name_key, variant_key
from bot.errors import Fault

_LEAST_SHARE = 0.3
"""Of the words' weight: a passage that says less of a sentence is not where it comes from."""
_LEAST_UNNAMED = 0.5
"""The same where it does not name whom the sentence is about."""
_OF_THE_DAY = 0.4
_OF_THE_YEAR = 0.1
_NAMES_IT = 0.2


def dispute_key(about: str) -> str:
    """Return what a dispute is filed under: the folded name of what it is about."""
    return name_key(about)


def with_disputes(
    works: Sequence[WorkRow], seeds: Sequence[WorkSeed], notes: list[Fault]
) -> list[WorkRow]:
    """Return *works* with what their *seeds* say of contradictions; what is left out is noted."""
    if not any(seed.entry.dispute for seed in seeds):
        return list(works)
    sides = {work.slug: _Side(work) for work in works}
    return [
        replace(work, disputes=tuple(_disputes(seed, sides, notes)))
        for seed, work in zip(seeds, works, strict=True)
    ]


@dataclass
class _Side:
    """A work as one side of a contradiction."""

    work: WorkRow

    @cached_property
    def told(self) -> Mapping[str, int]:
        """The chapter in which each name is told, by its folded form."""
        entities = self.work.entities
        return {alias.folded: entity.told for entity in entities for alias in entity.aliases}

    @cached_property
    def _called(self) -> Mapping[str, int]:
        rows = enumerate(self.work.entities)
        return {alias.folded: number for number, row in rows for alias in row.aliases}

    @cached_property
    def _passages(self) -> Sequence[tuple[PassageRow, frozenset[str]]]:
        return [
            (row, _words(f"{row.title} {row.block.written} {row.block.text}"))
            for source in self.work.sources
            for row in source.passages
            if row.tier is not Tier.COMMENT
        ]

    @cached_property
    def _saying(self) -> Counter[str]:
        return Counter(word for _row, words in self._passages for word in words)

    @cached_property
    def _first_said(self) -> Mapping[str, int]:
        """The first chapter that says each word."""
        first: dict[str, int] = {}
        for row, words in self._passages:
            for word in words:
                first[word] = min(first.get(word, row.told), row.told)
        return first

    def told_in(self, sentence: str, said: PassageRow | None) -> int:
        """Return the chapter by which the work has told *sentence*, which the passage *said* says.

        Every word that the work says must have been said by then; where no passage says it, nobody
        can tell, and it is told with the last chapter.
        """
        if said is None:
            return max((source.chapter for source in self.work.sources), default=0)
        return max(said.told, *(self._first_said.get(word, 0) for word in _words(sentence)))

    def passage(self, sentence: str, about: str) -> PassageRow | None:
        """Return the passage that says *sentence* best, None where none says much of it."""
        words, entity = _words(sentence), self._called.get(about)
        weights = {word: log2(1 + len(self._passages) / (1 + self._saying[word])) for word in words}
        whole = sum(weights.values()) or 1.0
        days = [found.span for found in mentioned_dates(sentence, None)]
        best, found = 0.0, None
        for row, said in self._passages:
            share = sum(weights[word] for word in words & said) / whole
            named = any(each.entity == entity for each in row.mentions)
            if share < (_LEAST_SHARE if named else _LEAST_UNNAMED):
                continue
            score = share + _NAMES_IT * named + _nearness(days, row.block.span)
            if score > best:
                best, found = score, row
        return found


def _words(text: str) -> frozenset[str]:
    return frozenset(variant_key(word) for word in fold(text).split())


def _nearness(days: Sequence[DateSpan], span: DateSpan | None) -> float:
    """Return what it is worth that a passage of *span* is dated as the sentence says."""
    if span is None or not any(span.overlaps(day) for day in days):
        return 0.0
    close = {Precision.DAY, Precision.MONTH}
    told = any(span.overlaps(day) and day.precision in close for day in days)
    return _OF_THE_DAY if told and span.precision in close else _OF_THE_YEAR


def _disputes(
    seed: WorkSeed, sides: Mapping[str, _Side], notes: list[Fault]
) -> Iterator[DisputeRow]:
    here = sides[seed.slug]
    for number, dispute in enumerate(seed.entry.dispute):
        other, _, said = dispute.there.partition(":")
        key, said = dispute_key(dispute.about), said.strip()
        there = sides.get(other)
        fault = ""
        if there is None:
            fault = f"is left out: there is no work “{other}” here"
        elif there is here:
            fault = "is left out: it is one of the work with itself"
        elif key not in here.told and key not in there.told:
            fault = "is shown nowhere: the lexicon of neither work has that name"
        if there is None or fault:
            message = f"the dispute about “{dispute.about}” {fault}"
            notes.append(seed.canon_fault(("dispute", number), message))
            continue
        one, two = here.passage(dispute.here, key), there.passage(said, key)
        told = dispute.reveals or here.told_in(dispute.here, one)
        here_told = max(told, here.told.get(key, 0))
        there_told = max(there.told_in(said, two), there.told.get(key, 0))
        yield DisputeRow(
            dispute.about,
            dispute.here,
            here_told,
            one.key if one else None,
            other,
            said,
            there_told,
            two.key if two else None,
        )
