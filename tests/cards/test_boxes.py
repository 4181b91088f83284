"""Words whose place or width the engine misjudges are boxes of their own."""

import re

import pytest

from bot.cards.boxes import is_mixed, word_markup


def drawn(cleaner, text, *, mixed=False, right_to_left=False) -> str:
    clusters = cleaner.clusters(text)
    html = "".join(word_markup(clusters, mixed=mixed, right_to_left=right_to_left))
    return re.sub(r"<span[^>]*>", "<", html.replace("</span>", ">"))


BOXES = [
    ("שלום", "שלום"),
    ("שָׁלוֹם", "\u200f<שָׁלוֹם>\u200f"),
    ("(שָׁלוֹם)!", "(\u200f<שָׁלוֹם>\u200f)!"),
    ("مُحمد", "\u061c<مُحمد>\u061c"),
    ("देवी", "\u200e<देवी>\u200e"),
    ("cafe\u0301", "café"),
    ("bread", "bread"),
]


@pytest.mark.parametrize(("text", "boxed"), BOXES, ids=[text for text, _ in BOXES])
def test_a_word_that_the_engine_misjudges_is_a_box_with_its_direction_beside_it(
    cleaner, text, boxed
):
    assert drawn(cleaner, text) == boxed


def test_a_word_that_may_be_longer_than_a_line_is_several_boxes(cleaner):
    letters = "שָׁ" * 30

    assert drawn(cleaner, letters).count("<") == 3
    assert drawn(cleaner, letters).replace("\u200f", "").replace("><", "") == f"<{letters}>"


def test_in_a_mixed_line_marks_have_a_box_or_go(cleaner):
    assert drawn(cleaner, "กำ x\u0338", mixed=True) == "\u200e<กำ>\u200e x"


def test_a_blank_counts_after_a_word_that_is_read_the_other_way_than_its_line(cleaner):
    text = "ab 12 של 12 נו cd"

    assert drawn(cleaner, text, mixed=True) == "ab 12 של\u200512\u2005נו\u2005cd"
    assert drawn(cleaner, text, mixed=True, right_to_left=True) == "ab\u200512\u2005של 12 נו cd"


MIXED = [
    ("bread שלום", True),
    ("שלום 12!", False),
    ("bread сло́во 革命", False),
    ("กำ сло́во", True),
    ("กำ ไทย", False),
    ("🇺🇦 שלום", False),
]


@pytest.mark.parametrize(("text", "mixed"), MIXED, ids=[text for text, _ in MIXED])
def test_a_line_is_mixed_where_the_engine_needs_help(cleaner, text, mixed):
    assert is_mixed(cleaner.clusters(text)) == mixed
