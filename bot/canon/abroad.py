"""Words of other languages, by what they are in English. Pure.

`abroad.toml` holds them as data: whole words, and stems (`kita*`) for languages that inflect.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Self

from bot.canon.names import fold, light_stem

_LONGEST_ENDING = 4
_SHORT_STEM = 5
"""A stem of fewer letters takes shorter endings."""
_LINKING = ("s", "n", "en", "es")
_LEAST_PART = 4


@dataclass(frozen=True)
class Abroad:
    """Folded foreign words and stems → the English that they stand for, the likeliest first.

    *own*: what is English already, as `light_stem` has it.
    """

    words: Mapping[str, tuple[str, ...]]
    stems: Mapping[str, tuple[str, ...]]
    own: frozenset[str]

    @classmethod
    def load(cls) -> Self:
        """Read the file that comes with the package."""
        text = files("bot.canon").joinpath("abroad.toml").read_text("utf-8")
        words: dict[str, tuple[str, ...]] = {}
        stems: dict[str, tuple[str, ...]] = {}
        for meant, said in tomllib.loads(text)["words"].items():
            english = tuple(fold(each) for each in meant.split())
            for word in said.split():
                whole = words if not word.endswith("*") else stems
                whole.setdefault(fold(word.rstrip("*")), english)
        own = {
            light_stem(each) for english in (*words.values(), *stems.values()) for each in english
        }
        return cls(words, stems, frozenset(own))

    def english(self, word: str) -> tuple[str, ...]:
        """Return what the folded *word* is in English; nothing where it is no word we know."""
        if word in self.words:
            return self.words[word]
        if light_stem(word) in self.own:
            return ()
        for at in range(len(word), max(len(word) - _LONGEST_ENDING, 2) - 1, -1):
            ending = len(word) - at
            if word[:at] in self.stems and (at >= _SHORT_STEM or ending <= _LONGEST_ENDING - 1):
                return self.stems[word[:at]]
        return ()

    def of_part(self, part: str) -> tuple[str, ...]:
        """Return the same for a part of a compound, which may have a letter that links it."""
        if len(part) < _LEAST_PART:
            return ()
        plain = (part.removesuffix(link) for link in _LINKING if part.endswith(link))
        return next((found for each in (part, *plain) if (found := self.english(each))), ())
