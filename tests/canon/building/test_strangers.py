"""Documents as people write them: each dated entry found, none invented, no word lost."""

import re

import pytest

from bot.canon.building.reading import Given, read_files
from bot.canon.models import Tier
from bot.canon.names import tokens
from tests.canon.building.strangers import ALBATROSS, FOLDER, MANIFESTO, RETREAT, THREAD

ENCODED = {
    "lantern_coast.txt": "utf-8",
    "saltmarsh.md": "utf-8",
    "nine_valleys.wiki": "utf-8-sig",
    "odd_hours.txt": "utf-16",
    "harbour_board.txt": "utf-8",
    "elbtal.txt": "cp1252",
    "far_shore.txt": "utf-16-be",
    "almanac.html": "utf-8",
    "corsaire.txt": "utf-8-sig",
    "gory_wolne.txt": "utf-8",
    "inselreich.txt": "cp1252",
    "canal_war.txt": "utf-8",
    "delta.wiki": "utf-8",
    "glass_harbour.md": "utf-8-sig",
    "puna.md": "utf-8",
    "hill_princes.txt": "utf-8",
    "starred.txt": "utf-8",
    "isola.txt": "utf-8",
    "step.txt": "utf-16",
    "norrland.md": "utf-8",
    "launches.txt": "utf-8-sig",
}
"""How each file comes: what people's programs save."""
AROUND_DATES = {"edit", "wed", "mcmxxxii", "night", "hours", "sometime", "around", "den", "year"}
"""Words that belong to a date and say no more than that."""
NEWLINES = dict.fromkeys(
    ("harbour_board.txt", "elbtal.txt", "corsaire.txt", "inselreich.txt", "glass_harbour.md"),
    "\r\n",
) | dict.fromkeys(("odd_hours.txt", "hill_princes.txt"), "\r")
BOOKS = {"albatross.epub": ALBATROSS}
THREADS = {"thread.html": THREAD, "manifesto.html": MANIFESTO, "retreat.html": RETREAT}


def files_of(name):
    """Return the files of the document *name*, as read_files takes them."""
    if name in BOOKS:
        return [Given(name, BOOKS[name])]
    if name in THREADS:
        pages = enumerate(THREADS[name], 1)
        return [Given(f"page-{at}.html", text.encode()) for at, text in pages]
    text = (FOLDER / name).read_text("utf-8").replace("\n", NEWLINES.get(name, "\n"))
    return [Given(name, text.encode(ENCODED[name]))]


def documents_of(name):
    """Return what is read in the files of *name*."""
    faults = []
    found = read_files(files_of(name), faults)
    assert faults == []
    return [one.document for one in found]


def blocks_of(name):
    """Return all blocks of the document *name*."""
    return [block for document in documents_of(name) for block in document.blocks]


@pytest.mark.parametrize("name", [*ENCODED, *BOOKS, *THREADS])
def test_each_dated_entry_is_found_and_none_is_invented(name):
    expected = (FOLDER / name).with_suffix(".expected").read_text("utf-8").splitlines()
    begins = [line.partition(" | ")[2] for line in expected]

    entries = [block for block in blocks_of(name) if block.span and block.tier is not Tier.COMMENT]
    read = [f"{block.span.edtf} | {block.text}" for block in entries]
    cut = [
        line[: len(line.partition(" | ")[0]) + 3 + len(begin)]
        for line, begin in zip(read, begins, strict=False)
    ]

    assert cut == expected
    assert len(entries) == len(expected)


@pytest.mark.parametrize(
    "name",
    ["lantern_coast.txt", "odd_hours.txt", "harbour_board.txt", "elbtal.txt", "far_shore.txt"],
)
def test_no_word_of_a_plain_document_is_lost(name):
    written = tokens((FOLDER / name).read_text("utf-8"))
    titles = [document.title for document in documents_of(name)]
    said = [f"{b.heading} {b.written} {b.text} {b.title}" for b in blocks_of(name)]
    kept = set(tokens(" ".join([*titles, *said])))

    lost = [word for word in written if word not in kept and re.search(r"[^\W\d]{3}", word)]
    assert set(lost) <= AROUND_DATES
