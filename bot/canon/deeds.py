"""Who is killed and who kills: on which side of the verb a name stands. Pure."""

from collections.abc import Sequence

_BEING = frozenset("is was are were be been being gets got".split())
_NOUNS = frozenset(
    "death deaths murder murders assassination assassinations execution killing suicide".split()
)
_DYING = frozenset("die dies died dead dying".split())
_BEHIND = 7
_BEFORE = 8
_OWNING = 3


def suffers(words: Sequence[str], deeds: frozenset[str], asked: Sequence[frozenset[str]]) -> bool:
    """Tell whether *words* say that one of *deeds* was done to one of those *asked* for.

    “Stalin is assassinated, and Trotsky takes power” says it of Stalin alone; “agents shoot
    Mussolini” of Mussolini, and “the murder of Kirov” of Kirov.
    """
    return any(
        any(not each.isdisjoint(sufferers) for each in asked)
        for at, word in enumerate(words)
        if word in deeds
        for sufferers in _sufferers(words, at)
    )


def _sufferers(words: Sequence[str], at: int) -> list[Sequence[str]]:
    """Return the stretches of *words* beside the deed *at* that may name whom it was done to."""
    word = words[at]
    behind = words[at + 1 : at + 1 + _BEHIND]
    if word in _DYING:
        return [words[max(0, at - _OWNING) : at]]
    if word in _NOUNS:
        owners = words[max(0, at - _OWNING) : at]
        return [owners, behind] if behind[:1] in (["of"], ("of",)) else [owners]
    passive = not _BEING.isdisjoint(words[max(0, at - 2) : at])
    return [words[max(0, at - _BEFORE) : at]] if passive else [behind]
