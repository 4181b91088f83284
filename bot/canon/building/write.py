"""Writing a plan into a new canon file. The only writer a canon ever has."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from bot.canon.building.plan import CanonPlan, PassageRow, SourceRow, WorkRow, dispute_key
from bot.canon.dates import DateSpan, Precision
from bot.canon.models import Tier
from bot.canon.names import fold, variant_key

APPLICATION_ID = 0x53414D43  # "SAMC"
SCHEMA = 1
"""Raised whenever schema.sql or what is computed for it changes: the bot then rebuilds by itself."""

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
    "dispute": "INSERT INTO dispute (concept, about, here_id, here, there_id, there)"
    " VALUES (?, ?, ?, ?, ?, ?)",
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


def write(plan: CanonPlan, path: Path, about: Mapping[str, str], progress: Progress) -> None:
    """Write *plan* into the new file *path*, with the facts *about* the build, and check it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(
            # Nobody reads this file before it is whole and renamed: durability would buy nothing.
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;"
            f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA};"
            "PRAGMA foreign_keys = ON; BEGIN;"
            + files("bot.canon.building").joinpath("schema.sql").read_text("utf-8")
        )
        _Writer(connection, progress).write(plan)
        connection.executemany(_INSERTS["build"], about.items())
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        for table in ("passage_text", "alias_trigram", "word_trigram"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608
        problems = connection.execute("PRAGMA integrity_check").fetchall()
        if problems != [("ok",)] or connection.execute("PRAGMA foreign_key_check").fetchall():
            raise sqlite3.DatabaseError(f"the new canon does not hold together: {problems[:3]}")


class _Writer:
    """Numbers the rows of a plan and inserts them, a work at a time."""

    def __init__(self, connection: sqlite3.Connection, progress: Progress) -> None:
        self._sql = connection
        self._progress = progress
        self._sources = self._passages = self._entities = self._aliases = 0
        # word → {work: first chapter}, and in how many passages.
        self._words: dict[str, dict[int, int]] = {}
        self._counts: dict[str, int] = {}

    def write(self, plan: CanonPlan) -> None:
        ids = {work.seed.slug: number for number, work in enumerate(plan.works, 1)}
        for work in plan.works:
            self._work(ids[work.seed.slug], work)
        self._vocabulary()
        for work in plan.works:
            self._sql.executemany(_INSERTS["dispute"], _disputes(work, ids))
        self._sql.executemany(
            _INSERTS["warning"], [(note.file, note.line, note.message) for note in plan.notes]
        )

    def _work(self, work_id: int, work: WorkRow) -> None:
        entry = work.seed.entry
        colour = int(entry.colour.removeprefix("#"), 16)
        row = (work_id, work.seed.slug, work.title, fold(work.title), entry.kind, entry.author)
        rest = (entry.credit, entry.url, entry.blurb, colour, entry.diverges)
        self._sql.execute(_INSERTS["work"], row + rest)
        self._sql.executemany(
            _INSERTS["era"], [(work_id, fold(name), edtf) for name, edtf in work.eras]
        )
        first_entity = self._entities
        self._entity_rows(work_id, work)
        for source in work.sources:
            self._source(work_id, work, source, first_entity)

    def _entity_rows(self, work_id: int, work: WorkRow) -> None:
        counts: dict[int, int] = {}
        for source in work.sources:
            for passage in source.passages:
                for mention in passage.mentions:
                    counts[mention.entity] = counts.get(mention.entity, 0) + mention.times
        for index, row in enumerate(work.entities):
            self._entities += 1
            self._sql.execute(
                _INSERTS["entity"],
                (self._entities, work_id, row.key, row.name, row.kind, row.blurb, row.concept)
                + (counts.get(index, 0), row.told),
            )
            for alias in row.aliases:
                self._aliases += 1
                self._sql.execute(
                    _INSERTS["alias"],
                    (self._aliases, work_id, self._entities, alias.text, alias.folded)
                    + (alias.is_name, alias.told),
                )
                compact = alias.folded.replace(" ", "")
                self._sql.execute(_INSERTS["alias_trigram"], (self._aliases, compact))

    def _source(self, work_id: int, work: WorkRow, source: SourceRow, first_entity: int) -> None:
        self._sources += 1
        self._sql.execute(
            _INSERTS["source"],
            (self._sources, work_id, source.key, source.file, source.title, source.format)
            + (source.tier, source.chapter, source.words, source.sha256),
        )
        for passage in source.passages:
            self._passage(work_id, work, passage, first_entity)
        self._progress(len(source.passages))

    def _passage(self, work_id: int, work: WorkRow, row: PassageRow, first_entity: int) -> None:
        self._passages += 1
        number, block = self._passages, row.block
        self._sql.execute(
            _INSERTS["passage"],
            (number, work_id, self._sources, row.key, row.number, block.heading or row.title)
            + (block.text, row.tier, row.told),
        )
        if block.span is not None and row.event_key is not None:
            self._sql.execute(
                _INSERTS["event"],
                (work_id, number, row.event_key, row.title, block.written, *_span(block.span))
                + (block.span.approximate, _month_day(block.span))
                + (row.position, row.out_of_order, row.told),
            )
        self._sql.executemany(
            _INSERTS["date"],
            [
                (number, date.written, date.span.first, date.span.last, date.span.precision)
                + (_month_day(date.span), row.told)
                for date in row.dates
            ],
        )
        self._sql.executemany(
            _INSERTS["mention"],
            [(first_entity + m.entity + 1, number, m.position, m.times) for m in row.mentions],
        )
        if row.tier is not Tier.COMMENT:
            self._index(work_id, work, row, number)

    def _index(self, work_id: int, work: WorkRow, row: PassageRow, number: int) -> None:
        """Make a passage findable. A reader's remark never is: it must not answer as fact."""
        title, body = fold(row.title), fold(row.block.text)
        names = " ".join(
            alias.folded
            for mention in row.mentions
            for alias in work.entities[mention.entity].aliases
            if alias.told <= row.told
        )
        self._sql.execute(_INSERTS["text"], (number, title, names, body))
        for word in {*title.split(), *body.split(), *names.split()}:
            works = self._words.setdefault(word, {})
            works[work_id] = min(works.get(work_id, row.told), row.told)
            self._counts[word] = self._counts.get(word, 0) + 1

    def _vocabulary(self) -> None:
        for number, word in enumerate(sorted(self._words), 1):
            self._sql.execute(
                _INSERTS["word"], (number, word, variant_key(word), self._counts[word])
            )
            self._sql.execute(_INSERTS["word_trigram"], (number, word))
            self._sql.executemany(
                _INSERTS["word_work"],
                [(number, work, told) for work, told in self._words[word].items()],
            )


def _span(span: DateSpan) -> tuple[str, int, int, str]:
    return span.edtf, span.first, span.last, span.precision


def _month_day(span: DateSpan) -> int | None:
    if span.precision is not Precision.DAY:
        return None
    return span.first_day.month * 100 + span.first_day.day


def _disputes(
    work: WorkRow, ids: Mapping[str, int]
) -> Iterator[tuple[str, str, int, str, int, str]]:
    for dispute in work.seed.entry.dispute:
        other, _, there = dispute.there.partition(":")
        if other in ids:
            about = dispute.about
            here = ids[work.seed.slug]
            yield dispute_key(about), about, here, dispute.here, ids[other], there.strip()


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
