"""A thing is said in the language of whoever reads it, and always said."""

import asyncio
import gettext
from datetime import date
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BotError
from bot.language import speech
from bot.language.sayings import Saying, kept, say_kept, saying_kept
from bot.language.speech import (
    LANGUAGES,
    language_for,
    say,
    say_date,
    say_in,
    say_list,
    say_many,
    say_number,
    speaking,
)


def _compiled(language, texts):
    catalogue = Catalog(locale=language)
    for identity, string, context in texts:
        catalogue.add(identity, string, context=context)
    file = BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    return gettext.GNUTranslations(file)


@pytest.fixture(autouse=True)
def spoken(monkeypatch):
    russian = _compiled(
        "ru",
        [
            ("No work is called “{name}”.", "Нет произведения «{name}».", None),
            ("broken {name}", "сломано {nobody}", None),
            ("open", "открыто", "motion"),
            (
                ("{number} chapter", "{number} chapters"),
                ("{number} глава", "{number} главы", "{number} глав"),
                None,
            ),
        ],
    )
    monkeypatch.setattr(speech, "_catalogues", {"ru": russian})


def test_a_text_is_said_in_the_language_that_is_spoken():
    with speaking("ru"):
        assert say("No work is called “{name}”.", name="{x}") == "Нет произведения «{x}»."

    assert say("No work is called “{name}”.", name="{x}") == "No work is called “{x}”."


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1 глава"), (3, "3 главы"), (5, "5 глав"), (21, "21 глава"), (1111, "1\xa0111 глав")],
)
def test_a_number_takes_the_form_its_language_has_for_it(number, said):
    with speaking("ru"):
        assert say_many("{number} chapter", "{number} chapters", number) == said


def test_one_word_may_have_a_translation_for_each_of_its_meanings():
    with speaking("ru"):
        assert say_in("motion", "open") == "открыто"
        assert say_in("door", "open") == "open"


def test_what_is_not_translated_or_badly_is_said_in_english():
    with speaking("ru"):
        assert say("nothing of the kind") == "nothing of the kind"
        assert say("broken {name}", name="x") == "broken x"


@pytest.mark.parametrize(
    ("locale", "language"),
    [("ru", "ru"), ("de", "de"), ("en-GB", "en"), ("pt-BR", "en"), ("", "en"), (None, "en")],
)
def test_a_locale_of_discords_has_a_language(locale, language):
    assert language_for(locale) == language


def test_dates_numbers_and_lists_follow_the_language():
    day = date(1932, 5, 19)

    assert (say_date(day), say_number(4182), say_list("abc")) == (
        "19 May 1932",
        "4,182",
        "a, b and c",
    )
    with speaking("de"):
        assert (say_date(day), say_number(4182), say_list("abc")) == (
            "19. Mai 1932",
            "4.182",
            "a, b und c",
        )


async def test_a_task_speaks_the_language_it_was_begun_in():
    async def later():
        await asyncio.sleep(0)
        return say("No work is called “{name}”.", name="x")

    with speaking("ru"):
        task = asyncio.create_task(later())

    assert await task == "Нет произведения «x»."


@given(
    st.recursive(
        st.builds(Saying, st.just("No work is called “{name}”."), name=st.text() | st.integers()),
        lambda inner: st.builds(Saying, st.just("{day} {month}"), day=inner, month=inner),
        max_leaves=4,
    )
)
def test_what_is_kept_is_said_as_it_was_meant(saying):
    again = saying_kept(kept(saying))

    assert again == saying
    for language in LANGUAGES:
        with speaking(language):
            assert str(again) == str(saying)


@given(st.text())
def test_a_text_that_is_none_of_ours_is_said_as_it_is(text):
    with speaking("de"):
        assert say_kept(text) == text


@pytest.mark.parametrize("text", ["[]", "[1]", '["a"]', '["{b}", 5]', '["{b}", {"b": {}}]', "[[["])
def test_what_only_looks_kept_is_said_as_it_is(text):
    assert say_kept(text) == text


async def test_an_operation_refuses_in_the_language_of_its_caller(database):
    async def refuse(tx):
        await tx.fetch_one("SELECT 1")
        raise BotError(say("No work is called “{name}”.", name="x"))

    with speaking("ru"), pytest.raises(BotError, match="Нет произведения"):
        await database.write(refuse)
