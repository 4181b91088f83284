"""What was asked lately and what was answered: the same few questions are asked all day long.

A canon file never changes while it is open, so an answer holds as long as its library. Everything
that an answer depends on belongs into its key: the text, the page, and what the asker may see.
"""

from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """The answers to the last *most* different questions. For the event loop alone."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[Hashable, T] = OrderedDict()

    async def answer(self, key: Hashable, ask: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Return what *ask* returned when it was last asked for *key*, asking it at need."""
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        found = await ask()
        self._known[key] = found
        if len(self._known) > self._most:
            self._known.popitem(last=False)
        return found
