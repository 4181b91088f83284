"""The works on the shelf: which one a name means; rows of works and entries made into models."""

import sqlite3
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from bot.canon.dates import DateSpan, Precision
from bot.canon.models import Dated, Entry, Source, Tier, Work, WorkKind
from bot.canon.names import fold, slug
from bot.errors import BotError
from bot.language.speech import say, say_choice, say_quoted

_NEAR_TITLE = 70.0
_HISTORY_NAMES = frozenset(
    map(
        fold,
        (
            *("otl", "our timeline", "real history", "history", "reality"),
            *("unsere Zeitlinie", "echte Geschichte", "реальная история", "реальность", "РИ"),
        ),
    )
)


class NoSuchWorkError(BotError):
    """No work in the canon answers to this name."""

    def __init__(self, name: str, nearest: Iterable[str]) -> None:
        titles = say_choice(map(say_quoted, nearest))
        hint = (
            say("Did you mean {names}?", names=titles)
            if titles
            else say("`/lore sources` lists what is here.")
        )
        said = say("No work here is called “{name}”.", name=name[:80])
        super().__init__(f"{said} {hint}")


def number_called(name: str, works: Mapping[int, Work]) -> int:
    """Return the row id of the work that *name* means: a key, a title in any spelling, or "OTL".

    Raises:
        NoSuchWorkError: with the titles that come nearest.
    """
    found = called(name, works)
    if found is not None:
        return found
    titles = {each: fold(work.title) for each, work in works.items()}
    near = process.extract(
        fold(name), titles, scorer=fuzz.WRatio, limit=3, score_cutoff=_NEAR_TITLE
    )
    if len(near) == 1 and near[0][1] >= 2 * _NEAR_TITLE - 50:
        return near[0][2]
    raise NoSuchWorkError(name, [works[each].title for _, _, each in near])


def called(name: str, works: Mapping[int, Work]) -> int | None:
    """Return the row id of the work of exactly this key, title or byname of history, or None."""
    folded = fold(name)
    for each, work in works.items():
        if folded in (fold(work.title), fold(work.slug)) or slug(name, 60) == work.slug:
            return each
    if folded in _HISTORY_NAMES:
        for each, work in works.items():
            if work.is_history:
                return each
    return None


def work_of(row: sqlite3.Row) -> Work:
    """Return the work of a row of the statement WORKS."""
    return Work(
        row["slug"],
        row["title"],
        WorkKind(row["kind"]),
        row["author"],
        row["credit"],
        row["url"],
        row["blurb"],
        row["colour"],
        row["diverges"],
    )


def source_of(row: sqlite3.Row) -> Source:
    """Return the source of a row of the statement SOURCES."""
    return Source(
        row["key"],
        row["title"],
        row["file"],
        row["format"],
        Tier(row["tier"]),
        row["chapter"],
        row["words"],
    )


def entry_of(row: sqlite3.Row, work: Work, source: Source) -> Entry:
    """Return the entry of a row of any statement that has the columns of an entry."""
    date = None
    if row["first_day"] is not None:
        span = DateSpan(
            row["first_day"],
            row["last_day"],
            Precision(row["precision"]),
            row["edtf"],
            bool(row["approximate"]),
        )
        date = Dated(row["written"], span, bool(row["out_of_order"]))
    title = row["title"] or source.title
    return Entry(row["key"], work, source, row["number"], title, row["text"], date)
