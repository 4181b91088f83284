"""What goes into a statement and what comes out of it, whichever engine runs it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

Value = str | int | float | bytes | None
Parameters = Mapping[str, Value]
"""Values for the `:name` placeholders of a statement."""


class Row(Protocol):
    """A row: its columns by name, or in their order."""

    def __getitem__(self, key: str, /) -> Any:  # noqa: ANN401 - a column is of its own type
        """Return a column."""
        ...

    def keys(self) -> Any:  # noqa: ANN401 - the engines differ in what they call a list of names
        """Return the names of the columns, in their order."""
        ...

    def __iter__(self) -> Iterator[Any]:
        """Return the columns, in their order."""
        ...

    def __len__(self) -> int:
        """Return how many columns there are."""
        ...


class Answer(NamedTuple):
    """What came of a statement: its rows, and how many it changed."""

    rows: Sequence[Row]
    changed: int
