"""Contradictions cite the passages that each side stands on."""

import discord
import pytest

from bot.canon.compare import Comparer
from bot.canon.library import Library
from bot.canon.lookup import Lookup
from bot.canon.registry import Registry
from bot.ui.lore import disputed
from bot.ui.theme import FIELD_VALUE


@pytest.fixture
async def linked(seeds_canon):
    opened = await Library.open(seeds_canon, lambda slug: f"https://canon.example/{slug}.html")
    yield opened
    await opened.close()


async def test_each_side_of_a_contradiction_is_cited(library):
    card = await Registry(library).entry("Ataturk", library.view(None))

    (dispute,) = card.disputes
    assert dispute.here_entry.date.written == "February 1932"
    assert dispute.there_entry.date.written == "10 November 1938"
    assert dispute.there_entry.work == dispute.there_work


async def test_an_entry_and_a_comparison_cite_the_same(library):
    view = library.view(None)
    answer = await Lookup(library).answer("ataturk assassinated", view)
    reading = await library.read(answer.entries[0].reference, view)
    compared = await Comparer(library, Lookup(library), Registry(library)).compare("ataturk", view)

    cited = {each.about: each.there_entry for each in reading.disputes}
    assert cited["Mustafa Kemal Ataturk"] == compared.disputes[0].there_entry


async def test_what_no_passage_says_is_not_cited(library):
    card = await Registry(library).entry("India", library.view("red-orchestra"))

    there = [each.there_entry for each in card.disputes if each.there_work.is_history]
    assert there == [None]


async def test_citations_name_document_and_passage_and_lead_to_the_page(linked):
    card = await Registry(linked).entry("Stalin", linked.view(None))
    embed = discord.Embed()

    disputed(embed, card.disputes)

    assert embed.fields[0].name == "Disputed · Joseph Stalin"
    here, there = embed.fields[0].value.split("\n")
    assert (
        "Timeline of the Red Orchestra, May 1924](https://canon.example/red-orchestra.html#" in here
    )
    assert "Red Navies, ¶" in there
    assert all(len(each.value) <= FIELD_VALUE for each in embed.fields)
