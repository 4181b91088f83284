"""The words a canon says: in how many passages, and in each work from which chapter on."""

from collections import Counter
from collections.abc import Iterator, Set


class Vocabulary:
    """Gathers the words of passages."""

    def __init__(self) -> None:
        self._passages: Counter[str] = Counter()
        self._said: dict[int, dict[int, set[str]]] = {}

    def add(self, words: Set[str], work: int, told: int) -> None:
        """Take the *words* of one passage of *work*, told in the chapter *told*."""
        self._passages.update(words)
        self._said.setdefault(work, {}).setdefault(told, set()).update(words)

    def words(self) -> list[tuple[str, int]]:
        """Return every word with the number of passages that say it, in order."""
        return sorted(self._passages.items())

    def first_said(self) -> Iterator[tuple[str, int, int]]:
        """Yield every word with each work that says it and the first chapter that does."""
        for work, said in self._said.items():
            known: set[str] = set()
            for told in sorted(said):
                fresh = said[told] - known
                known |= fresh
                for word in sorted(fresh):
                    yield word, work, told
