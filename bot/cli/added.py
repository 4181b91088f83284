"""Documents of the operator's own: copied into DATA_DIR/seeds, with what is to be said of them.

That is written into `documents.toml`, beside the copies. The work's canon.toml may lie in another
folder and change with the next release: it is not copied, so that it goes on being read.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.canon.building.reading import Given, read_files
from bot.canon.building.seed_files import printable, read_file
from bot.canon.building.seed_tables import AddedEntry, DocumentEntry, parse
from bot.canon.building.seeds import ADDED_FILE, RESERVED, WORK_SLUG_LENGTH
from bot.canon.names import fold, slug
from bot.errors import Fault, OperatorError, SeedError

_HEAD = "# Written by `canon add`; what stands here wins over canon.toml.\n"


@dataclass(frozen=True)
class Addition:
    """Documents to add; an empty title and chapter 0 leave what is said of them as it is."""

    files: tuple[Path, ...]
    work: str
    title: str
    chapter: int


@contextmanager
def added(addition: Addition, seeds: Path) -> Iterator[tuple[Path, ...]]:
    """Put the documents into the folder *seeds* for the block; they stay if the block succeeds.

    Yields the paths of the copies. If the block fails, *seeds* is as it was before.

    Raises:
        OperatorError: a document cannot be read or copied, or may not be called what it is.
    """
    raws = _readable(addition.files)
    folder = seeds / slug(addition.work, WORK_SLUG_LENGTH)
    targets, about = tuple(folder / name for name in raws), folder / ADDED_FILE
    entries = _with(addition, about)
    missing = [each for each in (folder, seeds) if not each.exists()]
    undo = [_restorer(path) for path in (*targets, about)]
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for target, raw in zip(targets, raws.values(), strict=True):
                _write(target, raw)
            if addition.title or addition.chapter:
                _write(about, (_HEAD + "".join(map(_entry, entries))).encode())
        except OSError as error:
            where = error.filename or folder
            raise OperatorError(f"{where} cannot be written: {error.strerror}.") from error
        yield targets
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


def _readable(files: Sequence[Path]) -> dict[str, bytes]:
    """Return what is in *files* by their names, once it is sure that all of them can be read."""
    raws: dict[str, bytes] = {}
    for file in files:
        name = file.name
        if (
            name in RESERVED
            or name.startswith(".")
            or name.endswith("~")
            or printable(name) != name
        ):
            raise OperatorError(
                f"A document cannot be called “{printable(name)}”: rename the file."
            )
        if file.stem.casefold() == "readme":
            raise OperatorError(f"A file called {name} is never read as a document: rename it.")
        if name in raws:
            raise OperatorError(f"Two of these files are called “{name}”: rename one of them.")
        raws[name] = read_file(file, str(file))
    faults: list[Fault] = []
    given = [Given(str(file), raws[file.name]) for file in files]
    read_files(given, faults)
    if faults:
        raise SeedError(faults)
    return raws


def _with(addition: Addition, about: Path) -> list[DocumentEntry]:
    """Return what *about* says of documents, with what *addition* says of its own."""
    faults: list[Fault] = []
    entries: list[DocumentEntry] = []
    if about.exists():
        parsed = parse(AddedEntry, read_file(about, str(about)), str(about), faults)
        if parsed is None:
            raise SeedError(faults)
        entries = list(parsed.table.document)
    said: dict[str, object] = {"title": addition.title} if addition.title else {}
    said |= {"chapter": addition.chapter} if addition.chapter else {}
    known = {entry.file: entry for entry in entries}
    for file in addition.files:
        before = known.get(file.name)
        known[file.name] = (
            DocumentEntry.model_validate({"file": file.name, **said})
            if before is None
            else before.model_copy(update=said)
        )
    return list(known.values())


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
