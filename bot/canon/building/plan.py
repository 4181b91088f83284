"""From what the seeds say to the rows of a canon. Pure: the same seeds give the same plan."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from bot.canon.building.decode import decode
from bot.canon.building.formats import read_document
from bot.canon.building.formats.model import Block, ReadDocument
from bot.canon.building.headline import headline
from bot.canon.building.lexicon import EntityRow, Lexicon
from bot.canon.building.mentions import Mention, MentionFinder
from bot.canon.building.seeds import DocumentEntry, SeedFile, WorkSeed
from bot.canon.building.written_dates import MentionedDate, mentioned_dates
from bot.canon.models import Tier
from bot.canon.names import name_key, short_hash, slug
from bot.canon.query import parse_iso_span
from bot.errors import Fault, SeedError

KEY_LENGTH = 44
"""Characters of a passage's or an entity's key; a button's id holds work and key (100 in all)."""


@dataclass(frozen=True)
class PassageRow:
    """A passage with all that hangs on it; *title* and the date only where it is an event."""

    key: str
    number: int
    block: Block
    tier: Tier
    told: int
    title: str
    event_key: str | None
    position: int
    out_of_order: bool
    dates: tuple[MentionedDate, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class SourceRow:
    """A document and its passages, in order."""

    key: str
    file: str
    title: str
    format: str
    tier: Tier
    chapter: int
    words: int
    sha256: str
    passages: tuple[PassageRow, ...]


@dataclass(frozen=True)
class WorkRow:
    """A work whole. *entities* are referred to by their index."""

    seed: WorkSeed
    title: str
    eras: tuple[tuple[str, str], ...]
    sources: tuple[SourceRow, ...]
    entities: tuple[EntityRow, ...]


@dataclass(frozen=True)
class CanonPlan:
    """Everything a build writes. *notes* are warnings: read, kept, but worth a look."""

    works: tuple[WorkRow, ...]
    notes: tuple[Fault, ...]


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
    works = tuple(work for seed in seeds for work in _work(seed, reading))
    slugs = {seed.slug for seed in seeds}
    for seed in seeds:
        for dispute in seed.entry.dispute:
            other = dispute.there.partition(":")[0]
            if other not in slugs:
                reading.notes.append(
                    Fault(
                        f"{seed.slug}/canon.toml",
                        None,
                        f"a dispute about “{dispute.about}” names the work “{other}”, which is not here",
                    )
                )
    if reading.faults:
        raise SeedError(reading.faults)
    return CanonPlan(works, tuple(reading.notes))


def _work(seed: WorkSeed, reading: _Reading) -> Iterator[WorkRow]:
    listed = {entry.file: entry for entry in seed.entry.document}
    documents: list[tuple[SeedFile, DocumentEntry, ReadDocument]] = []
    for file in seed.documents:
        entry = listed.get(file.name, DocumentEntry(file=file.name))
        try:
            document = read_document(decode(file.raw, file.shown), file.shown, entry.format)
        except SeedError as error:
            reading.faults.extend(error.faults)
            continue
        reading.notes.extend(document.notes)
        documents.append((file, entry, document))
    eras = tuple(_eras(seed, reading))
    lexicon = Lexicon(seed, reading.faults)
    for _file, _entry, document in documents:
        lexicon.learn(block.text for block in document.blocks if block.tier is not Tier.COMMENT)
    finder = MentionFinder(lexicon.names())
    sources = tuple(_sources(documents, finder))
    yield WorkRow(seed, _title(seed, documents), eras, sources, lexicon.rows(sources_told(sources)))


def _title(
    seed: WorkSeed, documents: Sequence[tuple[SeedFile, DocumentEntry, ReadDocument]]
) -> str:
    """Return the given title; without canon.toml, that of the only document, else the folder's."""
    titles = [document.title for _, _, document in documents if document.title]
    if not seed.has_entry and len(documents) == 1 and titles:
        return titles[0][:100]
    return seed.entry.title


def _eras(seed: WorkSeed, reading: _Reading) -> Iterator[tuple[str, str]]:
    for name, text in seed.entry.eras.items():
        try:
            yield name, parse_iso_span(text).edtf
        except ValueError as error:
            reading.faults.append(Fault(f"{seed.slug}/canon.toml", None, f"eras.{name}: {error}"))


def _sources(
    documents: Iterable[tuple[SeedFile, DocumentEntry, ReadDocument]], finder: MentionFinder
) -> Iterator[SourceRow]:
    """Yield the sources; keys and the order of telling run through the whole work."""
    keys = _Keys()
    position = 0
    ordered = sorted(documents, key=lambda row: row[1].chapter)
    for file, entry, document in ordered:
        keys.announce(_wanted_keys(document))
    for file, entry, document in ordered:
        tier = entry.tier or (Tier.TIMELINE if document.format == "timeline" else Tier.CHAPTER)
        rows: list[PassageRow] = []
        latest = 0
        for block in document.blocks:
            position += 1
            out_of_order = block.span is not None and block.span.last < latest
            latest = max(latest, block.span.first) if block.span else latest
            rows.append(
                _passage(
                    block, len(rows) + 1, tier, entry.chapter, position, out_of_order, finder, keys
                )
            )
        yield SourceRow(
            slug(file.name.rpartition(".")[0] or file.name, KEY_LENGTH),
            file.name,
            entry.title or document.title or file.name,
            document.format,
            tier,
            entry.chapter,
            sum(len(b.text.split()) for b in document.blocks if b.tier is not Tier.COMMENT),
            sha256(file.raw).hexdigest(),
            tuple(rows),
        )


def _wanted_keys(document: ReadDocument) -> Iterator[tuple[str, str]]:
    for block in document.blocks:
        yield _wanted_key(block), block.text


def _wanted_key(block: Block) -> str:
    """Return the key *block* has when no other wants the same: its date, if any, and its title."""
    title = block.title or headline(block.text)
    if block.span is None:
        return slug(title, KEY_LENGTH)
    day = block.span.edtf.replace("/", "_").replace("~", "")[:21]
    return f"{day}-{slug(title, KEY_LENGTH - len(day) - 1)}"


class _Keys:
    """Hands out keys that depend on an entry's own content alone.

    Adding, removing or reordering other entries leaves a key as it was; two entries that want the
    same one both carry a hash of their text, and exact copies a running number.
    """

    def __init__(self) -> None:
        self._texts: dict[str, set[str]] = defaultdict(set)
        self._given: dict[str, int] = defaultdict(int)

    def announce(self, wanted: Iterable[tuple[str, str]]) -> None:
        for key, text in wanted:
            self._texts[key].add(text)

    def give(self, key: str, text: str) -> str:
        if len(self._texts[key]) > 1:
            key = f"{key[: KEY_LENGTH - 5]}-{short_hash(text, 4)}"
        self._given[key] += 1
        count = self._given[key]
        return key if count == 1 else f"{key[: KEY_LENGTH - 4]}-{count}"


def _passage(
    block: Block,
    number: int,
    tier: Tier,
    told: int,
    position: int,
    out_of_order: bool,  # noqa: FBT001 - a column, not a switch
    finder: MentionFinder,
    keys: _Keys,
) -> PassageRow:
    title = block.title or headline(block.text)
    key = keys.give(_wanted_key(block), block.text)
    is_event = block.span is not None
    return PassageRow(
        key=key,
        number=number,
        block=block,
        tier=block.tier or tier,
        told=told,
        title=title if is_event else block.heading,
        event_key=key if is_event else None,
        position=position,
        out_of_order=out_of_order,
        dates=mentioned_dates(block.text, block.span),
        mentions=finder.find(block.text),
    )


def sources_told(sources: Iterable[SourceRow]) -> dict[int, int]:
    """Return entity → the first chapter that names it."""
    told: dict[int, int] = {}
    for source in sources:
        for passage in source.passages:
            for mention in passage.mentions:
                told[mention.entity] = min(told.get(mention.entity, passage.told), passage.told)
    return told


def dispute_key(about: str) -> str:
    """Return what a dispute is filed under: the folded name of what it is about."""
    return name_key(about)
