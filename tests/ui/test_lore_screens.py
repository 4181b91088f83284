"""Every screen of the archive, drawn from every entry: within Discord's limits, and harmless."""

import re
from contextlib import asynccontextmanager
from datetime import date

import discord
import pytest

from bot.canon.archive import Archive
from bot.canon.catalogue import catalogue
from bot.canon.file import Scope
from bot.canon.library import NO_CEILING
from bot.ui.controls import base36
from bot.ui.lore import catalogue_embed, citation, entry_parts
from bot.ui.lore_controls import CONTROLS, answered, entry_reply, list_reply
from bot.ui.passages import SearchPage, passages_reply
from bot.ui.registry import (
    CardMenu,
    EntityMenu,
    anniversaries_reply,
    card_reply,
    comparison_reply,
    marked,
)
from bot.ui.theme import CHOICES, CUSTOM_ID, EMBED, FIELD_VALUE, OPTION, TITLE, fitted

LARGEST_ID = 2**63 - 1
ALL_CONTROLS = (*CONTROLS, CardMenu, EntityMenu, SearchPage)
QUERIES = [
    "1900",
    "1932",
    "1930s",
    "everyone",
    "stalin",
    "war",
    "sentence long",
    "asdfghjkl",
    "30 Feb 1932",
]


@asynccontextmanager
async def opened(path):
    archive = await Archive.open(path)
    try:
        yield archive
    finally:
        await archive.close()


def all_works(library):
    return Scope(tuple((work, NO_CEILING) for work in library.works))


async def all_entries(library):
    return await library.entries(range(1, 2000), all_works(library))


def check_embed(embed):
    fitted(embed)
    assert len(embed) <= EMBED
    assert len(embed.title or "") <= TITLE
    assert len(embed.description or "") <= 4096
    assert 0 < len(embed.author.name or "x") <= 256
    for field in embed.fields:
        assert 0 < len(field.name) <= 256
        assert 0 < len(field.value) <= FIELD_VALUE
    shown = "\n".join(
        [embed.title or "", embed.description or "", *(f.value for f in embed.fields)]
    )
    assert "@everyone" not in shown
    assert "@here" not in shown
    assert not re.search(r"(?<!\\)\]\(", shown)
    assert "\u202e" not in shown


def check_view(view):
    ids = [item.custom_id for item in view.children] if view else []
    assert len(ids) == len(set(ids))
    for item in view.children if view else []:
        assert 1 <= len(item.custom_id) <= CUSTOM_ID
        matching = [
            each
            for each in ALL_CONTROLS
            if each.__discord_ui_compiled_template__.fullmatch(item.custom_id)
        ]
        assert matching == [type(item)], "exactly one control answers to an id"
        if isinstance(item.item, discord.ui.Select):
            assert 1 <= len(item.item.options) <= CHOICES
            for option in item.item.options:
                assert 1 <= len(option.label) <= OPTION
                assert 1 <= len(option.value) <= OPTION


@pytest.mark.parametrize("canon", ["shipped", "hostile"])
async def test_every_entry_can_be_opened_and_fits(canon, request):
    async with opened(request.getfixturevalue(canon)) as archive:
        entries = await all_entries(archive.library)
        assert len(entries) >= 8
        for entry in entries:
            reading = await archive.library.read(entry.reference, archive.library.view(None))
            if reading is None:  # a reader's remark is kept, but is no entry
                assert entry.source.format == "thread"
                continue
            for part in range(len(entry_parts(reading.entry))):
                reply = entry_reply(reading, base36(LARGEST_ID), part=part)
                check_embed(reply.embed)
                check_view(reply.view)
                assert reply.embed.footer.text.startswith("Source: ")


@pytest.mark.parametrize("canon", ["shipped", "hostile"])
@pytest.mark.parametrize("query", QUERIES)
async def test_every_list_and_every_miss_fits(canon, query, request):
    async with opened(request.getfixturevalue(canon)) as archive:
        view = archive.library.view(None)
        reply = await answered(archive, query, view, LARGEST_ID)
        check_embed(reply.embed)
        check_view(reply.view)
        answer = await archive.lookup.answer(query, view, 1)
        if answer.entries:
            turned = list_reply(answer, base36(LARGEST_ID), "*")
            check_embed(turned.embed)
            check_view(turned.view)


@pytest.mark.parametrize("canon", ["shipped", "hostile"])
async def test_the_shelves_fit(canon, request):
    async with opened(request.getfixturevalue(canon)) as archive:
        check_embed(catalogue_embed(await catalogue(archive.library, archive.library.view(None))))


@pytest.mark.parametrize("canon", ["shipped", "hostile"])
async def test_every_card_fits(canon, request):
    async with opened(request.getfixturevalue(canon)) as archive:
        view = archive.library.view(None)
        names = [
            each.value
            for begun in "abcdefghijklmnopqrstuvwxyz@"
            for each in await archive.suggester.names(begun, view)
        ]
        assert len(names) >= 20
        for name in names:
            reply = card_reply(await archive.registry.entry(name, view), LARGEST_ID)
            check_embed(reply.embed)
            check_view(reply.view)


