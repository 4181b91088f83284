"""Words of a query, as the canon spells them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.canon.library import Library
from bot.canon.spelling import trigram_match
from bot.canon.terms import Term, is_slip


async def read(library: Library, words: str, **options: bool) -> tuple[Term, ...]:
    scope = library.view(None).scope
    terms = await library.search.terms.read(words.split(), scope, **options)
    return await library.search.terms.corrected(terms, scope)


async def test_a_word_is_found_in_other_spellings_and_by_its_synonyms(library: Library) -> None:
    (trotzky,) = await read(library, "trotzki")
    (murder,) = await read(library, "murder")

    assert {"trotsky", "trotzky"} <= trotzky.exact
    assert "assassinated" in murder.also


async def test_neighbours_are_read_as_one_word_where_the_canon_writes_one(library: Library) -> None:
    (term,) = await read(library, "anti komintern pakt")

    assert "antikominternpakt" in term.exact


@pytest.mark.parametrize(
    ("word", "parts"),
    [("wallstreet", ["wall", "street"]), ("76mm", ["76", "mm"]), ("tb81t", ["tb", "81", "t"])],
)
async def test_a_word_nobody_writes_is_taken_apart(
    library: Library, word: str, parts: list[str]
) -> None:
    assert [term.said for term in await read(library, word)] == parts


async def test_a_slip_is_corrected_and_counted(library: Library) -> None:
    (term,) = await read(library, "konretapia")

    assert term.corrected == {"konratopia"}
    assert term.slips == 2
    assert not term.exact


async def test_what_sounds_alike_is_another_spelling_and_no_slip(library: Library) -> None:
    (term,) = await read(library, "musollini")

    assert "mussolini" in term.exact
    assert term.slips == 0


async def test_letters_in_another_order_are_one_slip(library: Library) -> None:
    (term,) = await read(library, "mrach")

    assert term.corrected == {"march"}
    assert term.slips == 1


async def test_among_other_words_a_short_one_is_not_the_beginning_of_another(
    library: Library,
) -> None:
    star, _ = await read(library, "star wars")
    (alone,) = await read(library, "konrat")

    assert not star.words
    assert "konratopia" in alone.also


async def test_a_word_far_from_all_others_stays_unknown(library: Library) -> None:
    (term,) = await read(library, "asdfghjkl")

    assert not term.words


async def test_a_begun_word_finds_what_it_may_become(library: Library) -> None:
    (term,) = await read(library, "stal", last_is_begun=True)

    assert "stalin" in term.also


async def test_one_letter_more_does_not_hide_what_was_found(library: Library) -> None:
    terms = await read(library, "stalin ż", last_is_begun=True)

    assert [term.said for term in terms] == ["stalin"]


async def test_a_number_is_no_beginning_of_a_longer_one(library: Library) -> None:
    (term,) = await read(library, "2300")

    assert not term.words


@given(st.text())
def test_an_expression_for_the_index_never_ends_its_quotation(text: str) -> None:
    said = text.replace('"', "")

    assert trigram_match(said).count('"') % 2 == 0
    assert Term("x", frozenset({"one", "two"})).match == '("one" OR "two")'


@pytest.mark.parametrize(
    ("said", "name", "is_one"),
    [
        ("anti komintern pakt", "Antikominternpakt", True),
        ("amritsar masacre", "Amritsar Massacre", True),
        ("stalin pizza", "Stalinist", False),
        ("hitler", "Himmler", False),
    ],
)
def test_a_slip_is_told_from_another_name(said: str, name: str, is_one: bool) -> None:
    assert is_slip(said, name) == is_one
