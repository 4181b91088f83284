"""For every chapter N of forty: nothing that is told after N shows through any door."""

import json
from datetime import date

import pytest
from serial import MANY, TOLD, write_serial

from bot.canon.almanac import UnreadableDateError, span_query
from bot.canon.catalogue import catalogue
from bot.canon.chance import passage_by_chance, passage_meant
from bot.cards.scenes import Style
from bot.compose import open_services
from bot.errors import BotError
from bot.progress.service import Asker
from bot.settings import Settings
from bot.ui.canon_cards import canon_scene
from bot.ui.lore import catalogue_embed
from bot.ui.lore_controls import answered
from bot.ui.passages import passages_reply
from bot.ui.registry import anniversaries_reply, card_reply, comparison_reply
from bot.ui.timelines import strip_scene

VERA = 111111111111111111
ANYTHING = ("1500s", "since 1500", "9 May", "war", "court", "who leads the war", "zzz", "ship")
PREFIXES = ("", "1", "15", "151", "153", "may 15", "may 153", "the", "the b", "war", "sms")
LATER = [chapter.secrets for chapter in TOLD]


def asked_about(chapter):
    """Yield what would lead to *chapter*: its names whole, misspelt, in questions; its dates."""
    yield from (chapter.word, chapter.person, chapter.byname, chapter.renamed)
    yield from (f"SMS {chapter.ship}", chapter.word[:2] + chapter.word[3:])
    yield from (chapter.person[:-1] + "e", f"who leads the {chapter.word} war?")
    yield from (str(chapter.year), f"May {chapter.year}", f"9 May {chapter.year}")
    yield from (f"{chapter.word} {chapter.year}", f"before {chapter.year + 1}")


def probed(reached):
    """Return chapters to ask about of a reader of *reached*: around that, far ahead, behind."""
    numbers = {reached, reached + 1, reached * 7 % MANY + 1, MANY}
    return [TOLD[number - 1] for number in sorted(numbers) if number <= MANY]


def queries(reached):
    yield from ANYTHING
    for chapter in probed(reached):
        yield from asked_about(chapter)


def everything(reply):
    components = [item.to_component_dict() for item in reply.view.children] if reply.view else []
    return json.dumps([reply.embed.to_dict(), components], ensure_ascii=False).casefold()


def shown(embed):
    return json.dumps(embed.to_dict(), ensure_ascii=False).casefold()


def check(text, reached, asked=""):
    said = asked.casefold()
    for secrets in LATER[reached:]:
        for secret in secrets:
            if secret in text:
                # What somebody typed may be repeated to them; nothing may be added.
                allowed = said.count(secret) * 3
                assert text.count(secret) <= allowed, f"chapter {reached}: “{secret}” for “{asked}”"


@pytest.fixture(scope="module")
def long_seeds(tmp_path_factory):
    return write_serial(tmp_path_factory.mktemp("long"), MANY)


@pytest.fixture
async def story(tmp_path, room_clock, long_seeds):
    """Every service open on the story of forty chapters."""
    settings = Settings(data_dir=tmp_path / "data", seeds_dirs=(long_seeds,))
    async with open_services(settings, room_clock) as services:
        yield services


@pytest.fixture
def archive(story):
    return story.archives.common


async def views(story):
    """Yield every chapter with what a reader of it may look at."""
    library = story.archives.common.library
    for reached in range(1, MANY + 1):
        await story.progress.set(library, VERA, None, "the-serial", reached)
        yield reached, await story.progress.view(library, Asker(VERA, None))


async def test_no_answer_tells_what_comes_later(story, archive):
    async for reached, view in views(story):
        for query in queries(reached):
            reply = await answered(archive, query, view, VERA)
            check(everything(reply), reached, query)


async def test_no_quote_card_tells_what_comes_later(story, archive):
    async for reached, view in views(story):
        for query in list(queries(reached))[reached % 3 :: 3]:
            try:
                quote = await passage_meant(archive, query, view)
            except BotError as error:
                check(str(error).casefold(), reached, query)
            else:
                check(repr(canon_scene(quote, Style.POSTER)).casefold(), reached)
        for number in range(0, 60, 7):
            quote = await passage_by_chance(archive, view, lambda total, at=number: at % total)
            assert quote.entry.source.chapter <= reached
            check(repr(canon_scene(quote, Style.NEWSPAPER)).casefold(), reached)


