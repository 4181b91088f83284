"""Timelines in every shape people write them in: each entry found, none invented, none moved."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.canon import dates
from bot.canon.building.decode import decode
from bot.canon.building.formats import FORMATS, read_document
from bot.canon.building.formats.model import ReadDocument
from bot.canon.building.written_dates import mentioned_dates
from bot.errors import SeedError

ORIGINAL = Path(__file__).parents[4] / "shared" / "seeds" / "004_1ccd5da78a947807.txt"
needs_original = pytest.mark.skipif(
    not ORIGINAL.is_file(), reason="the two original documents are not part of the repository"
)

# The shape of the real one: bullets, NO-BREAK SPACEs, blank lines, an entry out of order.
BULLETS = """The long strike was a time of unrest in a country that is not on any map.\u00a0
\nThe following events are part of it:\n\n
  •\u00a0January 1919.\u00a0Railway men walk out.\n\n
  • April 1919.\u00a0The\u00a0mines are still; over 5,000 march on the capital.\n\n
  • February 1919. Coal is rationed, 200 tons a day.\n\n\n
  • October 1919. In January of the same year nobody had believed it. By April they did.
"""


def read(text: str) -> ReadDocument:
    return read_document(text, "t.txt", "timeline")


def entries(text: str) -> list[tuple[str | None, str]]:
    return [(b.span.edtf if b.span else None, b.text) for b in read(text).blocks]


def notes(text: str) -> list[str]:
    return [str(note) for note in read(text).notes]


def test_bulleted_months_with_no_break_spaces_are_entries_and_the_introduction_is_kept():
    assert entries(BULLETS) == [
        (None, "The long strike was a time of unrest in a country that is not on any map."),
        (None, "The following events are part of it:"),
        ("1919-01", "Railway men walk out."),
        ("1919-04", "The mines are still; over 5,000 march on the capital."),
        ("1919-02", "Coal is rationed, 200 tons a day."),
        ("1919-10", "In January of the same year nobody had believed it. By April they did."),
    ]
    assert [block.line for block in read(BULLETS).blocks] == [1, 3, 6, 9, 12, 16]
    assert read(BULLETS).blocks[2].written == "January 1919"


def test_an_entry_told_after_a_later_one_is_noted_with_its_line_and_stays():
    assert notes(BULLETS) == [
        "t.txt:12: “February 1919” stands after the later “April 1919” (line 9); "
        "it is kept where it stands."
    ]


def test_a_year_after_one_of_its_months_and_a_day_in_the_month_above_are_in_order():
    assert notes("May 1924: a\n1924: b\n19 May 1924: c\nMay 1924: d\n1924–1926: e\n") == []


def test_rows_of_a_table_are_entries():
    markdown = "| Year | Event |\n|---|---|\n| 1914 | It rains. |\n| 1915 | So it does. |\n"
    wiki = '{| class="x"\n! Year !! Event\n|-\n| 1914 || It rains.\n|-\n| 1915\n| So it does.\n|}\n'
    rows = [("1914", "It rains."), ("1915", "So it does.")]

    assert entries(markdown)[1:] == rows
    assert entries(wiki) == rows


def test_an_item_of_the_list_without_a_date_is_a_passage_and_no_part_of_the_entry_above():
    text = "• March 14,1920: The docks close.\n• The mines follow.\n  In the north first.\n"

    assert entries(text) == [
        ("1920-03-14", "The docks close."),
        (None, "The mines follow. In the north first."),
    ]


@pytest.mark.parametrize("bullet", ["• ", "•", "- ", "-", "– ", "* ", "*", "‣ ", "  - ", "1) ", ""])
@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("May 1924. It rains.", "1924-05"),
        ("May 1924: It rains.", "1924-05"),
        ("19 May 1924. It rains.", "1924-05-19"),
        ("May 19, 1924: It rains.", "1924-05-19"),
        ("1924-05-19: It rains.", "1924-05-19"),
        ("1924: It rains.", "1924"),
        ("1924 – It rains.", "1924"),
        ("1924: Jan 5 – It rains.", "1924-01-05"),
        ("in 1399, It rains.", "1399"),
        ("In\u00a01399,\u00a0It rains.", "1399"),
        ("**May 1924** It rains.", "1924-05"),
    ],
)
def test_any_bullet_goes_with_any_date(bullet, line, edtf):
    text = f"{bullet}{line}\n" * 3

    assert entries(text) == [(edtf, "It rains.")] * 3
    assert read_document(text, "t.txt", None).format == "timeline"


@pytest.mark.parametrize(
    "heading", ["1914", "1914:", "== 1914 ==", "## 1914", "**1914**", "1914\n====", "— 1914 —"]
)
@pytest.mark.parametrize(
    ("line", "edtf", "written"),
    [
        ("- 9 June: It rains.", "1914-06-09", "9 June 1914"),
        ("28 June: It rains.", "1914-06-28", "28 June 1914"),
        ("10-13 August: It rains.", "1914-08-10/1914-08-13", "10-13 August 1914"),
        ("-January 25: It rains.", "1914-01-25", "January 25, 1914"),
        ("*1932: Jan 5 – It rains.", "1932-01-05", "Jan 5, 1932"),
        ("- May: It rains.", "1914-05", "May 1914"),
        ("- In May, It rains.", "1914-05", "May 1914"),
        ("- It rains.", "1914", "1914"),
        ("It rains.", "1914", "1914"),
    ],
)
def test_entries_have_the_year_of_the_heading_above(heading, line, edtf, written):
    (block,) = read(f"{heading}\n{line}\n").blocks

    assert block.span is not None
    assert (block.span.edtf, block.written, block.text) == (edtf, written, "It rains.")


def test_decades_years_and_months_nest():
    text = (
        "1930s\n- A poor decade.\n1932\nMay\n19: a\n20 – b\nJune\n1: c\n1933\nJan 3: d\n1940s\n- e"
    )

    assert entries(text) == [
        ("193X", "A poor decade."),
        ("1932-05-19", "a"),
        ("1932-05-20", "b"),
        ("1932-06-01", "c"),
        ("1933-01-03", "d"),
        ("194X", "e"),
    ]


def test_marked_headings_nest_by_their_level_and_name_the_section():
    text = """# The strike

