"""Reading the seeds: folders of works → what each holds, with every fault named.

A work is a folder: `canon.toml` (optional), `lexicon.toml` (optional) and documents. Several seed
folders may hold parts of one work; what comes later replaces a file of the same name.
"""

import string
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from bot.canon.building.seed_files import (
    ADDED_FILE,
    CANON_FILE,
    LEXICON_FILE,
    RESERVED,
    WORK_SLUG_LENGTH,
    find_files,
    printable,
    read_file,
)
from bot.canon.building.seed_tables import (
    AddedEntry,
    DisputeEntry,
    DocumentEntry,
    EntityEntry,
    LexiconEntry,
    Parsed,
    T,
    WorkEntry,
    parse,
)
from bot.canon.building.toml_lines import Place
from bot.errors import Fault, SeedError

__all__ = [
    "ADDED_FILE",
    "CANON_FILE",
    "LEXICON_FILE",
    "RESERVED",
    "WORK_SLUG_LENGTH",
    "DisputeEntry",
    "DocumentEntry",
    "EntityEntry",
    "Gathered",
    "LexiconEntry",
    "SeedFile",
    "WorkEntry",
    "WorkSeed",
    "fingerprint",
    "gather",
    "read_seeds",
]


@dataclass(frozen=True)
class SeedFile:
    """A document's bytes and the name a person would look for it under."""

    name: str
    shown: str
    raw: bytes


@dataclass(frozen=True)
class WorkSeed:
    """One work as its folders give it, nothing interpreted yet.

    *loose*: it is one document without a folder. *canon* and *words* are its two TOML files.
    """

    slug: str
    entry: WorkEntry
    lexicon: LexiconEntry
    documents: tuple[SeedFile, ...]
    has_entry: bool
    loose: bool = False
    canon: Parsed[WorkEntry] | None = None
    words: Parsed[LexiconEntry] | None = None

    def canon_fault(self, place: Place, message: str) -> Fault:
        """Return *message* about what stands at *place* of canon.toml."""
        return _fault(self.canon, f"{self.slug}/{CANON_FILE}", place, message)

    def lexicon_fault(self, place: Place, message: str) -> Fault:
        """Return *message* about what stands at *place* of lexicon.toml."""
        return _fault(self.words, f"{self.slug}/{LEXICON_FILE}", place, message)


@dataclass(frozen=True)
class Gathered:
    """All that the seeds hold, with their faults; works at fault are in it as far as they go."""

    works: tuple[WorkSeed, ...]
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]
    fingerprint: str


@dataclass(frozen=True)
class _Raw:
    """The files of a work that could be read, and the names of those that could not."""

    shown: str
    loose: bool
    files: dict[str, bytes] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)


def read_seeds(folders: Sequence[Path]) -> tuple[WorkSeed, ...]:
    """Return the works of *folders*, by slug; later folders replace files of the earlier.

    Raises:
        SeedError: with every fault of every file, when there is any.
    """
    gathered = gather(folders)
    if gathered.faults:
        raise SeedError(gathered.faults)
    return gathered.works


def gather(folders: Sequence[Path]) -> Gathered:
    """Return all that *folders* hold, each file read once."""
    raws, faults, notes = _raws(folders)
    works = tuple(_work(name, raw, faults) for name, raw in sorted(raws.items()))
    if not faults and not any(work.documents for work in works):
        listing = ", ".join(str(folder) for folder in folders)
        faults.append(Fault(listing, None, "no story stands here: not one document"))
    return Gathered(works, tuple(faults), tuple(notes), _digest(raws))


def fingerprint(folders: Sequence[Path]) -> str:
    """Return a hash of all that `gather` would read: names and contents.

    Raises:
        SeedError: some of it cannot be read.
    """
    raws, faults, _notes = _raws(folders)
    if faults:
        raise SeedError(faults)
    return _digest(raws)


