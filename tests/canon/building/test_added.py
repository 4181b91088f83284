"""`canon add`, and whole works built from books and saved pages: all of it or nothing."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.canon.building.build import build, check
from bot.cli.added import Addition, added
from bot.errors import OperatorError, SeedError
from tests.canon.building.pages import Post, book, chapter, page

NOW = datetime(2026, 11, 26, tzinfo=UTC)
FIRST = [Post(100, "A", "May 1914: a<br><br>June 1914: b<br><br>July 1914: c", "One")]
SECOND = [Post(101, "B", "Well."), Post(102, "A", "The mines are still.", "Two")]


def sources(canon: Path) -> list[tuple[str, int, str]]:
    with closing(sqlite3.connect(canon)) as connection:
        return connection.execute(
            "SELECT title, chapter, tier FROM source ORDER BY chapter, id"
        ).fetchall()


def told(canon: Path) -> list[tuple[str, int, str]]:
    with closing(sqlite3.connect(canon)) as connection:
        return connection.execute(
            "SELECT text, told_order, tier FROM passage ORDER BY id"
        ).fetchall()


def add(folder: Path, *files: Path, chapter: int = 0, title: str = "") -> None:
    with added(Addition(files, "My Story", title, chapter), folder / "seeds"):
        build([folder / "seeds"], folder / "canon.sqlite", NOW)


def test_pages_of_one_thread_are_added_at_once_or_one_by_one(tmp_path):
    one, two = tmp_path / "z.html", tmp_path / "a.html"
    one.write_text(page(1, FIRST), "utf-8")
    two.write_text(page(2, SECOND), "utf-8")
    at_once, by_one = tmp_path / "at once", tmp_path / "by one"

    add(at_once, two, one, chapter=5, title="The Strike")
    add(by_one, two, chapter=5, title="The Strike")
    add(by_one, one, chapter=5, title="The Strike")

    assert sources(at_once / "canon.sqlite") == [
        ("The Strike · One", 5, "chapter"),
        ("The Strike · Two", 6, "chapter"),
    ]
    assert told(at_once / "canon.sqlite") == told(by_one / "canon.sqlite")
    assert ("Well.", 5, "comment") in told(at_once / "canon.sqlite")


def test_a_book_is_added_chapter_by_chapter_and_no_key_is_given_twice(tmp_path):
    names = {f"a-very-long-name-of-a-chapter-that-goes-on-{n}.xhtml": f"T{n}" for n in range(12)}
    made = book({name: chapter(title, f"<p>x {title}</p>") for name, title in names.items()})
    (tmp_path / "b.epub").write_bytes(made)

    add(tmp_path / "data", tmp_path / "b.epub")

    found = sources(tmp_path / "data" / "canon.sqlite")
    assert [(title, number) for title, number, _tier in found] == [
        (f"T{n}", n + 1) for n in range(12)
    ]


def test_markdown_tells_its_own_chapter_unless_another_is_given(tmp_path):
    for name, number in (("a.md", 0), ("b.md", 9)):
        text = f"---\nchapter: 3\ntitle: {name}\n---\nIt rains.\n"
        (tmp_path / name).write_text(text, "utf-8")
        add(tmp_path / "data", tmp_path / name, chapter=number)

    assert sources(tmp_path / "data" / "canon.sqlite") == [
        ("a.md", 3, "chapter"),
        ("b.md", 9, "chapter"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.epub", b"PK\x03\x04mimetypeapplication/epub+zip", "damaged"),
        ("a.md", b"---\nchapter: x\n---\nText.\n", "a.md:2: “x” is no number of a chapter."),
        ("a.txt", b"", "empty"),
        ("a.txt", b"x\n" * 1_000_000, "a.txt:400001: The document has more than 400000 lines"),
    ],
)
def test_what_cannot_be_read_is_not_added_and_the_old_canon_stays(tmp_path, name, content, said):
    good = tmp_path / "good.txt"
    good.write_text("1914: It rains.\n", "utf-8")
    add(tmp_path / "data", good)
    before = (tmp_path / "data" / "canon.sqlite").read_bytes()
    (tmp_path / name).write_bytes(content)

    with pytest.raises(SeedError, match=said):
        add(tmp_path / "data", tmp_path / name)

    assert (tmp_path / "data" / "canon.sqlite").read_bytes() == before
    assert [each.name for each in (tmp_path / "data/seeds/my-story").iterdir()] == ["good.txt"]


def test_two_files_of_one_name_and_names_of_ours_are_refused(tmp_path):
    (tmp_path / "x").mkdir()
    files = [tmp_path / "a.txt", tmp_path / "x" / "a.txt", tmp_path / "canon.toml"]
    for file in files:
        file.write_text("1914: a", "utf-8")

    with pytest.raises(OperatorError, match=r"Two of these files are called “a\.txt”"):
        add(tmp_path / "data", *files[:2])
    with pytest.raises(OperatorError, match=r"cannot be called “canon.toml”"):
        add(tmp_path / "data", files[2])


def test_a_check_names_what_is_new_and_a_note_of_a_later_chapter_says_of_which(tmp_path):
    work = tmp_path / "seeds" / "story"
    work.mkdir(parents=True)
    (work / "p1.html").write_text(page(1, FIRST), "utf-8")
    build([tmp_path / "seeds"], tmp_path / "canon.sqlite", NOW)
    late = "June 1915: d<br><br>May 1915: e<br><br>July 1915: f"
    (work / "p2.html").write_text(page(2, [*SECOND, Post(103, "A", late, "Three")]), "utf-8")

    report = check([tmp_path / "seeds"], tmp_path / "canon.sqlite")

    assert (len(report.added), len(report.removed), report.unchanged) == (5, 0, 3)
    (note,) = report.notes
    assert str(note.file) == "story/p2.html, chapter 3"
    assert str(note.message).startswith("“May 1915” stands after the later “June 1915”")


def test_a_guild_has_a_small_canon_of_its_own_from_a_folder_of_its_own(tmp_path):
    for guild in ("1", "2"):
        folder = tmp_path / "guilds" / guild / "our-story"
        folder.mkdir(parents=True)
        (folder / "t.txt").write_text(f"191{guild}: Of {guild}.\n", "utf-8")

        build([folder.parent], tmp_path / "guilds" / f"{guild}.sqlite", NOW)

    assert told(tmp_path / "guilds" / "1.sqlite") == [("Of 1.", 0, "timeline")]
    assert told(tmp_path / "guilds" / "2.sqlite") == [("Of 2.", 0, "timeline")]
