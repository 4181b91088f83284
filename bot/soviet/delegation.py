"""Whose vote counts for whom. Pure.

Who does not vote is voted for by their delegate, or the delegate's delegate, up to five steps away.
A vote of one's own overrides; a circle in which nobody votes gives nothing. Secret ballots know no
delegates: to count them would tell the delegate's vote to those who delegated.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from bot.soviet.models import Choice

FARTHEST: Final = 5
"""The most steps from a reader to the one whose vote counts for them."""


def resolve(
    direct: Mapping[int, Choice], delegates: Mapping[int, int], eligible: Collection[int]
) -> dict[int, tuple[int, Choice]]:
    """Return reader → (who voted for them, what), for all who did not vote themselves.

    *direct*: votes cast. *delegates*: reader → whom they let vote. *eligible*: readers whose
    delegated vote may count; delegates on the way need not be among them.
    """
    found: dict[int, tuple[int, Choice]] = {}
    for reader in delegates:
        if reader in direct or reader not in eligible:
            continue
        for step, delegate in enumerate(chain(reader, delegates)):
            if step == FARTHEST:
                break
            if delegate in direct:
                found[reader] = (delegate, direct[delegate])
                break
    return found


def chain(reader: int, delegates: Mapping[int, int]) -> Iterator[int]:
    """Yield the delegates of *reader*, nearest first, until one has none or one comes again."""
    seen = {reader}
    while (delegate := delegates.get(reader)) is not None and delegate not in seen:
        seen.add(delegate)
        yield delegate
        reader = delegate


def closes_a_circle(reader: int, to: int, delegates: Mapping[int, int]) -> bool:
    """Tell whether letting *to* vote for *reader* would lead back to *reader*."""
    return reader in chain(to, {**delegates, reader: to})
