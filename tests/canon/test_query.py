"""Dates and words in one box: the table of forms, what must stay a word, and what never happens."""

import unicodedata
from datetime import date

import edtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worktime import least

from bot.canon import dates
from bot.canon.query import Query, parse_iso_span, parse_query
from tests.canon.golden.forms import NO_DATES, ROWS, ask, said, written


def test_the_table_is_as_long_as_it_claims():
    assert len(ROWS) >= 150
    assert len(NO_DATES) >= 60


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_form_means_its_days_and_leaves_its_words(row):
    query = ask(row[0])

    assert query.problem is None
    assert query.alternatives == ()
    assert query.anniversary is None
    expected = "none" if row[1] == "none" else written(row[1])
    assert (said(query.span) if query.span else "none") == expected
    assert query.words == (row[2] if len(row) == 3 else "")


@pytest.mark.parametrize(
    ("text", "days", "notation"),
    [
        ("c. 1920", "1919/1921", "1920~"),
        ("c.1920", "1919/1921", "1920~"),
        ("c1920", "1919/1921", "1920~"),
        ("ca 1920", "1919/1921", "1920~"),
        ("circa 1920", "1919/1921", "1920~"),
        ("around 1920", "1919/1921", "1920~"),
        ("about 1920", "1919/1921", "1920~"),
        ("~1920", "1919/1921", "1920~"),
        ("1920~", "1919/1921", "1920~"),
        ("1920?", "1919/1921", "1920~"),
        ("1920ish", "1919/1921", "1920~"),
        ("c. 1920s", "1920/1929", "192X~"),
        ("around May 1920", "1920-04/1920-06", "1920-05~"),
        ("about 19 May 1924", "1924-05-12/1924-05-26", "1924-05-19~"),
        ("c. spring 1926", "1926-02/1926-06", "1926-03~/1926-05~"),
        ("c. 1914-18", "1914/1918", "1914~/1918~"),
        ("c. 1920 to 1925", "1919/1925", "1920~/1925"),
        ("since c. 1920", "1919/..", "1919~/.."),
    ],
)
def test_about_widens_by_one_unit_and_says_so(text, days, notation):
    span = ask(text).span

    assert span
    assert span.approximate
    assert said(span) == written(days)
    assert span.edtf == notation


@pytest.mark.parametrize("text", ["what happened in 1932?", "May 1920?", "stalin 1920?", "1920"])
def test_a_question_mark_after_a_question_makes_nothing_approximate(text):
    span = ask(text).span

    assert span
    assert not span.approximate


@pytest.mark.parametrize(
    ("text", "month_and_day", "rest"),
    [
        ("19 May", (5, 19), ""),
        ("May 19", (5, 19), ""),
        ("19th of May", (5, 19), ""),
        ("on 19 May", (5, 19), ""),
        ("on the 19th of May.", (5, 19), ""),
        ("may 1st", (5, 1), ""),
        ("29 February", (2, 29), ""),
        ("Feb. 29", (2, 29), ""),
        ("who died on 24 jan?", (1, 24), "who died"),
        ("May 4th Movement", (5, 4), "Movement"),
        ("may 5 10 divisions", (5, 5), "10 divisions"),
        ("before 19 May", (5, 19), ""),
    ],
)
def test_a_day_without_a_year_is_that_day_of_every_year(text, month_and_day, rest):
    query = ask(text)

    assert query.anniversary == month_and_day
    assert query.words == rest
    assert query.span is None


def test_an_anniversary_may_be_narrowed_by_a_span():
    query = ask("19 May in the 1920s")

    assert query.anniversary == (5, 19)
    assert query.span == dates.decade(1920)
    assert query.words == ""


