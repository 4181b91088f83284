"""Seats that do not overlap and add up; labels that keep apart; ticks that can be read."""

from datetime import date
from itertools import combinations, pairwise
from math import dist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.axis import axis, evenly, spread
from bot.cards.colours import colour, is_light, on_paper
from bot.cards.hemicycle import MOST_SEATS, house, shares

SIDES = st.lists(st.integers(0, 3000), min_size=3, max_size=3)


@given(SIDES)
def test_every_ballot_has_its_seat_and_sides_sit_in_order(sides):
    seated = house(sides)

    assert len(seated.seats) <= MOST_SEATS
    assert seated.ballots_a_seat == max(1, -(-sum(sides) // MOST_SEATS))
    if seated.ballots_a_seat == 1:
        assert [sum(seat.side == side for seat in seated.seats) for side in range(3)] == sides


@pytest.mark.parametrize("count", [1, 2, 3, 7, 12, 13, 15, 16, 47, 100, 213, 399, 400])
def test_seats_neither_touch_nor_leave_the_house(count):
    seated = house([count, 0, 0])

    assert len(seated.seats) == count
    for one, other in combinations(seated.seats, 2):
        assert dist(one[:2], other[:2]) >= 2 * seated.radius
    for seat in seated.seats:
        assert dist(seat[:2], (0, 0)) + seated.radius <= 1.0001
        assert seat.y >= -0.0001


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=8), st.integers(0, 400))
def test_shares_add_up_and_are_fair(parts, whole):
    divided = shares(parts, whole)

    total = sum(parts)
    if total:
        assert sum(divided) == whole
        assert all(
            abs(one - part * whole / total) < 1 for one, part in zip(divided, parts, strict=True)
        )


@given(st.lists(st.floats(0, 1000), max_size=14), st.integers(1, 90))
def test_labels_keep_apart_and_in_order(wanted, gap):
    wanted = sorted(wanted)
    placed = spread(wanted, gap, 0, 1000)

    crowded = (len(wanted) - 1) * gap > 1000
    for above, below in pairwise(placed):
        assert below - above >= (1000 / (len(wanted) - 1) if crowded else gap) - 0.001
    assert all(-0.001 <= place <= 1000.001 for place in placed)


def test_labels_with_room_stand_where_they_want():
    assert spread([10, 200, 500], 50, 0, 1000) == [10, 200, 500]


def test_labels_that_collide_share_the_way():
    assert spread([500, 500], 50, 0, 1000) == [475, 525]


def test_few_of_many_are_taken_evenly_with_both_ends():
    assert evenly(5, 14) == [0, 1, 2, 3, 4]
    assert evenly(100, 4) == [0, 33, 66, 99]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 3_652_059), st.integers(0, 40_000)), min_size=1, max_size=9)
)
def test_any_days_have_an_axis_with_ticks_apart(spans):
    days = [(first, min(first + more, 3_652_059)) for first, more in spans]
    line = axis(days, 100, 900)

    for first, last in days:
        assert 100 <= line.at(first) <= line.at(last) <= 900
    for above, below in pairwise(line.ticks(56)):
        assert below[0] - above[0] >= 56


def test_ticks_are_round():
    days = [(date(1917, 11, 7).toordinal(), date(1933, 1, 30).toordinal())]

    assert [words for _, words in axis(days, 0, 900).ticks(56)][:3] == ["1918", "1919", "1920"]


def test_a_single_day_has_months_around_it():
    day = date(1932, 5, 9).toordinal()

    assert [words for _, words in axis([(day, day)], 0, 400).ticks(56)] == ["May 1932", "Jun 1932"]


@pytest.mark.parametrize(
    ("rgb", "light"), [(0xFFFFFF, True), (0xF5D76E, True), (0xA11D21, False), (0, False)]
)
def test_a_light_colour_is_known_and_darkened_for_paper(rgb, light):
    assert is_light(rgb) == light
    assert (on_paper(rgb) != colour(rgb)) == light
    assert not is_light(int(on_paper(rgb)[1:], 16))
