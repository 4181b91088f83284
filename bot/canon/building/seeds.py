"""Reading the seeds: folders of works → what each holds, with every fault named.

A work is a folder: `canon.toml` (optional), `lexicon.toml` (optional) and documents. Several seed
folders may hold parts of one work; what comes later replaces a file of the same name.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bot.canon.models import EntityKind, Tier, WorkKind
from bot.canon.names import slug
from bot.errors import Fault, SeedError

CANON_FILE = "canon.toml"
LEXICON_FILE = "lexicon.toml"
WORK_SLUG_LENGTH = 32
MAX_BYTES = 20 * 1024 * 1024
"""A larger file is not a document (the longest novels are a tenth of it)."""

T = TypeVar("T", bound=BaseModel)
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DocumentEntry(_Table):
    """One `[[document]]` of canon.toml."""

    file: Name
    title: Line = ""
    format: Name | None = None
    tier: Tier | None = None
    chapter: int = Field(default=0, ge=0, le=1_000_000)


class DisputeEntry(_Table):
    """One `[[dispute]]`: *there* begins with the other work's folder and a colon."""

    about: Name
    here: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
    there: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=700, pattern=r"^[\w.-]+:\s*\S")
    ]


class WorkEntry(_Table):
    """canon.toml as a whole."""

    title: Name
    kind: WorkKind = WorkKind.FICTION
    author: Line = ""
    credit: Line = ""
    url: Annotated[str, StringConstraints(max_length=300, pattern=r"^https?://\S+$")] | None = None
    blurb: Annotated[str, StringConstraints(strip_whitespace=True, max_length=600)] = ""
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")] = "#a11d21"
    diverges: Line | None = None
    eras: dict[Name, Line] = Field(default_factory=dict)
    document: tuple[DocumentEntry, ...] = ()
    dispute: tuple[DisputeEntry, ...] = ()


class EntityEntry(_Table):
    """One `[[entity]]` of lexicon.toml; *reveals* is the chapter that makes it known."""

    name: Name
    kind: EntityKind = EntityKind.OTHER
    aliases: tuple[Name, ...] = ()
    blurb: Annotated[str, StringConstraints(strip_whitespace=True, max_length=600)] = ""
    reveals: int = Field(default=0, ge=0, le=1_000_000)
    concept: Name | None = None


class LexiconEntry(_Table):
    """lexicon.toml as a whole."""

    entity: tuple[EntityEntry, ...] = ()


@dataclass(frozen=True)
class SeedFile:
    """A document's bytes and the name a person would look for it under."""

    name: str
    shown: str
    raw: bytes


@dataclass(frozen=True)
class WorkSeed:
    """One work as its folders give it, nothing interpreted yet."""

    slug: str
    entry: WorkEntry
    lexicon: LexiconEntry
    documents: tuple[SeedFile, ...]
    has_entry: bool


def read_seeds(folders: Sequence[Path]) -> tuple[WorkSeed, ...]:
    """Return the works of *folders*, by slug; later folders replace files of the earlier.

    Raises:
        SeedError: with every fault of every file, when there is any.
    """
    faults: list[Fault] = []
    works: list[WorkSeed] = []
    for name, files in sorted(_files_by_work(folders, faults).items()):
        try:
            works.append(_work(name, files))
        except SeedError as error:
            faults.extend(error.faults)
    if faults:
        raise SeedError(faults)
    if not works:
        raise SeedError([Fault(_listing(folders), None, "no story stands here: not one document")])
    return tuple(works)


def fingerprint(folders: Sequence[Path]) -> str:
    """Return a hash of all that `read_seeds` would read: names and contents."""
    digest = sha256()
    for name, files in sorted(_files_by_work(folders, []).items()):
        for file, path in sorted(files.items()):
            content = sha256(_read(path, f"{name}/{file}")).hexdigest()
            digest.update(f"{name}/{file}:{content}\n".encode())
    return digest.hexdigest()


def _listing(folders: Iterable[Path]) -> str:
    return ", ".join(str(folder) for folder in folders)


