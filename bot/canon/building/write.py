"""Writing a plan into a new canon file. The only writer a canon ever has."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from bot.canon.building.contradictions import dispute_key
from bot.canon.building.plan import CanonPlan, PassageRow, WorkRow
from bot.canon.building.vocabulary import Vocabulary
from bot.canon.dates import DateSpan, Precision
from bot.canon.models import Tier
from bot.canon.names import fold, variant_key
from bot.language.sayings import english, kept

APPLICATION_ID = 0x53414D43  # "SAMC"
SCHEMA = 4
"""Raised whenever schema.sql or what is computed for it changes: the bot then builds anew."""

_INSERTS = {
    "work": "INSERT INTO work (id, slug, title, folded, kind, author, credit, url, blurb, colour,"
    " diverges) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "era": "INSERT INTO era (work_id, name, edtf) VALUES (?, ?, ?)",
    "source": "INSERT INTO source (id, work_id, key, file, title, format, tier, chapter, words,"
    " sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "passage": "INSERT INTO passage (id, work_id, source_id, key, number, heading, text, tier,"
    " told_order) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "event": "INSERT INTO event (work_id, passage_id, key, title, written, edtf, first_day,"
    " last_day, precision, approximate, month_day, position, out_of_order, told_order)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "year": "INSERT INTO event_year (work_id, year, told_order, events) VALUES (?, ?, ?, ?)",
    "date": "INSERT INTO mentioned_date (passage_id, written, first_day, last_day, precision,"
    " month_day, told_order) VALUES (?, ?, ?, ?, ?, ?, ?)",
    "entity": "INSERT INTO entity (id, work_id, key, name, kind, blurb, concept, mentions,"
    " told_order) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "alias": "INSERT INTO alias (id, work_id, entity_id, text, folded, is_name, told_order)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)",
    "alias_trigram": "INSERT INTO alias_trigram (rowid, compact) VALUES (?, ?)",
    "mention": "INSERT INTO mention (entity_id, passage_id, position, times) VALUES (?, ?, ?, ?)",
    "text": "INSERT INTO passage_text (rowid, title, names, body) VALUES (?, ?, ?, ?)",
    "word": "INSERT INTO word (id, word, variant, passages) VALUES (?, ?, ?, ?)",
    "word_trigram": "INSERT INTO word_trigram (rowid, compact) VALUES (?, ?)",
    "word_work": "INSERT INTO word_work (word_id, work_id, told_order) VALUES (?, ?, ?)",
    "dispute": "INSERT INTO dispute (concept, about, here_id, here, here_told, here_key, there_id,"
    " there, there_told, there_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "warning": "INSERT INTO warning (file, line, message) VALUES (?, ?, ?)",
    "build": "INSERT INTO build (key, value) VALUES (?, ?)",
}

CANON_QUESTIONS = {
    "about": "SELECT key, value FROM build WHERE key IN ('schema', 'seeds')",
    "texts": "SELECT work.slug || '/' || passage.key, passage.text"
    " FROM passage JOIN work ON work.id = passage.work_id",
}
"""What a later build asks of the file that is there."""

Progress = Callable[[int], None]
"""Told how many passages have been written since the last call."""

_INDEXES = "-- Indexes, made when the tables are full: write.py splits this file at this line."
"""What schema.sql says from here on is done last: filling an index row by row takes longer."""
_CACHE_KIB = 16_384
_AT_ONCE = 1_000
"""Passages whose rows are gathered before they are inserted."""


def write(plan: CanonPlan, path: Path, about: Mapping[str, str], progress: Progress) -> None:
    """Write *plan* into the new file *path*, with the facts *about* the build, and check it."""
    schema = files("bot.canon.building").joinpath("schema.sql").read_text("utf-8")
    tables, indexes = schema.split(_INDEXES)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(
            # Nobody reads this file before it is whole and renamed: durability would buy nothing.
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;"
            f"PRAGMA cache_size = -{_CACHE_KIB};"
            f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA}; BEGIN;"
            + tables
        )
        _Writer(connection, progress).write(plan)
        connection.executemany(_INSERTS["build"], about.items())
        connection.execute("COMMIT")
        connection.executescript(indexes)
        connection.execute("ANALYZE")
        for table in ("passage_text", "alias_trigram", "word_trigram"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608
        problems = connection.execute("PRAGMA quick_check").fetchall()
        if problems != [("ok",)] or connection.execute("PRAGMA foreign_key_check").fetchall():
            raise sqlite3.DatabaseError(f"the new canon does not hold together: {problems[:3]}")


class _Writer:
    """Numbers the rows of a plan and inserts them, many at a time."""

    def __init__(self, connection: sqlite3.Connection, progress: Progress) -> None:
        self._sql = connection
        self._progress = progress
        self._sources = self._passages = self._entities = self._aliases = 0
        self._written = 0
        self._rows: dict[str, list[tuple[object, ...]]] = {}
        self._vocabulary = Vocabulary()
        self._years = Counter[tuple[int, int, int]]()
        self._mentions: list[tuple[int, int, int, int]] = []

    def write(self, plan: CanonPlan) -> None:
        ids = {work.slug: number for number, work in enumerate(plan.works, 1)}
        for work in plan.works:
            self._work(ids[work.slug], work)
            self._flush()
            # In the order of their key, else each is looked for a place in the midst of the others;
            # and the entities of one work are numbered before those of the next.
            self._sql.executemany(_INSERTS["mention"], sorted(self._mentions))
            self._mentions.clear()
        for work in plan.works:
            for dispute in _disputes(work, ids):
                self._add("dispute", *dispute)
        for note in plan.notes:
            self._add("warning", english(note.file), note.line, kept(note.message))
        for (work_id, year, told), events in sorted(self._years.items()):
            self._add("year", work_id, year, told, events)
        self._flush()
        self._words()

    def _add(self, table: str, *row: object) -> None:
        self._rows.setdefault(table, []).append(row)

    def _flush(self) -> None:
        for table, rows in self._rows.items():
            self._sql.executemany(_INSERTS[table], rows)
        self._rows.clear()
        self._progress(self._passages - self._written)
        self._written = self._passages

    def _work(self, work_id: int, work: WorkRow) -> None:
        entry = work.entry
        colour = int(entry.colour.removeprefix("#"), 16)
        named = (work_id, work.slug, work.title, fold(work.title), entry.kind, entry.author)
        self._add("work", *named, entry.credit, entry.url, entry.blurb, colour, entry.diverges)
        for name, edtf in work.eras:
            self._add("era", work_id, fold(name), edtf)
        first_entity = self._entities
        self._entity_rows(work_id, work)
        for source in work.sources:
            self._sources += 1
            listed = (self._sources, work_id, source.key, source.file, source.title, source.format)
            self._add("source", *listed, source.tier, source.chapter, source.words, source.sha256)
            for passage in source.passages:
                self._passage(work_id, work, passage, first_entity)

    def _entity_rows(self, work_id: int, work: WorkRow) -> None:
        counts = Counter[int]()
        for source in work.sources:
            for passage in source.passages:
                if passage.tier is not Tier.COMMENT:
                    for mention in passage.mentions:
                        counts[mention.entity] += mention.times
        for index, row in enumerate(work.entities):
            self._entities += 1
            named = (self._entities, work_id, row.key, row.name, row.kind, row.blurb, row.concept)
            self._add("entity", *named, counts[index], row.told)
            for alias in row.aliases:
                self._aliases += 1
                owned = (self._aliases, work_id, self._entities)
                self._add("alias", *owned, alias.text, alias.folded, alias.is_name, alias.told)
                self._add("alias_trigram", self._aliases, alias.folded.replace(" ", ""))

    def _passage(self, work_id: int, work: WorkRow, row: PassageRow, first_entity: int) -> None:
        self._passages += 1
        number, block = self._passages, row.block
        placed = (number, work_id, self._sources, row.key, row.number, block.heading or row.title)
        self._add("passage", *placed, block.text, row.tier, row.told)
        if block.span is not None and row.event_key is not None:
            span = block.span
            named = (work_id, number, row.event_key, row.title, block.written, span.edtf)
            days = (span.first, span.last, span.precision, span.approximate, _month_day(span))
            self._add("event", *named, *days, row.position, row.out_of_order, row.told)
            self._years[work_id, span.first_day.year, row.told] += 1
        for date in row.dates:
            days_said = (date.span.first, date.span.last, date.span.precision)
            self._add("date", number, date.written, *days_said, _month_day(date.span), row.told)
        for mention in row.mentions:
            entity = first_entity + mention.entity + 1
            self._mentions.append((entity, number, mention.position, mention.times))
        if row.tier is not Tier.COMMENT:
            self._index(work_id, work, row, number)
        if number % _AT_ONCE == 0:
            self._flush()

    def _index(self, work_id: int, work: WorkRow, row: PassageRow, number: int) -> None:
        """Make a passage findable. A reader's remark never is: it must not answer as fact."""
        body = fold(row.block.text)
        # An entry of one sentence is its own title.
        title = body if row.block.text.rstrip(".") == row.title else fold(row.title)
        names = " ".join(
            alias.folded
            for mention in row.mentions
            for alias in work.entities[mention.entity].aliases
            if alias.told <= row.told
        )
        self._add("text", number, title, names, body)
        words = {*title.split(), *body.split(), *names.split()}
        self._vocabulary.add(words, work_id, row.told)

    def _words(self) -> None:
        words = self._vocabulary.words()
        numbers = {word: number for number, (word, _passages) in enumerate(words, 1)}
        rows = ((numbers[word], word, variant_key(word), passages) for word, passages in words)
        self._sql.executemany(_INSERTS["word"], rows)
        numbered = ((number, word) for word, number in numbers.items())
        self._sql.executemany(_INSERTS["word_trigram"], numbered)
        said = self._vocabulary.first_said()
        placed = ((numbers[word], work, told) for word, work, told in said)
        self._sql.executemany(_INSERTS["word_work"], placed)


def _month_day(span: DateSpan) -> int | None:
    if span.precision is not Precision.DAY:
        return None
    return span.first_day.month * 100 + span.first_day.day


def _disputes(work: WorkRow, ids: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
    for row in work.disputes:
        here = (ids[work.slug], row.here, row.here_told, row.here_key)
        there = (ids[row.other], row.there, row.there_told, row.there_key)
        yield (dispute_key(row.about), row.about, *here, *there)


def described(plan: CanonPlan) -> str:
    """Return the counts of *plan* as JSON, for the file's own record."""
    passages = [row for work in plan.works for source in work.sources for row in source.passages]
    return json.dumps(
        {
            "works": len(plan.works),
            "sources": sum(len(work.sources) for work in plan.works),
            "passages": len(passages),
            "events": sum(row.event_key is not None for row in passages),
            "entities": sum(len(work.entities) for work in plan.works),
        }
    )