def _digest(raws: dict[str, _Raw]) -> str:
    digest = sha256()
    for name, raw in sorted(raws.items()):
        digest.update(f"{name}\0{raw.shown}\0{raw.loose}\n".encode())
        for file, content in sorted(raw.files.items()):
            digest.update(f"{file}\0{sha256(content).hexdigest()}\n".encode())
    return digest.hexdigest()


def _raws(folders: Sequence[Path]) -> tuple[dict[str, _Raw], list[Fault], list[Fault]]:
    found = find_files(folders)
    raws: dict[str, _Raw] = {}
    for name, work in found.works.items():
        raws[name] = raw = _Raw(work.shown, work.loose)
        for file, path in sorted(work.files.items()):
            try:
                raw.files[file] = read_file(path, _shown(raw, file))
            except SeedError as error:
                found.faults.extend(error.faults)
                raw.unread.add(file)
    return raws, found.faults, found.notes


def _shown(raw: _Raw, file: str) -> str:
    return file if raw.loose else f"{raw.shown}/{file}"


def _work(name: str, raw: _Raw, faults: list[Fault]) -> WorkSeed:
    canon = _parsed(WorkEntry, raw, CANON_FILE, faults)
    words = _parsed(LexiconEntry, raw, LEXICON_FILE, faults)
    added = _parsed(AddedEntry, raw, ADDED_FILE, faults)
    entry = canon.table if canon else WorkEntry(title=_title(raw.shown))
    for toml in (canon, added):
        if toml is not None:
            faults.extend(_unknown_documents(toml, raw))
    if added is not None:
        entry = entry.model_copy(update={"document": _merged(entry, added.table)})
    listed = [document.file for document in entry.document if document.file in raw.files]
    lying = [file for file in sorted(raw.files) if file not in RESERVED]
    documents = tuple(
        SeedFile(file, _shown(raw, file), raw.files[file])
        for file in dict.fromkeys([*listed, *lying])
    )
    lexicon = words.table if words else LexiconEntry()
    return WorkSeed(
        name, entry, lexicon, documents, CANON_FILE in raw.files, raw.loose, canon, words
    )


def _title(folder: str) -> str:
    """Return the name of a folder as a title; one that has capitals is taken as it is."""
    name = " ".join(folder.replace("_", " ").replace("-", " ").split()) or folder
    return (string.capwords(name) if name == name.lower() else name)[:100].strip()


def _merged(entry: WorkEntry, added: AddedEntry) -> tuple[DocumentEntry, ...]:
    """Return the documents of *entry* with what *added* says of them, then those it adds."""
    known = {document.file: document for document in entry.document}
    for document in added.document:
        before = known.get(document.file, document)
        said = {name: getattr(document, name) for name in document.model_fields_set}
        known[document.file] = before.model_copy(update=said)
    return tuple(known.values())


def _unknown_documents(toml: Parsed[WorkEntry] | Parsed[AddedEntry], raw: _Raw) -> list[Fault]:
    """Return a fault for each listed document that is not there, or stands there twice."""
    faults = []
    seen: set[str] = set()
    by_case = {file.casefold(): file for file in raw.files}
    for number, document in enumerate(toml.table.document):
        place: Place = ("document", number, "file")
        if document.file in RESERVED:
            faults.append(toml.fault(place, f"“{document.file}” is not a document"))
        elif document.file in seen:
            faults.append(toml.fault(place, f"“{document.file}” is listed twice"))
        elif document.file not in {*raw.files, *raw.unread}:
            near = by_case.get(document.file.casefold())
            hint = f"; did you mean “{near}”?" if near else ""
            faults.append(
                toml.fault(place, f"there is no document “{printable(document.file)}”{hint}")
            )
        seen.add(document.file)
    return faults


def _parsed(model: type[T], raw: _Raw, file: str, faults: list[Fault]) -> Parsed[T] | None:
    content = raw.files.get(file)
    return None if content is None else parse(model, content, _shown(raw, file), faults)


def _fault(
    toml: Parsed[WorkEntry] | Parsed[LexiconEntry] | None, shown: str, place: Place, message: str
) -> Fault:
    if toml is None:
        return Fault(shown, None, message)
    return toml.fault(place, message)
