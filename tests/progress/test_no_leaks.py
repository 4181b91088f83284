"""For every chapter N: nothing that is told after N shows through any door."""

import json
from datetime import date

import pytest
from serial import CHAPTERS, PEOPLE, SECRETS, WORDS, YEARS

from bot.canon.almanac import UnreadableDateError, span_query
from bot.canon.catalogue import catalogue
from bot.errors import BotError
from bot.progress.service import Asker
from bot.ui.lore import catalogue_embed
from bot.ui.lore_controls import answered
from bot.ui.passages import passages_reply
from bot.ui.registry import anniversaries_embed, card_reply, comparison_embed

VERA = 111111111111111111
QUERIES = (
    *WORDS,
    *PEOPLE,
    *SECRETS,
    *map(str, YEARS),
    *(f"May {year}" for year in YEARS),
    *(f"9 May {year}" for year in YEARS),
    "1900s",
    "since 1900",
    "9 May",
    "war",
    "court",
    "who leads the war",
    "aardvrak",
    "dromedry",
    "ottolin bek",
    "glasier",
    "zzz",
    "of echidnas",
)
PREFIXES = ("", *"1abcdeo", "19", "190", "1904", "dro", "the", "the b", "war")


def beyond(chapter):
    """Return the words that only chapters after *chapter* tell, folded as they may show."""
    later = range(chapter, CHAPTERS)
    names = [part for at in later for part in (PEOPLE[at], SECRETS[at], WORDS[at])]
    return [name.casefold() for name in names] + [str(YEARS[at]) for at in later]


def everything(embed, view=None):
    components = [item.to_component_dict() for item in view.children] if view else []
    return json.dumps([embed.to_dict(), components], ensure_ascii=False).casefold()


def check(shown, chapter, asked=""):
    for secret in beyond(chapter):
        # What somebody typed may be repeated to them; nothing may be added.
        allowed = asked.casefold().count(secret) * 3
        assert shown.count(secret) <= allowed, f"chapter {chapter}: “{secret}” shows for “{asked}”"


@pytest.fixture(params=range(1, CHAPTERS + 1))
async def chapter(request, chaptered, archive):
    await chaptered.progress.set(archive.library, VERA, None, "the-serial", request.param)
    return request.param


@pytest.fixture
async def view(chaptered, archive, chapter):
    return await chaptered.progress.view(archive.library, Asker(VERA, None))


async def test_no_answer_tells_what_comes_later(archive, chapter, view):
    for query in QUERIES:
        reply = await answered(archive, query, view, VERA)
        check(everything(reply.embed, reply.view), chapter, query)
        found = await archive.passages.find(query, view)
        reply = passages_reply(found, VERA, "*")
        check(everything(reply.embed, reply.view), chapter, query)
        comparison = await archive.comparer.compare(query, view)
        check(everything(comparison_embed(comparison)), chapter, query)


async def test_no_card_and_no_refusal_tells_what_comes_later(archive, chapter, view):
    for query in QUERIES:
        try:
            reply = card_reply(await archive.registry.entry(query, view), VERA)
        except BotError as error:
            check(str(error).casefold(), chapter, query)
        else:
            check(everything(reply.embed, reply.view), chapter, query)


async def test_no_suggestion_tells_what_comes_later(archive, chapter, view):
    for begun in (*PREFIXES, *QUERIES):
        for suggest in (
            archive.suggester.events,
            archive.suggester.names,
        ):
            for line in await suggest(begun, view):
                check(f"{line.label} {line.value}".casefold(), chapter, begun)


async def test_no_reference_opens_what_comes_later(archive, chapter, view):
    everything_told = archive.library.view(None)
    for number in range(1, 60):
        for entry in await archive.library.entries([number], everything_told.everything):
            reading = await archive.library.read(entry.reference, view)
            if entry.source.chapter > chapter:
                assert reading is None
            else:
                shown = [reading.before, reading.after, *reading.parallels]
                assert all(each is None or each.source.chapter <= chapter for each in shown)


async def test_no_day_and_no_shelf_tells_what_comes_later(archive, chapter, view):
    for day in (date(2026, 5, 9), date(2026, 6, 1)):
        found = await archive.almanac.on(day, view)
        check(everything(anniversaries_embed(found)), chapter)
    check(
        everything(catalogue_embed(await catalogue(archive.library, view))),
        chapter,
    )


async def test_what_was_read_is_shown(archive, chapter, view):
    answer = await archive.lookup.answer(WORDS[chapter - 1], view)
    assert answer.total == 2
    card = await archive.registry.entry(SECRETS[chapter - 1], view)
    assert card.entity.name == PEOPLE[chapter - 1]
    everything_so_far = await archive.lookup.answer("1900s", view)
    assert everything_so_far.total == 2 * chapter


def test_an_open_span_is_no_way_round():
    assert span_query(None, None) == "since 1000"
    with pytest.raises(UnreadableDateError):
        span_query("echidna", None)
