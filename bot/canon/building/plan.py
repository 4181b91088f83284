"""From what the seeds say to the rows of a canon. Pure: the same seeds give the same plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.canon.building.contradictions import with_disputes
from bot.canon.building.keys import KEY_LENGTH
from bot.canon.building.lexicon import Lexicon
from bot.canon.building.mentions import MentionFinder
from bot.canon.building.passages import Document, first_told, sources, without_hidden
from bot.canon.building.reading import Given, read_files
from bot.canon.building.rows import CanonPlan, PassageRow, SourceRow, WorkRow
from bot.canon.building.seeds import DocumentEntry, WorkSeed
from bot.canon.models import Tier
from bot.canon.names import fold
from bot.canon.query import parse_iso_span
from bot.errors import Fault, SeedError

__all__ = [
    "KEY_LENGTH",
    "CanonPlan",
    "PassageRow",
    "SourceRow",
    "WorkRow",
    "plan",
]


@dataclass
class _Reading:
    """What is gathered while a work is read; faults end the build, notes do not."""

    notes: list[Fault] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def plan(seeds: Sequence[WorkSeed]) -> CanonPlan:
    """Return the canon that *seeds* make.

    Raises:
        SeedError: a document cannot be read, or the works contradict the rules; names them all.
    """
    reading = _Reading()
    works = [_work(seed, reading) for seed in seeds]
    works = with_disputes(works, seeds, reading.notes)
    if reading.faults:
        raise SeedError(reading.faults)
    return CanonPlan(tuple(works), tuple(reading.notes))


def _work(seed: WorkSeed, reading: _Reading) -> WorkRow:
    documents = sorted(_documents(seed, reading), key=lambda document: document.read.chapter)
    eras = tuple(_eras(seed, reading))
    lexicon = Lexicon(seed, reading.faults)
    for document in documents:
        if document.tier is not Tier.COMMENT:
            blocks = document.read.blocks
            lexicon.learn(block.text for block in blocks if block.tier is not Tier.COMMENT)
    finder = MentionFinder(lexicon.names())
    rows = without_hidden(tuple(sources(documents, finder)))
    entities = lexicon.rows(first_told(rows))
    title = _title(seed, documents)
    return WorkRow(seed.slug, seed.entry, title, eras, rows, entities, ())


def _documents(seed: WorkSeed, reading: _Reading) -> Iterator[Document]:
    listed = {entry.file: entry for entry in seed.entry.document}
    entries = [listed.get(file.name, DocumentEntry(file=file.name)) for file in seed.documents]
    given = [
        Given(file.shown, file.raw, entry.format, entry.chapter)
        for file, entry in zip(seed.documents, entries, strict=True)
    ]
    for found in read_files(given, reading.faults):
        reading.notes.extend(found.document.notes)
        yield Document(seed.documents[found.file], entries[found.file], found.document)


def _title(seed: WorkSeed, documents: Sequence[Document]) -> str:
    """Return the given title; that of a document that lies without a folder is its own."""
    titles = {document.read.whole or document.read.title for document in documents} - {""}
    if seed.loose and len(titles) == 1 and len({each.file.name for each in documents}) == 1:
        return titles.pop()[:100]
    return seed.entry.title


def _eras(seed: WorkSeed, reading: _Reading) -> Iterator[tuple[str, str]]:
    known: set[str] = set()
    for name, text in seed.entry.eras.items():
        key, message = fold(name), ""
        try:
            span = parse_iso_span(text)
        except ValueError as error:
            message = str(error)
        if not key:
            message = "its name holds no letter and no number"
        elif key in known:
            message = "another era is called the same"
        if message:
            reading.faults.append(seed.canon_fault(("eras", name), f"eras.{name}: {message}"))
            continue
        known.add(key)
        yield name, span.edtf
