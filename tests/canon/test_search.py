"""What a reader has not reached yet shows through no call at all."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.canon.answers import Answer, View
from bot.canon.building.build import build
from bot.canon.file import Scope
from bot.canon.library import Library
from bot.canon.lookup import Lookup
from bot.canon.models import Entry
from bot.canon.suggest import Suggester
from tests.canon.conftest import BUILT

CHAPTERS = 6
# Each chapter has a name, an alias, a word and a place of its own; nothing of it is told before.
STEMS = ("quorin", "bazelt", "ximund", "drovak", "yelphi", "wurgom")


def year_of(chapter: int) -> int:
    return 1899 + chapter


def secrets(chapter: int) -> list[str]:
    """The words that only *chapter* and what stands behind it say."""
    stem = STEMS[chapter - 1]
    return [f"{stem}ov", f"{stem}sk", f"{stem}ium", f"old{stem}"]


@pytest.fixture(scope="module")
def serial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A story of six chapters, each with an entry of its own year and two later mentions."""
    folder = tmp_path_factory.mktemp("serial")
    work = folder / "serial"
    work.mkdir()
    listed = ['title = "The Serial"']
    entities = []
    for chapter in range(1, CHAPTERS + 1):
        name, place, word, alias = secrets(chapter)
        listed.append(f'[[document]]\nfile = "{chapter:02}.txt"\nchapter = {chapter}')
        entities.append(
            f'[[entity]]\nname = "General {name.title()}"\naliases = ["{alias.title()}"]\n'
            f'kind = "person"\nreveals = {chapter}\n'
        )
        before = secrets(chapter - 1)[0].title() if chapter > 1 else "nobody"
        (work / f"{chapter:02}.txt").write_text(
            f"• May {year_of(chapter)}. General {name.title()} takes {place.title()} with {word}. "
            f"He fears {before}.\n\n"
            f"• 19 June {year_of(chapter)}. The war for {place.title()} goes on after all.\n",
            "utf-8",
        )
    (work / "canon.toml").write_text("\n".join(listed) + "\n", "utf-8")
    (work / "lexicon.toml").write_text("\n".join(entities), "utf-8")
    path = tmp_path_factory.mktemp("told") / "canon.sqlite"
    build([folder], path, BUILT)
    return path


@pytest.fixture
async def told(serial: Path) -> AsyncIterator[Library]:
    library = await Library.open(serial)
    yield library
    await library.close()


def reached(library: Library, chapter: int, *, named: bool) -> View:
    """What a reader of *chapter* chapters may see."""
    (work,) = library.works
    return View(Scope(((work, chapter),)), Scope(()), library.works[work] if named else None)


def asked_about(chapter: int) -> Iterator[str]:
    """Everything that would lead to *chapter*: its words whole, misspelled, begun; its dates."""
    for word in secrets(chapter):
        yield word
        yield word[:1] + word[2:]
        yield f"{word} war"
        yield f"who is general {word}?"
        yield f"{word} {year_of(chapter)}"
    year = year_of(chapter)
    yield from (str(year), f"May {year}", f"19 June {year}", f"since {year}", f"before {year + 1}")
    yield f"serial/~general-{secrets(chapter)[0]}"
    yield f"General {secrets(chapter)[0].title()} — person · The Serial"


def shown(answer: Answer) -> str:
    """Everything that an answer shows, except the reader's own words."""
    entries: list[Entry] = [*answer.entries]
    entries += [each for each in (answer.before, answer.after) if each]
    parts = [f"{e.reference} {e.title} {e.text} {e.date and e.date.written}" for e in entries]
    parts += [to for _, to in answer.corrections]
    parts += answer.nearest
    parts += [answer.entity.name, *answer.entity.aliases] if answer.entity else []
    return " ".join(parts).casefold()


def leaks(text: str, ceiling: int) -> list[str]:
    later = range(ceiling + 1, CHAPTERS + 1)
    return [each for chapter in later for each in (*secrets(chapter), str(year_of(chapter)))
            if each in text]  # fmt: skip


@pytest.mark.parametrize("ceiling", range(CHAPTERS + 1))
async def test_no_answer_shows_what_is_told_later(told: Library, ceiling: int) -> None:
    lookup = Lookup(told)
    for named in (False, True):
        view = reached(told, ceiling, named=named)
        for chapter in range(1, CHAPTERS + 1):
            for text in asked_about(chapter):
                answer = await lookup.answer(text, view)

                assert leaks(shown(answer), ceiling) == [], text
                assert answer.total <= 2 * ceiling


@pytest.mark.parametrize("ceiling", range(CHAPTERS + 1))
async def test_no_line_of_autocomplete_shows_what_is_told_later(
    told: Library, ceiling: int
) -> None:
    suggester, view = Suggester(told), reached(told, ceiling, named=True)
    for chapter in range(1, CHAPTERS + 1):
        typed = {text[:end] for text in asked_about(chapter) for end in (1, 2, 3, 4, 6, 9, 99)}
        for text in sorted(typed | {""}):
            lines = [*await suggester.events(text, view), *await suggester.names(text, view)]
            own = text.casefold()
            told_lines = [line for line in lines if line.value.casefold() != own]

            for line in told_lines:
                assert leaks(f"{line.label} {line.value}".casefold(), ceiling) == [], text


async def test_a_reader_of_the_chapter_finds_it(told: Library) -> None:
    for chapter in range(1, CHAPTERS + 1):
        view = reached(told, chapter, named=True)
        for word in secrets(chapter):
            answer = await Lookup(told).answer(word, view)

            assert answer.entries[0].text.casefold().startswith(f"general {secrets(chapter)[0]}")


async def test_a_reader_of_nothing_is_told_nothing(told: Library) -> None:
    view = reached(told, 0, named=True)

    assert await Suggester(told).events("", view) == []
    assert (await Lookup(told).answer("1900s", view)).total == 0
    assert await told.read("serial/1900-05-general-quorinov-takes-quorinsk-with", view) is None


async def test_the_neighbours_of_an_entry_are_not_told_later(told: Library) -> None:
    answer = await Lookup(told).answer("1904", reached(told, 4, named=True))

    assert answer.total == 0
    assert answer.after is None
    assert answer.before is not None
