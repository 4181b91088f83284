"""A title for an entry that has none: its first sentence, cut where a reader would pause."""

import re
from collections.abc import Iterator

MAX_HEADLINE = 100
_LEAST = 60
_READ = 2000
"""Characters of a text that are looked at: a first sentence is shorter."""

# Runs of marks and brackets have a bound: an unbounded one costs the square of its length. What is
# not before the first mark is asked after it: a pattern that begins with marks is found at once.
_MARK = re.compile(
    r"(?P<mark>[.!?…](?<![.!?…]{2})[.!?…]{0,19})[”’\"')\]]{0,8}(?:(?=\s+[“‘\"'(\[]?(?P<next>[^\W_a-zà-öø-ÿ]))|(?=\s*\Z))"
)
_LAST_WORD = re.compile(r"(?:(?P<above>\w+)\s+)?(?P<word>\w+)\Z")
# A full stop after these ends no sentence; after the second kind, none that a number follows.
_TITLES = frozenset(
    "st mr mrs ms dr gen col lt vs capt sgt maj adm prof rev hon jr sr mt ft brig cmdr cpl fr sen"
    " gov rep".split()
)
_BEFORE_NUMBERS = frozenset(
    "no nos vol ch p pp art fig c ca jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_NUMERALS = frozenset("IVX")
_PAUSE = re.compile(r"(?:[;:]|,| –| —| -)(?=\s)")


def sentence_ends(text: str, start: int = 0, stop: int | None = None) -> Iterator[int]:
    """Yield where the sentences of *text* between *start* and *stop* end, marks included."""
    for match in _MARK.finditer(text, start, len(text) if stop is None else stop):
        if match["mark"] != "." or not _abbreviates(text, match.start(), match["next"] or ""):
            yield match.end()


def _abbreviates(text: str, stop: int, following: str) -> bool:
    """Tell whether the full stop at *stop* belongs to an abbreviation or an initial."""
    found = _LAST_WORD.search(text[max(0, stop - 40) : stop]) if following else None
    if found is None:
        return False
    word, above = found["word"], found["above"] or ""
    if len(word) == 1 and word.isupper():
        # “World War I.” and “Nicholas V.” end a sentence, the initial of “J. Smith” does not.
        return not (word in _NUMERALS and len(above) > 2 and above[0].isupper())
    low = word.casefold()
    return low in _TITLES or (low in _BEFORE_NUMBERS and following.isdigit())


def first_sentence(text: str) -> str:
    """Return *text* up to the end of its first sentence, that mark included."""
    return text[: next(sentence_ends(text), len(text))]


def headline(text: str) -> str:
    """Return a one-line title of at most `MAX_HEADLINE` characters for *text*.

    The first sentence without its full stop; a longer one is cut at its last pause, else between
    two words, and then ends in an ellipsis.
    """
    sentence = " ".join(first_sentence(text[:_READ]).split())
    if sentence.endswith(".") and not sentence.endswith(".."):
        sentence = sentence[:-1]
    if len(sentence) <= MAX_HEADLINE:
        return sentence
    head = sentence[: MAX_HEADLINE - 1]
    pauses = [match.start() for match in _PAUSE.finditer(head) if match.start() >= _LEAST]
    cut = pauses[-1] if pauses else head.rfind(" ")
    return head[: cut if cut > 0 else len(head)].rstrip(" ,;:–—-") + "…"