@pytest.mark.parametrize(
    ("text", "readings", "rest"),
    [
        ("5/6/1924", ["1924-06-05", "1924-05-06"], ""),
        ("5-6-1924", ["1924-06-05", "1924-05-06"], ""),
        ("01/09/1939 poland", ["1939-09-01", "1939-01-09"], "poland"),
        ("5/6/1924 to 1930", ["1924-06-05/1930", "1924-05-06/1930"], ""),
        ("before 5/6/1924", ["../1924-06-04", "../1924-05-05"], ""),
        ("5/6/1924 - 10/6/1924", ["1924-06-05/1924-06-10", "1924-05-06/1924-10-06"], ""),
    ],
)
def test_an_ambiguous_day_is_asked_about_day_first(text, readings, rest):
    query = ask(text)

    assert query.span is None
    assert [said(span) for span in query.alternatives] == [written(x) for x in readings]
    assert query.words == rest


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("99999", "There is no year 99999 here: years run from 1000 to 2100."),
        ("before 99999", "There is no year 99999 here: years run from 1000 to 2100."),
        ("5000", "There is no year 5000 here: years run from 1000 to 2100."),
        ("1" * 6000, "There is no year 111111111… here: years run from 1000 to 2100."),
        ("February 30 1932", "There is no 30 February 1932."),
        ("30 February 1932", "There is no 30 February 1932."),
        ("31 June 1932", "There is no 31 June 1932."),
        ("31 June", "There is no 31 June."),
        ("Feb 30", "There is no 30 February."),
        ("29 Feb 1931", "There is no 29 February 1931."),
        ("29 Feb 1900", "There is no 29 February 1900."),
        ("32 May 1924", "There is no 32 May 1924."),
        ("May 32, 1924", "There is no 32 May 1924."),
        ("1932-02-30", "There is no 30 February 1932."),
        ("30/02/1932", "There is no 30 February 1932."),
        ("2/30/1932", "There is no 30 February 1932."),
        ("31.04.1932", "There is no 31 April 1932."),
        ("13/13/1932", "There is no 13/13/1932: a year has only twelve months."),
        ("5.19.1924", "There is no month 19: a year has only twelve."),
        ("1932-13", "There is no month 13: a year has only twelve."),
        ("1932-00", "There is no month 0: a year has only twelve."),
        ("13/1932", "There is no month 13: a year has only twelve."),
        ("1932-13-01", "There is no month 13: a year has only twelve."),
        ("Q5 1932", "There is no Q5 1932: a year has only four quarters."),
        ("10-13 August", "A range of days needs its year, as in 10 to 13 August 1932."),
        ("May 19 to 25", "A range of days needs its year, as in 10 to 13 August 1932."),
        ("10-31 June 1932", "There is no 31 June 1932."),
        ("10 to 31 June 1932", "There is no 31 June 1932."),
        ("1926 to 31 June 1932", "There is no 31 June 1932."),
        ("19 May to 25 May", "A range of days needs its year, as in 10 to 13 August 1932."),
        ("after 1930 before 1926", "No day is in all of these dates."),
    ],
)
def test_a_date_that_cannot_be_gets_a_sentence_and_the_text_is_still_searched(text, problem):
    query = ask(text)

    assert query.problem == problem
    assert (query.span, query.alternatives, query.anniversary) == (None, (), None)
    assert query.words == text


def test_the_words_beside_an_impossible_date_are_what_is_searched():
    query = ask("turkish war of 31 June 1932")

    assert query.problem
    assert query.words == "turkish war"


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_stays_as_it_was_typed(text):
    assert parse_query(text) == Query(text, words=text)


@pytest.mark.parametrize(
    ("text", "first", "last", "notation"),
    [
        ("1917", "1917-01-01", "1917-12-31", "1917"),
        ("1918-11", "1918-11-01", "1918-11-30", "1918-11"),
        ("1924-05-01", "1924-05-01", "1924-05-01", "1924-05-01"),
        ("1918-11/1939-08", "1918-11-01", "1939-08-31", "1918-11/1939-08"),
        (" 1914/1918 ", "1914-01-01", "1918-12-31", "1914/1918"),
        ("1924/1924-05", "1924-01-01", "1924-05-31", "1924/1924-05"),
        ("../1926", "0001-01-01", "1926-12-31", "../1926"),
        ("1926/..", "1926-01-01", "9999-12-31", "1926/.."),
        ("1924-02-29/..", "1924-02-29", "9999-12-31", "1924-02-29/.."),
        ("1917/1917", "1917-01-01", "1917-12-31", "1917"),
    ],
)
def test_an_era_is_written_as_an_edtf_interval(text, first, last, notation):
    span = parse_iso_span(text)

    assert (span.first_day.isoformat(), span.last_day.isoformat()) == (first, last)
    assert span.edtf == notation


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "is not a date"),
        ("soon", "is not a date"),
        ("1918-11/", "is not a date"),
        ("/1926", "is not a date"),
        ("1918 to 1920", "is not a date"),
        ("1/2/3", "is not a date"),
        ("１９１７", "is not a date"),
        ("1918-13", "there is no 1918-13"),
        ("1931-02-29", "there is no 1931-02-29"),
        ("0000", "there is no 0000"),
        ("1939/1918", "runs backwards"),
        ("../..", "neither a beginning nor an end"),
        ("..", "is not a date"),
    ],
)
def test_an_era_that_is_none_is_refused_in_a_sentence(text, complaint):
    with pytest.raises(ValueError, match=complaint):
        parse_iso_span(text)


