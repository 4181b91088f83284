"""Writing the site: a page a work, and what later chapters tell in files of their own.

Spoilers: a page holds what every reader knows and the first chapter. What chapter N tells stands in
`data/WORK/N.json`, which the page asks for once its reader says they have come so far; so neither
the page nor its source shows it before.
"""

import asyncio
import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from bot.canon.inventory import Inventory, Named, Told, inventory
from bot.canon.library import FIRST_CHAPTER, Library
from bot.errors import OperatorError

MARK: Final = ".samizdat-site"
"""A file that says a folder was written by this program, and may be written anew."""
_STATIC: Final = ("site.css", "site.js")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: pages, and entries and names on them."""

    pages: int
    entries: int
    names: int


async def write_site(library: Library, folder: Path, now: datetime) -> Written:
    """Write the whole site into *folder*, which is made; an older site there is replaced.

    Raises:
        OperatorError: *folder* holds something else, or cannot be written.
    """
    inventories = [await inventory(library, number) for number in library.works]
    documents = {
        each.work.slug: sorted({(told.entry.source.chapter, told.entry.source.title)
                                for told in each.entries})
        for each in inventories
    }  # fmt: skip
    return await asyncio.to_thread(_write, inventories, documents, folder, now)


def _write(
    inventories: list[Inventory],
    documents: dict[str, list[tuple[int, str]]],
    folder: Path,
    now: datetime,
) -> Written:
    try:
        _make_room(folder)
        pages = Environment(
            loader=PackageLoader("bot.site"),
            autoescape=select_autoescape(("html",)),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        works = [each.work for each in inventories]
        shared = {"works": works, "built": f"{now:%d %B %Y}".lstrip("0")}
        (folder / "index.html").write_text(pages.get_template("index.html").render(shared), "utf-8")
        for each in inventories:
            known = [told for told in each.entries if told.chapter <= FIRST_CHAPTER]
            page = pages.get_template("work.html").render(
                shared,
                work=each.work,
                entries=[_entry(told) for told in known],
                entities=[_entity(name) for name in each.entities if name.chapter <= FIRST_CHAPTER],
                chapters=each.chapters,
                documents=documents[each.work.slug],
                first=FIRST_CHAPTER,
            )
            (folder / f"{each.work.slug}.html").write_text(page, "utf-8")
            _write_chapters(each, folder / "data" / each.work.slug)
        for name in _STATIC:
            text = files("bot.site").joinpath("static", name).read_text("utf-8")
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        raise OperatorError(f"{folder} cannot be written: {error.strerror}.") from error
    return Written(
        len(inventories) + 1,
        sum(len(each.entries) for each in inventories),
        sum(len(each.entities) for each in inventories),
    )


def _make_room(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        if not (folder / MARK).is_file():
            raise OperatorError(
                f"{folder} holds something that is no site of ours. Name another folder."
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("Written by `samizdat canon site`; written anew each time.\n")


def _write_chapters(told: Inventory, folder: Path) -> None:
    folder.mkdir(parents=True)
    for chapter in told.chapters:
        content = {
            "entries": [_entry(each) for each in told.entries if each.chapter == chapter],
            "entities": [_entity(each) for each in told.entities if each.chapter == chapter],
            "aliases": [
                {"key": each.entity.key, "alias": alias}
                for each in told.entities
                for reveals, alias in each.aliases
                if reveals == chapter and each.chapter < chapter
            ],
        }
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        (folder / f"{chapter}.json").write_text(text, "utf-8")


def _entry(told: Told) -> dict[str, object]:
    entry = told.entry
    text = entry.text.strip()
    if entry.date and text.startswith(entry.title):
        # The title is the first sentence: not twice.
        text = text[len(entry.title) :].lstrip(".").strip()
    return {
        "key": entry.key,
        "title": entry.title if entry.date else "",
        "text": text,
        "date": entry.date.written if entry.date else "",
        "day": entry.date.span.first if entry.date else None,
        "source": entry.source.title,
        "number": entry.number,
        "chapter": told.chapter,
    }


def _entity(named: Named) -> dict[str, object]:
    entity = named.entity
    return {
        "key": entity.key,
        "name": entity.name,
        "kind": str(entity.kind),
        "blurb": entity.blurb,
        "aliases": [alias for chapter, alias in named.aliases if chapter <= named.chapter],
        "entries": list(named.entries),
        "chapter": named.chapter,
    }
