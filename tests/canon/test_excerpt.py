from hypothesis import given
from hypothesis import strategies as st

from bot.canon.excerpt import CUT, excerpt, parts, sentences

STORY = "The fleet sails. Nobody waves. The Grozny leads it! Coal is dear. Is it? Yes. " * 6


@given(st.text())
def test_sentences_joined_again_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text


@given(st.text(max_size=600), st.lists(st.text(max_size=8), max_size=4), st.integers(40, 200))
def test_an_excerpt_keeps_its_length(text: str, words: list[str], length: int) -> None:
    assert len(excerpt(text, words, length)) <= max(length, 0)


def test_an_excerpt_holds_the_sentence_that_says_the_words() -> None:
    text = "Nothing here. " * 40 + "The Grozny sails. " + "Nor here. " * 40

    shown = excerpt(text, ["grozny"], 100)

    assert "The Grozny sails." in shown
    assert shown.startswith(CUT)
    assert shown.endswith(CUT)


def test_an_excerpt_finds_another_spelling_of_the_words() -> None:
    assert "Trotsky" in excerpt("Nothing here. " * 40 + "Trotsky speaks.", ["trotzky"], 80)


def test_a_short_text_comes_back_whole() -> None:
    assert excerpt("All of it.", ["it"], 100) == "All of it."


@given(st.text(max_size=900), st.integers(20, 120), st.integers(1, 5))
def test_parts_are_as_many_and_as_long_as_they_may_be(text: str, length: int, most: int) -> None:
    made = parts(text, length, most)

    assert 1 <= len(made) <= most
    assert all(len(part) <= length + len(CUT) + 1 for part in made)


def test_parts_end_with_sentences_and_say_that_something_is_left_out() -> None:
    made = parts(STORY, 60, 2)

    assert made[0].endswith((".", "!", "?"))
    assert made[-1].endswith(CUT)
