"""Discord's limits hold whatever is put into an answer."""

import discord
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.theme import (
    DESCRIPTION,
    EMBED,
    FIELD_VALUE,
    FIELDS,
    TITLE,
    clip,
    field,
    fitted,
)


@given(st.text(max_size=300), st.integers(min_value=1, max_value=120))
def test_a_clipped_text_fits_and_says_that_it_was_cut(text, length):
    shown = clip(text, length)

    assert len(shown) <= length
    assert shown == text if len(text) <= length else shown.endswith("…")


def test_a_text_is_cut_between_words():
    assert clip("the Turkish-Soviet War begins", 24) == "the Turkish-Soviet War…"


@given(
    st.text(max_size=600),
    st.text(max_size=7000),
    st.lists(st.lists(st.text(min_size=1, max_size=1500), max_size=6), max_size=30),
)
def test_an_embed_always_fits(title, description, columns):
    embed = discord.Embed(title=title, description=description)
    embed.set_footer(text="f" * 500)
    for lines in columns:
        field(embed, "name", lines)

    fitted(embed)

    assert len(embed) <= EMBED
    assert len(embed.title or "") <= TITLE
    assert len(embed.description or "") <= DESCRIPTION
    assert len(embed.fields) <= FIELDS
    assert all(0 < len(each.value or "") <= FIELD_VALUE for each in embed.fields)


def test_a_field_keeps_whole_lines_only():
    embed = discord.Embed()

    field(embed, "names", ["a" * 500, "b" * 500, "c" * 500])

    assert embed.fields[0].value == "a" * 500 + "\n" + "b" * 500


def test_a_field_without_lines_is_not_added():
    embed = discord.Embed()

    field(embed, "names", [])

    assert embed.fields == []
