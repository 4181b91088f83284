"""Documents of the operator's own: copied into DATA_DIR/seeds, with what is to be said of them.

That is written into `documents.toml`, beside the copies. The work's canon.toml may lie in another
folder and change with the next release: it is not copied, so that it goes on being read.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.canon.building.decode import decode
from bot.canon.building.seed_files import printable, read_file
from bot.canon.building.seed_tables import AddedEntry, DocumentEntry, parse
from bot.canon.building.seeds import ADDED_FILE, RESERVED, WORK_SLUG_LENGTH
from bot.canon.names import fold, slug
from bot.errors import Fault, OperatorError, SeedError

_HEAD = "# Written by `canon add`; what stands here wins over canon.toml.\n"


@dataclass(frozen=True)
class Addition:
    """A document to add; an empty title and chapter 0 leave what is said of it as it is."""

    file: Path
    work: str
    title: str
    chapter: int


@contextmanager
def added(addition: Addition, seeds: Path) -> Iterator[Path]:
    """Put the document into the folder *seeds* for the block; it stays if the block succeeds.

    Yields the path of the copy. If the block fails, *seeds* is as it was before.

    Raises:
        OperatorError: the document cannot be read or copied, or may not be called what it is.
    """
    raw = _readable(addition.file)
    folder = seeds / slug(addition.work, WORK_SLUG_LENGTH)
    target, about = folder / addition.file.name, folder / ADDED_FILE
    entries = _with(addition, about)
    missing = [each for each in (folder, seeds) if not each.exists()]
    undo = [_restorer(target), _restorer(about)]
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _write(target, raw)
            if addition.title or addition.chapter:
                _write(about, (_HEAD + "".join(map(_entry, entries))).encode())
        except OSError as error:
            raise OperatorError(f"{target} cannot be written: {error.strerror}.") from error
        yield target
    except BaseException:
        for put_back in undo:
            put_back()
        for each in missing:
            with suppress(OSError):
                each.rmdir()
        raise


def check_work(name: str) -> None:
    """Refuse the *name* of a work that has no letter and no number.

    Raises:
        OperatorError: there is none.
    """
    if not fold(name):
        raise OperatorError(f"“{printable(name)}” cannot be the name of a work.")


def _readable(file: Path) -> bytes:
    name = file.name
    if name in RESERVED or name.startswith(".") or name.endswith("~") or printable(name) != name:
        raise OperatorError(f"A document cannot be called “{printable(name)}”: rename the file.")
    if file.stem.casefold() == "readme":
        raise OperatorError(f"A file called {name} is never read as a document: rename it.")
    raw = read_file(file, str(file))
    decode(raw, str(file))
    return raw


def _with(addition: Addition, about: Path) -> list[DocumentEntry]:
    """Return what *about* says of documents, with what *addition* says of its own."""
    faults: list[Fault] = []
    entries: list[DocumentEntry] = []
    if about.exists():
        parsed = parse(AddedEntry, read_file(about, str(about)), str(about), faults)
        if parsed is None:
            raise SeedError(faults)
        entries = list(parsed.table.document)
    said: dict[str, object] = {"file": addition.file.name}
    said |= {"title": addition.title} if addition.title else {}
    said |= {"chapter": addition.chapter} if addition.chapter else {}
    for index, entry in enumerate(entries):
        if entry.file == addition.file.name:
            entries[index] = entry.model_copy(update=said)
            return entries
    return [*entries, DocumentEntry.model_validate(said)]


def _entry(entry: DocumentEntry) -> str:
    rows = [
        f"{name} = {value if isinstance(value, int) else _quoted(str(value))}\n"
        for name, value in entry.model_dump(exclude_unset=True).items()
        if value is not None
    ]
    return "\n[[document]]\n" + "".join(rows)


def _quoted(text: str) -> str:
    """Return *text* as a TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else " " for char in escaped) + '"'


def _write(path: Path, raw: bytes) -> None:
    """Write *path* so that it is never half there."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        new.write_bytes(raw)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _restorer(path: Path) -> Callable[[], None]:
    """Return what puts *path* back as it is now."""
    before = path.read_bytes() if path.exists() else None

    def put_back() -> None:
        with suppress(OSError):  # what failed before is what has to be told
            if before is None:
                path.unlink(missing_ok=True)
            elif path.read_bytes() != before:
                _write(path, before)

    return put_back
