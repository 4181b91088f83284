"""What a document would become, before anybody adds it: for uploads, which nobody vouches for.

Pure and blocking: it reads bytes that are in memory and touches no disk, so that it may be called
by `asyncio.to_thread`. Its time has a bound, as the bytes, the lines and the elements of what it
reads have one.
"""

from dataclasses import dataclass

from bot.canon.building.headline import headline
from bot.canon.building.reading import Given, read_files
from bot.canon.building.seed_files import printable
from bot.canon.dates import DateSpan
from bot.canon.models import Tier
from bot.errors import Fault, SeedError
from bot.language.sayings import Saying

LARGEST = 5_000_000
"""Bytes of an upload at most."""
MOST_LINES = 80_000
"""Lines of an upload at most: each may be an entry, and each costs its time."""
MOST_WARNINGS = 10
_TITLES = 3
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class DatedEntry:
    """When an entry happened, as the document writes it and as it was understood."""

    written: str
    span: DateSpan


@dataclass(frozen=True, slots=True)
class Preview:
    """What was found in a document.

    *entries* counts the dated ones, *passages* all that would be found by its words, of which
    *comments* are readers' remarks. *first* and *last* are the entries that happened first and
    last, None where none is dated. *chapters* are the titles of a book's or thread's chapters in
    the order of telling, empty for a single document. *titles* are those of the first entries, or
    passages where none is dated. *warnings* are for its owner, at most
    `MOST_WARNINGS`; *more_warnings* counts those left out.
    """

    format: str
    title: str
    entries: int
    passages: int
    comments: int
    words: int
    first: DatedEntry | None
    last: DatedEntry | None
    chapters: tuple[str, ...]
    titles: tuple[str, ...]
    warnings: tuple[Fault, ...]
    more_warnings: int = 0


def preview(name: str, data: bytes, *, stated: str | None = None, chapter: int = 0) -> Preview:
    """Return what the file *name* with the bytes *data* would become. Blocking.

    *stated* is the format its owner says it has, None to recognise it; *chapter* the first one it
    tells. *name* is hostile, too: only what can be shown of it is repeated.

    Raises:
        SeedError: it cannot be read; `faults` say in one sentence each what is wrong and where.
    """
    shown = printable(name)[-_LONGEST_NAME:] or "document"
    if len(data) > LARGEST:
        sentence = Saying(
            "It is {size} MB, and an upload may have {limit} MB at most.",
            size=-(-len(data) // 1_000_000),
            limit=LARGEST // 1_000_000,
        )
        raise SeedError([Fault(shown, None, sentence)])
    if max(data.count(b"\n"), data.count(b"\r")) > MOST_LINES:
        sentence = Saying(
            "It has more than {most} lines, which is too much for an upload.", most=MOST_LINES
        )
        raise SeedError([Fault(shown, MOST_LINES + 1, sentence)])
    faults: list[Fault] = []
    found = read_files([Given(shown, data, stated, chapter)], faults)
    if faults:
        raise SeedError(faults)
    documents = [one.document for one in found]
    blocks = [block for document in documents for block in document.blocks]
    told = [block for block in blocks if block.tier is not Tier.COMMENT]
    dated = [DatedEntry(block.written, block.span) for block in told if block.span is not None]
    named = [block for block in told if block.span is not None] or told
    notes = [note for document in documents for note in document.notes]
    return Preview(
        format=documents[0].format,
        title=documents[0].whole or documents[0].title,
        entries=len(dated),
        passages=len(blocks),
        comments=len(blocks) - len(told),
        words=sum(len(block.text.split()) for block in told),
        first=min(dated, key=lambda one: one.span.first, default=None),
        last=max(dated, key=lambda one: one.span.last, default=None),
        chapters=tuple(document.title for document in documents if document.part),
        titles=tuple(block.title or headline(block.text) for block in named[:_TITLES]),
        warnings=tuple(notes[:MOST_WARNINGS]),
        more_warnings=max(len(notes) - MOST_WARNINGS, 0),
    )
