from collections import Counter
from dataclasses import replace

import pytest
from floor import unhurried
from hypothesis import given
from hypothesis import strategies as st
from test_soviet_rules import DIVISION

from bot.soviet.models import ABSTAIN, AYE, NAY, Ballot, Kind
from bot.soviet.results import Reason
from bot.soviet.rules import decide
from bot.soviet.secrecy import told

SECRET = replace(DIVISION, ballot=Ballot.SECRET)


def published(rules, votes):
    return told(decide(rules, Counter(votes), 50), secret=rules.ballot is Ballot.SECRET)


@pytest.mark.parametrize(
    ("votes", "withheld"),
    [
        ({AYE: 3, NAY: 1}, True),
        ({AYE: 3, NAY: 2}, False),
        ({AYE: 7}, True),
        ({NAY: 7}, True),
        ({ABSTAIN: 7}, True),
        ({AYE: 6, ABSTAIN: 1}, False),
        ({}, True),
    ],
)
def test_numbers_that_tell_single_votes_are_withheld(votes, withheld):
    assert published(SECRET, votes).withheld is withheld
    assert (published(SECRET, votes).tally is None) is withheld


def test_an_open_ballot_tells_everything():
    assert published(DIVISION, {AYE: 1}).tally is not None


def test_a_withheld_tie_does_not_say_that_it_was_one():
    assert published(SECRET, {AYE: 2, NAY: 2}) == replace(
        published(SECRET, {AYE: 1, NAY: 2}), reason=Reason.NOT_CARRIED
    )


def test_an_option_that_everybody_chose_is_not_told():
    rules = replace(SECRET, kind=Kind.MULTIPLE, options=("a", "b", "c"), picks=3, seats=0)

    assert published(rules, {(0, 1): 3, (0, 2): 3}).withheld
    assert not published(rules, {(0, 1): 3, (2,): 3}).withheld


@unhurried
@given(st.dictionaries(st.sampled_from([AYE, NAY, ABSTAIN]), st.integers(0, 1)))
def test_below_the_floor_nothing_but_the_verdict_is_told(votes):
    outcome = published(SECRET, votes)

    assert (outcome.tally, outcome.rounds, outcome.fingerprint) == (None, (), "")
    assert outcome.reason in {Reason.CARRIED, Reason.NOT_CARRIED}


@unhurried
@given(st.lists(st.permutations(range(3)).map(tuple), min_size=5, max_size=12), st.randoms())
def test_what_is_published_depends_on_the_count_alone(ballots, chance):
    rules = replace(SECRET, kind=Kind.RANKED, options=("a", "b", "c"), picks=3)
    shuffled = list(ballots)
    chance.shuffle(shuffled)

    assert published(rules, Counter(ballots)) == published(rules, Counter(shuffled))
