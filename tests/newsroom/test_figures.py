"""Totals, records, rhythm, timing: tables."""

import pytest
from newsroom.test_rules import DAY, NOW, chapter

from bot.chapters.announcing.cadence import cadence
from bot.chapters.announcing.figures import figures
from bot.chapters.announcing.models import State
from bot.chapters.entries import Words, WordSource
from bot.chapters.errors import BusyError, GoneError, RefusedError, TooSlowError
from bot.chapters.following.timing import after_failure, after_success
from bot.chapters.subscribing.models import wants

MINUTE, HOUR = 60_000, 3_600_000


def story(*words):
    return [
        chapter(number, words=None if count is None else Words(count, WordSource.COUNTED))
        for number, count in enumerate(words, 1)
    ]


@pytest.mark.parametrize(
    ("words", "total", "at_least", "longest", "first_long", "milestone"),
    [
        ((5000,), 5000, False, False, False, None),
        ((1000, 2000, 3000, 4000), 10_000, False, True, False, None),
        ((1000, 2000, 3000, 2500), 8_500, False, False, False, None),
        ((1000, 2000, 3000, 10_000), 16_000, False, True, True, None),
        ((1000, 12_000, 3000, 11_000), 27_000, False, False, False, None),
        ((1000, None, 3000, 11_000), 15_000, True, False, False, None),
        ((1000, 2000, 3000, None), None, False, False, False, None),
        ((40_000, 30_000, 25_000, 9_000), 104_000, False, False, False, 100_000),
    ],
)
def test_the_figures_of_a_chapter(words, total, at_least, longest, first_long, milestone):
    chapters = story(*words)
    told = figures(chapters[-1], chapters)

    assert (told.total, told.at_least, told.longest) == (total, at_least, longest)
    assert (told.first_long, told.milestone) == (first_long, milestone)


def test_side_stories_and_what_was_taken_back_are_not_summed():
    chapters = story(1000, 2000, 3000)
    chapters += [
        chapter(4, words=Words(900, WordSource.COUNTED), category="omake"),
        chapter(5, words=Words(900, WordSource.COUNTED), state=State.GONE),
        chapter(6, words=Words(4000, WordSource.COUNTED), category="main"),
    ]

    assert figures(chapters[-1], chapters).total == 10_000


def test_after_two_months_a_story_is_back():
    chapters = [chapter(1), chapter(2, published_at=NOW - 20 * DAY)]
    chapters[0] = chapter(1, published_at=NOW - 94 * DAY)

    assert figures(chapters[1], chapters).away == 74


@pytest.mark.parametrize(
    ("gaps", "said"),
    [
        ((9, 10, 12, 14, 14, 9), "usually every 9–14 days"),
        ((7, 7, 7, 7, 7), "usually every 7 days"),
        ((1, 1, 1, 1), "usually every day"),
        ((7, 7, 7), None),
        ((0, 0, 0, 0, 0, 0), None),
        ((7, 0, 7, 0, 7, 0, 7), "usually every 7 days"),
        ((3, 3, 3, 3, *[30] * 12), "usually every 30 days"),
    ],
)
def test_the_usual_time_between_chapters(gaps, said):
    times = [0]
    for gap in gaps:
        times.append(times[-1] + gap * DAY)

    rhythm = cadence(times)

    assert (str(rhythm) if rhythm else None) == said


@pytest.mark.parametrize(
    ("category", "min_words", "told", "words", "wanted"),
    [
        ("main", 0, None, None, True),
        ("main", 0, "omake", None, False),
        ("all", 0, "omake", None, True),
        ("omake", 0, "omake", None, True),
        ("omake", 0, None, None, False),
        ("main", 10_000, None, 10_000, True),
        ("main", 10_000, None, 9_999, False),
        ("main", 10_000, None, None, False),
    ],
)
def test_what_a_reader_wants_to_hear_of(category, min_words, told, words, wanted):
    count = None if words is None else Words(words, WordSource.LISTED)

    assert wants(category, min_words, chapter(1, category=told, words=count)) == wanted


@pytest.mark.parametrize(
    ("more", "minutes"),
    [
        ({}, 15),
        ({"spread": 1.0}, 16.5),
        ({"expires": NOW + HOUR}, 60),
        ({"expires": NOW + 99 * HOUR}, 360),
        ({"retry_after": 1800.0}, 30),
        ({"last_news": NOW - 61 * DAY}, 60),
        ({"last_news": NOW - 59 * DAY}, 15),
    ],
)
def test_when_a_feed_that_answered_is_asked_again(more, minutes):
    at = after_success(NOW, 900, **{"spread": 0.0, **more})

    assert at == NOW + minutes * MINUTE


@pytest.mark.parametrize(
    ("error", "failures", "minutes"),
    [
        (TooSlowError("x"), 0, 15),
        (TooSlowError("x"), 1, 30),
        (TooSlowError("x"), 20, 360),
        (RefusedError("x"), 0, 240),
        (BusyError("x", 7200), 0, 120),
        (GoneError("x"), 0, 15),
        (GoneError("x"), 2, 1440),
    ],
)
def test_when_a_feed_that_failed_is_asked_again(error, failures, minutes):
    assert after_failure(NOW, 900, failures, error, spread=0.0) == NOW + minutes * MINUTE
