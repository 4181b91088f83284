"""The documents of a work as passages: keyed, dated, and with the names they mention."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from bot.canon.building.formats.model import Block, ReadDocument
from bot.canon.building.formats.order import out_of_order
from bot.canon.building.headline import headline
from bot.canon.building.keys import KEY_LENGTH, EntryKeys
from bot.canon.building.lexicon import Told
from bot.canon.building.mentions import MentionFinder
from bot.canon.building.pieces import LONGEST, pieces
from bot.canon.building.rows import PassageRow, SourceRow
from bot.canon.building.seeds import DocumentEntry, SeedFile
from bot.canon.building.written_dates import mentioned_dates
from bot.canon.dates import DateSpan
from bot.canon.models import Tier
from bot.canon.names import short_hash, slug


@dataclass(frozen=True)
class Document:
    """A document as read, with what canon.toml says of it."""

    file: SeedFile
    entry: DocumentEntry
    read: ReadDocument

    @property
    def tier(self) -> Tier:
        """How canonical it is as a whole."""
        usual = Tier.TIMELINE if self.read.format == "timeline" else Tier.CHAPTER
        return self.entry.tier or self.read.tier or usual

    @property
    def title(self) -> str:
        """What it is called when it is cited."""
        given, own = self.entry.title, self.read.title
        if self.read.part and given and own:
            return f"{given} · {own}"
        return given or own or self.file.name


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a passage stands: from 1 in its source, from 1 in its work, and whether too late."""

    number: int
    position: int
    out_of_order: bool


def sources(documents: Sequence[Document], finder: MentionFinder) -> Iterator[SourceRow]:
    """Yield the sources; keys and the order of telling run through the whole work."""
    keys = EntryKeys()
    used: set[str] = set()
    position = 0
    for document in documents:
        rows: list[PassageRow] = []
        blocks = document.read.blocks
        late = {id(block) for block, _other in out_of_order(blocks)}
        for block in blocks:
            for piece, context in _pieces(block):
                position += 1
                is_late = piece.span is not None and id(block) in late
                place = _Place(len(rows) + 1, position, is_late)
                rows.append(_passage(document, piece, context, place, finder, keys))
        yield _source(document, tuple(rows), used)


def _source(document: Document, rows: tuple[PassageRow, ...], used: set[str]) -> SourceRow:
    file, read = document.file, document.read
    named = read.part or file.name.rpartition(".")[0] or file.name
    key = slug(named, KEY_LENGTH)
    if key in used:  # timeline.txt and timeline.md
        whole = f"{file.name} {read.part}".strip()
        key = f"{slug(whole, KEY_LENGTH - 7)}-{short_hash(whole, 6)}"
    used.add(key)
    return SourceRow(
        key,
        file.name,
        document.title,
        read.format,
        document.tier,
        read.chapter,
        sum(len(row.block.text.split()) for row in rows if row.tier is not Tier.COMMENT),
        sha256(file.raw).hexdigest(),
        rows,
    )


def _pieces(block: Block) -> Iterator[tuple[Block, DateSpan | None]]:
    """Yield *block* in parts of bounded length, each with the date it leans on.

    The first part of a dated entry stays the event; the others stand under its heading.
    """
    if len(block.text) <= LONGEST:
        yield block, block.span
        return
    title = block.title or headline(block.text)
    first, *others = pieces(block.text)
    yield replace(block, text=first, title=title if block.span else block.title), block.span
    heading = block.heading or (title if block.span else "")
    for text in others:
        rest = replace(block, text=text, span=None, written="", title="", heading=heading)
        yield rest, block.span


def _passage(
    document: Document,
    block: Block,
    context: DateSpan | None,
    place: _Place,
    finder: MentionFinder,
    keys: EntryKeys,
) -> PassageRow:
    """Return the row of *block*; the dates it mentions lean on *context*.

    A reader's remark is no event, whatever date it bears: it must not answer as fact.
    """
    tier = Tier.COMMENT if document.tier is Tier.COMMENT else block.tier or document.tier
    is_event = block.span is not None and tier is not Tier.COMMENT
    title = block.title or headline(block.text)
    key = keys.give(title, block.text, block.span, remark=tier is Tier.COMMENT)
    return PassageRow(
        key=key,
        number=place.number,
        block=block,
        tier=tier,
        told=document.read.chapter,
        title=title if is_event else block.heading,
        event_key=key if is_event else None,
        position=place.position,
        out_of_order=place.out_of_order,
        dates=mentioned_dates(block.text, context),
        mentions=finder.find(block.text),
    )


def without_hidden(sources: tuple[SourceRow, ...]) -> tuple[SourceRow, ...]:
    """Return *sources* with mentions inside longer names only for what is never named alone."""
    alone = {
        mention.entity
        for source in sources
        for row in source.passages
        for mention in row.mentions
        if not mention.within
    }
    return tuple(
        replace(source, passages=tuple(_visible(row, alone) for row in source.passages))
        for source in sources
    )


def _visible(row: PassageRow, alone: set[int]) -> PassageRow:
    kept = tuple(each for each in row.mentions if not (each.within and each.entity in alone))
    return row if len(kept) == len(row.mentions) else replace(row, mentions=kept)


def first_told(sources: Iterable[SourceRow]) -> Told:
    """Return the first chapter of entities and names, from remarks only where no other has any."""
    rows = [row for source in sources for row in source.passages]
    remarks = _lowest(row for row in rows if row.tier is Tier.COMMENT)
    told = _lowest(row for row in rows if row.tier is not Tier.COMMENT)
    return Told({**remarks[0], **told[0]}, {**remarks[1], **told[1]})


def _lowest(rows: Iterable[PassageRow]) -> tuple[dict[int, int], dict[int, int]]:
    entities: dict[int, int] = {}
    names: dict[int, int] = {}
    for row in rows:
        for mention in row.mentions:
            entities[mention.entity] = min(entities.get(mention.entity, row.told), row.told)
            for name in mention.names:
                names[name] = min(names.get(name, row.told), row.told)
    return entities, names
