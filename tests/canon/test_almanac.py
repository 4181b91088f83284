"""Days of the year, and spans given by two dates."""

from datetime import date

import pytest

from bot.canon.almanac import Almanac, UnreadableDateError, span_query
from bot.canon.query import parse_query


@pytest.fixture
def almanac(library):
    return Almanac(library)


async def test_the_day_is_found_in_dates_and_in_texts_stories_first(almanac, library):
    found = await almanac.on(date(2026, 5, 19), library.view(None))

    assert not found.whole_month
    assert [entry.date.written for entry in found.entries][:2] == ["May 1924", "19 May 1919"]
    assert [entry.work.is_history for entry in found.entries] == sorted(
        entry.work.is_history for entry in found.entries
    )


async def test_a_day_without_entries_gives_its_month(almanac, library):
    found = await almanac.on(date(2026, 5, 19), library.view("red-guards"))
    assert found.entries == ()
    assert found.whole_month

    found = await almanac.on(date(2026, 10, 30), library.view("red-orchestra"))

    assert found.whole_month
    assert {entry.date.span.first_day.month for entry in found.entries} == {10}


async def test_a_leap_day_is_no_fault(almanac, library):
    found = await almanac.on(date(2028, 2, 29), library.view(None))

    assert all(entry.date.span.first_day.month == 2 for entry in found.entries)


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("1924", "May 1926", (1924, 1, 1), (1926, 5, 31)),
        (None, "1926", (1, 1, 1), (1926, 12, 31)),
        ("May 1924", None, (1924, 5, 1), (9999, 12, 31)),
    ],
)
def test_two_dates_make_a_span(start, end, first, last):
    span = parse_query(span_query(start, end)).span

    assert span.first_day == date(*first)
    assert span.last_day == date(*last)


@pytest.mark.parametrize(
    "text", ["yesterday-ish", "", "stalin 1924", "30 February 1932", "x" * 5000]
)
def test_what_is_no_date_is_said_to_be_none(text):
    with pytest.raises(UnreadableDateError, match="not a date"):
        span_query(text, None)
