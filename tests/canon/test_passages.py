"""Searching the texts."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.canon.answers import PAGE_SIZE
from bot.canon.lookup import EmptyQueryError, QueryTooLongError
from bot.canon.names import tokens
from bot.canon.passages import PassageSearch


@pytest.fixture
def search(library):
    return PassageSearch(library)


async def test_a_passage_is_shown_where_it_says_the_words(search, library):
    found = await search.find("ice-free harbour", library.view(None))

    assert found.entries[0].work.slug == "red-guards"
    assert {"ice", "free", "harbour"} <= set(tokens(found.excerpts[0])) & found.words


async def test_a_search_stays_in_its_work(search, library):
    found = await search.find("fleet", library.view("red-guards"))

    assert found.total > 0
    assert {entry.work.slug for entry in found.entries} == {"red-guards"}


async def test_pages_follow_each_other_without_gap_or_repeat(search, library):
    view = library.view("our-timeline")
    first = await search.find("germany", view)
    pages = [await search.find("germany", view, n) for n in range(-(-first.total // PAGE_SIZE))]

    shown = [entry.reference for page in pages for entry in page.entries]
    assert len(shown) == len(set(shown)) == first.total > PAGE_SIZE


async def test_a_readers_remark_never_answers(search, library):
    found = await search.find("simcity", library.view("red-guards"))

    assert found.total == 0


async def test_nothing_and_too_much_are_refused(search, library):
    with pytest.raises(EmptyQueryError):
        await search.find("  ", library.view(None))
    with pytest.raises(QueryTooLongError):
        await search.find("x" * 201, library.view(None))


@given(st.text(min_size=1, max_size=200))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_any_text_is_searched_or_refused_in_words(search, library, text):
    try:
        found = await search.find(text, library.view(None))
    except EmptyQueryError:
        assert not text.strip()
    else:
        assert len(found.entries) == len(found.excerpts) <= PAGE_SIZE
