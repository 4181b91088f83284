"""Seeds that cannot become a canon: one sentence each with its place, and the old canon stays."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.canon.building.build import build, check
from bot.errors import SeedError

NOW = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds" / "story"
    folder.mkdir(parents=True)
    (folder / "t.txt").write_text("1914: It rains.\n", "utf-8")
    build([tmp_path / "seeds"], tmp_path / "canon.sqlite", NOW)
    return folder


def huge(work: Path) -> None:
    with (work / "huge.txt").open("wb") as file:
        file.truncate(200_000_000)


def outside(work: Path) -> None:
    (work.parents[1] / "secret.txt").write_text("1914: secret\n", "utf-8")
    (work / "link.txt").symlink_to(work.parents[1] / "secret.txt")


BAD = {
    "binary": (
        lambda work: (work / "b.txt").write_bytes(bytes(range(256)) * 9),
        "story/b.txt:1: This is not text: it holds NUL bytes.",
    ),
    "empty": (lambda work: (work / "e.txt").write_bytes(b""), "story/e.txt: The file is empty."),
    "200 MB": (huge, "story/huge.txt: 200 MB is more than a document may have (20 MB)"),
    "a link out": (outside, "link.txt: a link that leads out of the folder of seeds"),
    "broken TOML": (
        lambda work: (work / "canon.toml").write_text('title = "A"\nkind = \n', "utf-8"),
        "story/canon.toml:2: is not valid TOML",
    ),
    "a million lines": (
        lambda work: (work / "m.txt").write_bytes(b"1914: a\n" * 1_000_000),
        "story/m.txt:400001: The document has more than 400000 lines",
    ),
    "a format that is none": (
        lambda work: (work / "canon.toml").write_text(
            'title = "A"\n[[document]]\nfile = "t.txt"\nformat = "word"\n', "utf-8"
        ),
        "story/t.txt: There is no format “word”; the formats are epub, html, markdown,",
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_bad_is_named_with_its_place_and_the_old_canon_stays(work, kind):
    spoil, said = BAD[kind]
    canon = work.parents[1] / "canon.sqlite"
    before = canon.read_bytes()
    spoil(work)

    for attempt in (
        lambda: build([work.parent], canon, NOW),
        lambda: check([work.parent], canon),
    ):
        with pytest.raises(SeedError) as caught:
            attempt()

        (fault,) = caught.value.faults
        assert said in str(fault)
        assert "\n" not in str(fault)
    assert canon.read_bytes() == before


def test_every_fault_of_every_file_is_named_at_once(work):
    (work / "a.txt").write_bytes(b"")
    (work / "b.epub").write_bytes(b"PK\x03\x04mimetypeapplication/epub+zip")
    (work / "c.md").write_text("---\ntier: x\n---\nText.\n", "utf-8")

    with pytest.raises(SeedError) as caught:
        build([work.parent], work.parents[1] / "canon.sqlite", NOW)

    assert [fault.file for fault in caught.value.faults] == [
        "story/a.txt",
        "story/b.epub",
        "story/c.md",
    ]
