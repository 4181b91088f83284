"""The clerk answers as the desks here do, in the reader's language, and its end costs no answer."""

import os
import signal

import pytest

from bot.canon.archive import Archive
from bot.canon.clerk import EVENTS, OPENED, Question
from bot.canon.lookup import EmptyQueryError
from bot.language.catalogues import load as load_languages
from bot.language.speech import speaking
from bot.workers import worker as module

ASKED = ("1932", "Trotsky", "trotski killd", "Grozny", "31 February 1924", "x" * 40, "\ud800", "")
LANGUAGES = ("en", "de", "ru")


@pytest.fixture
async def archive(seeds_canon, monkeypatch):
    monkeypatch.setattr(module, "_PAUSE", 0)
    load_languages()
    opened = await Archive.open(seeds_canon, "https://canon.example/{}".format, with_clerk=True)
    await opened.clerk.worker.ask(Question(EVENTS, "", view_of(opened), "en"))
    yield opened
    await opened.close()


def view_of(archive):
    return archive.library.view(None, {})


async def nobody(_text, _view):
    raise AssertionError("it was asked here")


async def test_its_answers_are_those_that_are_given_here(archive):
    view = view_of(archive)
    for text in ASKED:
        for language in LANGUAGES:
            with speaking(language):
                offered = await archive.clerk.answer(EVENTS, text, view, nobody)
                assert offered == await archive.suggester.events(text, view)
                if text.strip("\ud800"):
                    opened = await archive.clerk.answer(OPENED, text, view, nobody)
                    assert opened == await archive.lookup.opened(text, view)


async def test_what_is_wrong_with_a_question_is_said_as_ever(archive):
    with pytest.raises(EmptyQueryError):
        await archive.opened(" ", view_of(archive))


async def test_its_death_costs_no_answer_and_another_takes_its_place(archive):
    view, worker = view_of(archive), archive.clerk.worker
    dead = worker.process_id
    os.kill(dead, signal.SIGKILL)

    answers = [await archive.opened(text, view) for text in ("1932", "Trotsky")]

    assert answers == [await archive.lookup.opened(text, view) for text in ("1932", "Trotsky")]
    await worker.ask(Question(EVENTS, "", view, "en"))
    assert worker.process_id not in {dead, None}


async def test_before_it_is_there_questions_are_answered_here(seeds_canon):
    opened = await Archive.open(seeds_canon, with_clerk=True)
    try:
        assert not opened.clerk.worker.is_ready
        assert (await opened.opened("1932", view_of(opened)))[0].total > 1
    finally:
        await opened.close()
