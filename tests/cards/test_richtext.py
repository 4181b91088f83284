"""A message as markup: inert, cut where told, covered where it must be."""

import re

import pytest

from bot.cards.richtext import CUT, MAX_CLUSTERS, Reader


@pytest.fixture(scope="session")
def reader(cleaner) -> Reader:
    return Reader(cleaner)


def words(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


def test_only_our_own_markup_comes_out(reader):
    html = reader.read("<script>x</script></style> **b** &lt; \"'").html()

    assert set(re.findall(r"<(/?\w+)", html)) == {"p", "/p", "b", "/b"}


def test_a_spoiler_never_reaches_the_engine_or_the_description(reader):
    text = reader.read("It was ||the butler 🔪 himself|| after all")

    assert "butler" not in text.html()
    assert "img" not in text.html()
    assert text.html().count('class="spoiler"') == 4
    assert text.plain() == "It was [spoiler] after all"


def test_a_text_is_cut_at_a_character_with_a_sign(reader):
    text = reader.read("one **two** three")

    assert words(text.html(5)) == f"one t {CUT}"
    assert words(text.html()) == "one two three"


def test_more_than_a_card_shows_is_cut_with_a_sign(reader):
    text = reader.read("a" * 4000)

    assert text.length == MAX_CLUSTERS
    assert words(text.html()) == "a" * MAX_CLUSTERS + f" {CUT}"
    assert text.plain().endswith(CUT)


def test_lines_beyond_what_a_card_shows_are_cut_with_a_sign(reader):
    full = "a" * MAX_CLUSTERS

    assert words(reader.read(full + "\n\nand more").html()) == f"{full} {CUT}"
    assert CUT not in reader.read(full + "\n \n").html()


def test_a_text_of_just_so_many_characters_is_whole(reader):
    text = reader.read("a" * MAX_CLUSTERS)

    assert CUT not in text.html()


def test_blank_lines_are_few_and_none_at_the_ends(reader):
    text = reader.read("\n\n\na\n\n\n\n\nb\n\n")

    assert text.plain() == "a\n\nb"


def test_nothing_at_all_is_nothing(reader):
    assert reader.read("").html() == ""
    assert reader.read(" \n\t\u200b").plain() == ""


DIRECTIONS = [
    ("🇺🇦 عام and more", False, "\u200e"),
    ("hello عام", False, ""),
    ("عام hello", False, "\u200e"),
    ("سنبني المستقبل hello", True, ""),
    ("ok: سنبني المستقبل معًا", True, "\u200f"),
    ("123 (!)", False, ""),
]


@pytest.mark.parametrize(("text", "right", "sign"), DIRECTIONS)
def test_the_direction_is_that_of_most_letters(reader, text, right, sign):
    read = reader.read(text)

    assert read.right_to_left == right
    first = "<img" if text[0] == "🇺" else text[0]
    assert read.html().startswith(f'<p class="plain">{sign}{first}')


def test_a_line_of_signs_goes_the_way_of_the_message(reader):
    read = reader.read("سنبني المستقبل معًا\n123 (!)")

    assert '<p class="plain">\u200f123 (!)</p>' in read.html()


def test_a_listing_keeps_its_indents(reader):
    assert "\u00a0\u00a0x\u00a0=\u00a01" in reader.read("```\n  x = 1\n```").html()


def test_slanted_type_is_for_scripts_that_slant(reader):
    html = reader.read("*late* *革命*").html()

    assert "<i>late</i>" in html
    assert "<em>革命</em>" in html
