"""The verdict of a motion: every number in words, every kind drawn, nothing beyond its room."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.sample_scenes import motion, verdicts
from bot.cards.draw import draw
from bot.cards.scenes import (
    MAX_ALT,
    Choices,
    Division,
    Option,
    Round,
    Runoff,
    Turnout,
    Verdict,
    VerdictScene,
)
from bot.cards.verdict_choices import ranked
from bot.cards.verdict_division import figure_size, percent
from bot.cards.verdict_runoff import MOST_ROUNDS


def scene(count=None, **fields) -> VerdictScene:
    verdict = fields.pop("verdict", Verdict.ADOPTED)
    return motion(7, fields.pop("title", "That we meet"), verdict, "S.O. 4", count=count, **fields)


@pytest.mark.parametrize("name", verdicts())
def test_every_kind_of_motion_is_drawn(drawn, name):
    picture = drawn(verdicts()[name])

    assert picture.png.startswith(b"\x89PNG")
    assert picture.lost == 0
    assert 0 < len(picture.alt) <= MAX_ALT


def test_the_description_of_a_division_holds_every_number(drawn):
    alt = drawn(verdicts()["division"]).alt

    for words in ("№ 42", "ADOPTED", "Aye 31 (72.1%", "abstain 4", "nay 12 (27.9%", "47 of 120",
                  "quorum 40", "Vera", "Anatol, Ilse", "Open ballot", "S.O. 4.2"):  # fmt: skip
        assert words in alt


@pytest.mark.parametrize("number", [8, 888, 8_888, 88_888, 888_888, 8_888_888, 88_888_888])
def test_no_number_reaches_the_word_beside_it(studio, number):
    size = figure_size(3, number, 0)

    assert studio.press.width(f"{number:,}", "Russo One", size, 400) <= 135
    assert size >= 22


def test_a_secret_motion_tells_no_number_but_its_own(drawn):
    alt = drawn(scene(None, secret=True, dates="in May")).alt

    assert [sign for sign in alt if sign.isdigit()] == ["7", "4"]
    assert "Secret ballot" in alt


def test_the_description_of_a_choice_holds_every_number_however_long_the_labels(drawn):
    options = tuple(Option(f"{place} {'long label ' * 9}", 1000 + place) for place in range(25))
    alt = drawn(scene(Choices(options, 9999))).alt

    assert all(f": {1000 + place}" in alt for place in range(25))
    assert "9999 ballots" in alt


def test_the_description_of_a_runoff_begins_with_the_round_that_decided(drawn):
    alt = drawn(verdicts()["runoff"]).alt

    assert alt.index("Round 3: Vera 21 (won), Anatol 14, exhausted 5") < alt.index("Round 1:")


def test_equal_votes_share_a_rank():
    options = [Option("a", 3), Option("b", 9), Option("c", 3), Option("d", 1)]

    assert [(rank, option.label) for rank, option in ranked(options)] == [
        (1, "b"),
        (2, "a"),
        (2, "c"),
        (4, "d"),
    ]


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (0, 0, "0%"),
        (1, 2, "50%"),
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (1, 2000, "0.1%"),
        (7, 7, "100%"),
    ],
)
def test_a_share_is_rounded_half_up_to_a_tenth(part, whole, expected):
    assert percent(part, whole) == expected


DIVISIONS = [
    Division(0, 0, 0),
    Division(1, 0, 0),
    Division(0, 5, 0),
    Division(401, 0, 0),
    Division(100_000, 1, 2),
    Division(3, 3, 3, Fraction(3, 4), strictly=False, of_roll=True),
    Division(1, 1, 1, Fraction(99, 100)),
]


@pytest.mark.parametrize("count", DIVISIONS)
@pytest.mark.parametrize(
    "turnout", [None, Turnout(0), Turnout(9, 9, 9), Turnout(5, None, 50), Turnout(7, 5)]
)
def test_the_edges_of_a_division_are_drawn(drawn, count, turnout):
    assert drawn(scene(count, turnout=turnout)).height == 800


@pytest.mark.parametrize("count", [0, 1, 5, 12, 25])
def test_a_choice_grows_with_its_options(drawn, count):
    options = tuple(Option(f"Option {place}", place) for place in range(count))
    picture = drawn(scene(Choices(options, 30)))

    assert picture.height >= 360 + 46 * count


@pytest.mark.parametrize("rounds", [0, 1, 3, MOST_ROUNDS, 24])
def test_a_runoff_of_any_length_is_drawn(drawn, rounds):
    options = tuple(Option(f"Candidate {place}", place + 1) for place in range(25))
    counted = tuple(Round(options[place:], place * 3) for place in range(rounds))

    assert drawn(scene(Runoff(counted))).height <= 1700


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=400), st.text(max_size=120), st.sampled_from(Verdict))
def test_any_words_make_a_verdict(studio, title, name, verdict):
    options = (Option(title, 3, won=True), Option(name, 2))
    for count in (None, Division(3, 1, 2), Choices(options, 5), Runoff((Round(options, 1),))):
        picture = draw(
            scene(
                count,
                title=title,
                mover=name,
                seconders=(title, name),
                reason=name,
                verdict=verdict,
            ),
            studio,
        )
        assert len(picture.alt) <= MAX_ALT


def test_long_words_keep_to_their_room(studio):
    words = "The longest title of any motion that was ever tabled in this House " * 6
    draw(
        scene(Division(3, 1, 2), title=words, mover=words, seconders=(words,), dates=words), studio
    )

    sheet = studio.press.last("verdict", 800)
    assert sheet.box("title").height <= 114.5
    assert sheet.box("people").height <= 32.5
    assert sheet.box("when").height <= 40.5
