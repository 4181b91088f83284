"""How the C library keeps memory between large pictures: not at all."""

import ctypes

_M_MMAP_THRESHOLD = -3
"""glibc's malloc.h."""
_LARGE = 1024 * 1024


def return_large_pieces() -> None:
    """Have the C library return every piece of a megabyte and more at once; not glibc: nothing.

    A bitmap is up to 7 MB, and comes and goes between small things that stay. Once glibc has seen
    some, it takes them from the heap and keeps the gaps: 80 MB after 500 cards.
    """
    try:
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)
    except (AttributeError, OSError, TypeError):
        return
