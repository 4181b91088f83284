"""`/lore search`: passages that say something, with the words that do."""

from dataclasses import dataclass

from bot.canon.answers import PAGE_SIZE, View
from bot.canon.excerpt import excerpt
from bot.canon.library import Library
from bot.canon.lookup import MAX_QUERY, EmptyQueryError, QueryTooLongError
from bot.canon.models import Entry
from bot.canon.search import Manner

_EXCERPT = 280


@dataclass(frozen=True, slots=True)
class Passages:
    """A page of passages. *excerpts* are the telling part of each; *words* (folded) are in them."""

    asked: str
    entries: tuple[Entry, ...]
    excerpts: tuple[str, ...]
    words: frozenset[str]
    total: int
    page: int
    manner: Manner
    missing: tuple[str, ...]


class PassageSearch:
    """Searches texts, dated or not."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def find(self, text: str, view: View, page: int = 0) -> Passages:
        """Return page *page* of the passages that say *text*, the likeliest first.

        Raises:
            EmptyQueryError, QueryTooLongError.
        """
        if len(text) > MAX_QUERY:
            raise QueryTooLongError(len(text))
        if not text.strip():
            raise EmptyQueryError
        return await self._library.file.apart(self._find(text, view, page))

    async def _find(self, text: str, view: View, page: int) -> Passages:
        found = await self._library.search.find(text, None, view.scope)
        start = page * PAGE_SIZE
        entries = await self._library.entries(found.ids[start : start + PAGE_SIZE], view.scope)
        return Passages(
            text,
            entries,
            tuple(excerpt(entry.text, found.words, _EXCERPT) for entry in entries),
            found.words,
            len(found.ids),
            page,
            found.manner,
            found.missing,
        )
