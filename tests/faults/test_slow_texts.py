"""Promise 8: any text of 6,000 characters, through every function that reads texts, in 50 ms."""

from contextlib import suppress
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worktime import least

from bot.canon import excerpt, names, query
from bot.canon.query_tokens import clean, fold
from bot.cards import characters, markdown
from bot.chapters import addresses, cleaning, places, sources, words
from bot.errors import BotError
from bot.quotes import words as quoting
from bot.ui import cards, text
from bot.uploads.service import file_name

pytestmark = pytest.mark.timing
LONGEST = 6000
PROMISED = 0.05
"""Seconds of a processor, in the best of a few runs."""

READERS = {
    "ui.text.plain": text.plain,
    "ui.text.safe": text.safe,
    "ui.text.safe_inline": text.safe_inline,
    "ui.text.safe_line": text.safe_line,
    "ui.cards.quoted": cards.quoted,
    "canon.names.fold": names.fold,
    "canon.names.tokens": names.tokens,
    "canon.names.name_key": names.name_key,
    "canon.names.light_stem": names.light_stem,
    "canon.query.parse_query": query.parse_query,
    "canon.query_tokens.clean": clean,
    "canon.query_tokens.fold": fold,
    "canon.excerpt": lambda said: excerpt.excerpt(said, said.split()[:20], 200),
    "canon.excerpt.parts": lambda said: excerpt.parts(said, 900, 20),
    "canon.excerpt.sentences": excerpt.sentences,
    "cards.characters.clusters": characters.clusters,
    "cards.markdown.parse": markdown.parse,
    "chapters.cleaning.clean_html": cleaning.clean_html,
    "chapters.cleaning.clean_text": cleaning.clean_text,
    "chapters.addresses.read_url": addresses.read_url,
    "chapters.places.place_key": places.place_key,
    "chapters.sources.recognise": sources.recognise,
    "chapters.words.counted": words.counted,
    "chapters.words.listed": words.listed,
    "quotes.words.covered": quoting.covered,
    "quotes.words.has_ink": quoting.has_ink,
    "quotes.words.patterns": quoting.patterns,
    "quotes.words.pieces": quoting.pieces,
    "quotes.words.resolved": partial(quoting.resolved, names=quoting.Names({}, {}, {})),
    "quotes.words.searchable": quoting.searchable,
    "quotes.words.shortened": lambda said: quoting.shortened(said, 500),
    "uploads.file_name": file_name,
}
PIECES = (
    *("[](", "*", "**a", "_ ", "~~", "||", "`", "```\n", "> ", "# \n", "-# ", "1. ", "\\", "<@1>"),
    *("@everyone ", "<t:1:R>", "</a:1>", "<:a:1>", "[a](https://b.c) ", "://", "a" * 60 + " "),
    *("\u0301", "a\u0301\u0302\u0303", "\u200b", "\u202e", "\ufeff", "\x00", "\t", "\n", "  "),
    *(
        "\N{FAMILY}\u200d",
        "\U0001f1e9\U0001f1ea",
        "\U0001f44d\U0001f3fd",
        "\u0600",
        "\ufdfa",
        "\u00df",
    ),
    *(
        "\u00df",
        "\ufb03",
        "\u0130",
        "\u0915\u094d\u0937\u093f",
        "\u1100\u1161\u11a8",
        "\ud800",
        "\u0142",
    ),
    *(
        "1932 ",
        "1932-",
        "june ",
        "spring 19",
        "14 october 1932 to ",
        "before ",
        "19..",
        "1919..1945",
    ),
    *(
        "19..",
        "99999999 ",
        "\u0663",
        "\u00b2",
        "1/2/",
        "year ",
        "war before 1930 ",
        "between 1 and ",
        "'",
    ),
    *(
        "&amp;",
        "&#",
        "<b>",
        "<b",
        "</",
        "<!--",
        'a="',
        "http://a.b/",
        "%",
        "%%20",
        '"',
        "(",
        "-",
        "a",
    ),
    *("(", "a", "one two. ", "Mr. ", "a.b.c.", "\u201c", "\u2014 ", ", ", "|| ||", "**||`", "\\||"),
)


def seconds(function, said):
    def read():
        with suppress(BotError):  # refused in words, and soon
            function(said)

    return least(read, times=4, enough=PROMISED)


@pytest.mark.parametrize("name", READERS)
def test_the_same_again_and_again_is_read_in_time(name):
    slow = {
        piece: took
        for piece in PIECES
        if (took := seconds(READERS[name], (piece * LONGEST)[:LONGEST])) >= PROMISED
    }

    assert slow == {}


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=12, deadline=None, derandomize=True, database=None)
@given(
    said=st.lists(
        st.tuples(st.sampled_from(PIECES) | st.text(max_size=5), st.integers(1, 3000)), max_size=6
    )
)
def test_any_mixture_of_them_is_read_in_time(name, said):
    mixed = "".join(piece * times for piece, times in said)[:LONGEST]

    assert seconds(READERS[name], mixed) < PROMISED