## 1932: the year of hunger
- 9 June: a
### May
- 3: b
### Abroad
- 4 July: c
## 1933
- 1 May: d
## Sources
Newspapers.
"""
    document = read(text)

    assert document.title == "The strike"
    assert [(b.span and b.span.edtf, b.heading, b.text) for b in document.blocks] == [
        ("1932-06-09", "the year of hunger", "a"),
        ("1932-05-03", "the year of hunger", "b"),
        ("1932-07-04", "Abroad", "c"),
        ("1933-05-01", "", "d"),
        (None, "Sources", "Newspapers."),
    ]


def test_media_wiki_source_is_read_as_its_readers_see_it():
    text = """{{Infobox
| year = 1899: not an entry
}}
'''The strike''' was long.<!-- 1900: hidden -->
== 1932 ==
* [[1 May]]: The [[Miners' Union|miners]] ''walk'' out.<ref name="a">Daily,
2 May 1932</ref>
** Nobody&nbsp;works.<ref name="a" />
* [[2 May|May 2]] – {{Flag|X}} Troops arrive. [[File:Troops.jpg|thumb|The [[troops]]]]
=== June ===
* 3: The [https://example.org end].
[[Category:Strikes]]
"""
    found = [(b.line, b.span and b.span.edtf, b.text) for b in read(text).blocks]

    assert found == [
        (4, None, "The strike was long."),
        (6, "1932-05-01", "The miners walk out.\n• Nobody works."),
        (9, "1932-05-02", "Troops arrive."),
        (11, "1932-06-03", "The end."),
    ]


def test_a_day_on_a_line_of_its_own_dates_what_stands_below():
    text = "* [[January 1]]\n** A ship sails.\n** Another.\n28 June 1932\nA paragraph.\n"

    assert entries("1932\n" + text) == [
        ("1932-01-01", "A ship sails."),
        ("1932-01-01", "Another."),
        ("1932-06-28", "A paragraph."),
    ]


def test_what_has_no_date_of_its_own_belongs_to_the_entry_above():
    text = """• May 1924. The strike
  begins in the north.
  - the mines
  - the docks

A paragraph more.

• June 1924. It spreads.
"""

    assert entries(text) == [
        (
            "1924-05",
            "The strike begins in the north.\n• the mines\n• the docks\n\nA paragraph more.",
        ),
        ("1924-06", "It spreads."),
    ]


def test_a_line_broken_before_a_year_begins_no_entry():
    text = """• May 1924. The plan was followed by every government in the land until
1946. For this purpose a ministry was founded, and it went on and on from
1947, when nobody remembered why.
• June 1924. It rains.
"""

    assert [edtf for edtf, _ in entries(text)] == ["1924-05", "1924-06"]
    assert "until 1946. For" in entries(text)[0][1]


def test_an_entry_without_a_year_has_that_of_the_entry_above():
    assert entries("June 28, 1914: a\nJuly 28: b\n") == [("1914-06-28", "a"), ("1914-07-28", "b")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("30 February 1932. It rains.", "There is no 30 February 1932 in the calendar."),
        ("31 April: It rains.", "There is no 31 April 1932 in the calendar."),
    ],
)
def test_a_date_that_does_not_exist_is_noted_and_its_entry_kept_without_one(line, said):
    text = f"January 1932: a\n{line}\nMarch 1932: b\n"

    assert entries(text) == [("1932-01", "a"), (None, line), ("1932-03", "b")]
    assert notes(text) == [f"t.txt:2: {said} The entry is kept without a date."]


def test_a_date_in_figures_that_may_be_two_days_is_kept_under_both_and_noted():
    assert entries("5/6/1932: It rains.\n") == [("1932-05-06/1932-06-05~", "It rains.")]
    assert notes("5/6/1932: It rains.\n") == [
        "t.txt:1: “5/6/1932” may be 6 May 1932 or 5 June 1932. The entry is kept under both."
    ]


@pytest.mark.parametrize(
    ("lines", "edtf"),
    [
        ("5/6/1932: a\n25/6/1932: b\n", "1932-06-05"),
        ("5/6/1932: a\n6/25/1932: b\n", "1932-05-06"),
        ("5/6/1932: a\n1/7/1932: b\n", "1932-06-05"),
        ("5/6/1932: a\n5/7/1932: b\n6/1/1932: c\n", "1932-05-06"),
        ("5-6-1932: a\n", "1932-06-05"),
    ],
)
def test_other_dates_in_figures_and_their_order_tell_the_day_from_the_month(lines, edtf):
    assert entries(lines)[0] == (edtf, "a")


def test_a_timeline_without_any_date_says_so():
    assert notes("Nothing here.\nNor here.\n") == [
        "t.txt: No dated entry was found in this timeline."
    ]


def test_the_first_line_is_the_title_if_it_looks_like_one():
    document = read("The Strike, a Chronicle\n\n1914: a\n1915: b\n")

    assert (document.title, len(document.blocks)) == ("The Strike, a Chronicle", 2)


def test_a_story_is_no_timeline_though_dates_stand_above_its_chapters():
    scene = "He went to the window and looked out. It was raining over the yards.\n\n" * 12
    text = f"19 May 1924\n\n{scene}\n20 May 1924\n\n{scene}\n1 June 1924\n\n{scene}"

    assert read_document(text, "s.txt", None).format == "prose"


def test_an_unknown_format_is_refused_with_the_names_of_those_there_are():
    with pytest.raises(SeedError, match=r"no format “chronicle”; .* prose, thread, timeline"):
        read_document("1914: a", "t.txt", "chronicle")


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("End of January 1914 – a", "1914-01-21/1914-01-31"),
        ("Q2 1914: a", "1914-04/1914-06"),
        ("first half of 1915 – a", "1915-01/1915-06"),
        ("Christmas 1915: a", "1915-12-25"),
        ("Mon. 19 May 1924: a", "1924-05-19"),
        ("On the night of 5–6 May 1914: a", "1914-05-05/1914-05-06"),
        ("28 June 1914, 10:50 am: a", "1914-06-28"),
        ("28 June 1914 (Sarajevo): a", "1914-06-28"),
        ("28 June 1914[2]: a", "1914-06-28"),
        ("1914 (June 28): a", "1914-06-28"),
        ("25 October [O.S. 12 October] 1917: a", "1917-10-25"),
        ("25 October / 7 November 1917: a", "1917-11-07"),
        ("25 October 1917 o.s.: a", "1917-10-25"),
        ("5, 6 and 7 May 1914: a", "1914-05-05/1914-05-07"),
        ("5/6 May 1914: a", "1914-05-05/1914-05-06"),
        ("May 8/9, 1945: a", "1945-05-08/1945-05-09"),
        ("from 5 May 1914 to June 1915: a", "1914-05-05/1915-06"),
        ("between 1914 and 1916: a", "1914/1916"),
        ("May 1914 – 7 June 1915: a", "1914-05/1915-06-07"),
        ("1928/29: a", "1928/1929"),
        ("Winter 1924/25: a", "1924-24"),
        ("Before 1914: a", "1914~"),
        ("191?: a", "191X"),
        ("1924?: a", "1924~"),
        ("~1230: a", "1230~"),
        ("c1270: a", "1270~"),
        ("05/1932: a", "1932-05"),
        ("1914-06-28T10:00: a", "1914-06-28"),
        ("1914-06-28,a", "1914-06-28"),
        ("5. Mai 1914: a", "1914-05-05"),
        ("im Dezember 1915: a", "1915-12"),
        ("28 июня 1914 г. – a", "1914-06-28"),
        ("1914 ATL: a", "1914"),
        ("1914 => a", "1914"),
        ("> 1914: a", "1914"),
    ],
)
def test_dates_are_read_as_people_write_them(line, edtf):
    assert entries(line) == [(edtf, "a")]


def test_lines_that_are_counted_are_bullets_and_days_before_months_are_not():
    assert entries("1. May 1914: a\n2. June 1914: b\n3. July 1914: c\n") == [
        ("1914-05", "a"),
        ("1914-06", "b"),
        ("1914-07", "c"),
    ]
    assert entries("5. May 1914: a\n9. Juni 1914: b\n") == [
        ("1914-05-05", "a"),
        ("1914-06-09", "b"),
    ]


def test_a_blank_is_enough_where_the_whole_document_does_it():
    assert entries("1914 War begins\n1915 Gas\n1916 The Somme\n") == [
        ("1914", "War begins"),
        ("1915", "Gas"),
        ("1916", "The Somme"),
    ]
    assert entries("1914: War.\n1915: Gas.\nMay 1916 was a hard month.\n")[1] == (
        "1915",
        "Gas.\nMay 1916 was a hard month.",
    )


def test_a_sentence_below_a_bullet_that_begins_with_a_date_goes_on_with_the_entry():
    text = "• May 1914. a\n\nIn June 1914, it went on.\n\n• July 1914. b\n"

    assert entries(text) == [("1914-05", "a\n\nIn June 1914, it went on."), ("1914-07", "b")]


def test_headings_in_capitals_name_the_section():
    text = "1914: a\n\nPART TWO: THE STORM\n\n1915: b\n1916\n\nGERMANY DECLARES WAR\n"

    assert [(b.heading, b.text) for b in read(text).blocks] == [
        ("", "a"),
        ("PART TWO: THE STORM", "b"),
        ("PART TWO: THE STORM", "GERMANY DECLARES WAR"),
    ]


def test_templates_show_their_dates_and_words_and_tables_their_rows():
    text = """== 1932 ==
* {{Date|1932|9|5}} a {{nowrap|b [[c|d]]}}
* {{Start date|6|9|1932}}: {{lang|de|Wort}}{{flag|X}}
{{Timeline event|date=7 May 1932|event=e}}
{| class="wikitable"
! Date !! Event
|- style="x"
| rowspan=2 | 8 May || f
|-
| g<br />h
|}
"""

    assert [(b.line, b.span and b.span.edtf, b.text) for b in read(text).blocks] == [
        (2, "1932-09-05", "a b d"),
        (3, "1932-09-06", "Wort"),
        (4, "1932-05-07", "e"),
        (8, "1932-05-08", "f"),
        (10, "1932-05-08", "g h"),
    ]


def test_the_page_of_a_wiki_that_is_a_story_is_read_without_its_markup():
    text = "== It ==\nHe [[went|goes]].{{cn}}\n\n" + "'" * 3 + "Then" + "'" * 3 + " it rains.\n"
    document = read_document(text, "w", None)

    assert (document.format, document.title) == ("prose", "It")
    assert [block.text for block in document.blocks] == ["He goes.", "Then it rains."]


WORDS = ["rain", "falls", "on", "the", "docks", "may", "march", "200", "tons", "by", "1500", "men"]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(
    lambda words: f"Then {' '.join(words)}."
)
STYLES = ["{d:%B} {d.year}", "{d.day} {d:%B} {d.year}", "{d:%B} {d.day}, {d.year}", "{d:%Y-%m-%d}"]
ENTRIES = st.lists(
    st.tuples(
        st.dates(dates.date(1400, 1, 1), dates.date(2100, 12, 31)),
        st.sampled_from([*STYLES, "{d.year}"]),
        st.sampled_from([". ", ": ", " – ", " - ", ".\u00a0", ":\u00a0", ", "]),
        SENTENCES,
    ),
    min_size=1,
    max_size=12,
)


@given(
    ENTRIES,
    st.sampled_from(["", "• ", "•\u00a0", "- ", "-", "– ", "* ", "*", "‣\t", "  • ", "\u00a0- "]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.integers(1, 3),
    st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_every_entry_of_a_timeline_comes_back_and_no_other(told, bullet, newline, blank, no_break):
    lines, expected = [], []
    for day, style, separator, sentence in told:
        date = style.format(d=day)
        lines.append(
            bullet + (date.replace(" ", "\u00a0") if no_break else date) + separator + sentence
        )
        days = {"{d.year}": dates.year(day.year), STYLES[0]: dates.month(day.year, day.month)}
        expected.append((days.get(style, dates.day(day.year, day.month, day.day)), sentence))

    raw = (newline * blank).join(lines).encode()
    document = read_document(decode(raw, "t.txt"), "t.txt", "timeline")

    assert [(block.span, block.text) for block in document.blocks] == expected
    latest = 0
    flagged = []
    for number, (span, _) in enumerate(expected):
        if span.last < latest:
            flagged.append(1 + number * blank)
        latest = max(latest, span.first)
    assert [note.line for note in document.notes] == flagged


@given(st.text(alphabet="== 1932\n*#-•[]{}|'<>!ref/.:May19,\u00a0\t", max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_as_a_timeline_without_a_fault(text):
    for declared in (None, "timeline"):
        try:
            document = read_document(text, "t.txt", declared)
        except SeedError:
            continue
        assert all(block.text.strip() and block.line >= 1 for block in document.blocks)


@needs_original
def test_the_original_timeline_has_38_entries_and_three_out_of_order():
    document = read_document(decode(ORIGINAL.read_bytes(), "004.txt"), "004.txt", None)
    dated = [block for block in document.blocks if block.span is not None]

    assert (document.format, len(dated), len(document.blocks)) == ("timeline", 38, 40)
    assert [document.blocks.index(block) for block in dated] == list(range(2, 40))
    assert dated[0].written == "January 1919"
    assert dated[-1].written == "September 1939"
    assert [(note.line, str(note.message).split("”")[0][1:]) for note in document.notes] == [
        (12, "February 1919"),
        (28, "September 1922"),
        (111, "February 1939"),
    ]


@needs_original
def test_the_dates_the_original_timeline_mentions_are_these_and_no_others():
    document = read_document(decode(ORIGINAL.read_bytes(), "004.txt"), "004.txt", None)
    found = [
        date.span.edtf
        for block in document.blocks
        for date in mentioned_dates(block.text, block.span)
    ]

    assert found == [
        *("1924-01", "1924-05-01", "1924-05-19", "1924/1946", "1926-04", "1927-08-01"),
        *("1927/1934", "1928-03-11", "1928-07", "1929", "1932-02-28", "1932-05", "1932-06"),
        *("1930", "1935", "1936-02", "1939-03", "1937-12", "1930", "1939-08-25", "1939-09-01"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "• " * 100_000,
        "May " * 200_000,
        "x" * 5_000_000,
        "= " * 100_000,
        "{{" * 200_000,
        "[[a|" * 200_000,
        "<!--" * 200_000,
        "<ref>" * 200_000,
        "'" * 500_000,
        "1914: " * 50_000,
        "== a ==\n" * 10_000,
        "1914: a\n" * 10_000,
        "\t" * 1_000_000 + "x",
        "• May 1924.\u00a0The railway men walk out and the docks are still for once.\n\n" * 14_000,
    ],
    ids=lambda text: text[:9].strip(),
)
def test_no_text_takes_a_timeline_long(text):
    begun = time.process_time()

    FORMATS["timeline"].recognise(text)
    FORMATS["timeline"].read(text, "t.txt")

    assert time.process_time() - begun < 5


def test_of_very_many_entries_out_of_order_the_first_are_told_of_and_the_rest_counted():
    lines = [f"{year} – The mill burns down." for year in range(1999, 1649, -1)]

    document = read("\n".join(lines))

    assert len(document.blocks) == 350
    assert [note.line for note in document.notes if note.line] == list(range(2, 202))
    (more,) = (note for note in document.notes if note.line is None)
    assert "More entries stand after later ones: 149." in str(more.message)
