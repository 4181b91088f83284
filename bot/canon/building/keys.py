"""The names that entries and entities keep across builds.

A key depends on what it names alone, so that adding, removing or reordering others leaves it as it
is. That is why an entry's key ends in a hash of its text: what tells it from another of the same
date and the same first words must be in the key before that other one is written.
"""

import re
from collections import Counter

from bot.canon.dates import DateSpan
from bot.canon.names import fold, short_hash

KEY_LENGTH = 44
"""Characters of a passage's or an entity's key; a button's id holds work and key (100 in all)."""

_HASH_LENGTH = 6
_DATE_LENGTH = 21  # "1918-11-11_1919-06-28"
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_NUMBERED = re.compile(r"(?P<stem>.*[-/])[0-9a-f]{6}(?:-[0-9]+)?")


class EntryKeys:
    """Hands out the keys of a work's entries, in the order in which they are told.

    Exact copies (a refrain, a line of asterisks) have nothing of their own: they are numbered.
    """

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._copies: Counter[str] = Counter()

    def give(self, title: str, text: str, span: DateSpan | None, *, remark: bool) -> str:
        """Return the key of an entry; a reader's *remark* never takes one of the canon's."""
        said = " ".join(text.split()).casefold()
        digest = short_hash(f"remark\n{said}" if remark else said, _HASH_LENGTH)
        day = span.edtf.replace("/", "_").replace("~", "")[:_DATE_LENGTH] if span else ""
        whole = _key(day, title, digest)
        key = whole
        while key in self._used:
            self._copies[whole] += 1
            key = _key(day, title, f"{digest}-{self._copies[whole] + 1}")
        self._used.add(key)
        return key


def entity_key(name: str) -> str:
    """Return the key of an entity: its name, with a hash where ASCII cannot say all of it."""
    words = fold(name)
    whole = words.replace(" ", "-")
    if whole and whole.isascii() and len(whole) <= KEY_LENGTH:
        return whole
    return _key("", words, short_hash(words or name, _HASH_LENGTH))


def entry_stem(reference: str) -> str:
    """Return what two wordings of one entry share of `work/key`: its date and first words."""
    found = _NUMBERED.fullmatch(reference)
    return found["stem"] if found else reference


def _key(day: str, title: str, digest: str) -> str:
    room = KEY_LENGTH - len(digest) - 1 - (len(day) + 1 if day else 0)
    # Most titles are ASCII, and so are folded by their letters alone: this runs for every entry.
    plain = title.lower().replace("'", "") if title.isascii() else fold(title)
    words = "-".join(_ASCII_WORD.findall(plain))
    if len(words) > room:
        words = words[: room + 1].rpartition("-")[0] or words[:room]
    return "-".join(part for part in (day, words, digest) if part)
