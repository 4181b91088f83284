"""Markdown: front matter, headings, lists and tables."""

import pytest

from bot.canon.building.formats import read_document
from bot.canon.building.formats.model import ReadDocument
from bot.canon.models import Tier
from bot.errors import SeedError

BOMB = "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]"


def read(text: str, name: str = "a.md") -> ReadDocument:
    return read_document(text, name, None)


def entries(document: ReadDocument) -> list[tuple[str | None, str]]:
    return [(block.span.edtf if block.span else None, block.text) for block in document.blocks]


def test_front_matter_says_title_chapter_tier_and_date():
    document = read(
        "---\ntitle: The Strike\nchapter: 3\ntier: author\ndate: 1914\n---\n- 9 June: a\n"
    )

    assert (document.title, document.chapter, document.tier) == ("The Strike", 3, Tier.AUTHOR)
    assert entries(document) == [("1914-06-09", "a")]


@pytest.mark.parametrize(
    ("date", "edtf"),
    [
        ("1924-05-19", "1924-05-19"),
        ("19 May 1924", "1924-05-19"),
        ("May 1924", "1924-05"),
        ("1924", "1924"),
        ("'1920s'", "192X"),
        ("2024-05-19T10:00:00Z", "2024-05-19"),
        ("2024-05-19 10:00:00", "2024-05-19"),
    ],
)
def test_a_note_with_a_date_is_an_entry_of_it(date, edtf):
    document = read(
        f"---\ntitle: He falls\ndate: {date}\ntags: [a, b]\n---\nHe falls here.\n\nMore.\n"
    )

    assert entries(document) == [(edtf, "He falls here."), (None, "More.")]
    assert (document.blocks[0].title, document.blocks[1].heading) == ("He falls", "He falls")


def test_a_text_is_paragraphs_under_its_headings_without_the_marks():
    document = read(
        "# The *Strike*\n\nIt [rains](http://x) on **us**,\nand `on`.\n\n## Then\n\n"
        "> He spoke.\n\n![map](a.png)\n\n- one\n- two\n\n```\ncode\n```\n\n"
        "End[^1] [[Page|it]] \\*.\n"
    )

    assert document.title == "The Strike"
    assert [(b.heading, b.text, b.line) for b in document.blocks] == [
        ("", "It rains on us, and on.", 3),
        ("Then", "He spoke.", 8),
        ("Then", "map", 10),
        ("Then", "one", 12),
        ("Then", "two", 13),
        ("Then", "code", 16),
        ("Then", "End it *.", 19),
    ]


def test_entries_stand_in_lists_under_headings_and_under_bullets():
    document = read(
        "# It\n\n## 1914\n\n- **9 June**: a\n  - a detail\n- 10 June: b\n\n### July\n\n5: c\n\n"
        "## 1915\n\n- May\n  - 3 May: d\n\n1. June: e\n"
    )

    assert entries(document) == [
        ("1914-06-09", "a\n• a detail"),
        ("1914-06-10", "b"),
        ("1914-07-05", "c"),
        ("1915-05-03", "d"),
        ("1915-06", "e"),
    ]
    assert document.tier is Tier.TIMELINE


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("title: [", "a.md:3: The front matter is not valid YAML"),
        ("title: a: b", "a.md:2: The front matter is not valid YAML"),
        ("title: A\nchapter: three", "a.md:3: “three” is no number of a chapter."),
        ("title: A\ntier: gospel", "a.md:3: There is no tier “gospel”"),
        ("title: A\ndate: someday", "a.md:3: The date “someday” cannot be read."),
        ("title: A\ndate: 1924-02-30", "a.md:3: The date “1924-02-30” cannot be read."),
        (BOMB, "a.md:2: Anchors and aliases"),
        ("title: " + "[" * 4000, "The front matter is not valid YAML"),
        ("title: !!python/object:os.system x\nchapter: -1", "a.md:3: “-1” is no number"),
    ],
    ids=lambda value: value[:20],
)
def test_front_matter_that_cannot_be_is_refused_with_its_line(front, said):
    with pytest.raises(SeedError) as caught:
        read(f"---\n{front}\n---\nText.\n")

    (fault,) = caught.value.faults
    assert said in str(fault)
    assert "\n" not in str(fault)


def test_a_line_of_dashes_is_no_front_matter():
    assert read("---\n\nIt rains.\n\n---\n\nIt goes on.\n", "a.txt").format == "prose"
    assert read("---\ntitle: A\n---\nIt rains.\n", "a.txt").format == "markdown"
