"""What a part of the program keeps about people."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

Rows = Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Records:
    """One kind of records. Every table with user ids belongs to one (see bot/compose.py).

    *name* is what a reader calls it ("reading progress"), marked for `say`. *export* returns
    everything kept about a person in values that JSON knows, *forget* deletes it, *people* returns
    everybody *forget* would concern (so that a deletion can be repeated after an old backup came
    back).
    """

    name: str
    export: Callable[[int], Awaitable[Rows]]
    forget: Callable[[int], Awaitable[None]]
    people: Callable[[], Awaitable[Collection[int]]]


@dataclass(frozen=True, slots=True)
class Deleted:
    """What a deletion did with one kind of records: how many rows there were, and now are."""

    name: str
    before: int
    after: int
