"""What else one might search a canon with, set up as its documentation shows: no tuning, no dates.

RapidFuzz's WRatio over all names and titles, SQLite's FTS5 with its Porter stemmer, tantivy with
its English stemmer. Each is given the same passages, and the same order of asking: the stories,
then real history when they have nothing.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import tantivy
from rapidfuzz import fuzz, process

FIVE = 5


@dataclass(frozen=True)
class Text:
    """A passage: its reference, its work's slug, its title (if any) and its text."""

    reference: str
    work: str
    title: str
    body: str


@dataclass(frozen=True)
class Corpus:
    """What a canon file holds. *names*: every name with the first passage that says it."""

    texts: tuple[Text, ...]
    names: tuple[tuple[str, str, str], ...]

    def of(self, works: Iterable[str]) -> "Corpus":
        """Return what of it belongs to *works*."""
        kept = frozenset(works)
        return Corpus(
            tuple(text for text in self.texts if text.work in kept),
            tuple(name for name in self.names if name[1] in kept),
        )


Find = Callable[[str], list[str]]
"""Takes a query and returns references, the best first, at most five."""


def corpus(canon: Path) -> Corpus:
    """Read the passages (without readers' remarks) and the names of a canon file."""
    with closing(sqlite3.connect(f"file:{canon}?mode=ro", uri=True)) as connection:
        texts = connection.execute(
            "SELECT work.slug || '/' || passage.key, work.slug, COALESCE(event.title, ''),"
            " passage.text FROM passage JOIN work ON work.id = passage.work_id"
            " LEFT JOIN event ON event.passage_id = passage.id WHERE passage.tier <> 'comment'"
        ).fetchall()
        names = connection.execute(
            "SELECT alias.text, work.slug, work.slug || '/' || passage.key, MIN(passage.id)"
            " FROM alias JOIN work ON work.id = alias.work_id"
            " JOIN mention ON mention.entity_id = alias.entity_id"
            " JOIN passage ON passage.id = mention.passage_id GROUP BY alias.id"
        ).fetchall()
    return Corpus(
        tuple(Text(*row) for row in texts),
        tuple((name, work, reference) for name, work, reference, _ in names),
    )


def rapidfuzz(held: Corpus) -> Find:
    """Return WRatio over all names and titles; like its own default, it always finds something."""
    named = [(name, reference) for name, _, reference in held.names]
    named += [(text.title, text.reference) for text in held.texts if text.title]
    choices = [name for name, _ in named]

    def find(query: str) -> list[str]:
        near = process.extract(query, choices, scorer=fuzz.WRatio, limit=FIVE)
        return list(dict.fromkeys(named[at][1] for _, _, at in near))

    return find


def fts5(held: Corpus) -> Find:
    """Return FTS5 with the Porter stemmer: all words, else any of them, by bm25."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.execute(
        "CREATE VIRTUAL TABLE t USING fts5 (reference UNINDEXED, title, body,"
        " tokenize = 'porter unicode61')"
    )
    rows = [(text.reference, text.title, text.body) for text in held.texts]
    connection.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
    ask = "SELECT reference FROM t WHERE t MATCH ? ORDER BY rank LIMIT 5"

    def find(query: str) -> list[str]:
        words = [f'"{word}"' for word in re.findall(r"\w+", query)]
        for between in (" AND ", " OR "):
            if words and (found := connection.execute(ask, (between.join(words),)).fetchall()):
                return [row[0] for row in found]
        return []

    return find


def tantivy_search(held: Corpus) -> Find:
    """Return tantivy with the English stemmer over title and text."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("reference", stored=True)
    builder.add_text_field("title", tokenizer_name="en_stem")
    builder.add_text_field("body", tokenizer_name="en_stem")
    index = tantivy.Index(builder.build())
    writer = index.writer()
    for text in held.texts:
        writer.add_document(
            tantivy.Document(reference=text.reference, title=text.title, body=text.body)
        )
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def find(query: str) -> list[str]:
        parsed, _ = index.parse_query_lenient(query, ["title", "body"])
        hits = searcher.search(parsed, FIVE).hits
        return [str(searcher.doc(address)["reference"][0]) for _, address in hits]

    return find


PEERS: dict[str, Callable[[Corpus], Find]] = {
    "RapidFuzz WRatio": rapidfuzz,
    "FTS5 porter": fts5,
    "tantivy en_stem": tantivy_search,
}


class Shelves:
    """One peer over the works of a canon: asked like ours, one work or the stories first."""

    def __init__(
        self, make: Callable[[Corpus], Find], held: Corpus, stories: Sequence[str]
    ) -> None:
        works = sorted({text.work for text in held.texts})
        history = [work for work in works if work not in stories]
        self._of_work = {work: make(held.of([work])) for work in works}
        self._in_turn = [make(held.of(group)) for group in (stories, history) if group]

    def find(self, query: str, work: str | None) -> list[str]:
        """Return what *query* brings of *work*, or of the first group that has anything."""
        if work:
            return self._of_work[work](query)
        return next((found for find in self._in_turn if (found := find(query))), [])
