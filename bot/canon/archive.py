"""One canon with everything that answers from it."""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Self

from bot.canon.almanac import Almanac
from bot.canon.answers import Suggestion, View
from bot.canon.clerk import EVENTS, OPENED, Clerk, Opened, asked
from bot.canon.compare import Comparer
from bot.canon.library import Library, PageOf
from bot.canon.lookup import MAX_QUERY, Lookup
from bot.canon.passages import PassageSearch
from bot.canon.registry import Registry
from bot.canon.remembered import Remembered
from bot.canon.suggest import Suggester
from bot.errors import BotError
from bot.language.speech import language

_REMEMBERED = 100
"""Answers of each kind, of about 13 KB: a server has few readers, and there are many servers."""
REMEMBERED_IN_COMMON = 2_000
"""Answers of the canon that all servers ask: some 30 MB, once it has answered so many."""


@dataclass(frozen=True, eq=False)
class Archive:
    """A library and its desks. A view belongs to the library that made it: never mix two."""

    library: Library
    lookup: Lookup
    suggester: Suggester
    registry: Registry
    comparer: Comparer
    almanac: Almanac
    passages: PassageSearch
    clerk: Clerk | None
    _opened: Remembered[Opened]
    _suggested: Remembered[list[Suggestion]]

    @classmethod
    async def open(
        cls,
        path: Path,
        page_of: PageOf = lambda _slug: None,
        *,
        remembered: int = _REMEMBERED,
        with_clerk: bool = False,
    ) -> Self:
        """Open the canon at *path*; *page_of* as `Library.open` has it.

        *remembered*: how many answers of each kind are kept. *with_clerk*: what is asked most is
        answered by a process of its own.
        """
        library = await Library.open(path, page_of)
        lookup, registry = Lookup(library), Registry(library)
        return cls(
            library=library,
            lookup=lookup,
            suggester=Suggester(library),
            registry=registry,
            comparer=Comparer(library, lookup, registry),
            almanac=Almanac(library),
            passages=PassageSearch(library),
            clerk=Clerk(path, library.works.values()) if with_clerk else None,
            _opened=Remembered(remembered),
            _suggested=Remembered(remembered),
        )

    async def opened(self, text: str, view: View) -> Opened:
        """Return what `Lookup.opened` does, at once when it was asked lately."""
        if len(text) > MAX_QUERY:
            return await self.lookup.opened(text, view)
        ask = partial(asked, self.clerk, OPENED, text, view, self.lookup.opened)
        # Why a date is none is told in the reader's language.
        return await self._opened.answer((text, view, language()), ask)

    async def events(self, text: str, view: View) -> list[Suggestion]:
        """Return what `Suggester.events` does, at once when it was asked lately."""
        begun = text.strip()[:MAX_QUERY]
        ask = partial(asked, self.clerk, EVENTS, begun, view, self.suggester.events)
        return await self._suggested.answer((begun, view, language()), ask)

    async def rehearse(self) -> None:
        """Answer what the empty box offers, so that the first reader does not pay for the start."""
        view = self.library.view(None, {})
        for offered in await self.events("", view):
            words = offered.label.split()[-2:]
            for text in (" ".join(words), words[-1] + "x", words[-1][:3]):
                await self.events(text, view)
                with suppress(BotError):  # Half a label may be no question at all.
                    await self.opened(text, view)

    async def close(self) -> None:
        """Close the file; waits for what is being read."""
        if self.clerk is not None:
            await self.clerk.close()
        await self.library.close()
