"""What was asked lately is answered at once, and never to somebody who may see less."""

import pytest

from bot.canon.answers import Suggestion
from bot.canon.archive import Archive
from bot.canon.remembered import Remembered
from bot.language.speech import language, speaking


@pytest.fixture
async def archive(seeds_canon):
    opened = await Archive.open(seeds_canon)
    yield opened
    await opened.close()


async def test_only_the_last_answers_are_remembered():
    asked, lately = [], Remembered[str](2)

    async def ask(key):
        async def answer():
            asked.append(key)
            return key * 2

        return await lately.answer(key, answer)

    for key in ("a", "b", "a", "c", "a", "b"):
        assert await ask(key) == key * 2

    assert asked == ["a", "b", "c", "b"]


async def test_a_fault_is_not_remembered():
    lately, answers = Remembered[str](2), [ValueError("once"), "well"]

    async def ask():
        if isinstance(answer := answers.pop(0), Exception):
            raise answer
        return answer

    with pytest.raises(ValueError, match="once"):
        await lately.answer("key", ask)

    assert await lately.answer("key", ask) == "well"


async def test_who_has_read_less_is_not_answered_from_what_others_were(archive):
    library = archive.library
    work = next(each for each in library.works.values() if library.last_chapter(each))
    whole = library.view(work.slug, {work.slug: 99})
    nothing = library.view(work.slug, {work.slug: 0})

    opened, _ = await archive.opened("Grozny", whole)
    hidden, reading = await archive.opened("Grozny", nothing)

    assert opened.total > 0
    assert hidden.total == 0
    assert reading is None
    assert await archive.events("Gro", whole)
    assert not await archive.events("Gro", nothing)


async def test_suggestions_are_remembered_for_each_language(archive):
    view = archive.library.view(None, {})
    english = await archive.events("", view)

    with speaking("ru"):
        await archive.events("", view)

    assert await archive.events("", view) is english
    assert len(archive._suggested._known) == 2


async def test_a_rehearsal_asks_in_every_way_there_is(archive):
    await archive.rehearse()

    asked = [text for text, _, _ in archive._opened._known]
    answers = [answer for answer, _ in archive._opened._known.values()]
    assert any(" " in text for text in asked)
    assert any(answer.corrections for answer in answers)
    assert any(answer.single for answer in answers)
    assert len(archive._suggested._known) > len(asked) // 2


@pytest.mark.parametrize("label", ["\u00ad", "The tale \u200b\u200b\u200b", "31 February 1924"])
async def test_a_label_that_is_no_question_does_not_end_the_rehearsal(archive, label):
    view = archive.library.view(None, {})
    archive._suggested._known["", view, language()] = [Suggestion(label, label)]

    await archive.rehearse()

    assert len(archive._suggested._known) > 1
