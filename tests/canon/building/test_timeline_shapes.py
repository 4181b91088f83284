"""Timelines nobody has seen: of whatever shape, entries in are entries out, and in their order."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.canon import dates
from bot.canon.building.decode import decode
from bot.canon.building.formats import read_document
from bot.canon.dates import DateSpan
from tests.canon.building.timelines import (
    BULLETS,
    FLAT,
    MARKS,
    STOPS,
    STYLES,
    Told,
    noisy,
    under_years,
)

Entries = list[tuple[DateSpan | None, str]]
SLOW = settings(max_examples=50, deadline=None)


def read(raw: bytes, name: str = "t.txt") -> Entries:
    document = read_document(decode(raw, name), name, None)
    assert document.format in {"timeline", "markdown", "html"}, document.format
    return [
        (block.span, " ".join(block.text.split()))
        for block in document.blocks
        if block.span is not None
    ]


def of(entries: Sequence[Told]) -> Entries:
    return [(entry.span, entry.text) for entry in entries]


@pytest.mark.parametrize("style", STYLES, ids=[style[0] for style in STYLES])
@pytest.mark.parametrize("mark", STOPS)
def test_every_way_to_write_a_date_goes_with_every_mark(style, mark):
    days = [date(1924, 5, 19), date(1925, 6, 21), date(1926, 8, 30)]
    lines = [f"• {style[1](day)}{mark}Then it rains." for day in days]

    assert read("\n".join(lines).encode()) == [(style[2](day), "Then it rains.") for day in days]


@given(st.data(), FLAT, st.sampled_from(BULLETS), st.sampled_from(MARKS), st.integers(1, 3))
@SLOW
def test_a_list_of_dated_entries_comes_back(data, told, bullet, mark, blank):
    lines = [f"{bullet}{entry.written}{mark}{entry.text}" for entry in told]

    assert read(noisy(data.draw, ("\n" * blank).join(lines))) == of(told)


@given(
    st.data(),
    under_years(),
    st.sampled_from(["{}", "{}:", "== {} ==", "## {}", "**{}**", "— {} —", "[{}]", "{}\n===="]),
    st.sampled_from(BULLETS),
    st.sampled_from([": ", " – ", " - ", " — "]),
)
@SLOW
def test_entries_under_years_come_back_with_them(data, years, heading, bullet, mark):
    lines: list[str] = []
    for year, told in years:
        lines.append(f"\n{heading.format(year)}\n")
        lines += [f"{bullet}{entry.written}{mark}{entry.text}" for entry in told]
    expected = [entry for _year, told in years for entry in told]

    raw = noisy(data.draw, "\n".join(lines))

    assert [
        (b.span, b.text) for b in read_document(decode(raw, "t"), "t", "timeline").blocks
    ] == of(expected)


@given(under_years(), st.booleans())
@SLOW
def test_decades_years_and_months_above_days_nest(years, marked):
    lines: list[str] = []
    expected: Entries = []
    decade = 0
    for year, told in years:
        if year // 10 * 10 != decade:
            decade = year // 10 * 10
            lines.append(f"{'== ' * marked}{decade}s{' ==' * marked}")
        lines.append(f"{'=== ' * marked}{year}{' ===' * marked}")
        for entry in told:
            first = entry.span.first_day
            lines.append(f"{'==== ' * marked}{first:%B}{' ====' * marked}")
            lines.append(f"{first.day}: {entry.text}")
            lines.append(f"-{first:%B} {first.day}: {entry.text}")
            expected += [(dates.day(first.year, first.month, first.day), entry.text)] * 2

    document = read_document("\n\n".join(lines), "t", "timeline")

    assert [(block.span, block.text) for block in document.blocks] == expected


@given(
    under_years(),
    st.sampled_from(
        ["[[{}]]: ", "'''{}''': ", "'''{}''' – ", "{} – ", "[[{0}|{0}]] — ", "'''{}''' "]
    ),
    st.sampled_from(["* ", "*", "** ", ": ", "# "]),
)
@SLOW
def test_wiki_source_comes_back(years, link, bullet):
    lines = ["{{Infobox\n| date = 1 May 1932: none\n}}", "'''It''' was long.{{cn|date=May 1999}}"]
    for year, told in years:
        lines.append(f"== [[{year}]] ==")
        for entry in told:
            words = f"{entry.text} [[A|B]]<ref>1 May 1900: none</ref>"
            lines.append(bullet + link.format(entry.written) + words)
    lines.append("[[Category:1914: none]]")
    expected = [(entry.span, f"{entry.text} B") for _year, told in years for entry in told]

    document = read_document("\n".join(lines), "t", "timeline")

    assert [(b.span, b.text) for b in document.blocks if b.span is not None] == expected


@given(FLAT)
@SLOW
def test_the_rows_of_tables_come_back_from_wikis_markdown_and_web_pages(told):
    rows = [(entry.written, entry.text) for entry in told]
    wiki = "{| class=wikitable\n! Date !! Event\n" + "".join(
        f"|-\n| style=x | {when} || {text}\n" for when, text in rows
    )
    markdown = "| Date | Event |\n|:--|--|\n" + "".join(f"| {a} | {b} |\n" for a, b in rows)
    page = (
        "<html><body><table><tr><th>Date</th><th>Event</th></tr>"
        + "".join(f"<tr><td>{a}</td><td><p>{b}</p></td></tr>" for a, b in rows)
        + "</table></body></html>"
    )

    assert read(f"{wiki}|}}".encode()) == of(told)
    assert read(markdown.encode(), "t.md") == of(told)
    assert read(page.encode(), "t.html") == of(told)


@given(under_years(), st.sampled_from(["ul", "p", "br", "dl"]))
@SLOW
def test_lists_and_paragraphs_of_web_pages_come_back(years, how):
    parts = ["<!DOCTYPE html><html><head><title>1900: none</title></head><body><h1>It</h1>"]
    for year, told in years:
        parts.append(f"<h2><span id=x>{year}</span></h2>\n")
        rows = [f"<b>{entry.written}:</b> {entry.text}" for entry in told]
        parts.append(
            {
                "ul": "<ul>" + "\n".join(f"<li>{row}</li>" for row in rows) + "</ul>",
                "p": "\n".join(f"<p>{row}</p>" for row in rows),
                "br": "<div>" + "<br>\n<br />".join(rows) + "</div>",
                "dl": "<dl>"
                + "".join(f"<dt>{e.written}</dt><dd>{e.text}</dd>" for e in told)
                + "</dl>",
            }[how]
        )
    expected = [entry for _year, told in years for entry in told]
    raw = "".join([*parts, "</body></html>"]).encode()

    document = read_document(decode(raw, "t.html"), "t.html", "html")

    assert [(b.span, b.text) for b in document.blocks if b.span is not None] == of(expected) or len(
        expected
    ) < 3


@given(under_years(), st.sampled_from(["- ", "* ", "1. ", "", "### "]))
@SLOW
def test_markdown_under_headings_comes_back(years, bullet):
    lines = ["---", "title: It", "chapter: 3", "---", "# It", ""]
    for year, told in years:
        lines += [f"## {year}", ""]
        for entry in told:
            if bullet == "### ":
                lines += [f"### {entry.written}", "", entry.text, ""]
            else:
                lines += [f"{bullet}**{entry.written}**: {entry.text}"]
                lines += [] if bullet else [""]
        lines.append("")
    expected = [entry for _year, told in years for entry in told]

    document = read_document("\n".join(lines), "t.md", None)

    assert (document.format, document.title, document.chapter) == ("markdown", "It", 3)
    assert [(block.span, block.text) for block in document.blocks] == of(expected)
