"""What a reader's words are taken to mean, before any of them is looked up. Pure."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Self

from rapidfuzz.distance import OSA

from bot.canon.names import fold, tokens, variant_key

_LEAST_SLURRED = 6
MAX_WORDS = 16
"""Words of a query that are looked at: nobody's question is longer, and a paste should not cost."""


@dataclass(frozen=True, slots=True)
class Manners:
    """What a query asks for besides its words.

    *fates* are the words that tell what became of somebody, where that is asked; *deeds* those of
    killing and dying, where one of them is said; *violent*: one of killing is. *turned*: its words
    may stand in another order (ships of Austria).
    """

    fates: frozenset[str] = frozenset()
    deeds: frozenset[str] = frozenset()
    violent: bool = False
    turned: bool = False


PLAIN = Manners()


@dataclass(frozen=True)
class Wording:
    """What `wording.toml` says.

    *idle*: words of a question that tell nothing. *groups*: words that go together. *wider*: words
    with those they also find, one way only. *phrases*: whole phrases and what they are read as.
    *fate_asked*: how people ask what became of somebody; *fates*: words that tell it. *deeds*:
    words of killing and dying; *dying*: the latter alone.
    """

    idle: frozenset[str]
    groups: tuple[frozenset[str], ...]
    phrases: tuple[tuple[str, str], ...]
    wider: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    fate_asked: tuple[str, ...] = ()
    fates: frozenset[str] = frozenset()
    deeds: frozenset[str] = frozenset()
    dying: frozenset[str] = frozenset()

    @classmethod
    def load(cls) -> Self:
        """Read the file that comes with the package."""
        text = files("bot.canon").joinpath("wording.toml").read_text("utf-8")
        table = tomllib.loads(text)
        return cls(
            frozenset(tokens(table["idle"])),
            tuple(frozenset(tokens(line)) for line in table["also"]),
            tuple((fold(said), fold(meant)) for said, meant in table["phrases"].items()),
            tuple(
                (frozenset(tokens(said)), frozenset(tokens(also)))
                for said, also in table["wider"].items()
            ),
            tuple(fold(each) for each in table["fate"]["asked"]),
            frozenset(tokens(table["fate"]["words"])),
            frozenset(tokens(table["deeds"]["words"] + table["deeds"]["dying"])),
            frozenset(tokens(table["deeds"]["dying"])),
        )

    @cached_property
    def _groups_by_variant(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for group in self.groups:
            for word in group:
                key = variant_key(word)
                found[key] = found.get(key, frozenset()) | group
        for said, also in self.wider:
            for word in said:
                key = variant_key(word)
                found[key] = found.get(key, frozenset()) | also
        return found

    def also(self, word: str) -> frozenset[str]:
        """Return the other words that *word* (folded) may stand for.

        What is made of a word stands for as much: the murderers are those who assassinated.
        """
        groups = self._groups_by_variant
        keys = (variant_key(word), *map(variant_key, stems(word)))
        return next((groups[key] for key in keys if key in groups), frozenset()) - {word}

    def asks_for_a_fate(self, words: str) -> bool:
        """Tell whether a query asks what became of somebody or something."""
        folded = f" {fold(words)} "
        return any(f" {asked} " in folded for asked in self.fate_asked)

    def manners(self, words: str, telling: Sequence[str]) -> Manners:
        """Return what a query asks for besides its *telling* words."""
        fates = self.fates if self.asks_for_a_fate(words) else frozenset[str]()
        said = self.deeds.intersection(telling)
        return Manners(fates, self.deeds if said else frozenset(), violent=bool(said - self.dying))

    @cached_property
    def _long_idle(self) -> tuple[str, ...]:
        return tuple(word for word in self.idle if len(word) >= _LEAST_SLURRED)

    def slurred(self, word: str) -> bool:
        """Tell whether *word*, which no passage says, is an idle word typed in haste."""
        return len(word) >= _LEAST_SLURRED and any(
            OSA.distance(word, each, score_cutoff=1) == 1 for each in self._long_idle
        )

    def meaningful(self, words: str) -> bool:
        """Tell whether *words* hold anything beyond the idle words of a question."""
        return any(word not in self.idle for word in fold(words).split())

    def telling(self, words: str) -> list[str]:
        """Return the folded words of a query that say what it is about, without repeats.

        A query of idle words alone keeps them: “The Who” is a name to somebody; and so does what a
        phrase is read as: the I of World War I.
        """
        folded, meant_so = f" {fold(words)} ", set[str]()
        for said, meant in self.phrases:
            if f" {said} " in folded:
                folded = folded.replace(f" {said} ", f" {meant} ")
                meant_so.update(meant.split())
        said_words = list(dict.fromkeys(folded.split()))[: MAX_WORDS * 4]
        telling = [word for word in said_words if word not in self.idle or word in meant_so]
        return (telling or said_words)[:MAX_WORDS]


def turned(words: str) -> bool:
    """Tell whether a query says with “of” what may stand in the other order."""
    return " of " in f" {fold(words)} "


_ENDINGS = (
    *("ances", "ance", "ences", "ence", "ations", "ation", "itions", "ition", "ions", "ion"),
    *("ments", "ment", "ures", "ure", "als", "al", "ers", "er", "ors", "or"),
    *("ogo", "omu"),  # of Trotsky, in Russian
)
_CASES = ("owi", "om", "em", "oi", "a", "u")
"""What Russian and Polish put behind a name: Ribbentropa, Stalinowi."""
_LEAST_STEM, _LEAST_NAME = 4, 6


def stems(word: str) -> list[str]:
    """Return what *word* may be made of: disappear of disappearance, murder of murderers."""
    return [
        word[: -len(ending)]
        for endings, least in ((_ENDINGS, _LEAST_STEM), (_CASES, _LEAST_NAME))
        for ending in endings
        if word.endswith(ending) and len(word) - len(ending) >= least
    ]


def joins(words: Sequence[str], most: int = 4) -> dict[str, tuple[int, int]]:
    """Return compounds of neighbours in *words* → (first, one past the last): `anti komintern`."""
    return {
        "".join(words[start:stop]): (start, stop)
        for start in range(len(words))
        for stop in range(start + 2, min(start + most, len(words)) + 1)
    }
