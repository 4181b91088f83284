"""The small pieces of the chamber's screens: differences, numbers, shares."""

import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from soviet_discord.builders import motion, rules
from worktime import least

from bot.soviet.errors import BadChoiceError
from bot.soviet.models import Kind, Quorum, Status
from bot.soviet.thresholds import read_threshold
from bot.ui.soviet.ballots import read_places
from bot.ui.soviet.business import NoNumberError, read_number
from bot.ui.soviet.difference import difference
from bot.ui.soviet.ranking import places
from bot.ui.soviet.words import (
    bar,
    choice_words,
    percent,
    rule_line,
    span,
    threshold_words,
    title_and_rest,
)

WORDS = st.lists(st.sampled_from(["the", "author", "gulag", "sea", "*", "~~", "__"]), max_size=30)


def test_a_difference_strikes_what_goes_and_underlines_what_comes():
    assert difference("sent to the gulag at once", "sent to the seaside at once") == (
        "sent to the ~~gulag~~ __seaside__ at once"
    )


def test_a_difference_holds_across_lines_and_defuses_what_is_written():
    shown = difference("one\ntwo", "one\n*two* @everyone")

    assert "~~two~~" in shown
    assert "\\*two\\*" in shown
    assert "@everyone" not in shown


@settings(max_examples=200, deadline=None)
@given(old=WORDS, new=WORDS, room=st.integers(20, 200))
def test_a_difference_never_leaves_a_mark_open(old, new, room):
    shown = difference(" ".join(old), " ".join(new), room)

    bare = re.sub(r"\\.", "", shown)
    assert bare.count("~~") % 2 == 0
    assert bare.count("__") % 2 == 0
    assert len(shown) <= room + 4


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b " * 375, "b a " * 375),
        ("a " * 490, "b a " * 245),
        (" ".join(map(str, range(350))), " ".join(map(str, range(350, 0, -1)))),
    ],
)
def test_the_longest_difference_takes_no_time(old, new):
    assert least(difference, old[:1500], new[:1500], enough=0.2) < 0.2


@pytest.mark.parametrize("typed", ["12", " № 12", "#12", "№12 ", "No. 12"])
def test_a_number_is_read_as_people_write_it(typed):
    assert read_number(typed) == 12


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_number_or_refused(typed):
    number = 0
    with suppress(NoNumberError):
        number = read_number(typed)

    assert 0 <= number < 10**9


@given(st.lists(st.text(max_size=3), max_size=5))
def test_whatever_a_menu_sends_is_places_or_refused(values):
    try:
        read = read_places(values)
    except BadChoiceError:
        return
    assert list(read) == sorted(int(value) for value in values)


def test_a_ranking_keeps_the_order_of_the_taps():
    assert places("cab") == (2, 0, 1)


@pytest.mark.parametrize("tapped", ["", "aa", "abca"])
def test_a_ranking_without_taps_or_with_one_twice_is_none(tapped):
    with pytest.raises(BadChoiceError):
        places(tapped)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("majority", "more than half of the votes cast"),
        ("2/3", "at least 2/3 of the votes cast"),
        ("more than 1/2 of the roll", "more than half of the roll"),
        ("unanimous", "all of the votes cast"),
        ("plurality", "the most votes"),
    ],
)
def test_thresholds_are_said_in_words(written, said):
    assert threshold_words(read_threshold(written)) == said


def test_the_rule_line_says_what_decides_and_nothing_a_runoff_has_not():
    several = motion(rules=rules(Kind.MULTIPLE, picks=2, quorum=Quorum(1, 3)))
    ranked = motion(Status.TABLED, Kind.RANKED)

    assert rule_line(several).startswith(
        "Up to 2 of 3 · more than half of the votes cast · quorum 1/3 of the roll · open ballot"
    )
    assert "more than" not in rule_line(ranked)
    assert "rules" not in rule_line(ranked), "they are hashed when it opens"


def test_shares_are_rounded_down_and_something_is_never_drawn_as_nothing():
    assert (percent(2, 3), percent(0, 0), percent(199, 200)) == (66, 0, 99)
    assert bar(1, 1000).count("▰") == 1
    assert bar(0, 10).count("▰") == 0
    assert len(bar(300, 100)) == 10


@pytest.mark.parametrize(
    ("milliseconds", "said"),
    [(300_000, "5 min"), (216_000_000, "2 d 12 h"), (259_200_000, "3 d"), (5, "under a minute")],
)
def test_spans_are_short(milliseconds, said):
    assert span(milliseconds) == said


def test_the_first_line_is_the_title_unless_it_is_too_long():
    assert title_and_rest("That *this* stays\n\nFor reasons.") == (
        "That \\*this\\* stays",
        "For reasons.",
    )
    assert title_and_rest("x" * 200) == (None, "x" * 200)


def test_ballots_are_said_as_they_were_cast():
    ranked = rules(Kind.RANKED)

    assert choice_words(ranked, (2, 0)) == "1. Grozny  2. Novara"
    assert choice_words(rules(Kind.MULTIPLE), (0, 2)) == "Novara, Grozny"
    assert choice_words(rules(), ()) == "Abstain"
