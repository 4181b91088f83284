"""Words can be read on what is behind them: the ratios of WCAG 2.2, 1.4.3 and 1.4.11."""

import re
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.colours import colour, is_light, on_paper
from bot.cards.looks import LOOKS
from bot.cards.shapes import BLUE, GREY, INK, PAPER, RED
from bot.cards.verdict_runoff import COLOURS

WORDS, LARGE = 4.5, 3.0
SHEETS = sorted(
    (each.name, each.read_text("utf-8"))
    for each in (files("bot.cards") / "sheets").iterdir()
    if each.name.endswith(".html")
)
WEDGE = ("poster_tall.html", "#who")
"""The only words of a sheet that stand on a drawing."""


def luminance(hexadecimal: str) -> float:
    digits = hexadecimal.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    shares = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("name", "sheet"), SHEETS, ids=[name for name, _ in SHEETS])
def test_every_colour_of_words_in_a_sheet_stands_out(name, sheet):
    rules = dict(re.findall(r"^([^{\n<]+?) *{([^}]*)}", sheet, re.MULTILINE))
    paper = re.search(r"background: (#\w+)", rules["body"])[1]
    for selector, rule in rules.items():
        ground = re.search(r"background: (#\w+)", rule)
        for ink in re.findall(r"(?<![-\w])color: (#\w+)", rule):
            behind = [ground[1] if ground else paper]
            if (name, selector) == WEDGE:
                behind = [RED]
            if selector == "#face":
                behind = [colour(look.ground) for look in LOOKS.values()]
            for each in behind:
                assert contrast(ink, each) >= WORDS, selector


def test_what_stands_in_the_bars_of_a_runoff_stands_out():
    assert min(contrast(PAPER, each) for each in COLOURS) >= WORDS


def test_the_signs_of_the_sides_stand_out():
    assert min(contrast(PAPER, each) for each in (RED, GREY, BLUE)) >= LARGE


@settings(deadline=None)
@given(st.integers(0, 0xFFFFFF))
def test_the_emblem_and_the_lane_of_a_work_of_any_colour_stand_out(rgb):
    letters = [INK] if is_light(rgb) else ["#efe3c8", "#f3eee2", "#ffffff"]

    assert min(contrast(each, colour(rgb)) for each in letters) >= LARGE
    assert contrast(on_paper(rgb), PAPER) >= LARGE
