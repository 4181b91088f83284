"""The largest size at which words fit, with as few layouts as possible. Pure."""

from collections.abc import Callable
from math import sqrt

_TRUSTED = 3
_HOPELESS = 0.85
_SHORT = 0.995
_MOST_CUTS = 12


def largest_size(
    height_at: Callable[[int], float], limit: float, smallest: int, largest: int, guess: float
) -> int | None:
    """Return a whole size (about the largest) at which the height stays within *limit*, or None.

    Args:
        height_at: lays the words out at a size (px) and returns their height (px).
        limit: how high they may be.
        smallest: the size below which nothing is asked.
        largest: the size above which nothing is asked.
        guess: where to begin; a good one saves layouts, a bad one costs a few.

    The height of text grows about with the square of its size, so each answer points at the next;
    where it points no further up, or far below *smallest*, the search ends.
    """
    fits, too_large = smallest - 1, largest + 1
    wanted = round(guess)
    asked = 0
    while too_large - fits > 1:
        if (asked := asked + 1) > _TRUSTED:
            wanted = (fits + too_large) // 2
        size = min(max(wanted, fits + 1), too_large - 1)
        height = height_at(size)
        wanted = int(size * sqrt(limit / max(height, 1.0)))
        if height <= limit:
            fits = size
            if wanted <= fits:
                break
        else:
            too_large = size
            if wanted < smallest * _HOPELESS:
                return None
    return fits if fits >= smallest else None


def longest_prefix(height_at: Callable[[int], float], limit: float, length: int) -> int:
    """Return how many of *length* characters, fewer than all, stay within *limit*; at least 1."""
    fits, too_long = 1, max(length, 2)
    wanted = length
    for _ in range(_MOST_CUTS):
        if too_long - fits <= 1:
            break
        count = min(max(wanted, fits + 1), too_long - 1)
        height = height_at(count)
        if height <= limit:
            fits = count
        else:
            too_long = count
        # A little short of the proportional answer: the next layout is then likely the last.
        wanted = int(count * limit / max(height, 1.0) * _SHORT)
        if wanted <= fits:
            wanted = (fits + too_long) // 2
    return fits
