"""The same question to every work."""

import pytest

from bot.canon.compare import Comparer
from bot.canon.lookup import EmptyQueryError, Lookup, QueryTooLongError
from bot.canon.registry import Registry
from bot.canon.suggest import Suggester


@pytest.fixture
def comparer(library):
    return Comparer(library, Lookup(library), Registry(library))


async def columns(comparer, library, query):
    found = await comparer.compare(query, library.view(None))
    return {column.work.slug: column for column in found.columns}


async def test_a_year_is_answered_by_every_work_for_itself(comparer, library):
    found = await columns(comparer, library, "1924")

    assert [entry.date.written for entry in found["red-orchestra"].entries] == [
        "May 1924",
        "November 1924",
        "December 1924",
    ]
    assert found["red-guards"].total == 0
    assert found["our-timeline"].total > 3
    assert all(entry.work.slug == slug for slug, each in found.items() for entry in each.entries)


async def test_a_person_stands_in_every_column_as_that_work_has_them(comparer, library):
    found = await columns(comparer, library, "stalin")

    assert all(each.entity.name == "Joseph Stalin" for each in found.values())
    assert len({each.entity.blurb for each in found.values()}) == 3


async def test_contradictions_are_named_with_both_sides(comparer, library):
    found = await comparer.compare("stalin", library.view(None))

    sides = {(each.here_work.slug, each.there_work.slug) for each in found.disputes}
    assert ("red-orchestra", "red-guards") in sides


async def test_real_history_stands_last(comparer, library):
    found = await comparer.compare("1932", library.view(None))

    assert [column.work.is_history for column in found.columns] == [False, False, True]


async def test_nonsense_leaves_every_column_empty(comparer, library):
    found = await columns(comparer, library, "asdfghjkl")

    assert {each.total for each in found.values()} == {0}


@pytest.mark.parametrize(
    ("query", "error"), [("", EmptyQueryError), ("x" * 300, QueryTooLongError)]
)
async def test_nothing_and_too_much_are_refused(comparer, library, query, error):
    with pytest.raises(error):
        await comparer.compare(query, library.view(None))


async def test_a_line_of_an_entry_asks_for_its_date(comparer, library):
    view = library.view(None)
    (line, *_) = await Suggester(library).events("stalin is assassinated", view)

    for said in (line.value, line.label):
        found = await comparer.compare(said, view)

        assert found.asked == "May 1924"
        dated = {column.work.slug: column.total for column in found.columns}
        assert dated["red-orchestra"] == 1
        assert dated["our-timeline"] >= 1


async def test_a_line_of_a_person_asks_for_the_person(comparer, library):
    found = await comparer.compare("red-orchestra/~joseph-stalin", library.view(None))

    assert found.asked == "Joseph Stalin"
    assert all(column.entity for column in found.columns)


async def test_the_entries_of_a_name_follow_the_calendar(comparer, library):
    found = await columns(comparer, library, "stalin")

    days = [entry.date.span.first for entry in found["our-timeline"].entries]
    assert days == sorted(days)


async def test_a_date_names_the_disputes_about_its_people(comparer, library):
    found = await comparer.compare("1924", library.view(None))

    assert [each.about for each in found.disputes][:2] == ["Joseph Stalin", "Joseph Stalin"]


async def test_a_work_that_says_only_some_of_the_words_is_silent(comparer, library):
    found = await columns(comparer, library, "world war ii")

    assert found["red-guards"].total == 0
    assert found["red-orchestra"].entity is not None
