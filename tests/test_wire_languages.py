"""Readers of other languages, over sockets: what they are told, and what is read back of it."""

import pytest

pytest_plugins = ["loopback.fixtures"]


@pytest.fixture
def anna(vera):
    vera.locale = "ru"
    return vera


@pytest.fixture
def otto(ivan):
    ivan.locale = "de"
    return ivan


async def test_discord_knows_the_commands_by_their_names_in_each_language(bureau, standin):
    told = {each["name"]: each for some in standin.commands.values() for each in some}

    assert told["event"]["name_localizations"] == {"de": "ereignis", "ru": "событие"}
    entry = next(each for each in told["lore"]["options"] if each["name"] == "entry")
    assert entry["name_localizations"]["ru"] == "досье"
    told_in_german = [each.get("name_localizations", {}).get("de") for each in entry["options"]]
    assert told_in_german == [None, "werk", "privat"], "what is the same need not be said"


async def test_an_entry_is_told_in_the_readers_language_and_the_source_in_its_own(bureau, anna):
    answer = await anna.slash("event", query="в июне 1932 года")

    assert answer.embed["author"]["name"] == "June 1932 · The Paper Republic"
    assert "Источник: Annals of the Paper Republic, запись 3 · хроника" in answer.text
    assert "Неверно?" in answer.buttons


async def test_a_list_is_paged_opened_and_gone_back_to_by_readers_of_three_languages(
    bureau, anna, otto
):
    first = await anna.slash("event", query="с 1931 по 1945")
    assert "Страница 1 из " in first.text

    second = await anna.click(first, "Дальше ▶")
    assert second.in_place
    assert "Страница 2 из " in second.text
    opened = await anna.choose(second, second.options[0])
    assert (await anna.click(opened, "↩ Список")).embed == second.embed

    theirs = await otto.click(first, "Дальше ▶")
    assert "Seite 2 von " in theirs.text
    assert theirs.options == second.options
    otto.locale = "en-GB"
    assert "Page 2 of " in (await otto.click(first, "Дальше ▶")).text


@pytest.mark.parametrize("locale", ["ru", "de"])
@pytest.mark.parametrize(
    ("command", "option", "typed"),
    [
        ("event", "query", "marta"),
        ("event", "query", "193"),
        ("event", "query", "1941"),
        ("event", "query", "mill"),
        ("lore entry", "name", "mar"),
        ("lore entry", "name", "the proc"),
    ],
)
async def test_what_typing_offers_means_the_same_by_key_and_by_label_to_everybody(
    bureau, vera, locale, command, option, typed
):
    vera.locale = locale
    offered = await vera.autocomplete(command, **{option: typed})
    assert offered.choices

    for value, label in zip(offered.choices[:3], offered.labels, strict=False):
        by_key = await vera.slash(command, **{option: value})
        by_label = await vera.slash(command, **{option: label})
        vera.locale = "en-US"
        elsewhere = await vera.slash(command, **{option: label})
        vera.locale = locale
        assert by_key.embed.get("title") == by_label.embed.get("title")
        assert by_key.options == by_label.options == elsewhere.options
        assert not by_label.ephemeral


async def test_a_span_is_asked_and_shown_in_the_readers_language(bureau, anna):
    answer = await anna.slash("lore timeline", **{"from": "март 1931", "to": "1933"})

    assert answer.embed["author"]["name"] == "с март 1931 по 1933"
    assert answer.message["attachments"]
    assert "The Printers' Strike begins in Novgrad" in answer.text


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"query": "x" * 6000}, "Здесь 6\xa0000 знаков, а архив читает по 200 за раз."),
        ({"query": "1932", "work": "Peper Republik"}, "Может быть, «The Paper Republic»?"),
        ({"query": "30 февраля 1932"}, "Даты 30 февраля 1932 не бывает."),
        ({"query": "zeppelin"}, "По запросу «zeppelin» в архиве ничего не числится."),
    ],
)
async def test_what_cannot_be_answered_is_told_in_the_readers_language(
    bureau, anna, journal, options, sentence
):
    assert sentence in (await anna.slash("event", **options)).text
    assert journal.at(30) == []


async def test_an_answer_that_is_remembered_is_told_anew_in_another_language(bureau, vera):
    said = []
    for vera.locale in ("en-US", "ru", "de"):
        said.append((await vera.slash("event", query="30 Feb 1932")).embed["description"])

    assert ["There is no 30 February 1932." in said[0], "не бывает" in said[1]] == [True, True]
    assert "Einen 30. Februar 1932 gibt es nicht." in said[2]


async def test_help_calls_everything_as_its_reader_does(bureau, otto):
    answer = await otto.slash("help")

    assert "`/archiv` vergleichen · " in answer.text
    assert "**Zitatkarte machen**" in answer.text
    room = await otto.choose(answer, "The archive")
    assert room.in_place
    assert "`/ereignis`\nNachschlagen, was geschah" in room.text
