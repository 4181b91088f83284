"""What an upload would become: told before anybody adds it, whatever its bytes are."""

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.canon.building import preview as module
from bot.canon.building.preview import MOST_LINES, MOST_WARNINGS, preview
from bot.errors import Fault, SeedError
from tests.canon.building.pages import Post, book, chapter, page


def refusal(name: str, data: bytes, stated: str | None = None) -> str:
    with pytest.raises(SeedError) as caught:
        preview(name, data, stated=stated)
    (fault,) = caught.value.faults
    return str(fault)


def test_a_timeline_shows_its_first_and_last_date_and_its_first_titles():
    seen = preview("t.txt", b"May 1914: A.\n1912: B.\nJune 1915: C c.\n1914: D.\n")

    assert (seen.format, seen.entries, seen.passages, seen.words) == ("timeline", 4, 4, 5)
    assert seen.first is not None
    assert seen.last is not None
    assert (seen.first.written, seen.last.written) == ("1912", "June 1915")
    assert (seen.titles, seen.chapters) == (("A", "B", "C c"), ())
    assert len(seen.warnings) == 2


def test_a_book_and_a_thread_show_their_chapters():
    raw = book({"a.xhtml": chapter("One", "<p>x</p>"), "b.xhtml": chapter("Two", "<p>y</p>")})
    saved = page(1, [Post(1, "A", "x", "One"), Post(2, "B", "Well.")]).encode()

    assert preview("b.epub", raw).chapters == ("One", "Two")
    assert preview("b.epub", raw).title == "The Long Strike"
    seen = preview("p.html", saved)
    assert (seen.chapters, seen.passages, seen.comments, seen.words) == (("One",), 2, 1, 1)


def test_prose_shows_no_dates():
    seen = preview("s.txt", b"It rains.\n\nIt goes on.\n")

    assert (seen.format, seen.entries, seen.first, seen.last) == ("prose", 0, None, None)
    assert seen.titles == ("It rains", "It goes on")


def test_warnings_have_a_bound():
    seen = preview("t.txt", "\n".join(f"{2000 - n}: x" for n in range(50)).encode())

    assert (len(seen.warnings), seen.more_warnings) == (MOST_WARNINGS, 49 - MOST_WARNINGS)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "a.txt: The file is empty."),
        ("a.txt", b" \n", "nothing but white space"),
        ("a.txt", b"\0\1\2" * 99, "not text"),
        ("a.png", b"\x89PNG\r\n", "a PNG picture"),
        ("a.txt", b"a" * 5_000_001, "It is 6 MB, and an upload may have 5 MB at most."),
        ("a.txt", b"1914: a\n" * (MOST_LINES + 1), f"a.txt:{MOST_LINES + 1}: It has more than"),
        ("a.epub", b"PK\x03\x04mimetypeapplication/epub+zip", "damaged"),
        ("a.docx", b"PK\x03\x04word/document.xml", "a ZIP archive"),
        ("a.txt", b"#REDIRECT [[Other page]]", "sends its readers on to “Other page”"),
        (
            "a\n\x1b[31m.txt",
            b"",
            "a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}[31m.txt: The",
        ),
        ("x" * 500, b"", "x" * 100 + ": The file is empty."),
    ],
    ids=lambda value: repr(value[:12]),
)
def test_what_cannot_be_read_is_refused_in_one_sentence(name, data, said):
    sentence = refusal(name, data)

    assert said in sentence
    assert "\n" not in sentence


def test_an_unknown_format_is_refused_with_all_there_are():
    assert "epub, html, markdown, prose, thread, timeline, xenforo" in refusal("a", b"x", "word")


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.html", "a.epub"]))
@settings(max_examples=200, deadline=None)
def test_any_bytes_have_a_preview_or_a_sentence(data, name):
    for stated in (None, "timeline", "html", "xenforo", "epub", "markdown", "thread"):
        faults: tuple[Fault, ...] = ()
        try:
            seen = preview(name, data, stated=stated)
        except SeedError as error:
            faults = error.faults
        else:
            assert seen.passages >= max(seen.entries, 1)
        assert all("\n" not in str(fault) for fault in faults)


POST = "<div class='bbWrapper'><article class='message message--post' data-content='post-1'>"
HOSTILE = {
    "a.txt": [
        "1914: ", "• ", "{{", "[[a|", "'''1914'''", "{|\n|a\n", "{{Date|1914}}", "5, 6, 7, ",
        "5 May (", "1914?", "= ", "}}", "<ref>", "Anna said:\n", "’s ", "\u00a0",
    ],
    "a.md": [
        "> ", "- - ", "](", "![", "**a", "[a]: ", "`", "<a ", "\\", "| ", "```\n", "[^1]", "_a ",
    ],
    "a.html": ["<b>", "<div>", "<table><tr><td>", "<a href='", "<!--", "&amp", "<p>x", "<ul><li>"],
    "p.html": [
        f"{POST}<b>", f"{POST}<div class='bbCodeSpoiler'>", POST,
        f"{POST}<blockquote class='bbCodeBlock--quote'>", "<meta property='og:url'>",
    ],
}  # fmt: skip


def _seconds(name: str, unit: str, size: int) -> float:
    head = "<html><body>" if name.endswith("html") else ""
    text = (head + unit * (size // len(unit.encode()) + 1)).encode()[:size]
    begun = time.process_time()
    with suppress(SeedError):
        preview(name, text.decode(errors="ignore").encode())
    return time.process_time() - begun


@pytest.mark.parametrize(
    ("name", "unit"), [(name, unit) for name, units in HOSTILE.items() for unit in units]
)
def test_twice_as_much_of_anything_takes_no_more_than_twice_as_long(name, unit, monkeypatch):
    monkeypatch.setattr(module, "MOST_LINES", 10_000_000)
    # The best of three: a busy machine adds to a measurement and never takes from it.
    once = min(_seconds(name, unit, 40_000) for _ in range(2))
    twice = min(_seconds(name, unit, 80_000) for _ in range(3))

    assert twice < 3 * once + 0.15


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("a.txt", "1914 May (x) "),
        ("a.txt", "x" * 4_999_999),
        ("a.html", "<i>"),
        ("a.md", "[x](y) "),
    ],
    ids=lambda value: value[:12],
)
def test_five_megabytes_of_anything_are_done_in_seconds(name, unit):
    assert _seconds(name, unit, 4_999_990) < 20
