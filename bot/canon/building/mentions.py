"""Finding known names in running text, in one pass over its words."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.canon.names import fold, tokens


@dataclass(frozen=True, slots=True)
class Mention:
    """*entity* (an index of the caller's) is named *times* times, first after *position* words."""

    entity: int
    position: int
    times: int


class MentionFinder:
    """Finds the longest known name at each word; built once a work, used for every passage."""

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        """Take (name as written, entity) pairs. One of two letters must stand in capitals."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], int, str | None]]] = {}
        for name, entity in names:
            words = tuple(tokens(name))
            if not words:
                continue
            exact = name if len(fold(name)) <= 3 else None
            self._by_first.setdefault(words[0], []).append((words, entity, exact))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return what *text* mentions, in order of first mention."""
        words = tokens(text)
        first: dict[int, int] = {}
        times: dict[int, int] = {}
        at = 0
        while at < len(words):
            found = self._longest(words, at, text)
            if found is None:
                at += 1
                continue
            length, entity = found
            first.setdefault(entity, at)
            times[entity] = times.get(entity, 0) + 1
            at += length
        return tuple(Mention(entity, first[entity], times[entity]) for entity in first)

    def _longest(self, words: list[str], at: int, text: str) -> tuple[int, int] | None:
        for key in (words[at], words[at].removesuffix("s")):
            for name, entity, exact in self._by_first.get(key, ()):
                said = words[at : at + len(name)]
                if _same(said, name) and (exact is None or exact in text):
                    return len(name), entity
        return None


def _same(said: list[str], name: tuple[str, ...]) -> bool:
    """Tell whether *said* is *name*, its last word perhaps with a genitive or plural s."""
    if len(said) != len(name):
        return False
    last = said[-1]
    return tuple(said[:-1]) == name[:-1] and (last == name[-1] or last == name[-1] + "s")
