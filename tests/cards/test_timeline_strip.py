"""The strip: every event a dot, as many as can be read with words, in order and apart."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.sample_scenes import timeline
from bot.cards.draw import draw
from bot.cards.scenes import MAX_ALT, Lane, Mark, TimelineScene
from bot.cards.timeline import MAX_LABELS

LANES = (Lane("Red Orchestra", 0xA11D21), Lane("Our Timeline", 0x4A6FA5))


def event(year: int, title: str = "Something", lane: int = 0) -> Mark:
    day = date(year, 5, 9).toordinal()
    return Mark(lane, day, day, f"9 May {year}", title)


def strip(*marks: Mark, lanes=LANES, **fields) -> TimelineScene:
    return TimelineScene("A strip", lanes, marks, **fields)


def test_a_strip_is_drawn_and_described(drawn):
    picture = drawn(timeline())

    assert picture.width == 1200
    assert picture.lost == 0
    assert picture.alt.startswith("Timeline: From 1917 to 1933. 7 November 1917: The Winter Palace")
    assert "(Red Guards)" in picture.alt
    assert len(picture.alt) <= MAX_ALT


@pytest.mark.parametrize("count", [0, 1, 2, 14, 15, 300])
def test_any_number_of_events_is_drawn(drawn, count):
    picture = drawn(strip(*(event(1000 + place, lane=place % 2) for place in range(count))))

    assert 640 <= picture.height <= 1440


def test_of_many_events_it_is_said_how_many_have_words(drawn):
    few = drawn(strip(*(event(1900 + place) for place in range(MAX_LABELS))))
    many = drawn(strip(*(event(1900 + place) for place in range(MAX_LABELS + 1))))

    assert few.png != many.png
    assert many.alt.count("9 May") == MAX_LABELS


def test_events_are_told_in_order_of_time(drawn):
    alt = drawn(strip(event(1932, "Later"), event(1917, "Earlier"))).alt

    assert alt.index("Earlier") < alt.index("Later")


def test_an_event_of_no_lane_is_left_out(drawn):
    assert drawn(strip(event(1917), event(1918, lane=7))).alt.count("9 May") == 1


@pytest.mark.parametrize("lanes", [0, 1, 6, 12])
def test_any_number_of_works_is_drawn(drawn, lanes):
    works = tuple(Lane(f"Work {place}", place * 99999) for place in range(lanes))

    assert drawn(strip(event(1917), lanes=works)).png


@pytest.mark.parametrize("span", [(1, 1), (1, 3_652_059), (3_652_059, 3_652_059)])
def test_the_ends_of_time_are_drawn(drawn, span):
    assert drawn(strip(Mark(0, *span, "always", "Everything"))).png


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60))
def test_any_words_make_a_strip(studio, title, words):
    marks = (Mark(0, 700_000, 700_400, words, title), Mark(1, 700_100, 700_100, title, words))
    scene = TimelineScene(title, (Lane(words, 1), Lane(title, -5)), marks, words)

    assert len(draw(scene, studio).alt) <= MAX_ALT
