"""Autocomplete: what is offered, and that all of it can be chosen."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings

from bot.canon.building.build import build
from bot.canon.library import Library
from bot.canon.lookup import Lookup
from bot.canon.suggest import MAX_CHOICES, MAX_LABEL, Suggester
from tests.canon.conftest import BUILT
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
    works = {work.slug for work in library.works.values()}
    for line in await Suggester(library).events(text, library.view("red-orchestra")):
        # A key begins with its work; a date may have a slash as well.
        work, slash, _ = line.value.partition("/")

        assert not (slash and work in works) or work == "red-orchestra"


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


async def labels(library: Library, text: str, work: str | None = None) -> list[str]:
    return [line.label for line in await Suggester(library).events(text, library.view(work))]


async def test_a_name_is_offered_by_any_of_its_words(library: Library) -> None:
    assert (await labels(library, "shek"))[0].startswith("Chiang Kai-Shek — person")
    assert any(line.startswith("Third Balkan War — war") for line in await labels(library, "balk"))


async def test_an_alias_is_named_only_where_the_name_does_not_say_it(library: Library) -> None:
    (stalin, *_) = [line for line in await labels(library, "stalin") if "person" in line]

    assert "alias" not in stalin
    assert any("(alias: Steel Pact)" in line for line in await labels(library, "steel pa"))


async def test_what_no_story_has_is_offered_from_real_history(library: Library) -> None:
    for begun, first in (
        ("hitler", "Adolf Hitler"),
        ("pearl har", "Pearl Harbor"),
        ("1942", "1942"),
    ):
        assert (await labels(library, begun))[0].startswith(first)
        assert await labels(library, begun, "red-guards") == []


async def test_a_month_and_the_beginning_of_a_year_offer_their_entries(library: Library) -> None:
    for begun in ("may 1", "may 192", "May 19"):
        assert any(line.startswith("May 1924 · ") for line in await labels(library, begun))
    assert not any(line.startswith("May 1924") for line in await labels(library, "may 193"))


async def test_a_day_of_any_year_offers_what_is_said_of_it(library: Library) -> None:
    assert (await labels(library, "19 May"))[0].startswith("May 1924 · Joseph Stalin")


async def test_a_box_for_dates_offers_years_that_have_entries(library: Library) -> None:
    view = library.view("red-orchestra")
    empty = await Suggester(library).dates("", view)
    begun = await Suggester(library).dates("192", view)

    assert [line.value for line in empty] == ["1910s", "1920s", "1930s"]
    assert begun[0].value == "1920"
    assert "1925" not in [line.value for line in begun]


async def test_a_work_is_offered_by_its_key_and_real_history_by_its_byname(
    library: Library,
) -> None:
    for said, work in (("red-gua", "red-guards"), ("otl", "our-timeline")):
        assert [line.value for line in await Suggester(library).works(said)] == [work]


async def test_many_years_are_offered_by_decade_with_all_their_entries(tmp_path: Path) -> None:
    work = tmp_path / "seeds" / "long"
    work.mkdir(parents=True)
    (work / "canon.toml").write_text(
        'title = "Long"\n[[document]]\nfile = "all.txt"\nformat = "timeline"\n', "utf-8"
    )
    lines = [f"• May {1700 + at // 3}. Event number {at} takes place." for at in range(600)]
    (work / "all.txt").write_text("\n\n".join(lines), "utf-8")
    build([tmp_path / "seeds"], tmp_path / "canon.sqlite", BUILT)
    opened = await Library.open(tmp_path / "canon.sqlite")
    try:
        offered = await Suggester(opened).events("", opened.view(None))
        eighties = await Suggester(opened).events("18", opened.view(None))
    finally:
        await opened.close()

    assert [line.value for line in offered] == [f"{at}s" for at in range(1700, 1900, 10)]
    assert offered[0].label == "1700s — 30 entries"
    assert [line.value for line in eighties] == [f"{at}s" for at in range(1800, 1900, 10)]


async def test_the_empty_box_counts_no_chapter_that_is_not_reached(tmp_path: Path) -> None:
    work = tmp_path / "serial"
    work.mkdir()
    (work / "canon.toml").write_text(
        'title = "Serial"\n'
        '[[document]]\nfile = "one.txt"\nchapter = 1\n'
        '[[document]]\nfile = "two.txt"\nchapter = 2\n',
        "utf-8",
    )
    (work / "one.txt").write_text(_entries(range(1914, 1944)), "utf-8")
    (work / "two.txt").write_text(_entries(range(1940, 1960)), "utf-8")
    build([tmp_path], tmp_path / "canon.sqlite", BUILT)
    library = await Library.open(tmp_path / "canon.sqlite")
    suggester = Suggester(library)

    begun = await suggester.events("", library.view(None, {"serial": 1}))
    whole = await suggester.events("", library.view(None, {"serial": 2}))
    await library.close()

    assert [line.label for line in begun] == [
        "1910s — 6 entries",
        "1920s — 10 entries",
        "1930s — 10 entries",
        "1940s — 4 entries",
    ]
    assert [line.label for line in whole][3:] == ["1940s — 14 entries", "1950s — 10 entries"]


def _entries(years: range) -> str:
    return "\n\n".join(f"• 5 May {year}: The council of {year} meets." for year in years)
