"""The part of a long text that a query is about. Pure."""

import re
from collections.abc import Collection
from functools import lru_cache
from itertools import pairwise

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


def excerpt(text: str, words: Collection[str], length: int) -> str:
    """Return at most *length* characters of *text*: the sentences that say most of *words*.

    A cut at either end shows as `[…]`. Short texts come back whole.
    """
    if len(text) <= length:
        return text
    pieces, said = _taken_apart(text)
    keys = set(words)
    if keys and not any(keys & each for each in said):
        variants = {variant_key(word) for word in words}
        keys = {word for each in said for word in each if variant_key(word) in variants}
    scores = [len(each & keys) for each in said]
    best = max(range(len(pieces)), key=lambda at: (scores[at], -at))
    room = length - 2 * len(CUT) - 2
    start, stop = best, best + 1
    size = len(pieces[best])
    while True:
        behind = size + len(pieces[stop]) if stop < len(pieces) else room + 1
        before = size + len(pieces[start - 1]) if start else room + 1
        if behind <= room:
            size, stop = behind, stop + 1
        elif before <= room:
            size, start = before, start - 1
        else:
            break
    body = "".join(pieces[start:stop]).strip()
    if len(body) > room:
        return _around(body, keys, room, cut_before=start > 0)
    return f"{CUT + ' ' if start else ''}{body}{' ' + CUT if stop < len(pieces) else ''}"


def _around(sentence: str, keys: Collection[str], room: int, *, cut_before: bool) -> str:
    """Return *room* characters of one overlong sentence, from just before the first of *keys*."""
    hits = (at for at in _WORD.finditer(sentence) if fold(at.group()) in keys)
    first = next(hits, None)
    start = max(0, (first.start() if first else 0) - room // 4)
    if start:
        start = sentence.find(" ", start) + 1
    cut = sentence[start : start + room - 2 * len(CUT)]
    cut = cut[: max(cut.rfind(" "), room // 2)].rstrip(" ,;")
    return f"{CUT + ' ' if start or cut_before else ''}{cut} {CUT}"


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
