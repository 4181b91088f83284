"""Text from strangers: shown as written, doing nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worktime import least

from bot.ui.text import _TAME, _tamed, plain, safe, safe_line, unsafe

NASTY = [
    "@everyone look",
    "@here",
    "<@123456789012345678>",
    "<@&123456789012345678>",
    "<#123456789012345678>",
    "[free nitro](https://evil.example)",
    "**bold** __under__ ~~gone~~ ||spoiler|| `code`",
    "# heading",
    "-# small",
    "- item",
    "> quote",
    "1. one",
    "\u202egnp.exe",
    "z\u0351\u0352\u0353\u0354\u0355\u0356a",
    "<t:1:R>",
    "</event:1>",
    "<:emoji:1>",
]


@pytest.mark.parametrize("text", NASTY)
def test_nothing_a_stranger_writes_is_markup_a_mention_or_a_link(text):
    shown = safe(text)

    assert "@everyone" not in shown
    assert "@here" not in shown
    assert "](" not in shown.replace("\\]", "")
    for mark in "*_~|`[]<>":
        assert f"{mark}" not in shown.replace(f"\\{mark}", "")
    assert not shown.startswith(("# ", "- ", "> ", "1. ", "-# "))


def test_what_is_safe_still_says_what_was_written():
    assert safe("Kaiser Wilhelm’s “Endsieg” (1938), 60 mm – 5,000 men") == (
        "Kaiser Wilhelm’s “Endsieg” (1938), 60 mm – 5,000 men"
    )


def test_a_line_stays_one_line():
    assert safe_line("one\n\ntwo\tthree") == "one two three"


@given(st.text(max_size=60) | st.sampled_from(NASTY))
def test_what_was_made_safe_is_found_again(text):
    assert unsafe(safe_line(text)) == plain(" ".join(text.split()))


@given(st.from_regex(_TAME, fullmatch=True))
def test_a_tame_text_needs_no_taming(text):
    assert _tamed(text) == text


@given(st.text(max_size=400))
def test_plain_text_has_no_hidden_characters_and_few_accents(text):
    shown = plain(text)

    run = 0
    for char in shown:
        category = unicodedata.category(char)
        assert category not in {"Cc", "Co", "Cs", "Cn"} or char == "\n"
        assert char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b"
        run = run + 1 if category in {"Mn", "Me"} and char != "\ufe0f" else 0
        assert run <= 3


@given(st.text(alphabet="@everyonh&!<>0123456789 \u200b\u202e", max_size=60))
def test_no_spelling_of_a_mention_survives(text):
    shown = safe(text).casefold()

    assert "@everyone" not in shown
    assert "@here" not in shown
    assert "<@" not in shown.replace("\\<@", "")


@pytest.mark.parametrize("piece", ["[](", "*", "\u0301", "@everyone ", "\\", "||", "# \n", "a"])
def test_any_6000_characters_are_made_safe_in_50_milliseconds(piece):
    text = (piece * 6000)[:6000]

    assert least(safe, text, enough=0.05) < 0.05
