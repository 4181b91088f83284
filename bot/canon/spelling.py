"""How far one spelling is from another, and what a word may be made of. Pure."""

import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from bot.canon.names import variant_key

_LEAST_PART = 3
_LEAST_SLIP = 5
_LEAST_NAME = 6
_LONGEST_COMPOUND = 40
_DIGITS_OR_LETTERS = re.compile(r"\d+|[^\W\d]+")


def partings(word: str) -> Iterator[tuple[str, ...]]:
    """Yield the ways to take *word* apart: 76mm, tb81t; then wallstreet, by its longest parts."""
    if len(word) > _LONGEST_COMPOUND:
        return
    runs = tuple(_DIGITS_OR_LETTERS.findall(word))
    if len(runs) > 1:
        yield runs
        return
    cuts = range(_LEAST_PART, len(word) - _LEAST_PART + 1)
    for at in sorted(cuts, key=lambda cut: abs(2 * cut - len(word))):
        yield word[:at], word[at:]


def allowed_edits(word: str) -> int:
    """Return how many slips a word of this length may hold and still be recognised.

    Two make Hitler of Himmler: they take a longer word.
    """
    if len(word) < _LEAST_SLIP or word.isdigit():
        return 0
    return 1 if len(word) < 8 else 2 if len(word) < 14 else 3


def trigram_match(text: str) -> str:
    """Return an FTS5 expression for anything that shares a trigram with folded *text*.

    Of a long text its beginning will do: each trigram more takes as long again.
    """
    compact = text.replace(" ", "")[:_LONGEST_COMPOUND]
    grams = dict.fromkeys(compact[at : at + 3] for at in range(max(len(compact) - 2, 1)))
    return " OR ".join(f'"{gram}"' for gram in grams)


def slips(said: str, word: str) -> int:
    """Return how many slips lead from *said* to *word*; a wrong first letter counts twice.

    What sounds alike is nearer than its letters say, and so are the same letters in another order.
    """
    if len(said) == len(word) and said[:1] == word[:1] and sorted(said) == sorted(word):
        return int(said != word)
    edits = OSA.distance(said, word)
    if len(said) >= _LEAST_NAME and word.endswith("s"):
        edits = min(
            edits, OSA.distance(said, word[:-1])
        )  # Himmler, of whom only Himmler's is said.
    sounding = OSA.distance(variant_key(said), variant_key(word)) + 1
    return min(edits, sounding) + (word[:1] != said[:1])
