"""Who and what: found by any name, with what the sources say."""

import pytest

from bot.canon.lookup import QueryTooLongError
from bot.canon.models import EntityKind
from bot.canon.registry import NoSuchNameError, Registry
from bot.canon.suggest import Suggester
from bot.cards.scenes import Style
from bot.ui.canon_cards import canon_scene


@pytest.fixture
def registry(library):
    return Registry(library)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Grozny", "Grozny"),
        ("SMS Novara", "Grozny"),
        ("novara", "Grozny"),
        ("trotzky", "Leon Trotsky"),
        ("Lev Bronstein", "Leon Trotsky"),
        ("musolini", "Benito Mussolini"),
        ("kemal pasha", "Mustafa Kemal Ataturk"),
        ("the Comintern", "Comintern"),
        ("antikominternpackt", "Antikominternpakt"),
    ],
)
async def test_an_entity_answers_to_any_of_its_names(registry, library, asked, name):
    card = await registry.entry(asked, library.view(None))

    assert card.entity.name.casefold() == name.casefold()


async def test_a_ship_is_told_by_its_passage(registry, library):
    card = await registry.entry("Novara", library.view(None))

    assert card.entity.kind is EntityKind.SHIP
    assert "SMS Novara" in card.entity.aliases
    assert card.passages == 1
    assert "Grozny" in card.quotes[0].text
    assert card.quotes[0].entry.work.slug == "red-guards"


async def test_a_card_of_an_entity_quotes_the_sentences_that_name_it(registry, library):
    card = await registry.entry("Novara", library.view(None))
    quote = card.quotes[0]

    assert len(quote.entry.text) > len(quote.text)
    assert "Grozny" in canon_scene(quote, Style.PLAIN).text
    assert canon_scene(quote, Style.PLAIN).text == quote.text


async def test_an_office_says_who_holds_it(registry, library):
    card = await registry.entry("Gesesoco", library.view(None))

    assert "Stalin" in card.entity.blurb + card.quotes[0].text


async def test_a_person_has_a_timeline_and_twins_in_other_works(registry, library):
    card = await registry.entry("stalin", library.view("red-orchestra"))

    assert [entry.date.written for entry in card.dated] == ["May 1924"]
    assert {other.work.slug for other in card.others} >= {"our-timeline"}
    assert card.disputes


async def test_the_timeline_of_an_entity_follows_the_calendar(registry, library):
    card = await registry.entry("Leon Trotsky", library.view("red-orchestra"))

    days = [entry.date.span.first for entry in card.dated]
    assert days == sorted(days)
    assert card.dated_total >= len(days) >= 5


async def test_real_history_answers_only_when_no_story_does(registry, library):
    story = await registry.entry("Stalin", library.view(None))
    history = await registry.entry("Miklos Horthy", library.view(None))

    assert not story.entity.work.is_history
    assert history.entity.work.is_history


@pytest.mark.parametrize("name", ["asdf qwertz", "🍕", "", "   ", "' OR 1=1 --", "NEAR(", "~/x"])
async def test_an_unknown_name_is_a_clear_sentence(registry, library, name):
    with pytest.raises(NoSuchNameError, match="archive"):
        await registry.entry(name, library.view(None))


async def test_a_paste_is_refused(registry, library):
    with pytest.raises(QueryTooLongError):
        await registry.entry("x" * 201, library.view(None))


async def test_every_suggested_name_and_label_leads_to_what_it_stands_for(registry, library):
    suggester, view = Suggester(library), library.view(None)
    for begun in ("", "st", "tro", "red", "gro", "leningrad", "sms"):
        suggestions = await suggester.names(begun, view)
        assert 0 < len(suggestions) <= 25
        for each in suggestions:
            by_value = await registry.entry(each.value, view)
            assert by_value.entity.reference == each.value
            by_label = await registry.entry(each.label, view)
            assert by_label.entity.name == by_value.entity.name
            assert by_label.entity.work == by_value.entity.work


async def test_a_name_in_another_work_stays_there(registry, library):
    with pytest.raises(NoSuchNameError):
        await registry.entry("Terranihil", library.view("red-guards"))
