"""`/lore sources`: what the library holds, as far as a reader has read."""

import sqlite3

from bot.canon.answers import Catalogue, Holding, SourceCount, View
from bot.canon.library import Library
from bot.canon.statements import BUILD, COUNTS, SOURCES, WARNINGS
from bot.errors import Fault
from bot.language.sayings import saying_kept


async def catalogue(library: Library, view: View) -> Catalogue:
    """Return the works and documents of *view*, when they were read and what was noticed then.

    A chapter that the reader has not reached is absent, with its title, its words and whatever the
    build noticed in it.
    """
    ceilings = dict(view.everything.works)
    sources = [
        row
        for row in await library.file.fetch(SOURCES)
        if row["chapter"] <= ceilings.get(row["work_id"], -1)
    ]
    counts = {row["source_id"]: row for row in await library.file.fetch(COUNTS)}
    build = {row["key"]: row["value"] for row in await library.file.fetch(BUILD)}
    holdings = tuple(
        Holding(
            work,
            tuple(_counted(row, counts[row["id"]]) for row in sources if row["work_id"] == number),
        )
        for number, work in library.works.items()
        if number in ceilings
    )
    shown = {f"{library.works[row['work_id']].slug}/{row['file']}" for row in sources}
    warnings = tuple(
        str(Fault(row["file"], row["line"], saying_kept(row["message"])))
        for row in await library.file.fetch(WARNINGS)
        if row["file"] in shown
    )
    return Catalogue(holdings, int(build.get("built_at", "0")), warnings)


def _counted(row: sqlite3.Row, counts: sqlite3.Row) -> SourceCount:
    return SourceCount(
        row["title"],
        row["file"],
        row["tier"],
        row["words"],
        counts["passages"],
        counts["events"],
    )
