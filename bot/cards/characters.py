"""What Unicode says of characters: the one typed door to the `regex` library."""

from typing import Any

import regex  # type: ignore[import-untyped]

# Of flags, \X counts all letters before each: pairs are taken first, so that many are read in time.
_FLAG = r"[\U0001F1E6-\U0001F1FF]{2}[\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=ZWJ}]*+"
_CLUSTER = regex.compile(rf"{_FLAG}|\X")


def clusters(text: str) -> list[str]:
    """Return the extended grapheme clusters of *text* (UAX #29): what a reader calls characters."""
    found: list[str] = _CLUSTER.findall(text)
    return found


class CharacterSet:
    r"""A set of characters, written as a class of `regex` (`[\p{Latin}--[a-z]]`)."""

    def __init__(self, written: str) -> None:
        self._pattern: Any = regex.compile(written, flags=regex.VERSION1)

    def first_in(self, text: str) -> str:
        """Return the first of these characters in *text*, or an empty text."""
        found = self._pattern.search(text)
        return "" if found is None else str(found[0])

    def is_in(self, text: str) -> bool:
        """Tell whether *text* holds any of these characters."""
        return self._pattern.search(text) is not None

    def count(self, text: str) -> int:
        """Return how many of these characters *text* holds."""
        return len(self._pattern.findall(text))

    def taken_from(self, text: str) -> str:
        """Return *text* without these characters."""
        return str(self._pattern.sub("", text))
