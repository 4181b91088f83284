import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.canon.wording import MAX_WORDS, Wording, joins

WORDING = Wording.load()


@pytest.mark.parametrize(
    ("asked", "telling"),
    [
        ("who killed stalin?", ["killed", "stalin"]),
        ("what is the Leningrad Pact", ["leningrad", "pact"]),
        ("when did WW2 start", ["world", "war", "ii", "start"]),
        ("how many paratroopers", ["paratroopers"]),
        ("stalin stalin stalin", ["stalin"]),
        ("The Who", ["the", "who"]),
        ("mao tse-tung", ["mao", "zedong"]),
        ("!!!", []),
    ],
)
def test_a_question_is_left_with_the_words_that_tell(asked: str, telling: list[str]) -> None:
    assert WORDING.telling(asked) == telling


@given(st.text(max_size=400))
def test_any_text_is_left_with_few_words(text: str) -> None:
    assert len(WORDING.telling(text)) <= MAX_WORDS


@pytest.mark.parametrize(
    ("word", "other"),
    [("murder", "assassinated"), ("turkey", "turkish"), ("nanking", "nanjing")],
)
def test_words_of_one_group_find_each_other(word: str, other: str) -> None:
    assert other in WORDING.also(word)
    assert word in WORDING.also(other)
    assert word not in WORDING.also(word)


def test_idle_words_alone_mean_nothing() -> None:
    assert not WORDING.meaningful("what happened in the")
    assert WORDING.meaningful("what happened to Stalin")


def test_neighbours_are_joined_up_to_four() -> None:
    assert joins(["anti", "komintern", "pakt"]) == {
        "antikomintern": (0, 2),
        "antikominternpakt": (0, 3),
        "kominternpakt": (1, 3),
    }
