"""How often the first answer is right: ours beside peers, over the golden set; and the dates."""

import re
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

from benchmarks.canon_peers import FIVE, PEERS, Shelves, corpus
from bot.canon.library import Library
from bot.canon.lookup import Lookup
from bot.canon.query import parse_query
from tests.canon.golden.forms import NO_DATES, ROWS, ask, said, written
from tests.canon.golden.reading import Question, judged, named, paragraphs, questions

FIRST, WITHIN_FIVE, WRONG_ALONE = 0.95, 0.99, 0.01
HEAD = f"{'the golden set':<22}{'asked':>7}{'first':>10}{'in five':>10}{'wrong, alone':>14}"
_YEAR = re.compile(r"\d{4}")


async def accuracy(canon: Path, over: str) -> bool:
    """Print how ours and each peer answer the golden questions; tell whether ours is right enough.

    A peer is right when the first of its passages is one that may come first; ours must also give
    the whole list where a date asks for one. Peers show one answer above others, always.
    """
    library = await Library.open(canon)
    try:
        asked, lookup = questions(over), Lookup(library)
        verdicts = [await judged(question, lookup, library) for question in asked]
        numbers = await paragraphs(library)
        every = await library.entries(range(1, 1_000_000), library.view(None).everything)
        names = {entry.reference: named(entry, numbers) for entry in every}
        works = {library.view(each.work).work: each.work for each in asked if each.work}
        slugs = {called: work.slug for work, called in works.items() if work}
        stories = [work.slug for work in library.works.values() if not work.is_history]
    finally:
        await library.close()
    count = len(asked)
    first = sum(verdict.first for verdict in verdicts) / count
    five = sum(verdict.within_five for verdict in verdicts) / count
    wrong = sum(verdict.wrong_single for verdict in verdicts) / count
    met = first >= FIRST and five >= WITHIN_FIVE and wrong <= WRONG_ALONE
    print(HEAD)
    print(_row("Samizdat", count, first, five) + f"{wrong:>14.1%}  {'ok' if met else 'MISSED'}")
    held = corpus(canon)
    for name, make in PEERS.items():
        shelves = Shelves(make, held, stories)
        came = [
            [names[each] for each in shelves.find(one.ask, slugs.get(one.work or ""))]
            for one in asked
        ]
        right = sum(_right(one, found[:1]) for one, found in zip(asked, came, strict=True))
        near = sum(_right(one, found[:FIVE]) for one, found in zip(asked, came, strict=True))
        print(_row(f"  {name}", count, right / count, near / count))
    print()
    return met


def _row(name: str, count: int, first: float, five: float) -> str:
    return f"{name:<22}{count:>7}{first:>10.1%}{five:>10.1%}"


def _right(question: Question, came: Sequence[str]) -> bool:
    return not came if question.miss else not question.first.isdisjoint(came)


def grammar(canon: Path) -> bool:
    """Print how many forms of dates are read, and false dates; tell whether all is right."""
    forms = [row for row in ROWS if row[1] != "none"]
    read = sum(
        (span := ask(typed).span) is not None and said(span) == written(days)
        for typed, days, *_ in forms
    )
    plain = list(NO_DATES)
    with closing(connect(f"file:{canon}?mode=ro", uri=True)) as connection:
        titles = [row[0] for row in connection.execute("SELECT title FROM event")]
    undated = plain + [title for title in titles if not _YEAR.search(title)]
    false = [text for text in undated if parse_query(text).span or parse_query(text).anniversary]
    met = read == len(forms) and not false
    print(
        f"dates: {read} of {len(forms)} forms read, {len(false)} false of {len(undated)} texts"
        f" and titles without one  {'ok' if met else 'MISSED'}\n"
    )
    return met
