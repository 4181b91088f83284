"""Sizes and cuts: the right answer, and few questions."""

from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from bot.cards.fit import largest_size, longest_prefix


def words(length: int, width: float = 700):
    """Return the height of *length* letters at a size, in whole lines as text has."""
    return lambda size: ceil(length * size * 0.5 / width) * size * 1.3


@given(st.integers(1, 3000), st.floats(50, 1500), st.floats(1, 200))
def test_the_size_found_fits(length, limit, guess):
    height_at = words(length)
    size = largest_size(height_at, limit, 24, 64, guess)

    if size is None:
        assert height_at(24) > limit
    else:
        assert 24 <= size <= 64
        assert height_at(size) <= limit


@given(st.integers(1, 3000), st.floats(50, 1500), st.floats(1, 200))
def test_the_size_found_is_nearly_the_largest(length, limit, guess):
    height_at = words(length)
    size = largest_size(height_at, limit, 24, 64, guess)

    if size is not None and size < 64:
        assert height_at(min(64, ceil(size * 1.35))) > limit or size * 1.35 > 64


@given(st.integers(1, 3000), st.floats(100, 1500), st.floats(1, 200))
def test_few_layouts_are_asked_for(length, limit, guess):
    asked = []
    height_at = words(length)
    largest_size(lambda size: asked.append(size) or height_at(size), limit, 24, 64, guess)

    assert len(asked) <= 9


@given(st.integers(1, 5000), st.floats(10, 3000))
def test_the_cut_is_the_longest_that_fits_or_nearly(length, limit):
    asked = []

    def height_of(count):
        asked.append(count)
        return count * 0.9

    count = longest_prefix(height_of, limit, length)

    assert 1 <= count <= max(length - 1, 1)
    assert count == 1 or count * 0.9 <= limit
    assert len(asked) <= 12
    assert (count + 0.02 * length + 2) * 0.9 > min(limit, length * 0.9)
