"""One canon with everything that answers from it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from bot.canon.almanac import Almanac
from bot.canon.compare import Comparer
from bot.canon.library import Library, PageOf
from bot.canon.lookup import Lookup
from bot.canon.passages import PassageSearch
from bot.canon.registry import Registry
from bot.canon.suggest import Suggester


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

    @classmethod
    async def open(cls, path: Path, page_of: PageOf = lambda _slug: None) -> Self:
        """Open the canon at *path*; *page_of* as `Library.open` has it."""
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
        )

    async def close(self) -> None:
        """Close the file; waits for what is being read."""
        await self.library.close()
