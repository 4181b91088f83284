"""Cutting a paragraph that is too long to be one passage.

Ranking and excerpts walk over whole passages while others wait, so their length has a bound.
"""

import unicodedata

from bot.canon.building.headline import sentence_ends

LONGEST = 12_000
"""Characters of a passage at most: some 2,000 words, several times a long paragraph."""
_LAST = 500


def pieces(text: str) -> list[str]:
    """Return *text* in parts of at most `LONGEST` characters, cut after sentences.

    Where no sentence ends, the cut is between two words, and within a word only at last. Nothing
    but white space at the cuts is lost.
    """
    found: list[str] = []
    start = 0
    while len(text) - start > LONGEST:
        cut = _cut(text, start)
        found.append(text[start:cut].strip())
        start = cut
    found.append(text[start:].strip())
    return [piece for piece in found if piece]


def _cut(text: str, start: int) -> int:
    """Return where the piece from *start* ends; in its second half, so that none is a scrap."""
    half, limit = start + LONGEST // 2, start + LONGEST
    for begin in (limit - _LAST, half):  # the last end is wanted, and mostly stands near
        # A little more is looked at: what ends a sentence is seen by what follows it.
        ends = [end for end in sentence_ends(text, begin, limit + 8) if end <= limit]
        if ends:
            return ends[-1]
    blank = max(text.rfind(char, half, limit) for char in " \n\t")
    if blank > 0:
        return blank
    while limit > half and unicodedata.combining(text[limit]):
        limit -= 1
    return limit
