"""The passages that may answer: rows of the index, made ready for the ranking."""

import sqlite3

from bot.canon.dates import DateSpan
from bot.canon.file import CanonFile, Scope
from bot.canon.ranking import Candidate
from bot.canon.word_statements import PASSAGES_BY_TEXT, PASSAGES_WITHIN

_FEW = 200
CANDIDATES = 60
"""Passages that are looked at closely; bm25 has put the likely ones among them."""


async def passages(
    file: CanonFile, match: str, span: DateSpan | None, scope: Scope, *, quick: bool = False
) -> list[sqlite3.Row]:
    """Return the likeliest passages for an FTS5 expression, within *span* where it is given.

    Few days are looked through whole: to weigh everything that says a common word takes longer.
    """
    if span:
        days = {**file.days(span, scope, _FEW), "match": match}
        rows = await file.fetch(PASSAGES_WITHIN, days, quick=quick)
        if len(rows) < _FEW:
            return rows
    parameters = {
        "scope": scope.json,
        "match": match,
        "first": span.first if span else None,
        "last": span.last if span else None,
        "limit": CANDIDATES,
    }
    return await file.fetch(PASSAGES_BY_TEXT, parameters, quick=quick)


def candidate(row: sqlite3.Row, named_at: int | None = None) -> Candidate:
    """Return a row of PASSAGES_BY_TEXT as what the ranking looks at."""
    return Candidate(
        row["id"],
        row["title"],
        row["names"],
        row["body"],
        row["rank"],
        row["first_day"],
        row["position"] or 0,
        named_at,
    )
