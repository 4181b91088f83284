"""`canon build | check | show | add`."""

import asyncio
import shutil
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from bot.canon.building.build import Watch, build, check
from bot.canon.building.decode import decode
from bot.canon.building.seeds import CANON_FILE, LEXICON_FILE, WORK_SLUG_LENGTH
from bot.canon.library import Library
from bot.canon.lookup import Lookup
from bot.canon.names import slug
from bot.clock import Clock
from bot.compose import ADDED_SEEDS, canon_path, seed_folders
from bot.errors import Fault, OperatorError
from bot.settings import Settings
from bot.ui.lore import citation, when

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
    return asyncio.run(_show(path, " ".join(options.query), options.work))


async def _show(path: Path, query: str, work: str | None) -> int:
    library = await Library.open(path)
    try:
        answer = await Lookup(library).answer(query, library.view(work))
    finally:
        await library.close()
    if not answer.entries:
        print("Nothing found.", *(f"Nearest: {name}" for name in answer.nearest), sep="\n")
        return 1
    for entry in answer.entries:
        print(f"{when(entry)} · {entry.title} — {entry.work.title}  [{entry.reference}]")
        if answer.single:
            print(f"\n{entry.text}\n\n{citation(entry)}")
    if answer.total > len(answer.entries):
        print(f"… and {answer.total - len(answer.entries)} more")
    return 0


def canon_add(options: Namespace, settings: Settings, clock: Clock) -> int:
    """Copy a document into DATA_DIR/seeds/WORK and build; undo the copy when the build fails."""
    file = Path(options.file)
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise OperatorError(f"{file} cannot be read: {error.strerror}.") from error
    decode(raw, file.name)
    work = slug(options.work, WORK_SLUG_LENGTH)
    folder = settings.data_dir / ADDED_SEEDS / work
    target = folder / _free_of_reserved(file.name)
    canon = folder / CANON_FILE
    undo = [_kept(target), _kept(canon)]
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)
    if options.title or options.chapter:
        _note(canon, settings, work, target.name, options)
    try:
        return canon_build(options, settings, clock)
    except BaseException:
        for put_back in undo:
            put_back()
        raise


def _free_of_reserved(name: str) -> str:
    if name in {CANON_FILE, LEXICON_FILE} or name.startswith("."):
        raise OperatorError(f"A document cannot be called {name}.")
    return name


def _kept(path: Path) -> Callable[[], None]:
    """Return what puts *path* back as it is now."""
    before = path.read_bytes() if path.exists() else None

    def put_back() -> None:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(before)

    return put_back


def _note(canon: Path, settings: Settings, work: str, name: str, options: Namespace) -> None:
    """Write the title and the chapter of a document into the work's canon.toml.

    A work that is described elsewhere keeps its description: what stands there is copied first.
    """
    if not canon.exists():
        described = [folder / work / CANON_FILE for folder in settings.seeds_dirs]
        found = [path for path in described if path.exists()]
        if found:
            shutil.copyfile(found[-1], canon)
        else:
            canon.write_text(f"title = {_quoted(options.title or work)}\n", "utf-8")
    text = canon.read_text("utf-8")
    if f"file = {_quoted(name)}" in text:
        raise OperatorError(f"{canon} already describes {name}; change its title or chapter there.")
    entry = f"\n[[document]]\nfile = {_quoted(name)}\n"
    if options.title:
        entry += f"title = {_quoted(options.title)}\n"
    if options.chapter:
        entry += f"chapter = {options.chapter}\n"
    canon.write_text(text + entry, "utf-8")


def _quoted(text: str) -> str:
    """Return *text* as a TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else " " for char in escaped) + '"'


def _print_notes(notes: tuple[Fault, ...]) -> None:
    for note in notes:
        print(f"note: {note}")
