"""Newest first, as far as a source tells. Pure."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from bot.clock import Instant

Told = TypeVar("Told")


def newest_first(
    told: Sequence[Told], when: Callable[[Told], Instant | None], *, oldest_leads: bool = False
) -> list[Told]:
    """Return *told*, turned round if most neighbours stand oldest first.

    Never sorted: dates are wrong or missing too often. Where they say nothing, *oldest_leads*
    tells how this kind of source lists its chapters.
    """
    dated = [at for one in told if (at := when(one)) is not None]
    rising = sum(1 if one < other else -1 if one > other else 0 for one, other in pairwise(dated))
    turned = rising > 0 or (rising == 0 and oldest_leads)
    return list(reversed(told)) if turned else list(told)
