"""Timelines: dated entries, in any of the shapes people write them in.

`• May 1924. …`, `1914 – …`, `June 28, 1914: …`, `in 1399, …`; headings of a decade, year or month
with `- 9 June: …` under them; MediaWiki source. Entries stay in the order in which they are told;
one that stands before its time is noted, never moved.
"""

from bot.canon.building.formats.model import Block, Format, ReadDocument
from bot.canon.building.formats.order import out_of_order
from bot.canon.building.formats.prose import looks_like_title
from bot.canon.building.formats.timeline_reader import Draft, TimelineReader
from bot.canon.dates import DateSpan
from bot.errors import Fault
from bot.language.sayings import Saying

_SAMPLE = 100_000
_FEWEST_ENTRIES = 3
"""So many dates at the heads of paragraphs may be a timeline; fewer have to be set off as dates."""
_CONTINUATION = 0.25
_BELOW_NO_BULLET = 0.5
_UNMARKED = 0.6
"""What a date that any sentence may begin with counts for."""


def recognise(text: str) -> float:
    """Return the share of dated entries among all there is to read, 0 if there are hardly any."""
    return _share(TimelineReader(_sample(text), ""))


def recognise_plain(text: str, around: DateSpan | None = None) -> float:
    """Return the same for a text that holds no wiki markup; *around* lends its year."""
    return _share(TimelineReader(_sample(text), "", is_wiki=False, around=around))


def _sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    return text[:_SAMPLE].rpartition("\n")[0] or text[:_SAMPLE]


def _share(reader: TimelineReader) -> float:
    """Return how much of a text is dated entries, 0 where that proves nothing.

    One or two paragraphs that begin with a date are found in any story: so few entries are a
    timeline only where each has its bullet, its colon, its dash or a heading with the date.
    """
    drafts = reader.read().drafts
    dated = [draft for draft in drafts if draft.span is not None]
    marked = sum(draft.is_marked for draft in dated)
    if not dated or (len(dated) < _FEWEST_ENTRIES and marked < len(dated)):
        return 0.0
    share = len(dated) / (len(dated) + sum(map(_undated, drafts)))
    return share * (marked + _UNMARKED * (len(dated) - marked)) / len(dated)


def _undated(draft: Draft) -> float:
    """Return how much of *draft* is no dated entry, in paragraphs; those of an entry weigh less."""
    if draft.span is None:
        return draft.paragraphs + 1.0
    if draft.lent and not draft.bulleted:
        return float(draft.paragraphs)  # a chapter under its date
    return draft.paragraphs * (_CONTINUATION if draft.bulleted else _BELOW_NO_BULLET)


def read(text: str, name: str) -> ReadDocument:
    """Return the entries with their dates, and what stands before or between them without one."""
    return _document(TimelineReader(text, name), text)


def read_plain(text: str, name: str, around: DateSpan | None = None) -> ReadDocument:
    """Return the same of a text that holds no wiki markup; *around* lends its year."""
    return _document(TimelineReader(text, name, is_wiki=False, around=around), text)


def _document(reader: TimelineReader, text: str) -> ReadDocument:
    name = reader.name
    reader.read()
    blocks = [block for draft in reader.drafts for block in draft.blocks()]
    title = reader.title
    if not title and len(blocks) > 1 and _is_title(blocks[0], text):
        title = blocks.pop(0).text
    notes = [*reader.notes, *_order_notes(blocks, name)]
    if all(block.span is None for block in blocks):
        notes.append(Fault(name, None, Saying("No dated entry was found in this timeline.")))
    notes.sort(key=lambda note: note.line or 0)
    return ReadDocument("timeline", title, tuple(blocks), tuple(notes))


_TOLD = 200
"""Entries out of their order that are told of one by one: nobody reads more."""


def _is_title(block: Block, text: str) -> bool:
    below = text.split("\n", block.line + 1)[block.line : block.line + 1]
    alone = not below or not below[0].strip()
    return block.span is None and alone and looks_like_title(block.text)


def _order_notes(blocks: list[Block], name: str) -> list[Fault]:
    late = list(out_of_order(blocks))
    notes = [
        Fault(
            name,
            block.line,
            Saying(
                "“{date}” stands after the later “{later}” (line {line}); "
                "it is kept where it stands.",
                date=block.written,
                later=other.written,
                line=other.line,
            ),
        )
        for block, other in late[:_TOLD]
    ]
    if len(late) > _TOLD:
        more = Saying(
            "More entries stand after later ones: {number}. All are kept where they stand.",
            number=len(late) - _TOLD,
        )
        notes.append(Fault(name, None, more))
    return notes


TIMELINE = Format("timeline", recognise, read)
