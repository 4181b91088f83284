"""A passage picked by chance, and the one passage that somebody means."""

import secrets
from collections.abc import Callable, Iterable

from bot.canon.answers import View
from bot.canon.archive import Archive
from bot.canon.quote import Quote, quote_of
from bot.canon.statements import COUNT_OF_LENGTH, PASSAGE_OF_LENGTH
from bot.errors import BotError
from bot.language.speech import say, say_many, say_quoted

_SHORTEST, _LONGEST = 40, 700
"""Characters of a passage that is worth a card of its own."""


class NoPassageError(BotError):
    """No passage that the asker may see is meant."""

    def __init__(self, nearest: Iterable[str] = ()) -> None:
        said = [say("The archive has no such passage for you here.")]
        if names := ", ".join(map(say_quoted, nearest)):
            said.append(say("The nearest names: {names}.", names=names))
        super().__init__(" ".join(said))


class SeveralPassagesError(BotError):
    """A date has several entries, and a card shows one."""

    def __init__(self, total: int) -> None:
        super().__init__(
            say_many(
                "{number} entry is dated so, and a card shows one. Pick it from what is offered "
                "while you type, or open it with /event and press **Quote card**.",
                "{number} entries are dated so, and a card shows one. Pick it from what is offered "
                "while you type, or open it with /event and press **Quote card**.",
                total,
            )
        )


async def passage_meant(archive: Archive, text: str, view: View) -> Quote:
    """Return the entry that *text* (a suggestion, a date or words) means, and what it says of it.

    Raises:
        NoPassageError, SeveralPassagesError, EmptyQueryError, QueryTooLongError.
    """
    answer = await archive.lookup.answer(text, view)
    if not answer.entries:
        raise NoPassageError(answer.nearest)
    if answer.by_date and answer.total > 1 and not answer.single:
        raise SeveralPassagesError(answer.total)
    return quote_of(answer.entries[0], answer.words)


async def passage_by_chance(
    archive: Archive, view: View, draw: Callable[[int], int] = secrets.randbelow
) -> Quote:
    """Return a passage of *view* that fits on a card, each as likely as the others.

    Raises:
        NoPassageError: there is none.
    """
    library = archive.library
    asked = {"scope": view.scope.json, "shortest": _SHORTEST, "longest": _LONGEST}
    total = (await library.file.fetch(COUNT_OF_LENGTH, asked))[0]["number"]
    if total:
        rows = await library.file.fetch(PASSAGE_OF_LENGTH, {**asked, "offset": draw(total)})
        entries = await library.entries([row["id"] for row in rows], view.scope)
        if entries:
            return quote_of(entries[0])
    raise NoPassageError
