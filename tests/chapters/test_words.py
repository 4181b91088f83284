"""How words are counted, and what of a post is counted at all."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chapters.entries import Words, WordSource
from bot.chapters.words import body_of_post, count_words, listed, text_of_post


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("   \n\t ", 0),
        ("- — … ! ?", 0),
        ("one two three", 3),
        ("one-word can't John’s ‘quoted’", 4),
        ("one--two", 2),
        ("one—two…three", 3),
        ("e-mail, 1,234 and 3.14", 6),
        ("snake_case _", 2),
        ("Żółć i naïveté", 3),
        ("Красная заря", 2),
        ("e\u0301te\u0301", 1),
        ("革命", 2),
        ("革命 is 2 words", 5),
        ("革命A命", 4),
        ("ひらがなカタカナ", 8),
        ("ไทย", 3),
        ("한국어 단어", 2),
        ("हिन्दी शब्द", 2),
        ("123 ４５６", 2),
    ],
)
def test_words_are_counted_as_ao3_does(text, words):
    assert count_words(text) == words


WORD = st.text(st.characters(categories=["Ll", "Lu"], max_codepoint=0x24F), min_size=1)


@given(st.lists(WORD, max_size=40), st.sampled_from([" ", "\n", "--", "—", ", ", " … "]))
def test_words_that_anything_but_a_hyphen_parts_are_as_many_as_there_are(words, between):
    assert count_words(between.join(words)) == len(words)


@given(st.lists(WORD, min_size=1, max_size=40), st.sampled_from(["-", "'", "’", "‘"]))
def test_hyphens_and_apostrophes_join(words, between):
    assert count_words(between.join(words)) == 1


@given(st.text(), st.text())
def test_two_texts_have_the_words_of_both(one, other):
    assert count_words(f"{one}\n{other}") == count_words(one) + count_words(other)


@given(st.text())
def test_there_are_never_more_words_than_characters(text):
    assert 0 <= count_words(text) <= len(text)


def test_counting_a_long_text_takes_time_in_proportion():
    assert count_words("word " * 200_000 + "'" * 200_000 + "-" * 200_000) == 200_000


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <b>two</b></p><p>three</p>", "One two\nthree"),
        ("<p>f<b>o</b>o</p>", "foo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<p>a&amp;b &lt;c&gt;</p>", "a&b <c>"),
        ("<p>kept</p><script>alert(1)</script><style>p{}</style>", "kept"),
        ("<p>kept</p><noscript>not</noscript><!-- not -->", "kept"),
        ('<blockquote class="bbCodeBlock bbCodeBlock--quote">not</blockquote>kept', "kept"),
        ("<blockquote>a letter in the story</blockquote>", "a letter in the story"),
        ('kept<div class="bbCodeSpoiler"><button>Spoiler</button>not</div>', "kept"),
        ('kept<aside class="message-signature">not</aside>', "kept"),
        ('kept<div class="message-lastEdit">Last edited</div>', "kept"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("<table><tr><td>one</td><td>two</td></tr></table>", "one\ntwo"),
        ("no html at all", "no html at all"),
        ("<p>never <b>closed", "never closed"),
        ("", ""),
    ],
)
def test_the_text_of_a_post_is_what_its_author_wrote(html, text):
    assert text_of_post(html) == text


def test_a_post_is_found_by_its_number_on_a_page_of_many():
    page = "".join(
        f'<article data-content="post-{number}"><div class="message-body">'
        f'<div class="bbWrapper">words of {number}</div></div></article>'
        for number in (5, 55, 555)
    )

    assert text_of_post(body_of_post(page, 55)) == "words of 55"
    assert body_of_post(page, 6) is None


@pytest.mark.parametrize(
    ("told", "count", "rounded"),
    [
        ("987", 987, False),
        ("1,234", 1_234, False),
        ("1.234", 1_234, False),
        (" 12 345 ", 12_345, False),
        ("12.1k", 12_100, True),
        ("12,1k", 12_100, True),
        ("5K", 5_000, True),
        ("1.2M", 1_200_000, True),
        ("0", 0, False),
    ],
)
def test_the_number_of_a_list_is_read(told, count, rounded):
    assert listed(told) == Words(count, WordSource.LISTED, rounded=rounded)


@pytest.mark.parametrize("told", ["", "N/A", "-5", "1.2.3k", "k", "12x", "٣", "9" * 10, "9" * 16])
def test_what_is_no_number_is_none(told):
    assert listed(told) is None


@given(st.text())
def test_no_text_of_a_list_breaks_it(told):
    words = listed(told)

    assert words is None or re.search(r"\d", told)
