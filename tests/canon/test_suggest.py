"""Autocomplete: what is offered, and that all of it can be chosen."""

from hypothesis import HealthCheck, given, settings

from bot.canon.library import Library
from bot.canon.lookup import Lookup
from bot.canon.suggest import MAX_CHOICES, MAX_LABEL, Suggester
from tests.canon.golden.asking import BEGINNINGS

anything = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@anything
@given(text=BEGINNINGS)
async def test_whatever_is_typed_the_lines_are_few_short_and_distinct(
    library: Library, text: str
) -> None:
    lines = await Suggester(library).events(text, library.view(None))

    assert len(lines) <= MAX_CHOICES
    assert all(0 < len(line.label) <= MAX_LABEL for line in lines)
    assert all(0 < len(line.value) <= MAX_LABEL for line in lines)
    assert len({line.label for line in lines}) == len(lines)
    assert len({line.value for line in lines}) == len(lines)


@settings(anything, max_examples=60)
@given(text=BEGINNINGS)
async def test_every_value_and_every_label_leads_to_what_it_stands_for(
    library: Library, text: str
) -> None:
    lookup, view = Lookup(library), library.view(None)
    for line in await Suggester(library).events(text, view):
        by_value = await lookup.answer(line.value, view)
        by_label = await lookup.answer(line.label, view)

        assert by_value.total or by_value.entity, line
        assert by_value.entity == by_label.entity, line
        assert [e.reference for e in by_value.entries] == [e.reference for e in by_label.entries]
        if "/~" in line.value:
            assert by_value.entity is not None
            assert by_value.entity.reference == line.value
        elif "/" in line.value:
            assert [entry.reference for entry in by_value.entries] == [line.value]


@settings(anything, max_examples=60)
@given(text=BEGINNINGS)
async def test_no_line_is_of_another_work(library: Library, text: str) -> None:
    for line in await Suggester(library).events(text, library.view("red-orchestra")):
        work, slash, _ = line.value.partition("/")

        assert not slash or work == "red-orchestra"


async def test_the_empty_box_offers_the_years(library: Library) -> None:
    lines = await Suggester(library).events("", library.view("red-orchestra"))

    assert lines[0].value == "1919"
    assert "4 entries" in lines[0].label


async def test_begun_digits_offer_decades_and_years(library: Library) -> None:
    view = library.view("red-orchestra")
    decades = await Suggester(library).events("19", view)
    years = await Suggester(library).events("193", view)

    assert [line.value for line in decades] == ["1910s", "1920s", "1930s"]
    assert years[0].value == "1930s"


async def test_the_begun_last_word_is_completed(library: Library) -> None:
    lines = await Suggester(library).events("third balk", library.view(None))

    assert any("Third Balkan War" in line.label for line in lines[:2])


async def test_an_alias_says_whose_it_is(library: Library) -> None:
    lines = await Suggester(library).events("novar", library.view(None))

    assert any(line.value == "red-guards/~grozny" and "alias" in line.label for line in lines)


async def test_a_slip_still_finds_the_name(library: Library) -> None:
    lines = await Suggester(library).events("musoll", library.view(None))

    assert any(line.value.endswith("/~benito-mussolini") for line in lines)


async def test_works_are_offered_by_any_part_of_their_title(library: Library) -> None:
    lines = await Suggester(library).works("guard")

    assert [line.value for line in lines] == ["red-guards"]
