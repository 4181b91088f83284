"""What readers ask and get: the real bot over the real discord.py, against a stand-in for Discord.

The fixture `bureau` holds all of it to two things more: nothing sent breaks a rule of Discord's,
and every acknowledgement is there within a second.
"""

import asyncio

import pytest
from loopback.punctuality import late

pytest_plugins = ["loopback.fixtures"]


async def test_a_year_brings_the_list_of_its_entries(bureau, vera):
    answer = await vera.slash("event", query="1932")

    assert "**June 1932** · The Paper Republic is proclaimed by Marta Velikov" in answer.text
    assert "**14 October 1932** · The Treaty of Inkwell" in answer.text
    assert len(answer.options) == 2
    assert not answer.ephemeral


async def test_a_month_of_one_entry_brings_the_whole_entry(bureau, vera):
    answer = await vera.slash("event", query="june 1932")

    assert answer.embed["author"]["name"] == "June 1932 · The Paper Republic"
    assert "Its three misprints become law." in answer.text
    assert "Source: Annals of the Paper Republic" in answer.text
    assert answer.buttons[:2] == ["◀ March 1931", "14 October 1932 ▶"]


async def test_words_bring_what_they_tell_of(bureau, vera):
    answer = await vera.slash("event", query="harbour war")

    assert answer.embed["title"] == "The Harbour War breaks out over a cargo of newsprint"


async def test_words_bring_a_paragraph_of_a_chapter(bureau, vera):
    answer = await vera.slash("event", query="candle tax")

    assert "had this filed under wax" in answer.text
    assert "A Miller's Tale" in answer.text


async def test_a_long_paragraph_is_read_in_parts(bureau, vera):
    first = await vera.slash("event", query="the sea has never paid a tax")
    second = await vera.click(first, "Read on")

    assert second.in_place
    assert second.text != first.text
    assert (await vera.click(second, "◀")).embed == first.embed


async def test_whatever_typing_offers_opens_that_entry_by_its_key_and_by_its_label(bureau, vera):
    offered = await vera.autocomplete("event", query="erratum")
    answers = [
        await vera.slash("event", query=said) for said in (offered.choices[0], offered.labels[0])
    ]

    assert [each.embed["title"] for each in answers] == ["The Great Erratum is published"] * 2


async def test_a_miss_says_so(bureau, vera):
    answer = await vera.slash("event", query="zeppelin")

    assert "holds nothing on “zeppelin”" in answer.text


async def test_a_year_without_entries_names_the_nearest_before_and_after(bureau, vera):
    answer = await vera.slash("event", query="1937")

    before, after = answer.text.split("Nearest before")[1].split("Nearest after")
    assert "January 1934" in before
    assert "1 May 1941" in after


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"query": "x" * 6000}, "That is 6,000 characters, and the archive reads 200 at a time."),
        ({"query": "   "}, "Ask for a date or a few words"),
        ({"query": "1932", "work": "Peper Republik"}, "Did you mean “The Paper Republic”?"),
        ({"query": "1932", "work": "%_*\"'"}, "No work here is called"),
    ],
    ids=["too long", "empty", "a work misspelt", "a work of signs"],
)
async def test_what_cannot_be_asked_is_told_privately_and_not_logged(
    bureau, vera, journal, options, sentence
):
    answer = await vera.slash("event", **options)

    assert sentence in answer.text
    assert answer.ephemeral
    assert journal.at(30) == []


@pytest.mark.parametrize("command", ["event", "lore sources"])
async def test_a_private_answer_is_seen_by_nobody_else(bureau, vera, command):
    query = {"query": "1932"} if command == "event" else {}

    assert (await vera.slash(command, **query, private=True)).ephemeral
    assert not (await vera.slash(command, **query, private=False)).ephemeral


async def test_help_is_private_and_lists_the_commands(bureau, vera):
    answer = await vera.slash("help")

    assert answer.ephemeral
    assert "`/lore` compare · entry" in answer.text
    room = await vera.choose(answer, "The archive")
    assert room.in_place
    assert "`/event`\nLook up what happened, by date or by words." in room.text


@pytest.mark.parametrize(
    "begun", ["", "1", "194", "1941", "mill", "novgrda", "May 19", "·", "\"*('"]
)
async def test_whatever_is_typed_is_answered_with_at_most_25_lines(bureau, vera, begun):
    offered = await vera.autocomplete("event", query=begun)

    assert len(offered.choices) <= 25


async def test_a_pasted_page_is_answered_while_typing_too(bureau, vera):
    assert (await vera.autocomplete("event", query="mill " * 1200)).kind is not None


async def test_works_are_offered_and_narrow_what_the_query_offers(bureau, vera):
    works = await vera.autocomplete("event", query="", work="paper")
    years = await vera.autocomplete("event", work="paper-republic", query="194")

    assert works.choices == ["paper-republic"]
    assert years.choices == []


async def test_the_arrows_walk_through_the_timeline_in_place(bureau, vera):
    entry = await vera.slash("event", query="june 1932")

    later = await vera.click(entry, "▶")
    earlier = await vera.click(later, "◀")

    assert later.in_place
    assert (
        later.embed["title"]
        == "The Treaty of Inkwell ends the quarrel with the Bookbinders' League"
    )
    assert earlier.embed == entry.embed


async def test_a_list_is_paged_opened_and_come_back_to(bureau, vera):
    first = await vera.slash("event", query="may 1941")
    second = await vera.click(first, "More ▶")
    entry = await vera.choose(second, second.options[0])
    back = await vera.click(entry, "↩ List")

    assert first.embed["title"] == "20 entries"
    assert "**9 May 1941**" in second.text
    assert entry.embed["title"] == "Mill number 9 at Saltby is stopped by the tide"
    assert back.embed == second.embed
    assert (await vera.click(second, "◀ Back")).embed == first.embed


async def test_the_last_page_has_no_more(bureau, vera):
    page = await vera.slash("event", query="may 1941")
    while "More ▶" in page.buttons:
        page = await vera.click(page, "More ▶")

    assert "**20 May 1941**" in page.text
    assert page.buttons == ["◀ Back"]


async def test_somebody_elses_click_brings_them_an_answer_of_their_own(bureau, standin, vera, ivan):
    entry = await vera.slash("event", query="june 1932")

    his = await ivan.click(entry, "▶")

    assert not his.in_place
    assert his.ephemeral
    assert "The Treaty of Inkwell" in his.text
    assert standin.messages[entry.message["id"]]["embeds"] == [entry.embed]


async def test_twenty_readers_at_once_each_get_their_own_answer(bureau, standin):
    readers = [standin.reader(f"reader{day}") for day in range(1, 21)]

    begun = [
        await reader.begin("event", query=f"{day} May 1941")
        for day, reader in enumerate(readers, 1)
    ]
    answers = await asyncio.gather(*(each.whole() for each in begun))

    titles = [answer.embed["title"] for answer in answers]
    assert titles == [f"Mill number {day} at Saltby is stopped by the tide" for day in range(1, 21)]


async def test_two_hundred_interactions_are_acknowledged_within_a_second(bureau, vera, standin):
    entry = await vera.slash("event", query="june 1932")
    for number in range(50):
        await vera.slash("event", query=f"{number % 20 + 1} May 1941")
        await vera.slash("event", query="miller bread")
        await vera.autocomplete("event", query="mill"[: number % 4 + 1])
        await vera.click(entry, "▶")

    took = [answer.took for answer in standin.answers.values()]
    assert len(took) == 201
    assert late(standin) == []
