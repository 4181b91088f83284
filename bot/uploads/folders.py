"""A server's documents as folders of seeds, the form a build reads."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from bot.canon.building.seeds import ADDED_FILE, CANON_FILE
from bot.uploads.models import Document


@contextmanager
def seed_folder(
    documents: Iterable[tuple[Document, bytes]], known: Iterable[str]
) -> Iterator[Path]:
    """Yield a temporary folder of seeds with *documents*. Blocking.

    *known* works stand elsewhere too, with a canon.toml that must go on being read.
    """
    with tempfile.TemporaryDirectory(prefix="samizdat-shelf-") as name:
        root = Path(name)
        ordered = sorted(documents, key=lambda each: (each[0].work, each[0].chapter, each[0].file))
        for work, group in groupby(ordered, key=lambda each: each[0].work):
            folder = root / work
            folder.mkdir()
            told = list(group)
            for document, content in told:
                (folder / document.file).write_bytes(content)
            listed = "".join(_entry(document) for document, _ in told)
            if work in known:
                (folder / ADDED_FILE).write_text(listed, "utf-8")
            else:
                title = f"title = {_quoted(told[0][0].work_title)}\n"
                (folder / CANON_FILE).write_text(title + listed, "utf-8")
        yield root


def _entry(document: Document) -> str:
    rows = [f"\n[[document]]\nfile = {_quoted(document.file)}\n"]
    if document.title:
        rows.append(f"title = {_quoted(document.title)}\n")
    if document.chapter:
        rows.append(f"chapter = {document.chapter}\n")
    return "".join(rows)


def _quoted(text: str) -> str:
    # A JSON string without its own escapes for non-ASCII is a TOML basic string.
    return json.dumps(
        "".join(char if char.isprintable() else " " for char in text), ensure_ascii=False
    )
