"""Dates as documents write them, at the head of an entry and in its text; and what is no date."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.canon import dates
from bot.canon.building.written_dates import leading_date, mentioned_dates
from bot.canon.dates import DateSpan

FEBRUARY_1932 = dates.month(1932, 2)


def lead(text: str, year: int | None = None, month: int | None = None) -> tuple[str, str, str]:
    found = leading_date(text, year=year, month=month)
    assert found is not None, text
    assert found.span is not None, found.problem
    return found.span.edtf, found.written, found.rest


def mentions(text: str, context: DateSpan | None = FEBRUARY_1932) -> list[tuple[str, str]]:
    found = mentioned_dates(text, context)
    assert all(text[date.start : date.end] == date.written for date in found)
    return [(date.written, date.span.edtf) for date in found]


@pytest.mark.parametrize(
    ("text", "edtf", "written"),
    [
        ("May 1924. It rains.", "1924-05", "May 1924"),
        ("May 1924.\u00a0It rains.", "1924-05", "May 1924"),
        ("May\u00a01924: It rains.", "1924-05", "May 1924"),
        ("MAY 1924 – It rains.", "1924-05", "MAY 1924"),
        ("may 1924: It rains.", "1924-05", "may 1924"),
        ("May, 1924 - It rains.", "1924-05", "May, 1924"),
        ("May of 1924, It rains.", "1924-05", "May of 1924"),
        ("19 May 1924. It rains.", "1924-05-19", "19 May 1924"),
        ("19th of May 1924: It rains.", "1924-05-19", "19th of May 1924"),
        ("The 19th of May, 1924: It rains.", "1924-05-19", "19th of May, 1924"),
        ("May 19, 1924: It rains.", "1924-05-19", "May 19, 1924"),
        ("May 19th, 1924 — It rains.", "1924-05-19", "May 19th, 1924"),
        ("Monday, May 19, 1924: It rains.", "1924-05-19", "May 19, 1924"),
        ("Sept. 9, 1924: It rains.", "1924-09-09", "Sept. 9, 1924"),
        ("1924-05-19: It rains.", "1924-05-19", "1924-05-19"),
        ("1924-05: It rains.", "1924-05", "1924-05"),
        ("19.05.1924: It rains.", "1924-05-19", "19.05.1924"),
        ("19/05/1924: It rains.", "1924-05-19", "19/05/1924"),
        ("1914: It rains.", "1914", "1914"),
        ("1914 – It rains.", "1914", "1914"),
        ("1914 - It rains.", "1914", "1914"),
        ("1914\tIt rains.", "1914", "1914"),
        ("**1914** It rains.", "1914", "1914"),
        ("**1914:** It rains.", "1914", "1914"),
        ("[1914] It rains.", "1914", "1914"),
        ("1399, It rains.", "1399", "1399"),
        ("in 1399, It rains.", "1399", "1399"),
        ("In the year 1399, It rains.", "1399", "1399"),
        ("In 1936 It rains.", "1936", "1936"),
        ("c. 1399: It rains.", "1399~", "c. 1399"),
        ("476: It rains.", "0476", "476"),
        ("AD 66 – It rains.", "0066", "AD 66"),
        ("476 AD. It rains.", "0476", "476 AD"),
        ("1930s: It rains.", "193X", "1930s"),
        ("The 1930s: It rains.", "193X", "1930s"),
        ("Late 1930s: It rains.", "1937/1939", "Late 1930s"),
        ("19th century: It rains.", "18XX", "19th century"),
        ("Early 1938: It rains.", "1938-01/1938-04", "Early 1938"),
        ("Late May 1932 – It rains.", "1932-05-21/1932-05-31", "Late May 1932"),
        ("Spring 1926. It rains.", "1926-21", "Spring 1926"),
        ("Winter of 1926: It rains.", "1926-24", "Winter of 1926"),
        ("1914–1918: It rains.", "1914/1918", "1914–1918"),
        ("1914-18: It rains.", "1914/1918", "1914-18"),
        ("1904-05: It rains.", "1904/1905", "1904-05"),
        ("January–March 1920: It rains.", "1920-01/1920-03", "January–March 1920"),
        ("28 June – 3 July 1914: It rains.", "1914-06-28/1914-07-03", "28 June – 3 July 1914"),
        ("December 28 – January 3, 1915: It rains.", "1914-12-28/1915-01-03", None),
        ("1932: Jan 5 – It rains.", "1932-01-05", "Jan 5, 1932"),
        ("1914 — 28 June — It rains.", "1914-06-28", "28 June 1914"),
    ],
)
def test_an_entry_begins_with_a_date_of_its_own(text, edtf, written):
    found = lead(text)

    assert (found[0], found[2]) == (edtf, "It rains.")
    assert written in {None, found[1]}


@pytest.mark.parametrize(
    ("text", "edtf", "written"),
    [
        ("28 June: It rains.", "1914-06-28", "28 June 1914"),
        ("- 9 June: It rains."[2:], "1914-06-09", "9 June 1914"),
        ("January 25: It rains.", "1914-01-25", "January 25, 1914"),
        ("Jan. 25, It rains.", "1914-01-25", "Jan. 25, 1914"),
        ("10-13 August: It rains.", "1914-08-10/1914-08-13", "10-13 August 1914"),
        ("August 10–13: It rains.", "1914-08-10/1914-08-13", "August 10–13, 1914"),
        ("28 December – 3 January: It rains.", "1914-12-28/1915-01-03", None),
        ("May: It rains.", "1914-05", "May 1914"),
        ("Jan. It rains.", "1914-01", "Jan. 1914"),
        ("In March, It rains.", "1914-03", "March 1914"),
        ("Late May – It rains.", "1914-05-21/1914-05-31", "Late May 1914"),
        ("Winter: It rains.", "1914-24", "Winter 1914"),
        ("October – March on Rome!", "1914-10", "October 1914"),
    ],
)
def test_an_entry_borrows_the_year_of_the_heading_above(text, edtf, written):
    found = lead(text, 1914)

    assert found[0] == edtf
    assert written in {None, found[1]}


@pytest.mark.parametrize(
    ("text", "edtf", "written"),
    [
        ("9: It rains.", "1914-05-09", "9 May 1914"),
        ("9th – It rains.", "1914-05-09", "9th May 1914"),
        ("10-13: It rains.", "1914-05-10/1914-05-13", "10-13 May 1914"),
    ],
)
def test_a_day_alone_is_one_of_the_month_above(text, edtf, written):
    assert lead(text, 1914, 5) == (edtf, written, "It rains.")


@pytest.mark.parametrize(
    "text", ["1914", "1914:", "1930s", "May 1924", "**1914**", "June 28, 1914"]
)
def test_a_date_alone_on_its_line_is_one_without_a_rest(text):
    assert lead(text)[2] == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("30 February 1932. It rains.", "There is no 30 February 1932 in the calendar."),
        ("45 May 1932: It rains.", "There is no 45 May 1932 in the calendar."),
        ("1932-13-01: It rains.", "There is no 1932-13-1 in the calendar."),
        ("1924–1914: It rains.", "“1924–1914” runs backwards, or there is no such day."),
        ("28 June: It rains.", "“28 June” has no year here or above."),
        ("5/6/1924: It rains.", "“5/6/1924” may be 6 May 1924 or 5 June 1924."),
        ("44 BC: It rains.", "“44 BC” lies before the year 1."),
        ("753 v. Chr.: It rains.", "“753 v. Chr.” lies before the year 1."),
        ("1177 до н. э. — It rains.", "“1177 до н. э.” lies before the year 1."),
        ("1200 av. J.-C. : It rains.", "“1200 av. J.-C.” lies before the year 1."),
        ("15 March 44 BC: It rains.", "“15 March 44 BC” lies before the year 1."),
        ("3rd century BC: It rains.", "“3rd century BC” lies before the year 1."),
    ],
)
def test_a_date_that_no_day_answers_to_says_why(text, problem):
    found = leading_date(text, year=None, month=None)

    assert found is not None
    assert (found.span, str(found.problem), found.rest) == (None, problem, "It rains.")


@pytest.mark.parametrize(
    "text",
    [
        "May 1924 was a hard month",
        "May the best man win: he did",
        "may: a verb",
        "March on Rome",
        "March, the army said",
        "200 tons of coal",
        "1500 men: all lost",
        "May 2000 men – all lost",
        "1914-class: a ship",
        "5,000: a number",
        "12. The twelfth",
        "19:30 – the clock",
        "U-14: a boat",
        "Tb 81 T: a boat",
        "100",
        "",
        "…",
    ],
)
def test_what_begins_with_no_date_has_none(text):
    assert leading_date(text, year=1932, month=2) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on 19 May 1924 he fell", [("19 May 1924", "1924-05-19")]),
        ("on May 1st, 1924 and later", [("May 1st, 1924", "1924-05-01")]),
        ("on May\u00a01st,\u00a01924", [("May\u00a01st,\u00a01924", "1924-05-01")]),
        ("since 1924-05-19.", [("1924-05-19", "1924-05-19")]),
        ("agents the 19th of May.", [("the 19th of May", "1932-05-19")]),
        ("on the 28th of February, fleets", [("the 28th of February", "1932-02-28")]),
        ("the first of May", [("the first of May", "1932-05-01")]),
        ("May 1st", [("May 1st", "1932-05-01")]),
        ("The 1st of August of the same year,", None),
        ("The 11th of this month, a", [("The 11th of this month", "1932-02-11")]),
        ("The 1st day of said month, a", [("The 1st day of said month", "1932-02-01")]),
        ("On 5 May, the", [("5 May", "1932-05-05")]),
        ("on May 5 the", [("May 5", "1932-05-05")]),
        ("on Sunday, May 5 the", [("May 5", "1932-05-05")]),
        ("from 9 to 13 August", [("9 to 13 August", "1932-08-09/1932-08-13")]),
        ("in January of the same year, he", [("January of the same year", "1932-01")]),
        ("in May of the following year", [("May of the following year", "1933-05")]),
        ("by May of the same year Soviet fleets", [("May of the same year", "1932-05")]),
        ("ended in March of 1939 with", [("March of 1939", "1939-03")]),
        ("on December of 1937. To", [("December of 1937", "1937-12")]),
        ("the May 1924 coup", [("May 1924", "1924-05")]),
        ("by April the king", [("April", "1932-04")]),
        ("until March", [("March", "1932-03")]),
        ("By June, when", [("June", "1932-06")]),
        ("In May Soviet fleets", [("May", "1932-05")]),
        ("from March to June", [("March to June", "1932-03/1932-06")]),
        ("in March, April and May 1924", [("May 1924", "1924-05")]),
        ("in early May", [("early May", "1932-05-01/1932-05-10")]),
        ("the winter of 1932", [("winter of 1932", "1932-24")]),
        ("in the fall of 1920", [("fall of 1920", "1920-23")]),
        ("state from 1924 until 1946. For", [("1924 until 1946", "1924/1946")]),
        ("between 1924 and 1926", [("1924 and 1926", "1924/1926")]),
        ("in 1924 and 1926", [("1924", "1924"), ("1926", "1926")]),
        ("(1914–1918)", [("1914–1918", "1914/1918")]),
        ("in 1943-44", [("1943-44", "1943/1944")]),
        ("their 1930 elections; soon", [("1930", "1930")]),
        ("the 1929 Wall Street Crash", [("1929", "1929")]),
        ("Elections of 1935 are", [("1935", "1935")]),
        ("election in 1930 a growing", [("1930", "1930")]),
        ("(from 1889, renamed", [("1889", "1889")]),
        ("in 1900 the", [("1900", "1900")]),
        ("around 1920", [("1920", "1920~")]),
        ("in the late 1930s", [("late 1930s", "1937/1939")]),
        ("the 19th century", [("19th century", "18XX")]),
        ("in the 1800s", [("1800s", "18XX")]),
        ("the Treaty of 1800.", [("1800", "1800")]),
        ("on 1.5.1924 it", [("1.5.1924", "1924-05-01")]),
    ],
)
def test_a_text_mentions_dates_in_the_year_of_its_entry(text, found):
    expected = found or [("The 1st of August of the same year", "1932-08-01")]

    assert mentions(text) == expected


def test_the_same_year_is_that_of_the_last_full_date():
    text = "It ended in March of 1939. In May of the same year he left; by June it rained."

    assert [edtf for _, edtf in mentions(text)] == ["1939-03", "1939-05", "1932-06"]


def test_around_new_year_a_month_has_the_year_the_entry_has_it_in():
    winter = dates.between(dates.month(1938, 12), dates.month(1939, 2))

    assert mentions("by December, and by January", winter) == [
        ("December", "1938-12"),
        ("January", "1939-01"),
    ]


@pytest.mark.parametrize("context", [None, dates.decade(1930)])
def test_without_a_year_to_lean_on_there_is_no_date(context):
    assert mentions("by April, on the 19th of May, in June of the same year", context) == []


@pytest.mark.parametrize(
    "text",
    [
        "200 tons of gas and 5,000 men, 10,000 more, 23,000 in all",
        "mortars of 60 mm/ 80 mm, guns of 152mm",
        "for the next 99 years, a 180-degree turn, the 12 years prior, in 30 divisions",
        "the torpedo boats Tb 81 T and 60 T, the submarines U-14 and U-1914, D1, the 250t class",
        "You may go. May God help us. It may be. They march; the March on Rome, the Long March",
        "in 1500 villages, from 1500 to 3000 men, of 1200 soldiers, by 2000 rebels, 1500 strong",
        "a garrison of 1937, a population of 1500, at 1800 hours, No. 1917, room 1917, $1914",
        "the October Revolution, since October Revolution, on May Day, during June Days",
        "by August Bebel, in August von Mackensen, by Jan Smuts, from June Carter",
        "the 1914-class cruiser, pre-1914, 1,914, a 1500-1600 m race, 1914.5, 19141, in 2000 BC",
        "on 30 February 1932, on the 31st of April, 5/6/1924",
        "the first May offensive, spring of nations, the spring, the second front, second in line",
        "release 8.1.1924, pp. 1066-1077, a default of 1924, by 1000, f(1924), 1000s of them",
        "WW2, 10K, the 6th anniversary, the 2nd Army, the 8th of them",
    ],
)
def test_what_is_no_date_is_never_taken_for_one(text):
    assert mentions(text) == []


@given(st.text(alphabet="0123456789-–./, MayJunefthsond\u00a0\n", max_size=60))
def test_any_text_is_searched_without_a_fault_and_dates_never_overlap(text):
    found = mentioned_dates(text, FEBRUARY_1932)

    assert all(text[date.start : date.end] == date.written for date in found)
    ends = [0, *(end for date in found for end in (date.start, date.end))]
    assert ends == sorted(ends)
    leading_date(text, year=1932, month=2)


@given(st.dates(min_value=dates.date(1000, 1, 1), max_value=dates.date(2199, 12, 31)))
def test_every_day_is_found_however_it_is_written(day):
    name = f"{day:%B}"
    for written in (
        f"{day.day} {name} {day:%Y}",
        f"{name} {day.day}, {day:%Y}",
        f"{day.day}. {name} {day:%Y}".replace(".", "th"),
        f"{day:%Y-%m-%d}",
    ):
        assert lead(f"{written}: It rains.")[0] == f"{day:%Y-%m-%d}"
        assert mentions(f"It rained on {written} here.") == [(written, f"{day:%Y-%m-%d}")]


@pytest.mark.parametrize(
    "text",
    [
        "May " * 20_000,
        "by May " * 20_000,
        "1924 " * 20_000,
        "12 " * 20_000,
        "19 - " * 20_000,
        "early " * 20_000,
        "the first of " * 20_000,
        "1" * 1_000_000,
        "May" + " " * 1_000_000,
        "in the long run of history nothing is said about 1924 " * 10_000,
    ],
    ids=lambda text: text[:12],
)
def test_no_text_takes_long(text):
    begun = time.process_time()

    mentioned_dates(text, FEBRUARY_1932)
    leading_date(text, year=1932, month=2)

    assert time.process_time() - begun < 5
