"""The files of the seeds as they lie on the disk. Nothing here can hang on what it finds there."""

import os
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.canon.names import slug
from bot.errors import Fault, SeedError

CANON_FILE = "canon.toml"
LEXICON_FILE = "lexicon.toml"
ADDED_FILE = "documents.toml"
"""What `canon add` says of the documents it copied: `[[document]]` entries, like canon.toml's."""
RESERVED = frozenset({CANON_FILE, LEXICON_FILE, ADDED_FILE})
WORK_SLUG_LENGTH = 32
MAX_BYTES = 20_000_000
"""A larger file is not a document (the longest novels are a tenth of it)."""


@dataclass
class WorkFiles:
    """The files of one work by name, the latest of each; *shown* is its folder as people know it.

    *loose*: it is no folder, but one document that lies directly in a folder of seeds.
    """

    shown: str
    loose: bool
    files: dict[str, Path] = field(default_factory=dict)


@dataclass
class Found:
    """What lies in the folders of seeds: works by slug, and what cannot be used, or is not."""

    works: dict[str, WorkFiles] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)


def find_files(folders: Sequence[Path]) -> Found:
    """Return the files of *folders*; what a later folder holds replaces the same of an earlier."""
    found = Found()
    for folder in folders:
        if _is_work(folder):
            _add_folder(found, folder, folder, folder.resolve().name)
            continue
        here: dict[str, str] = {}
        for path in _entries(folder, folder, found):
            if path.name in RESERVED:
                found.faults.append(Fault(str(path), None, "belongs into the folder of a work"))
                continue
            shown = path.name if path.is_dir() else path.stem
            twin = here.setdefault(slug(shown, WORK_SLUG_LENGTH), path.name)
            if twin != path.name:
                message = f"would be the same work as “{twin}” beside it: rename one of the two"
                found.faults.append(Fault(str(path), None, message))
            elif path.is_dir():
                _add_folder(found, path, folder, shown)
            else:
                work = found.works.setdefault(
                    slug(shown, WORK_SLUG_LENGTH), WorkFiles(shown, loose=True)
                )
                work.files[_known_as(path)] = path
    return found


def _is_work(folder: Path) -> bool:
    """Tell whether *folder* is that of one work, named instead of the one it lies in."""
    try:
        return (folder / CANON_FILE).is_file()
    except OSError:  # what is wrong with it is said when it is listed
        return False


def _add_folder(found: Found, folder: Path, root: Path, shown: str) -> None:
    files: dict[str, Path] = {}
    for path in _entries(folder, root, found):
        if path.is_dir():
            message = "a folder within a work is not read: put its documents beside canon.toml"
            found.notes.append(Fault(f"{shown}/{path.name}", None, message))
        else:
            files[_known_as(path)] = path
    if files:
        key = slug(shown, WORK_SLUG_LENGTH)
        work = found.works.setdefault(key, WorkFiles(shown, loose=False))
        work.loose = False
        work.files.update(files)


def _known_as(path: Path) -> str:
    # macOS hands out names in another normal form than the one people type into canon.toml.
    return unicodedata.normalize("NFC", path.name)


def _entries(folder: Path, root: Path, found: Found) -> Iterator[Path]:
    """Yield the files and folders in *folder* that are meant to be read, in order of name."""
    try:
        children = sorted(folder.iterdir())
    except OSError as error:
        reason = "there is no such folder"
        if not isinstance(error, FileNotFoundError):
            reason = f"cannot be read: {error.strerror}"
        found.faults.append(Fault(str(folder), None, reason))
        return
    for path in children:
        is_backup = path.name.endswith("~")
        if path.name.startswith(".") or path.stem.casefold() == "readme" or is_backup:
            continue
        if message := _unusable(path, root):
            found.faults.append(Fault(printable(str(path)), None, message))
        else:
            yield path


def _unusable(path: Path, root: Path) -> str | None:
    """Return why *path* cannot be read as part of the seeds, or None."""
    if printable(path.name) != path.name:
        return "its name holds a character that cannot be shown: rename it"
    try:
        if path.is_symlink():
            target = path.resolve(strict=True)
            if not target.is_relative_to(root.resolve()):
                return "a link that leads out of the folder of seeds"
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "a link to nothing"
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, before Python 3.13
        return f"cannot be read: {getattr(error, 'strerror', None) or 'a loop of links'}"
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        return "is neither a file nor a folder"
    return None


def printable(text: str) -> str:
    """Return *text* with U+FFFD for control characters and for bytes that are no UTF-8."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(char) in {"Cc", "Cs"} else char
        for char in text
    )


def read_file(path: Path, shown: str) -> bytes:
    """Return the bytes of the file *path*, called *shown* in what is said about it.

    Raises:
        SeedError: it cannot be read, is no file, or holds more than `MAX_BYTES`.
    """
    # Never waits for the other end of a pipe, should one have taken the place of the file.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(path, flags), "rb") as file:  # noqa: PTH123 - a descriptor, not a path
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise SeedError([Fault(shown, None, "is not a file")])
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SeedError([Fault(shown, None, f"cannot be read: {error.strerror}")]) from error
    if len(raw) > MAX_BYTES:
        size, limit = -(-max(about.st_size, len(raw)) // 1_000_000), MAX_BYTES // 1_000_000
        message = f"{size} MB is more than a document may have ({limit} MB): split it"
        raise SeedError([Fault(shown, None, message)])
    return raw
