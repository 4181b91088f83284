"""Where a text says words: as a phrase, as the setting of something else, where it begins. Pure."""

from collections.abc import Sequence
from itertools import permutations


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words around a name that say: here is where it starts. Two windows, before and behind.
_BEFORE = _words(
    "begin begins began begun beginning start starts started starting known called named creation "
    "create creates created announces announced announcing unleash unleashes unleashing erupts "
    "launches launched launching outbreak embroiled sparks sparking triggers triggering proclaims "
    "proclaimed form forms formed founding establishes established introduces as becomes thus "
    "resulting result convenes signed sign signs opens"
)
_BEHIND = _words(
    "begins begin began begun starts started erupts erupted is was breaks broke opens follows "
    "announced created formed founded convened established"
)
_SETTING = _words("following after since before despite response during amid until when while")
_WINDOW_BEFORE = 5
FIRST_SENTENCES = 40
"""Words."""
_ORDERED, _ALL_ORDERS = 4, 3


def phrases(words: Sequence[str], asked: Sequence[frozenset[str]]) -> list[tuple[int, int]]:
    """Return (start, end) of each place where the words *asked* for follow each other in *words*.

    One word may stand between two of them: the Turkish war is the Turkish-Soviet War.
    """
    first, found = asked[0], []
    for start, word in enumerate(words):
        if word not in first:
            continue
        at = start
        for each in asked[1:]:
            at = next((n for n in (at + 1, at + 2) if n < len(words) and words[n] in each), -1)
            if at < 0:
                break
        else:
            found.append((start, at + 1))
    return found


def is_setting(words: Sequence[str], start: int, window: int = 3) -> bool:
    """Tell whether a phrase only says when or why: "following the …", "in response to the …"."""
    before = words[max(0, start - window) : start]
    # "In response to the war …", but not "In response, the war began".
    return not _SETTING.isdisjoint(before) and ("response" not in before or "to" in before)


def only_setting(words: Sequence[str], asked: Sequence[frozenset[str]]) -> bool:
    """Tell whether a text says the phrase, but only as the setting of something else."""
    found = phrases(words[:FIRST_SENTENCES], asked)
    return bool(found) and all(is_setting(words, start) for start, _ in found)


def begins(words: Sequence[str], places: Sequence[tuple[int, int]]) -> bool:
    """Tell whether at one of *places* (start, end) the thing itself begins."""
    for start, end in places:
        if is_setting(words, start):
            continue
        before = words[max(0, start - _WINDOW_BEFORE) : start]
        behind = words[end : end + 2]
        if not _BEFORE.isdisjoint(before) or not _BEHIND.isdisjoint(behind):
            return True
    return False


def orders(count: int) -> tuple[tuple[int, ...], ...]:
    """Return the other orders in which *count* words may say the same.

    Ships of Austria-Hungary are Austro-Hungarian ships, la guerre civile espagnole is the Spanish
    Civil War, and гражданская война в Китае the Chinese one.
    """
    if not 2 <= count <= _ORDERED:
        return ()
    if count <= _ALL_ORDERS:
        return tuple(permutations(range(count)))[1:]
    backwards = tuple(range(count - 1, -1, -1))
    last_first, first_last = (count - 1, *range(count - 1)), (*range(1, count), 0)
    return tuple(dict.fromkeys((backwards, last_first, first_last)))
