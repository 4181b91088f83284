"""`/lore search`: passages that say something, with the words that do."""

from dataclasses import dataclass

from bot.canon.answers import View
from bot.canon.excerpt import excerpt
from bot.canon.library import Library
from bot.canon.lookup import MAX_QUERY, PAGE_SIZE, EmptyQueryError, QueryTooLongError
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
        search = self._library.search
        found = await search.find(text, None, view.scope)
        start = page * PAGE_SIZE
        entries = await self._library.entries(found.ids[start : start + PAGE_SIZE], view.scope)
        read = await search.terms.read(search.wording.telling(text), view.scope)
        terms = await search.terms.corrected(read, view.scope)
        words = frozenset(word for term in terms for word in term.words)
        return Passages(
            text,
            entries,
            tuple(excerpt(entry.text, words, _EXCERPT) for entry in entries),
            words,
            len(found.ids),
            page,
            found.manner,
            found.missing,
        )
