"""Finding known names in running text, in one pass over its words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.canon.names import tokens

_ACRONYM = 3
"""Letters up to which a name is told from a word by its capitals: US from us, NEP from nep."""


@dataclass(frozen=True, slots=True)
class Mention:
    """*entity* (an index of the caller's) is named *times* times, first after *position* words.

    *names* are the numbers, in the order in which the finder was given them, of the names it is
    called by. *within*: only inside of longer names, as Rome is in the March on Rome.
    """

    entity: int
    position: int
    times: int
    names: tuple[int, ...] = ()
    within: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    entity: int
    number: int
    capitals: frozenset[str]
    """The spellings of a short name that are this name; empty for a name of any spelling."""


class MentionFinder:
    """Finds the longest known name at each word; built once a work, used for every passage."""

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        """Take (name as written, entity) pairs. A short one must be written in its capitals."""
        self._by_first: dict[str, list[_Name]] = {}
        for number, (name, entity) in enumerate(names):
            words = tuple(tokens(name))
            if words:
                known = _Name(words, entity, number, _spellings(name, words))
                self._by_first.setdefault(words[0], []).append(known)
        for candidates in self._by_first.values():
            candidates.sort(key=lambda name: -len(name.words))

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return what *text* mentions, in order of first mention; what is `within` comes last."""
        said = _Said(text)
        whole, inner = _Tally(), _Tally()
        at = 0
        while at < len(said.words):
            name = self._longest(said, at, len(said.words))
            if name is None:
                at += 1
                continue
            whole.add(name, at)
            end = at + len(name.words)
            if len(name.words) > 1:
                self._inside(said, at, end, inner)
            at = end
        return (*whole.mentions(), *inner.mentions(besides=whole))

    def _inside(self, said: "_Said", start: int, end: int, inner: "_Tally") -> None:
        for at in range(start, end):
            name = self._longest(said, at, end, shorter_than=end - start)
            if name is not None:
                inner.add(name, at)

    def _longest(
        self, said: "_Said", at: int, end: int, shorter_than: int | None = None
    ) -> _Name | None:
        first = said.words[at]
        for key in (first, first[:-1]) if first.endswith("s") else (first,):
            for name in self._by_first.get(key, ()):
                length = len(name.words)
                if at + length > end or (shorter_than is not None and length >= shorter_than):
                    continue
                if _same(said.words, at, name.words) and said.in_capitals(at, name.capitals):
                    return name
        return None


class _Said:
    """The words of a text: folded, and, where a name asks for it, as they are written."""

    def __init__(self, text: str) -> None:
        self.words = tokens(text)
        self._text = text
        self._written: list[str] | None = None

    def in_capitals(self, at: int, spellings: frozenset[str]) -> bool:
        if not spellings:
            return True
        if self._written is None:
            self._written = [
                written for written in self._text.split() for _ in range(len(tokens(written)))
            ]
        # Never seen to differ; if they ever do, a name missed is better than a word taken for one.
        if len(self._written) != len(self.words):
            return False
        return any(part in spellings for part in _parts(self._written[at]))


class _Tally:
    """Counts mentions by entity."""

    def __init__(self) -> None:
        self._first: dict[int, int] = {}
        self._times: dict[int, int] = {}
        self._names: dict[int, list[int]] = {}

    def add(self, name: _Name, at: int) -> None:
        self._first.setdefault(name.entity, at)
        self._times[name.entity] = self._times.get(name.entity, 0) + 1
        numbers = self._names.setdefault(name.entity, [])
        if name.number not in numbers:
            numbers.append(name.number)

    def mentions(self, besides: "_Tally | None" = None) -> Iterable[Mention]:
        for entity, first in self._first.items():
            if besides is None or entity not in besides._first:  # noqa: SLF001 - its own kind
                names = tuple(self._names[entity])
                yield Mention(entity, first, self._times[entity], names, besides is not None)


def _spellings(name: str, words: Sequence[str]) -> frozenset[str]:
    if len(words) > 1 or len(words[0]) > _ACRONYM:
        return frozenset()
    return frozenset(_plain(form) for form in (name, name.upper()))


def _parts(written: str) -> Iterable[str]:
    """Yield the words in *written*, also without a genitive or plural s: “(U.S.” and “US's”."""
    for part in _plain(written).split():
        yield part
        yield part.removesuffix("s")


def _plain(written: str) -> str:
    """Return *written* without dots and apostrophes, and with a blank for every other mark."""
    joined = "".join(char for char in written if char not in ".'’ʼ‘")
    return "".join(char if char.isalnum() else " " for char in joined).strip()


def _same(said: Sequence[str], at: int, name: Sequence[str]) -> bool:
    """Tell whether *name* stands at *at*, its last word perhaps with a genitive or plural s."""
    last = len(name) - 1
    for offset in range(last):
        if said[at + offset] != name[offset]:
            return False
    word = said[at + last]
    return word == name[last] or (word[-1] == "s" and word[:-1] == name[last])
