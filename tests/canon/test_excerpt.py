from hypothesis import given
from hypothesis import strategies as st

from bot.canon.excerpt import CUT, Stretch, excerpt, parts, sentences, shown, telling

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


@given(st.text(max_size=600), st.lists(st.text(max_size=8), max_size=4), st.integers(40, 200))
def test_what_is_told_is_a_stretch_of_the_text(text: str, words: list[str], length: int) -> None:
    start, end = telling(text, words, length)

    assert 0 <= start <= end <= len(text)
    assert end - start <= length
    assert text[start:end].strip() in shown(text, Stretch(start, end))


@given(st.text(max_size=80), st.integers(0, 99), st.integers(0, 99))
def test_any_stretch_of_any_text_can_be_shown(text: str, start: int, length: int) -> None:
    said = shown(text, Stretch(start, start + length))

    assert said.removeprefix(f"{CUT} ").removesuffix(f" {CUT}").strip() in text


def test_a_stretch_of_a_text_that_has_changed_begins_with_it() -> None:
    assert shown("Something else.", Stretch(3, 7)) == f"Some {CUT}"


def test_what_reaches_the_end_of_a_long_sentence_is_not_cut_there() -> None:
    said = excerpt("a " * 200 + "the end of Trotsky", ["trotsky"], 80)

    assert said.startswith(CUT)
    assert said.endswith("the end of Trotsky")


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
