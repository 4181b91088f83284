import pytest
from floor import unhurried
from hypothesis import given
from hypothesis import strategies as st

from bot.soviet.delegation import FARTHEST, closes_a_circle, resolve
from bot.soviet.models import AYE, NAY

EVERYBODY = range(100)
READERS = st.integers(0, 12)
GIVEN = st.dictionaries(READERS, READERS, max_size=12)
DIRECT = st.dictionaries(READERS, st.sampled_from([AYE, NAY]), max_size=6)


@pytest.mark.parametrize(
    ("direct", "delegates", "found"),
    [
        ({2: AYE}, {1: 2}, {1: (2, AYE)}),
        ({3: NAY}, {1: 2, 2: 3}, {1: (3, NAY), 2: (3, NAY)}),
        ({1: NAY, 2: AYE}, {1: 2}, {}),  # a vote of one's own overrides
        ({2: AYE, 3: NAY}, {1: 2, 2: 3}, {1: (2, AYE)}),
        ({}, {1: 2, 2: 1}, {}),
        ({3: AYE}, {1: 2, 2: 1}, {}),  # a circle gives nothing
        ({2: AYE}, {1: 2, 2: 1}, {1: (2, AYE)}),  # unless one of it votes
        ({9: AYE}, {1: 1}, {}),
    ],
)
def test_a_delegated_vote_goes_where_the_chain_leads(direct, delegates, found):
    assert resolve(direct, delegates, EVERYBODY) == found


def test_the_sixth_step_is_one_too_far():
    chain = {reader: reader + 1 for reader in range(10)}

    found = resolve({10: AYE}, chain, EVERYBODY)

    assert set(found) == set(range(10 - FARTHEST, 10))


def test_who_may_not_vote_is_not_voted_for_but_may_stand_between():
    assert resolve({3: AYE}, {1: 2, 2: 3}, {1}) == {1: (3, AYE)}


@pytest.mark.parametrize(
    ("reader", "to", "delegates", "circle"),
    [(1, 2, {}, False), (1, 2, {2: 1}, True), (1, 2, {2: 3, 3: 1}, True), (1, 2, {2: 3}, False)],
)
def test_a_circle_is_seen_when_it_is_made(reader, to, delegates, circle):
    assert closes_a_circle(reader, to, delegates) is circle


@unhurried
@given(DIRECT, GIVEN)
def test_everybody_is_counted_once_or_stays_unresolved(direct, delegates):
    found = resolve(direct, delegates, EVERYBODY)

    assert not found.keys() & direct.keys()
    assert found.keys() <= delegates.keys()
    assert all(direct[delegate] == choice for delegate, choice in found.values())


@unhurried
@given(DIRECT, GIVEN, READERS)
def test_a_vote_of_one_s_own_always_stands(direct, delegates, reader):
    direct[reader] = NAY

    assert reader not in resolve(direct, delegates, EVERYBODY)
