"""Ten documents as people write them: each dated entry found, none invented, no word lost."""

import re

import pytest

from bot.canon.building.reading import Given, read_files
from bot.canon.models import Tier
from bot.canon.names import tokens
from tests.canon.building.strangers import ALBATROSS, FOLDER, THREAD

ENCODED = {
    "lantern_coast.txt": "utf-8",
    "saltmarsh.md": "utf-8",
    "nine_valleys.wiki": "utf-8-sig",
    "odd_hours.txt": "utf-16",
    "harbour_board.txt": "utf-8",
    "elbtal.txt": "cp1252",
    "far_shore.txt": "utf-16-be",
    "almanac.html": "utf-8",
}
"""How each file comes: what people's programs save."""
AROUND_DATES = {"edit", "wed", "mcmxxxii", "night", "hours", "sometime", "around", "den", "year"}
"""Words that belong to a date and say no more than that."""
NEWLINES = {"harbour_board.txt": "\r\n", "elbtal.txt": "\r\n", "odd_hours.txt": "\r"}


def files_of(name):
    """Return the files of the document *name*, as read_files takes them."""
    if name == "albatross.epub":
        return [Given(name, ALBATROSS)]
    if name == "thread.html":
        return [Given(f"page-{at}.html", text.encode()) for at, text in enumerate(THREAD, 1)]
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


@pytest.mark.parametrize("name", [*ENCODED, "albatross.epub", "thread.html"])
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