def test_text_keeps_its_spelling_but_loses_white_space_and_invisible_characters():
    query = parse_query(" \u202eTrotzky\u202c\u00a0 in\t\n19\u200b32 \x00\ud800👨‍👩‍👧 ")

    assert query.text == "Trotzky in 1932 👨‍👩‍👧"
    assert query.words == "Trotzky 👨‍👩‍👧"
    assert query.span == dates.year(1932)


def test_eras_are_words_of_the_work_alone():
    assert parse_query("interwar").span is None
    assert parse_query("interwar", {"": dates.year(1932), "…": dates.year(1932)}).span is None


def test_an_era_wins_over_the_date_inside_its_name():
    eras = {"the year 1932": parse_iso_span("1931-10/1932-11"), "March Days": dates.month(1917, 3)}

    assert parse_query("the year 1932", eras).span == eras["the year 1932"]
    assert parse_query("after the March days", eras).span == parse_iso_span("1917-04/..")


def check(query: Query) -> None:
    """Assert what holds of every answer."""
    assert all(word in query.text for word in query.words.split())
    assert " ".join(query.text.split()) == query.text
    assert not any(unicodedata.category(x) in {"Cc", "Cs"} for x in query.text + query.words)
    assert len(query.words) <= len(query.text)
    assert query.span is None or not query.alternatives
    if query.problem:
        assert (query.span, query.alternatives, query.anniversary) == (None, (), None)
        assert query.problem.endswith(".")
        assert query.words or not query.text
    for span in (*query.alternatives, *([query.span] if query.span else [])):
        assert dates.BEGINNING <= span.first <= span.last <= dates.END
        assert span.approximate == ("~" in span.edtf)
    if query.anniversary:
        date(2000, *query.anniversary)


DATE_WORDS = """
1932 1926 30 5 19 05 1930s 30s 192X 19th 1st Q2 H1 May may march Sept. Feb spring winter fall the of
in on from to until before after since between and or early mid late end first half quarter century
twenties nineteen c. ca about ~ ? / - – — .. . , ' ’ ( ) “ ” great war interwar tons men year years
stalin AD BC pre post by up 99999 13 31 10,000 AND
"""


@settings(deadline=None, max_examples=400)
@given(st.text(max_size=80))
def test_any_text_is_taken_apart(text):
    check(ask(text))


@settings(deadline=None, max_examples=1500)
@given(
    st.lists(
        st.tuples(st.sampled_from(DATE_WORDS.split()), st.sampled_from(["", " ", " "])), max_size=14
    )
)
def test_any_heap_of_date_words_is_taken_apart(pieces):
    check(ask("".join(piece + gap for piece, gap in pieces)))


DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(2100, 12, 31))
DAY_FORMS = (
    "{d} {month} {y}",
    "{d}{th} of {month} {y}",
    "the {d}{th} of {month}, {y}",
    "{d} {short}. {y}",
    "{month} {d}, {y}",
    "{month} {d}{th} {y}",
    "{short} {d} {y}",
    "{y} {month} {d}",
    "{y:04}-{m:02}-{d:02}",
    "{y:04}/{m:02}/{d:02}",
    "{d:02}.{m:02}.{y}",
    "{d}.{m}.{y}",
    "{d:02}-{short}-{y}",
)


def spelled(day: date, form: str) -> str:
    tail = day.day % 10 if day.day not in {11, 12, 13} else 0
    month = dates.MONTHS[day.month].title()
    return form.format(
        y=day.year,
        m=day.month,
        d=day.day,
        month=month,
        short=month[:3],
        th={1: "st", 2: "nd", 3: "rd"}.get(tail, "th"),
    )


@settings(deadline=None)
@given(DAYS, st.sampled_from(DAY_FORMS), st.sampled_from(["{}", "stalin {}", "on {}?", "({}) war"]))
def test_every_day_is_read_in_every_form(day, form, around):
    query = ask(around.format(spelled(day, form)))

    assert query.span == dates.day(day.year, day.month, day.day)
    assert query.words in {"", "stalin", "war"}


@settings(deadline=None)
@given(DAYS)
def test_a_day_in_slashes_is_one_of_its_readings(day):
    query = ask(f"{day.day}/{day.month}/{day.year}")

    assert dates.day(day.year, day.month, day.day) in (query.span, *query.alternatives)
    assert bool(query.alternatives) == (day.day <= 12 and day.day != day.month)