def _files_by_work(folders: Sequence[Path], faults: list[Fault]) -> dict[str, dict[str, Path]]:
    """Return work → file name → path; a document that lies loose is a work of its own."""
    works: dict[str, dict[str, Path]] = {}
    for folder in folders:
        if (folder / CANON_FILE).is_file():  # the folder of one work, named instead of its parent
            files = {each.name: each for each in _entries(folder, faults) if each.is_file()}
            works.setdefault(slug(folder.resolve().name, WORK_SLUG_LENGTH), {}).update(files)
            continue
        for path in _entries(folder, faults):
            if path.is_dir():
                files = {each.name: each for each in _entries(path, faults) if each.is_file()}
                if files:
                    works.setdefault(slug(path.name, WORK_SLUG_LENGTH), {}).update(files)
            elif path.name not in {CANON_FILE, LEXICON_FILE}:
                works.setdefault(slug(path.stem, WORK_SLUG_LENGTH), {})[path.name] = path
    return works


def _entries(folder: Path, faults: list[Fault]) -> Iterator[Path]:
    try:
        root = folder.resolve()
        for path in sorted(folder.iterdir()):
            if path.name.startswith(".") or path.stem.casefold() == "readme":
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(root):
                faults.append(Fault(str(path), None, "a link that leads out of the seeds folder"))
                continue
            yield path
    except FileNotFoundError:
        return
    except OSError as error:
        faults.append(Fault(str(folder), None, f"cannot be read: {error.strerror}"))


def _read(path: Path, shown: str) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            size = path.stat().st_size // (1024 * 1024)
            limit = MAX_BYTES // (1024 * 1024)
            raise SeedError(
                [Fault(shown, None, f"{size} MB is more than a document may have ({limit} MB)")]
            )
        return path.read_bytes()
    except OSError as error:
        raise SeedError([Fault(shown, None, f"cannot be read: {error.strerror}")]) from error


def _work(name: str, files: dict[str, Path]) -> WorkSeed:
    shown = {file: f"{name}/{file}" for file in files}
    faults: list[Fault] = []
    entry = _parsed(WorkEntry, files, CANON_FILE, name, faults) or WorkEntry(title=_title(name))
    lexicon = _parsed(LexiconEntry, files, LEXICON_FILE, name, faults) or LexiconEntry()
    listed = [document.file for document in entry.document]
    for file in listed:
        if file not in files:
            faults.append(
                Fault(shown.get(CANON_FILE, name), None, f"there is no document “{file}”")
            )
    lying = [file for file in sorted(files) if file not in {CANON_FILE, LEXICON_FILE}]
    documents: list[SeedFile] = []
    for file in [*listed, *(file for file in lying if file not in listed)]:
        if file not in files:
            continue
        try:
            documents.append(SeedFile(file, shown[file], _read(files[file], shown[file])))
        except SeedError as error:
            faults.extend(error.faults)
    if faults:
        raise SeedError(faults)
    return WorkSeed(name, entry, lexicon, tuple(documents), CANON_FILE in files)


def _title(name: str) -> str:
    return name.replace("-", " ").title()


def _parsed(
    model: type[T], files: dict[str, Path], file: str, work: str, faults: list[Fault]
) -> T | None:
    if file not in files:
        return None
    shown = f"{work}/{file}"
    try:
        raw = _read(files[file], shown)
        return model.model_validate(tomllib.loads(raw.decode("utf-8-sig")))
    except SeedError as error:
        faults.extend(error.faults)
    except UnicodeDecodeError:
        faults.append(Fault(shown, None, "is not UTF-8 text"))
    except tomllib.TOMLDecodeError as error:
        line = getattr(error, "lineno", None) or _line_in(str(error))
        faults.append(Fault(shown, line, f"is not valid TOML: {error}"))
    except ValidationError as error:
        text = raw.decode("utf-8-sig")
        faults.extend(_explained(shown, text, problem) for problem in error.errors())
    return None


def _line_in(message: str) -> int | None:
    """Return the line of a TOML error, which before Python 3.14 stands only in its message."""
    _, found, rest = message.partition("(at line ")
    number = rest.split(",")[0]
    return int(number) if found and number.isdigit() else None


def _explained(shown: str, text: str, problem: Any) -> Fault:
    """Return a validation problem as a fault; the line is that of the nth table it lies in."""
    where = problem["loc"]
    path = ".".join(str(part + 1) if isinstance(part, int) else part for part in where)
    line = None
    if len(where) > 1 and isinstance(where[1], int):
        header = f"[[{where[0]}]]"
        starts = [at for at, row in enumerate(text.split("\n"), 1) if row.strip() == header]
        line = starts[where[1]] if where[1] < len(starts) else None
    return Fault(shown, line, f"{path}: {problem['msg'].lower()}")
