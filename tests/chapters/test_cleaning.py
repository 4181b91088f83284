"""Titles and names from outside, made plain."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chapters.cleaning import LONGEST_TITLE, clean_html, clean_text

PIECES = st.one_of(
    st.text(),
    st.sampled_from(["<b>", "</b>", "<script>", "&lt;", "&amp;lt;", "&#0;", "&#x202e;", "\u202e"]),
    st.sampled_from(["@everyone", "<@1>", "[x](http://y)", "\n", "\r", "\x00", "\u0301" * 9]),
    st.sampled_from(["<", ">", "&", "\u200b"]),
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        ("Chapter 1", "Chapter 1"),
        ("<b>Bold</b> &amp; brave", "Bold & brave"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("&lt;b&gt; is shown", "<b> is shown"),
        ("I <3 you", "I <3 you"),
        ("1 < 2 > 0", "1 < 2 > 0"),
        ("one\r\ntwo\tthree\u2028four", "one two three four"),
        ("a\u202eb\u2066c\u200fd\u200be", "abcde"),
        ("nul\x00 bell\x07 esc\x1b[31m", "nul bell esc[31m"),
        ("&#8238;gnp.exe&#0;", "gnp.exe\ufffd"),
        ("@everyone <@123> <#4> <:e:5>", "@everyone <@123> <#4> <:e:5>"),
        ("[free](https://evil.example) `x` **y**", "[free](https://evil.example) `x` **y**"),
        ("H" + "\u0301" * 50, "H" + "\u0301" * 3),
        ("👩\u200d🚀 ❤\ufe0f", "👩\u200d🚀 ❤\ufe0f"),
        ("<img src=x onerror=alert(1)>Chapter", "Chapter"),
        ("<!-- x -->Chapter<?php ?>", "Chapter"),
        ("   ", ""),
        ("\ud800\ue000\U000f0000", ""),
    ],
)
def test_markup_becomes_one_plain_line(markup, line):
    assert clean_html(markup) == line


def test_plain_text_keeps_its_ampersands():
    assert clean_text("AT&amp;T <i>x</i>") == "AT&amp;T x"


@pytest.mark.parametrize("clean", [clean_html, clean_text])
def test_a_title_of_5000_characters_is_cut(clean):
    line = clean("long " * 1_000)

    assert len(line) <= LONGEST_TITLE
    assert line.endswith("long…")


@pytest.mark.parametrize("clean", [clean_html, clean_text])
@given(told=TEXTS)
def test_a_line_is_short_visible_and_clean_for_good(clean, told):
    line = clean(told)

    assert len(line) <= LONGEST_TITLE
    assert line == " ".join(line.split())
    assert {char for char in line if unicodedata.category(char)[0] == "C"} <= {"\u200c", "\u200d"}


@given(TEXTS)
def test_no_tag_comes_out_of_plain_text(told):
    assert "<script>" not in clean_text(told)