@settings(deadline=None)
@given(DAYS, DAYS, st.sampled_from([" to ", "-", " – ", " until ", "/"]))
def test_a_range_means_the_same_either_way_round(one, other, joint):
    form = "{y:04}-{m:02}-{d:02}"
    there = ask(spelled(one, form) + joint + spelled(other, form)).span
    back = ask(spelled(other, form) + joint + spelled(one, form)).span

    assert there == back
    assert there
    assert (there.first_day, there.last_day) == (min(one, other), max(one, other))


@settings(deadline=None)
@given(DAYS, st.sampled_from(["{y}", "{month} {y}", "{d} {month} {y}"]))
def test_bounds_cut_time_without_gap_or_overlap(day, form):
    text = spelled(day, form)
    before, until = ask(f"before {text}").span, ask(f"until {text}").span
    after, since = ask(f"after {text}").span, ask(f"since {text}").span

    assert before
    assert until
    assert after
    assert since
    assert before.last + 1 == since.first
    assert until.last + 1 == after.first
    assert before.first == until.first == dates.BEGINNING
    assert after.last == since.last == dates.END
    assert ask(f"since {text} until {text}").span == ask(text).span


@settings(deadline=None)
@given(st.sampled_from(ROWS))
def test_the_words_that_are_left_hold_no_date(row):
    left = ask(ask(row[0]).words)

    assert left.span is None
    assert left.anniversary is None
    assert left.words == left.text


# Read as a date only where nothing follows, or, a weekday, where nothing comes before.
AT_THE_END = {"in 989", "May 1924 to August", "from May 1924 on", "1926 spring"}
AT_THE_END |= {"1932 May", "1932, May", "'24 nov"}
AT_THE_START = {"Monday, 19 May 1924"}


@pytest.mark.parametrize("row", [x for x in ROWS if len(x) == 2], ids=lambda row: row[0])
def test_words_around_a_date_change_nothing_but_the_words(row):
    alone = ask(row[0]).span
    first, last, both = (ask(x.format(row[0])) for x in ("stalin {}", "{} stalin", "a ({}), b"))

    assert both.span == alone
    assert first.span == alone
    assert first.words == "stalin" or row[0] in AT_THE_START
    assert (last.span, last.words) == (alone, "stalin") or row[0] in AT_THE_END


def exact_in_edtf(row):
    """Leave out what the edtf package reads otherwise: winter is December to December for it."""
    span = ask(row[0]).span
    return span and ".." not in span.edtf and "-24" not in span.edtf and "century" not in row[0]


SAMPLE = [row for row in ROWS if exact_in_edtf(row)][::6]  # parse_edtf takes 5 to 15 ms


@pytest.mark.parametrize("row", SAMPLE, ids=lambda row: row[0])
def test_the_notation_is_edtf_for_the_same_days(row):
    span = ask(row[0]).span
    assert span

    parsed = edtf.parse_edtf(span.edtf)

    assert span.first_day.timetuple()[:3] == parsed.lower_strict()[:3]
    assert span.last_day.timetuple()[:3] == parsed.upper_strict()[:3]


@pytest.mark.parametrize(
    "text",
    [
        "before 1930",
        "since May 1924",
        "after interwar",
        "c. 1920",
        "c. winter 1926",
        "20th century",
    ],
)
def test_open_and_approximate_notation_is_edtf_too(text):
    span = ask(text).span
    assert span

    edtf.parse_edtf(span.edtf)


LONGEST = 6000  # characters of a Discord command's text option
HEAPS = [
    "1",
    "1 ",
    "1926-",
    "1926 ",
    "1926 to ",
    "1926/",
    "may ",
    "may 1 ",
    "1 may ",
    "before ",
    "after 1926 before 1930 ",
    "between ",
    "between 1 and ",
    "first half of ",
    "nineteen-",
    "in the ",
    "5/6/1924 ",
    "1/",
    "1.",
    "1,111",
    "a.a.",
    "'",
    "('",
    "~1 ",
    "../",
    "great war ",
    "great ",
    "30s ",
    "a\u0301\u0316",
    "\u0301\u0316",
    "é",
    "🎉",
    "\u202e",
    "\x00",
    "۱۹۳۲ ",
    "عام ",
]


@pytest.mark.timing
@pytest.mark.parametrize("heap", HEAPS, ids=ascii)
def test_no_text_takes_long(heap):
    text = (heap * LONGEST)[:LONGEST]
    check(ask(text))

    assert least(ask, text, times=5, enough=0.02) < 0.02
