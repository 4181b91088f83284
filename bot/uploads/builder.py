"""Building canons in a process of their own: a hostile document costs it, and nobody else.

`python -m bot.uploads.builder` reads an order as JSON from its standard input and prints what came
of it. The child has limits on time and memory, and none of this program's secrets.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from bot.canon.building.build import build
from bot.canon.file import Scope
from bot.canon.library import NO_CEILING, Library
from bot.clock import instant, moment
from bot.errors import Fault, OperatorError, SeedError
from bot.uploads.models import UploadError

SECONDS = 60
_BYTES = 2_000_000_000
_TITLES = 3
_PASSAGES_READ = 400
_FAULTS = 5
_TOO_MUCH = (
    "Reading that took too long, so it was given up and nothing was changed. "
    "Split the document and add its parts."
)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made of some folders: counts, what it noticed, and the first titles."""

    passages: int
    events: int
    names: int
    format: str
    words: int
    notes: tuple[str, ...]
    titles: tuple[str, ...]


def build_apart(folders: Sequence[Path], path: Path, now: datetime) -> Built:
    """Build the canon of *folders* into *path* in a child process. Blocking.

    Raises:
        UploadError: a document is at fault or took too long; *path* is as it was.
    """
    order = {
        "folders": [str(folder.resolve()) for folder in folders],
        "path": str(path.resolve()),
        "now": instant(now),
    }
    return _ask_child(json.dumps(order))


def _ask_child(order: str) -> Built:
    home = Path(find_spec("bot").origin).parents[1]  # type: ignore[union-attr, arg-type]
    kept = {"PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP"}
    environment = {name: value for name, value in os.environ.items() if name in kept}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bot.uploads.builder"],
            input=order.encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=home,
            env={**environment, "PYTHONPATH": str(home)},
        )
    except subprocess.TimeoutExpired:
        raise UploadError(_TOO_MUCH) from None
    if done.returncode < 0 or not done.stdout:
        raise UploadError(_TOO_MUCH)
    told = json.loads(done.stdout)
    if "fault" in told:
        raise UploadError(told["fault"])
    return Built(**{**told, "notes": tuple(told["notes"]), "titles": tuple(told["titles"])})


def main() -> None:
    """Carry out the order on standard input."""
    _limit()
    order = json.load(sys.stdin)
    path = Path(order["path"])
    try:
        report = build([Path(each) for each in order["folders"]], path, moment(order["now"]))
        format_name, words, titles = asyncio.run(_looked_at(path))
        told: dict[str, object] = asdict(
            Built(
                report.passages,
                report.events,
                report.entities,
                format_name,
                words,
                tuple(map(_in_words, report.notes)),
                titles,
            )
        )
    except SeedError as error:
        told = {"fault": "\n".join(map(_in_words, error.faults[:_FAULTS]))}
    except OperatorError as error:
        told = {"fault": str(error)}
    json.dump(told, sys.stdout)


def _in_words(fault: Fault) -> str:
    """Return a fault as its uploader knows the place: the folder is ours, the file is theirs."""
    line = "" if fault.line is None else f", line {fault.line}"
    return f"{Path(fault.file).name}{line}: {fault.message}"


async def _looked_at(path: Path) -> tuple[str, int, tuple[str, ...]]:
    """Return the format and words of the last source, and the first titles of the canon."""
    library = await Library.open(path)
    try:
        everything = Scope(tuple((work, NO_CEILING) for work in library.works))
        entries = await library.entries(range(1, _PASSAGES_READ), everything)
        source = entries[-1].source if entries else None
        dated = [entry for entry in entries if entry.date] or list(entries)
        titles = tuple(
            f"{entry.date.written} · {entry.title}" if entry.date else entry.title
            for entry in dated[:_TITLES]
        )
        return (source.format, source.words, titles) if source else ("nothing", 0, ())
    finally:
        await library.close()


def _limit() -> None:
    if sys.platform == "win32":  # there the parent's deadline is the only limit
        return
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))


if __name__ == "__main__":
    main()