async def test_no_timeline_tells_what_comes_later(story, archive):
    async for reached, view in views(story):
        year = 1500 + reached
        for ends in ((None, None), (str(year), None), (str(year + 1), None), (None, "1550")):
            query = span_query(*ends)
            reply = await answered(archive, query, view, VERA)
            check(everything(reply), reached, query)


async def test_no_mark_of_a_strip_tells_what_comes_later(story, archive):
    async for reached, view in views(story):
        for ends in ((None, None), (str(1500 + reached), None), (None, "1550"), ("1501", "1550")):
            query = span_query(*ends)
            answer = await archive.lookup.answer(query, view)
            entries = await archive.lookup.whole(answer, view)
            assert len(entries) == answer.total
            scene = strip_scene(answer, entries)
            if ends[0] is None:
                assert len(scene.marks) == 2 * reached
            check(repr(scene).casefold(), reached, query)


async def test_no_search_tells_what_comes_later(story, archive):
    async for reached, view in views(story):
        for query in queries(reached):
            reply = passages_reply(await archive.passages.find(query, view), VERA, "*")
            check(everything(reply), reached, query)


async def test_no_comparison_tells_what_comes_later(story, archive):
    async for reached, view in views(story):
        for query in list(queries(reached))[reached % 2 :: 2]:
            found = await archive.comparer.compare(query, view)
            check(everything(comparison_reply(found, VERA)), reached, query)


async def test_no_card_and_no_refusal_tells_what_comes_later(story, archive):
    async for reached, view in views(story):
        for query in queries(reached):
            try:
                reply = card_reply(await archive.registry.entry(query, view), VERA)
            except BotError as error:
                check(str(error).casefold(), reached, query)
            else:
                check(everything(reply), reached, query)


async def test_no_suggestion_tells_what_comes_later(story, archive):
    suggester = archive.suggester
    async for reached, view in views(story):
        begun = {query[:end] for query in queries(reached) for end in (4, 99)}
        for text in (*PREFIXES, *sorted(begun)):
            boxes = [suggester.events, suggester.names, suggester.texts]
            for suggest in boxes + [suggester.dates] * (text in PREFIXES):
                for line in await suggest(text, view):
                    check(f"{line.label} {line.value}".casefold(), reached, text)


async def test_no_reference_opens_what_comes_later(story, archive):
    told = archive.library.view(None)
    entries = await archive.library.entries(range(1, 3 * MANY), told.everything)
    assert len(entries) > 2 * MANY
    async for reached, view in views(story):
        for entry in entries[:: 1 + reached % 3]:
            reading = await archive.library.read(entry.reference, view)
            if entry.source.chapter > reached:
                assert reading is None
                assert await archive.lookup.chosen(entry.reference, view) is None
            else:
                beside = [reading.before, reading.after, *reading.parallels]
                assert all(each is None or each.source.chapter <= reached for each in beside)


async def test_no_day_and_no_shelf_tells_what_comes_later(story, archive):
    async for reached, view in views(story):
        for day in (date(2026, 5, 9), date(2026, 6, 1)):
            found = await archive.almanac.on(day, view)
            check(everything(anniversaries_reply(found, VERA)), reached)
        check(shown(catalogue_embed(await catalogue(archive.library, view))), reached)


async def test_what_was_read_is_shown(story, archive):
    async for reached, view in views(story):
        chapter = TOLD[reached - 1]
        answer = await archive.lookup.answer(chapter.word, view)
        assert answer.total == 2
        card = await archive.registry.entry(chapter.byname, view)
        assert card.entity.name == chapter.person
        assert {dispute.about for dispute in card.disputes} == {chapter.person}
        renamed = await archive.registry.entry(chapter.renamed, view)
        assert f"SMS {chapter.ship}" in renamed.entity.aliases
        so_far = await archive.lookup.answer("since 1501", view)
        assert so_far.total == 2 * reached


def test_an_open_span_is_no_way_round():
    assert span_query(None, None) == "since 1000"
    with pytest.raises(UnreadableDateError):
        span_query("echidna", None)
