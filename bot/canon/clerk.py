"""The clerk: a process that answers what is asked most, on a processor core of its own.

In threads of the bot's process each question and the event loop take Python's one lock from each
other a hundred times; at 200 questions a second that costs more than the answers. The clerk reads
the same file and gives the same answers. Where there is none, or it fails, they are given here.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from bot.canon.answers import Answer, Reading, View
from bot.canon.library import Library
from bot.canon.lookup import Lookup
from bot.canon.models import Work
from bot.canon.suggest import Suggester
from bot.language.catalogues import load as load_languages
from bot.language.speech import language, speaking
from bot.workers.worker import Worker, WorkerFailedError, WorkerLostError

T = TypeVar("T")
Opened = tuple[Answer, Reading | None]
Desk = Callable[[str, View], Coroutine[Any, Any, T]]

OPENED, EVENTS = "opened", "events"
_DEADLINE = 5.0
"""Seconds: no question takes a tenth of that."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Which canon the clerk opens; *pages*: works' slugs and where each may be read."""

    path: str
    pages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks of which desk, in which language."""

    desk: str
    text: str
    view: View
    language: str


class Clerk:
    """The process, as the bot sees it."""

    def __init__(self, path: Path, works: Iterable[Work]) -> None:
        """Begin it in the background, for the canon at *path*."""
        pages = tuple((work.slug, work.page) for work in works if work.page is not None)
        self.worker = Worker(
            "bot.canon.clerk:open_desks", Opening(str(path.resolve()), pages), deadline=_DEADLINE
        )
        self.worker.begin()

    async def answer(self, desk: str, text: str, view: View, here: Desk[T]) -> T:
        """Return the answer of *desk*; of *here*, the same one in this process, at need.

        Raises:
            Whatever *here* raises: what is wrong with a question is said by it.
        """
        if not self.worker.is_ready:
            self.worker.begin()
            return await here(text, view)
        try:
            found = await self.worker.ask(Question(desk, text, view, language()))
        except (WorkerLostError, WorkerFailedError):
            return await here(text, view)
        return cast("T", found)

    async def close(self) -> None:
        """End it."""
        await self.worker.close()


async def asked(clerk: Clerk | None, desk: str, text: str, view: View, here: Desk[T]) -> T:
    """Return the answer of *clerk*, and of *here* where there is none."""
    return await (here(text, view) if clerk is None else clerk.answer(desk, text, view, here))


def open_desks(opening: Opening) -> Callable[[Question], object]:
    """Open a canon and return what answers questions to it: the process's own side."""
    load_languages()
    pages = dict(opening.pages)
    library = asyncio.run(Library.open(Path(opening.path), pages.get))
    lookup, suggester = Lookup(library), Suggester(library)
    desks: dict[str, Desk[Any]] = {OPENED: lookup.opened, EVENTS: suggester.events}

    def answer(question: Question) -> object:
        with speaking(question.language):
            return library.file.answer_here(desks[question.desk](question.text, question.view))

    return answer
