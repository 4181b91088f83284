"""The documents in the files of one work: which format each file is in, and what it holds.

Most files are one document. A book is a document a chapter, and the saved pages of one thread are
read together, whatever they are called.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.canon.building.decode import decode
from bot.canon.building.formats import FORMATS, epub, read_document, xenforo
from bot.canon.building.formats.model import ReadDocument
from bot.canon.building.formats.xenforo_pages import Page, page_of
from bot.errors import Fault, SeedError
from bot.language.sayings import Saying

BOOKS: Mapping[str, str] = MappingProxyType(
    {"epub": "an EPUB book", "xenforo": "a page saved from a XenForo forum"}
)
"""The formats of files that hold several documents."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file to be read, called *name* in what is said about it.

    *format* and *chapter* are what its owner says of it; None and 0 where they say nothing.
    """

    name: str
    raw: bytes
    format: str | None = None
    chapter: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A document and which of the files, from 0, it comes from (of several, the first)."""

    file: int
    document: ReadDocument


def read_files(files: Sequence[Given], faults: list[Fault]) -> tuple[Found, ...]:
    """Return the documents in *files*, each with its chapter; what is wrong goes to *faults*."""
    groups: list[Sequence[Found]] = []
    threads: dict[str, list[tuple[int, Page]]] = {}
    for index, given in enumerate(files):
        try:
            read = _read(given)
        except SeedError as error:
            faults.extend(error.faults)
            continue
        if isinstance(read, Page):
            threads.setdefault(read.thread or f"file {given.name}", []).append((index, read))
        else:
            groups.append([Found(index, each) for each in read])
    for pages in threads.values():
        try:
            groups.append(_thread(pages))
        except SeedError as error:
            faults.extend(error.faults)
    return tuple(_numbered(groups, files))


def _read(given: Given) -> tuple[ReadDocument, ...] | Page:
    declared, name = given.format, given.name
    if declared is not None and declared not in FORMATS and declared not in BOOKS:
        known = ", ".join(sorted([*FORMATS, *BOOKS]))
        sentence = Saying(
            "There is no format “{format}”; the formats are {known}.", format=declared, known=known
        )
        raise SeedError([Fault(name, None, sentence)])
    if declared == "epub" or (declared is None and epub.is_epub(given.raw)):
        return epub.read(given.raw, name)
    text = decode(given.raw, name)
    if declared == "xenforo" or (declared is None and xenforo.is_page(text)):
        return page_of(text, name)
    return (read_document(text, name, declared),)


def _thread(pages: Sequence[tuple[int, Page]]) -> list[Found]:
    by_page = {id(page): index for index, page in pages}
    found = [
        Found(by_page[id(page)], document)
        for page, document in xenforo.read([page for _index, page in pages])
    ]
    if not any(one.document.blocks for one in found):
        raise SeedError(
            [Fault(pages[0][1].name, None, Saying("There is no text in any of its posts."))]
        )
    return found


def _numbered(groups: Sequence[Sequence[Found]], files: Sequence[Given]) -> Iterator[Found]:
    """Yield all documents with the chapters their owner gives them.

    Within a book or thread a chapter that is given counts for the first document of that file, and
    those behind it follow; pages of which the same is said are one. Books of which nothing is said
    follow one another.
    """
    last = 0
    for group in groups:
        in_parts = bool(group) and bool(group[0].document.part)
        unsaid = not any(files[one.file].chapter for one in group)
        shift = max(last + 1 - group[0].document.chapter, 0) if in_parts and unsaid and last else 0
        said = 0
        for one in group:
            given, chapter = files[one.file].chapter, one.document.chapter
            if given and given != said:
                said, shift = given, given - chapter
            told = chapter + shift if in_parts else given or chapter
            last = max(last, told) if in_parts else last
            document = replace(one.document, chapter=told)
            if in_parts and len(group) > 1:
                document = replace(document, notes=_of_chapter(document.notes, told))
            yield Found(one.file, document)


def _of_chapter(notes: Sequence[Fault], told: int) -> tuple[Fault, ...]:
    """Return *notes* with their chapter: who has not read so far must not see them by the file."""
    return tuple(
        replace(note, file=Saying("{file}, chapter {chapter}", file=note.file, chapter=told))
        for note in notes
    )
