from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from floor import DAY, HOUR, MINUTE, unhurried
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import Instant, instant
from bot.soviet.deadlines import LONGEST_MS, SHORTEST_MS, Deadline, read_deadline, story_of
from bot.soviet.errors import BadDeadlineError

NOW = instant(datetime(2026, 3, 1, 12, 0, tzinfo=UTC))


def at(*moment: int, zone: str = "UTC") -> Instant:
    return instant(datetime(*moment, tzinfo=ZoneInfo(zone)))


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("72h", 72 * HOUR),
        ("2d12h", 60 * HOUR),
        ("2d 12h", 60 * HOUR),
        ("1w", 7 * DAY),
        ("1W 2D", 9 * DAY),
        ("5m", 5 * MINUTE),
        ("90 min", 90 * MINUTE),
        ("90 mins", 90 * MINUTE),
        ("in 24 hrs", DAY),
        ("2 wks", 14 * DAY),
        ("3 days", 3 * DAY),
        ("1 day 1 hour 1 minute", DAY + HOUR + MINUTE),
        ("60d", 60 * DAY),
        ("86400m", 60 * DAY),
    ],
)
def test_a_span_is_read(written, span):
    assert read_deadline(written, NOW) == Deadline(span)


@pytest.mark.parametrize(
    ("written", "zone", "moment"),
    [
        ("2026-04-01 20:00", None, at(2026, 4, 1, 20)),
        ("2026-04-01T20:00", None, at(2026, 4, 1, 20)),
        ("2026-04-01 20:00 Europe/Berlin", None, at(2026, 4, 1, 18)),
        ("2026-04-01 20:00 europe/berlin", None, at(2026, 4, 1, 18)),
        ("2026-04-01 20:00 america/new_york", None, at(2026, 4, 2, 0)),
        ("2026-04-01 20:00", "Europe/Moscow", at(2026, 4, 1, 17)),
        ("2026-04-01 20:00 UTC", "Europe/Moscow", at(2026, 4, 1, 20)),
        ("  2026-04-01   9:05  utc ", None, at(2026, 4, 1, 9, 5)),
        ("<t:1775073600>", None, at(2026, 4, 1, 20)),
        ("<t:1775073600:F>", None, at(2026, 4, 1, 20)),
    ],
)
def test_a_moment_is_read_in_its_zone(written, zone, moment):
    deadline = read_deadline(written, NOW, zone)

    assert (deadline.at, deadline.span_ms) == (moment, moment - NOW)


def test_a_moment_without_any_zone_says_that_it_was_guessed():
    assert read_deadline("2026-04-01 20:00", NOW).zone_guessed
    assert not read_deadline("2026-04-01 20:00", NOW, "UTC").zone_guessed
    assert not read_deadline("2026-04-01 20:00 UTC", NOW).zone_guessed


@pytest.mark.parametrize(
    ("written", "story"),
    [
        ("until next chapter", ""),
        ("Until the next chapter", ""),
        ("next chapter", ""),
        ("until next chapter of Red Orchestra", "Red Orchestra"),
        ("until next chapter of Красный оркестр", "Красный оркестр"),
        ("72h", None),
    ],
)
def test_the_next_chapter_is_a_deadline_of_a_story(written, story):
    assert story_of(written) == story
    assert read_deadline(written, NOW).until_chapter == (story is not None)


@pytest.mark.parametrize(
    "written",
    ["", "3", "-5m", "10k", "1h2h", "2h1d", "3s", "10 years", "99999999d", "tomorrow 20:00",
     "01/04/2026 20:00", "2026-13-01 20:00", "2026-02-29 20:00", "2026-04-01 25:00",
     "2026-04-01 24:00", "٣h", "1.5h", "72h tomorrow", "<t:>", "<t:-5>", "<t:99999999999999>",
     "0000-01-01 00:00", "until", "x" * 500, "2026-04-01"],
)  # fmt: skip
def test_what_is_unclear_is_refused_with_three_examples(written):
    with pytest.raises(BadDeadlineError) as refusal:
        read_deadline(written, NOW)

    assert str(refusal.value).count("`") == 6


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("4m", "at least 5 minutes"),
        ("0h", "at least 5 minutes"),
        ("61d", "at most 60 days"),
        ("520w", "at most 60 days"),
        ("2026-02-01 20:00", "past"),
        ("<t:1>", "past"),
        (f"<t:{NOW // 1000 + 3}>", "at least 5 minutes"),
        ("2036-04-01 20:00", "at most 60 days"),
        ("2026-04-01 20:00 Mars/Olympus", "no time zone “Mars/Olympus”"),
        ("2026-04-01 20:00 Europe", "no time zone"),
        ("2026-03-29 02:30 Europe/Berlin", "never happens in Europe/Berlin"),
        ("2026-03-08 02:30 America/New_York", "never happens in America/New_York"),
    ],
)
def test_a_deadline_out_of_bounds_is_refused_in_words(written, fault):
    with pytest.raises(BadDeadlineError, match=fault):
        read_deadline(written, NOW)


def test_an_hour_that_comes_twice_is_refused_in_words():
    with pytest.raises(BadDeadlineError, match="happens twice in Europe/Berlin"):
        read_deadline("2026-10-25 02:30 Europe/Berlin", at(2026, 10, 1))


def test_where_clocks_do_not_change_every_hour_is_one():
    read = read_deadline("2026-03-29 02:30 Europe/Moscow", NOW)

    assert read.at == at(2026, 3, 28, 23, 30)


@unhurried
@given(st.text(max_size=200))
def test_no_text_breaks_the_reader_or_its_bounds(text):
    try:
        deadline = read_deadline(text, NOW)
    except BadDeadlineError:
        return
    assert SHORTEST_MS <= deadline.span_ms <= LONGEST_MS


@unhurried
@given(st.integers(0, 8), st.integers(0, 60), st.integers(0, 1500), st.integers(0, 90_000))
def test_a_span_is_the_sum_of_its_units(weeks, days, hours, minutes):
    span = weeks * 7 * DAY + days * DAY + hours * HOUR + minutes * MINUTE
    try:
        read = read_deadline(f"{weeks}w{days}d{hours}h{minutes}m", NOW)
    except BadDeadlineError:
        assert not SHORTEST_MS <= span <= LONGEST_MS
    else:
        assert read.span_ms == span
