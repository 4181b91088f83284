"""Reading foreign documents in a process of their own: a hostile one costs it, and nobody else.

`python -m bot.uploads.builder` reads an order as JSON from its standard input and prints what came
of it. The child has limits on time and memory, and none of this program's secrets.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path, PurePath
from typing import Any

from bot.canon.building.build import build
from bot.canon.building.preview import preview
from bot.clock import instant, moment
from bot.errors import Fault, OperatorError, SeedError
from bot.language.sayings import kept, saying_kept
from bot.language.speech import mark, say
from bot.uploads.models import UploadError

SECONDS = 60
_BYTES = 2_000_000_000
_FAULTS = 5
_TOO_MUCH = mark(
    "Reading that took too long, so it was given up and nothing was changed. "
    "Split the document and add its parts."
)


@dataclass(frozen=True, slots=True)
class Sight:
    """What would be read of a document. *first*, *last*: its earliest and latest dates as written.

    *chapters* are the titles of a book's or thread's; *titles* those of the first entries.
    """

    format: str
    title: str
    entries: int
    passages: int
    words: int
    first: str
    last: str
    chapters: tuple[str, ...]
    titles: tuple[str, ...]
    warnings: tuple[str, ...]


def see_apart(path: Path, chapter: int) -> Sight:
    """Return what would be read of the document at *path*, read in a child process. Blocking.

    Raises:
        UploadError: it is at fault, or reading it took too long.
    """
    told = _ask_child({"see": str(path.resolve()), "chapter": chapter})
    noticed = tuple(str(fault) for fault in _faults(told["warnings"]))
    lists = {name: tuple(told[name]) for name in ("chapters", "titles")}
    return Sight(**{**told, **lists, "warnings": noticed})


def build_apart(folders: Sequence[Path], path: Path, now: datetime) -> None:
    """Build the canon of *folders* into *path* in a child process. Blocking.

    Raises:
        UploadError: a document is at fault or took too long; *path* is as it was.
    """
    _ask_child(
        {
            "build": str(path.resolve()),
            "folders": [str(folder.resolve()) for folder in folders],
            "now": instant(now),
        }
    )


def _ask_child(order: Mapping[str, object]) -> dict[str, Any]:
    home = Path(find_spec("bot").origin).parents[1]  # type: ignore[union-attr, arg-type]
    passed = {"PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP"}
    environment = {name: value for name, value in os.environ.items() if name in passed}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bot.uploads.builder"],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=home,
            env={**environment, "PYTHONPATH": str(home)},
        )
    except subprocess.TimeoutExpired:
        raise UploadError(say(_TOO_MUCH)) from None
    if done.returncode != 0 or not done.stdout:
        raise UploadError(say(_TOO_MUCH))
    return _unless_refused(json.loads(done.stdout))


def _unless_refused(told: dict[str, Any]) -> dict[str, Any]:
    """Return what the child told, if it is no refusal."""
    if "fault" in told:
        raise UploadError(told["fault"])
    if "faults" in told:
        raise UploadError("\n".join(_in_words(fault) for fault in _faults(told["faults"])))
    return told


def main() -> None:
    """Carry out the order on standard input."""
    _limit()
    json.dump(_told(json.load(sys.stdin)), sys.stdout)


def _told(order: Mapping[str, Any]) -> dict[str, object]:
    try:
        return _seen(order) if "see" in order else _built(order)
    except SeedError as error:
        return {"faults": list(map(_packed, error.faults[:_FAULTS]))}
    except OperatorError as error:
        return {"fault": str(error)}


def _seen(order: Mapping[str, Any]) -> dict[str, object]:
    path = Path(order["see"])
    found = preview(path.name, path.read_bytes(), chapter=order["chapter"])
    return {
        "format": found.format,
        "title": found.title,
        "entries": found.entries,
        "passages": found.passages,
        "words": found.words,
        "first": found.first.written if found.first else "",
        "last": found.last.written if found.last else "",
        "chapters": found.chapters,
        "titles": found.titles,
        "warnings": list(map(_packed, found.warnings)),
    }


def _built(order: Mapping[str, Any]) -> dict[str, object]:
    folders = [Path(each) for each in order["folders"]]
    report = build(folders, Path(order["build"]), moment(order["now"]))
    return {"passages": report.passages}


def _packed(fault: Fault) -> dict[str, object]:
    """Return a fault for the parent, which alone knows the language of the uploader."""
    return {"file": kept(fault.file), "line": fault.line, "message": kept(fault.message)}


def _faults(told: Iterable[Mapping[str, Any]]) -> Iterator[Fault]:
    """Yield the faults that the child told."""
    for each in told:
        # A file may be called like a text of ours, and is not translated for that.
        file = saying_kept(each["file"])
        yield Fault(
            file if file.values else file.message, each["line"], saying_kept(each["message"])
        )


def _in_words(fault: Fault) -> str:
    """Return a fault as its uploader knows the place: the folder is ours, the file is theirs."""
    file = PurePath(str(fault.file)).name
    if fault.line is None:
        return f"{file}: {fault.message}"
    return say("{file}, line {line}: {fault}", file=file, line=fault.line, fault=fault.message)


def _limit() -> None:
    if sys.platform == "win32":  # there the parent's deadline is the only limit
        return
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))


if __name__ == "__main__":
    main()
