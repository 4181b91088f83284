"""Finding known names in running text, in one pass over its words."""

from collections.abc import Iterable, Iterator
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
    entity: int
    alone: tuple[int]
    """The number by itself: what most mentions are made of, so it is made once."""
    length: int
    capitals: frozenset[str]
    """The spellings of a short name that are this name; empty for a name of any spelling."""


@dataclass(slots=True)
class _Tally:
    first: int
    times: int
    names: tuple[int, ...]


class MentionFinder:
    """Finds the longest known name at each word; built once a work, used for every passage."""

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        """Take (name as written, entity) pairs. A short one must be written in its capitals."""
        self._names: dict[str, _Name] = {}
        lengths: dict[str, set[int]] = {}
        for number, (name, entity) in enumerate(names):
            words = tokens(name)
            if words:
                known = _Name(entity, (number,), len(words), _spellings(name, words))
                self._names.setdefault(" ".join(words), known)
                lengths.setdefault(words[0], set()).add(len(words))
        # First word → how many words the names that begin with it have, the longest first.
        self._lengths = {
            word: tuple(sorted(known, reverse=True)) for word, known in lengths.items()
        }

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return what *text* mentions, in order of first mention; what is `within` comes last."""
        said = _Said(text)
        whole: dict[int, _Tally] = {}
        within: dict[int, _Tally] = {}
        end = 0
        for at, word in enumerate(said.words):
            if at < end or (
                word not in self._lengths and (word[-1] != "s" or word[:-1] not in self._lengths)
            ):
                continue
            name = self._longest(said, at, len(said.words))
            if name is None:
                continue
            _count(whole, name, at)
            end = at + name.length
            if name.length > 1:
                self._look_within(said, at, end, within)
        return (*_mentions(whole, within=False), *_mentions(within, within=True, besides=whole))

    def _look_within(self, said: "_Said", start: int, end: int, within: dict[int, _Tally]) -> None:
        for at in range(start, end):
            # Of the words that make up a whole name, one fewer.
            name = self._longest(said, at, end - 1 if at == start else end)
            if name is not None:
                _count(within, name, at)

    def _longest(self, said: "_Said", at: int, end: int) -> _Name | None:
        """Return the longest name that begins at *at* and is over by *end*, or None.

        Its last word may have a genitive or plural s.
        """
        first = said.words[at]
        for length in self._lengths.get(first, ()):
            if at + length <= end:
                words = " ".join(said.words[at : at + length]) if length > 1 else first
                name = self._names.get(words)
                if name is None and words[-1] == "s":
                    name = self._names.get(words[:-1])
                if name is not None and said.in_capitals(at, name.capitals):
                    return name
        if first[-1] == "s" and at < end:
            name = self._names.get(first[:-1])
            if name is not None and said.in_capitals(at, name.capitals):
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


def _count(tallies: dict[int, _Tally], name: _Name, at: int) -> None:
    tally = tallies.get(name.entity)
    if tally is None:
        tallies[name.entity] = _Tally(at, 1, name.alone)
        return
    tally.times += 1
    if name.alone[0] not in tally.names:
        tally.names += name.alone


def _mentions(
    tallies: dict[int, _Tally], *, within: bool, besides: Iterable[int] = ()
) -> Iterator[Mention]:
    for entity, tally in tallies.items():
        if entity not in besides:
            yield Mention(entity, tally.first, tally.times, tally.names, within)


def _spellings(name: str, words: list[str]) -> frozenset[str]:
    if len(words) > 1 or len(words[0]) > _ACRONYM:
        return frozenset()
    return frozenset(_plain(form) for form in (name, name.upper()))


def _parts(written: str) -> Iterator[str]:
    """Yield the words in *written*, also without a genitive or plural s: “(U.S.” and “US's”."""
    for part in _plain(written).split():
        yield part
        yield part.removesuffix("s")


def _plain(written: str) -> str:
    """Return *written* without dots and apostrophes, and with a blank for every other mark."""
    joined = "".join(char for char in written if char not in ".'’ʼ‘")
    return "".join(char if char.isalnum() else " " for char in joined).strip()
