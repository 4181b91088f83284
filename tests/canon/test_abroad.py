"""Words of other languages, by what they are in English; and none of ours."""

import pytest

from bot.canon.abroad import Abroad
from bot.canon.names import fold

ABROAD = Abroad.load()


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("Krieg", "war"),
        ("война", "war"),
        ("войны", "war"),
        ("Китае", "china"),
        ("китайской", "china"),
        ("espagnole", "spanish"),
        ("Hiszpanii", "spanish"),
        ("dritter", "third"),
        ("ялтинская", "yalta"),
    ],
)
def test_a_word_is_known_in_its_endings(word: str, english: str) -> None:
    assert english in ABROAD.english(fold(word))


@pytest.mark.parametrize(
    "word",
    [
        "spanish",
        "italians",
        "balkans",
        "drugs",
        "treties",
        "indies",
        "romance",
        "imperial",
        "poland",
    ],
)
def test_an_english_word_or_a_slip_of_one_is_left_alone(word: str) -> None:
    assert not ABROAD.english(word)


def test_a_part_of_a_compound_may_have_a_letter_that_links_it() -> None:
    assert ABROAD.of_part("friedens") == ("peace",)
    assert not ABROAD.of_part("war")
