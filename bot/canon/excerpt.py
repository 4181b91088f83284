"""The part of a long text that a query is about. Pure."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from bot.canon.names import fold, variant_key

# Tried only where a run of signs begins: otherwise a long run is read once for each of its signs.
_END = re.compile(r"(?<![.!?…])[.!?…]++[”’\"')\]]*+(?=\s|$)\s*")
_WORD = re.compile(r"\w+")
CUT = "[…]"


def sentences(text: str) -> list[str]:
    """Return *text* cut after each sentence; joined again they are *text*."""
    cuts = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts) if end > start] or [text]


@lru_cache(maxsize=256)
def _taken_apart(text: str) -> tuple[list[str], list[frozenset[str]]]:
    """Return the sentences of *text* with their folded words; a keystroke asks for it again."""
    pieces = sentences(text)
    return pieces, [frozenset(fold(piece).split()) for piece in pieces]


class Stretch(NamedTuple):
    """The characters of a text from *start* up to *end*."""

    start: int
    end: int


def telling(text: str, words: Collection[str], length: int) -> Stretch:
    """Return where *text* says most of *words*: whole sentences, at most *length* characters.

    So much is left free that `shown` can say at either end that there is more. A short text is
    told as a whole.
    """
    if len(text) <= length:
        return Stretch(0, len(text))
    pieces, said = _taken_apart(text)
    keys = _keys(said, words)
    scores = [len(each & keys) for each in said]
    best = max(range(len(pieces)), key=lambda at: (scores[at], -at))
    room = length - 2 * len(CUT) - 2
    first, last = _neighbours(pieces, best, room)
    start = sum(map(len, pieces[:first]))
    end = start + len("".join(pieces[first:last]).rstrip())
    start += len(text[start:end]) - len(text[start:end].lstrip())
    if end - start <= room:
        return Stretch(start, end)
    return _around(text, Stretch(start, end), keys, room)


def shown(text: str, stretch: Stretch) -> str:
    """Return *stretch* of *text*; a cut at either end shows as `[…]`.

    One that begins within a word was told of another text: then the beginning is shown.
    """
    start, end = stretch
    if not 0 <= start < end or start >= len(text) or (start and not text[start - 1].isspace()):
        start, end = 0, max(end - start, 0)
    before = f"{CUT} " if text[:start].strip() else ""
    after = f" {CUT}" if text[end:].strip() else ""
    return f"{before}{text[start:end].strip()}{after}"


def excerpt(text: str, words: Collection[str], length: int) -> str:
    """Return at most *length* characters of *text*: the sentences that say most of *words*.

    A cut at either end shows as `[…]`. Short texts come back whole.
    """
    return text if len(text) <= length else shown(text, telling(text, words, length))


def _keys(said: Sequence[frozenset[str]], words: Collection[str]) -> set[str]:
    """Return those of *words* that are said, else the words they are another spelling of."""
    keys = set(words)
    if not keys or any(keys & each for each in said):
        return keys
    variants = {variant_key(word) for word in words}
    return {word for each in said for word in each if variant_key(word) in variants}


def _neighbours(pieces: Sequence[str], best: int, room: int) -> tuple[int, int]:
    """Return the sentences (first, last + 1) around *best* that *room* has place for."""
    start, stop, size = best, best + 1, len(pieces[best])
    while True:
        behind = size + len(pieces[stop]) if stop < len(pieces) else room + 1
        before = size + len(pieces[start - 1]) if start else room + 1
        if behind <= room:
            size, stop = behind, stop + 1
        elif before <= room:
            size, start = before, start - 1
        else:
            return start, stop


def _around(text: str, sentence: Stretch, keys: Collection[str], room: int) -> Stretch:
    """Return *room* characters of one overlong sentence, from just before the first of *keys*."""
    said = text[sentence.start : sentence.end]
    first = next((at.start() for at in _WORD.finditer(said) if fold(at.group()) in keys), 0)
    start = max(0, first - room // 4)
    if start:
        start = said.find(" ", start) + 1
    cut = said[start : start + room - 2 * len(CUT)]
    if start + len(cut) < len(said):
        cut = cut[: max(cut.rfind(" "), room // 2)].rstrip(" ,;")
    return Stretch(sentence.start + start, sentence.start + start + len(cut))


def parts(text: str, length: int, most: int) -> list[str]:
    """Return *text* in pieces of at most *length* characters, cut after sentences or words.

    What does not fit into *most* pieces is left out, which the last one shows by `[…]`.
    """
    rest = text.strip()
    made: list[str] = []
    while rest and len(made) < most:
        if len(rest) <= length:
            made.append(rest)
            return made
        head = rest[:length]
        ends = [match.end() for match in re.finditer(r"[.!?…][”’\"')\]]*\s", head)]
        cut = ends[-1] if ends and ends[-1] > length // 3 else head.rfind(" ") + 1
        cut = cut or length
        made.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    if made and rest:
        made[-1] += f" {CUT}"
    return made or [""]
