"""Memory that the C library keeps after large pictures, given back to the system."""

import ctypes
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Have the C library return what it holds without need; where it cannot (not glibc), nothing.

    A bitmap is up to 7 MB, and comes and goes between small things that stay: glibc keeps the gaps,
    60 MB after 2,000 cards. Some milliseconds, without the interpreter's lock.
    """
    trim = _malloc_trim()
    if trim is not None:
        trim(0)


@cache
def _malloc_trim() -> Callable[[int], object] | None:
    try:
        trim: Callable[[int], object] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    return trim
