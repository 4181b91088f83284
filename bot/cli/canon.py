"""`canon build | check | show | add`."""

import asyncio
import sqlite3
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from bot.canon.answers import Answer
from bot.canon.building.build import Watch, build, check, is_readable
from bot.canon.library import Library
from bot.canon.lookup import Lookup
from bot.cli.added import Addition, added, check_work
from bot.clock import Clock
from bot.compose import ADDED_SEEDS, canon_path, seed_folders
from bot.errors import BotError, Fault, OperatorError
from bot.settings import Settings
from bot.site.write import Written, write_site
from bot.ui.lore import citation, when

NOTHING_FOUND = 1
"""Exit code of `canon show` when the canon has no answer, as `grep` has it."""
_SHOWN = 20


@contextmanager
def progress_bar() -> Iterator[Watch]:
    """Yield a watch that draws a bar on a terminal and nothing elsewhere."""
    with tqdm(
        desc="canon", unit="passage", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False
    ) as bar:

        def watch(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield watch


def canon_build(_options: Namespace, settings: Settings, clock: Clock) -> int:
    """Build the canon, whatever is there."""
    with progress_bar() as watch:
        report = build(seed_folders(settings), canon_path(settings), clock.now(), watch)
    print(
        f"{canon_path(settings)}: {report.works} works, {report.passages} passages, "
        f"{report.events} dated entries, {report.entities} names"
    )
    _print_notes(report.notes)
    return 0


def canon_check(_options: Namespace, settings: Settings, _clock: Clock) -> int:
    """Say what a build would change, and every fault; touch nothing."""
    report = check(seed_folders(settings), canon_path(settings))
    for name, references in (
        ("new", report.added),
        ("gone", report.removed),
        ("reworded", report.changed),
    ):
        print(f"{name}: {len(references)}")
        for reference in references[:_SHOWN]:
            print(f"  {reference}")
        if len(references) > _SHOWN:
            print(f"  … and {len(references) - _SHOWN} more")
    print(f"as before: {report.unchanged}")
    _print_notes(report.notes)
    return 0


def canon_show(options: Namespace, settings: Settings, _clock: Clock) -> int:
    """Answer a query on the terminal, as `/event` would."""
    path = canon_path(settings)
    if not path.exists():
        raise OperatorError(f"There is no canon at {path} yet: run `python -m bot canon build`.")
    if not is_readable(path):
        raise OperatorError(
            f"{path} is no canon, or one of another version: run `python -m bot canon build`."
        )
    try:
        answer = asyncio.run(_answer(path, " ".join(options.query), options.work))
    except BotError as error:  # to a reader it is a reply, here it is the command that was wrong
        raise OperatorError(str(error)) from None
    except sqlite3.Error as error:
        raise OperatorError(
            f"{path} is damaged ({error}): run `python -m bot canon build`."
        ) from error
    return _print_answer(answer)


async def _answer(path: Path, query: str, work: str | None) -> Answer:
    library = await Library.open(path)
    try:
        return await Lookup(library).answer(query, library.view(work))
    finally:
        await library.close()


def _print_answer(answer: Answer) -> int:
    if not answer.entries:
        print("Nothing found.", *(f"Nearest: {name}" for name in answer.nearest), sep="\n")
        return NOTHING_FOUND
    for entry in answer.entries:
        print(f"{when(entry)} · {entry.title} — {entry.work.title}  [{entry.reference}]")
        if answer.single:
            print(f"\n{entry.text}\n\n{citation(entry)}")
    if answer.total > len(answer.entries):
        print(f"… and {answer.total - len(answer.entries)} more")
    return 0


def canon_add(options: Namespace, settings: Settings, clock: Clock) -> int:
    """Copy a document into DATA_DIR/seeds/WORK and build; undo the copy when the build fails."""
    check_work(options.work)
    addition = Addition(
        Path(options.file), options.work, (options.title or "").strip(), options.chapter or 0
    )
    with added(addition, settings.data_dir / ADDED_SEEDS) as copy:
        code = canon_build(options, settings, clock)
    print(f"added {copy}")
    return code


def canon_site(options: Namespace, settings: Settings, clock: Clock) -> int:
    """Write the canon as a website into a folder."""
    path, folder = canon_path(settings), Path(options.folder)
    if not is_readable(path):
        build(seed_folders(settings), path, clock.now())
    written = asyncio.run(_site(path, folder, clock))
    print(
        f"{folder}: {written.pages} pages, {written.entries} entries, {written.names} names. "
        f"Look at it: python -m http.server -d {folder}"
    )
    return 0


async def _site(path: Path, folder: Path, clock: Clock) -> Written:
    library = await Library.open(path)
    try:
        return await write_site(library, folder, clock.now())
    finally:
        await library.close()


def _print_notes(notes: Sequence[Fault]) -> None:
    for note in notes:
        print(f"note: {note}")