@pytest.mark.parametrize("canon", ["shipped", "hostile"])
@pytest.mark.parametrize(
    "query", ["1900", "1932", "stalin", "everyone", "asdfghjkl", "sentence long"]
)
async def test_every_comparison_and_every_search_fits(canon, query, request):
    async with opened(request.getfixturevalue(canon)) as archive:
        view = archive.library.view(None)
        compared = comparison_reply(await archive.comparer.compare(query, view), LARGEST_ID)
        check_embed(compared.embed)
        if compared.view:
            check_view(compared.view)
        reply = passages_reply(await archive.passages.find(query, view), LARGEST_ID, "*")
        check_embed(reply.embed)
        check_view(reply.view)


@pytest.mark.parametrize("canon", ["shipped", "hostile"])
async def test_every_day_of_the_year_fits(canon, request):
    async with opened(request.getfixturevalue(canon)) as archive:
        for number in range(1, 366, 9):
            day = date.fromordinal(date(2028, 1, 1).toordinal() + number)
            found = await archive.almanac.on(day, archive.library.view(None))
            reply = anniversaries_reply(found, LARGEST_ID)
            check_embed(reply.embed)
            assert bool(reply.view) is bool(found.entries)
            if reply.view:
                check_view(reply.view)


def test_marked_words_stand_out_and_nothing_else_does():
    assert marked("An ice-free *harbour*, @everyone", {"ice", "harbour"}) == (
        "An **ice**-free \\***harbour**\\*, @\u200beveryone"
    )


async def test_nothing_of_a_long_entry_is_left_out(hostile):
    async with opened(hostile) as archive:
        entries = await all_entries(archive.library)
        long = [each for each in entries if each.text.startswith("A sentence that is long.")]
        shown = " ".join(part for each in long for part in entry_parts(each))

    # Its first sentence is its title, and not said again below it.
    assert shown.count("A sentence that is long.") >= 599


async def test_an_entry_says_where_it_stands_and_that_it_is_out_of_order(shipped):
    async with opened(shipped) as archive:
        answer = await archive.lookup.answer("February 1919", archive.library.view("red-orchestra"))

    assert citation(answer.entries[0]) == (
        "Source: Timeline of the Red Orchestra, entry 5 · timeline · stands out of order there"
    )


async def test_a_single_answer_is_shown_whole_with_its_neighbours(shipped):
    async with opened(shipped) as archive:
        view = archive.library.view(None)
        reply = await answered(archive, "who killed stalin?", view, 1)

    assert reply.embed.author.name == "May 1924 · Red Orchestra"
    assert "Cheka" in reply.embed.description
    labels = [item.item.label for item in reply.view.children]
    assert labels[:2] == ["◀ October 1922", "November 1924 ▶"]
    names = [field.name for field in reply.embed.fields]
    assert "In our timeline" in names
    assert any(name.startswith("Disputed · ") for name in names)


async def test_a_miss_names_the_query_and_the_way_on(shipped):
    async with opened(shipped) as archive:
        view = archive.library.view(None)
        reply = await answered(archive, "asdfghjkl", view, 1)

    assert reply.embed.title == "Nothing found"
    assert "asdfghjkl" in reply.embed.description
    assert reply.view is None


async def test_a_long_single_answer_begins_with_who_it_is_and_what_is_said_of_it(shipped):
    async with opened(shipped) as archive:
        reply = await answered(archive, "Grozny", archive.library.view(None), 1)

    name, quoted, *_ = reply.embed.description.split("\n")
    assert name.startswith("**Grozny** (ship)")
    assert "SMS Novara" in name
    assert quoted.startswith("> ")
    assert "SMS Novara (renamed Grozny)" in quoted


async def test_a_comparison_that_nobody_can_fill_is_a_sentence(shipped):
    async with opened(shipped) as archive:
        found = await archive.comparer.compare("asdfghjkl", archive.library.view(None))

    reply = comparison_reply(found, LARGEST_ID)
    embed = reply.embed
    assert reply.view is None
    assert "No work here tells of it" in embed.description
    assert not embed.fields


async def test_the_title_links_to_the_website_where_there_is_one(shipped):
    def page_of(work):
        return None if work == "our-timeline" else f"https://lore.example/{work}.html"

    archive = await Archive.open(shipped, page_of)
    view = archive.library.view(None)
    story = await answered(archive, "who killed stalin?", view, 1)
    history = await answered(archive, "february 1929", archive.library.view("otl"), 1)
    await archive.close()

    assert story.embed.url.startswith("https://lore.example/red-orchestra.html#1924-05")
    assert history.embed.url is None
