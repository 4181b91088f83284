"""Words whose place or width the engine misjudges are boxes of their own."""

import re

import pytest

from bot.cards.boxes import word_markup


def drawn(cleaner, text, *, both_ways=False) -> str:
    html = "".join(word_markup(cleaner.clusters(text), both_ways=both_ways))
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


def test_where_letters_go_both_ways_blanks_count_and_marks_have_a_box_or_go(cleaner):
    assert drawn(cleaner, "กำ x\u0338", both_ways=True) == "\u200e<กำ>\u200e\u2005x"
