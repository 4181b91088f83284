"""What `/lore search` offers while a text is typed."""

import pytest

from bot.canon.passages import PassageSearch
from bot.canon.suggest import Suggester


@pytest.mark.parametrize(
    ("begun", "offered"),
    [
        ("trots", "Leon Trotsky"),
        ("koba", "Koba"),
        ("world rev", "World Revolution Plan"),
        ("soviet-ir", "Soviet-Iranian War"),
        ("parat", "paratroopers"),
        ("march on", "March on Rome"),
        ("civil", "Civil War"),
    ],
)
async def test_names_and_phrases_that_begin_so_are_offered(library, begun, offered):
    lines = await Suggester(library).texts(begun, library.view(None))

    assert offered.casefold() in [line.value.casefold() for line in lines]


async def test_the_empty_box_offers_names(library):
    lines = await Suggester(library).texts("", library.view(None))

    assert 0 < len(lines) <= 25


async def test_what_is_offered_is_found(library):
    view, search = library.view(None), PassageSearch(library)
    for begun in ("s", "so", "rev", "king of", "german e", "chinese civ", "sms", "of"):
        for line in await Suggester(library).texts(begun, view):
            assert (await search.find(line.value, view)).total, (begun, line)


@pytest.mark.parametrize("begun", ["asdfgh", "!!!", '"', "(", "^(", "a" * 6_000, "\ud800", "\0"])
async def test_nothing_is_offered_for_nothing(library, begun):
    assert await Suggester(library).texts(begun, library.view(None)) == []
