"""`/event`: what any text is answered with."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bot.canon.answers import PAGE_SIZE, Answer
from bot.canon.building.build import build
from bot.canon.library import Library
from bot.canon.lookup import MAX_QUERY, EmptyQueryError, Lookup, QueryTooLongError
from bot.canon.search import Manner
from bot.errors import BotError
from tests.canon.conftest import BUILT
from tests.canon.golden.asking import QUERIES

anything = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def lookup(library: Library) -> Lookup:
    return Lookup(library)


async def asked(library: Library, text: str, work: str | None = None) -> Answer:
    return await Lookup(library).answer(text, library.view(work))


@anything
@given(text=QUERIES)
async def test_any_text_is_answered_or_refused_and_every_entry_can_be_opened(
    library: Library, text: str
) -> None:
    view = library.view(None)
    try:
        answer = await Lookup(library).answer(text, view)
    except BotError:
        return

    assert len(answer.entries) == min(answer.total, PAGE_SIZE)
    assert not answer.single or answer.total == 1
    for entry in answer.entries[:2]:
        assert await library.read(entry.reference, view) is not None


@settings(anything, max_examples=40)
@given(text=QUERIES)
async def test_pages_tile_the_results(library: Library, text: str) -> None:
    lookup, view = Lookup(library), library.view(None)
    try:
        total = (await lookup.answer(text, view)).total
    except BotError:
        return
    pages = -(-total // PAGE_SIZE)
    shown = [
        entry.reference
        for page in range(min(pages, 12))
        for entry in (await lookup.answer(text, view, page)).entries
    ]

    assert len(shown) == len(set(shown)) == min(total, 12 * PAGE_SIZE)
    assert (await lookup.answer(text, view, pages)).entries == ()


@settings(anything, max_examples=60)
@given(text=QUERIES)
async def test_nothing_of_another_work_ever_shows(library: Library, text: str) -> None:
    view = library.view("red-guards")
    try:
        answer = await Lookup(library).answer(text, view)
    except BotError:
        return
    shown = [*answer.entries, *(each for each in (answer.before, answer.after) if each)]

    if not answer.from_history and "our-timeline/" not in text:
        assert {entry.work.slug for entry in shown} <= {"red-guards"}


async def test_an_empty_query_is_refused_with_examples(lookup: Lookup, library: Library) -> None:
    for text in ("", "   ", "\u200b"):
        with pytest.raises(EmptyQueryError, match="spring 1926"):
            await lookup.answer(text, library.view(None))


async def test_a_long_query_is_refused(lookup: Lookup, library: Library) -> None:
    with pytest.raises(QueryTooLongError, match="201"):
        await lookup.answer("x" * (MAX_QUERY + 1), library.view(None))


async def test_history_answers_only_when_no_story_does(library: Library) -> None:
    of_a_story = await asked(library, "march on rome")
    of_none = await asked(library, "pearl harbor")

    assert not of_a_story.from_history
    assert of_none.from_history
    assert of_none.single
    assert of_none.entries[0].work.is_history


async def test_a_part_of_the_words_in_a_story_does_not_hide_all_of_them_in_history(
    library: Library,
) -> None:
    answer = await asked(library, "archduke franz ferdinand")

    assert answer.from_history
    assert answer.entries[0].date is not None
    assert answer.entries[0].date.written == "28 June 1914"


async def test_what_has_only_some_of_the_words_says_which_are_missing(library: Library) -> None:
    answer = await asked(library, "stalin kamenev pizza")

    assert answer.manner is Manner.SOME
    assert answer.missing == ("pizza",)
    assert not answer.single


async def test_words_in_other_days_are_shown_and_said_to_be(library: Library) -> None:
    answer = await asked(library, "gobi desert campaign 1921")

    assert answer.elsewhen
    assert not answer.single


async def test_a_miss_in_time_offers_its_neighbours(library: Library) -> None:
    answer = await asked(library, "1925", "red-orchestra")

    assert answer.total == 0
    assert answer.before is not None
    assert answer.after is not None
    assert answer.before.date is not None
    assert answer.before.date.written == "December 1924"
    assert answer.after.date is not None
    assert answer.after.date.written == "January 1926"


async def test_a_day_that_only_a_text_speaks_of_is_found(library: Library) -> None:
    answer = await asked(library, "1946", "red-orchestra")

    assert answer.mentioned
    assert not answer.single


async def test_an_entity_is_answered_page_by_page(library: Library) -> None:
    lookup, view = Lookup(library), library.view(None)
    first = await lookup.answer("red-orchestra/~leon-trotsky", view)
    second = await lookup.answer("red-orchestra/~leon-trotsky", view, 1)

    assert first.entity is not None
    assert first.entity.name == "Leon Trotsky"
    assert first.total > PAGE_SIZE
    assert {e.reference for e in first.entries}.isdisjoint(e.reference for e in second.entries)


async def test_a_correction_is_said_and_a_great_one_is_not_sure(library: Library) -> None:
    small = await asked(library, "terranhil")
    great = await asked(library, "hitler", "red-orchestra")

    assert small.corrections
    assert great.total == 0


async def test_a_name_nobody_bears_offers_the_nearest(library: Library) -> None:
    answer = await asked(library, "konratopolis", "red-orchestra")

    assert answer.total == 0
    assert answer.manner is Manner.NONE


async def test_words_are_found_in_entries_that_speak_of_the_date(library: Library) -> None:
    answer = await asked(library, "nanjing december 1937")

    assert answer.mentioned
    assert answer.entries[0].date is not None
    assert answer.entries[0].date.written == "July 1937"


async def test_an_era_or_a_month_in_a_name_is_a_word(library: Library) -> None:
    era = await asked(library, "weimar republic", "otl")
    month = await asked(library, "long march 1934", "red-orchestra")

    assert era.total > 0
    assert month.entries[0].title.startswith("The Long March")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("winter war", "30 November 1939"),
        ("battle of the somme", "1 July 1916"),
        ("battle of britain", "15 September 1940"),
    ],
)
async def test_history_answers_what_a_story_would_only_have_been_guessed_to_mean(
    library: Library, text: str, written: str
) -> None:
    answer = await asked(library, text)

    assert answer.from_history
    assert written in {entry.date.written for entry in answer.entries if entry.date}


@pytest.mark.parametrize("text", ["Grozny", "who is Grozny?", "SMS Novara"])
async def test_a_single_answer_to_a_name_says_who_that_is(library: Library, text: str) -> None:
    answer = await asked(library, text)

    assert answer.single
    assert answer.about is not None
    assert answer.about.name == "Grozny"
    assert "SMS Novara" in answer.about.aliases


async def test_a_question_that_names_an_era_is_about_it(library: Library) -> None:
    answer = await asked(library, "what is the red orchestra?")

    assert answer.entries[0].date is None
    assert "Red Orchestra" in answer.entries[0].text


async def test_what_lasts_long_is_found_in_each_of_its_years(tmp_path: Path) -> None:
    work = tmp_path / "seeds" / "long"
    work.mkdir(parents=True)
    (work / "canon.toml").write_text(
        'title = "Long"\n[[document]]\nfile = "all.txt"\nformat = "timeline"\n', "utf-8"
    )
    (work / "all.txt").write_text(
        "• 1914-1918. The Long War is fought.\n\n• May 1916. A bridge is opened.\n\n"
        "• 1919. Peace.\n\n• 1920s. A golden decade.\n",
        "utf-8",
    )
    build([tmp_path / "seeds"], tmp_path / "canon.sqlite", BUILT)
    opened = await Library.open(tmp_path / "canon.sqlite")
    try:
        found = {
            text: [each.title for each in (await asked(opened, text)).entries]
            for text in ("1916", "war 1917", "1925", "1913")
        }
    finally:
        await opened.close()

    assert found["1916"] == ["The Long War is fought", "A bridge is opened"]
    assert found["war 1917"] == ["The Long War is fought"]
    assert found["1925"] == ["A golden decade"]
    assert found["1913"] == []
