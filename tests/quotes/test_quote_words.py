"""The words of a message: verbatim, harmless, and what is hidden stays hidden."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.quotes.words import (
    COVER,
    Names,
    covered,
    digest,
    has_ink,
    patterns,
    pieces,
    resolved,
    searchable,
    shortened,
)
from bot.ui.cards import quoted
from bot.ui.text import plain
from bot.ui.theme import DESCRIPTION

NAMES = Names({1: "Vera"}, {2: "Readers"}, {3: "lounge"})
HOSTILE = st.lists(
    st.sampled_from([*"|*_`~[]()<>@&#!\\ \n.:/-ab1", "||", "@everyone", "\u202e", "☭"]),
    max_size=400,
).map("".join)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("hi <@1> and <@!1>", "hi @Vera and @Vera"),
        ("<@9> left", "@unknown left"),
        ("<@&2> <@&8>", "@Readers @unknown"),
        ("see <#3> or <#4>", "see #lounge or #unknown"),
        ("<:soviet:12> <a:wave:34>", ":soviet: :wave:"),
        ("</event:55> works", "/event works"),
        ("<t:0:R>", "1 January 1970, 00:00 UTC"),
        ("<t:99999999999999:R> <t:9999999999999>", "<t:99999999999999:R> <t:9999999999999>"),
        ("**bold** stays, ||so does this||", "**bold** stays, ||so does this||"),
        ("<@1", "<@1"),
    ],
)
def test_ids_become_what_a_reader_sees(raw, shown):
    assert resolved(raw, NAMES) == shown


def test_what_a_spoiler_hides_is_in_no_list_and_found_by_no_search():
    text = "The border ||falls in May|| and ||the cat\nlives||."

    assert covered(text) == f"The border {COVER} and {COVER}."
    assert "falls" not in searchable(text)
    assert "cat" not in searchable(text)
    assert " border " in searchable(text)


@given(HOSTILE)
def test_pieces_put_together_are_the_text_without_its_bars(text):
    joined = "".join(f"||{piece}||" if hidden else piece for piece, hidden in pieces(text))

    assert joined == text


@given(HOSTILE, st.integers(20, 300))
def test_a_cut_is_seen_and_opens_no_spoiler(text, length):
    short = shortened(text, length)

    assert len(short) <= length
    if len(text) > length:
        assert short.endswith("[…]")
        if text.count("||") % 2 == 0:
            assert short.count("||") % 2 == 0
    else:
        assert short == text


@settings(max_examples=300)
@given(HOSTILE)
def test_a_quotation_does_nothing_but_be_read(text):
    shown = quoted(text)

    assert all(line.startswith("> ") for line in shown.split("\n"))
    assert "@everyone" not in shown
    assert "\u202e" not in shown
    assert not re.search(r"(?<!\\)\]\(", shown)
    assert not re.search(r"<[@#:t/]", shown.replace("\\<", ""))


@given(st.sampled_from(["||", "*", "@everyone ", "a", "\n", "𝔉", "[x](http://y) "]))
def test_four_thousand_hostile_characters_fit_an_embed(piece):
    text = (piece * 4000)[:4000]

    assert len(quoted(text, DESCRIPTION)) <= DESCRIPTION


@pytest.mark.parametrize("text", ["", "  \n", "\u200b\u2060", "\u3164", "\u2800\u2800", "\u115f"])
def test_what_nobody_sees_is_not_words(text):
    assert not has_ink(plain(text))


def test_one_letter_is_words():
    assert has_ink("é")


def test_a_message_is_known_by_its_hash_also_with_half_a_letter():
    assert digest("a") == digest("a") != digest("b")
    assert len(digest("\ud800")) == 64


def test_signs_of_the_pattern_language_mean_themselves():
    assert patterns("100% a_b")[:3] == ["% 100%", "% a%", "% b%"]
    assert patterns("鉄道")[0] == "%鉄道%"
    assert patterns("one two three four five six seven")[5] == "% six%"
    assert patterns(" !!! ") == ["%"] * 6
