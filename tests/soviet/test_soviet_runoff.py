"""Instant runoff, against pyrankvote and against every order of single eliminations."""

from collections import Counter
from functools import cache

import pyrankvote
import pytest
from floor import unhurried
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.soviet.runoff import runoff

PAPERS = st.integers(2, 5).flatmap(
    lambda options: st.tuples(
        st.just(options),
        st.lists(
            st.permutations(range(options)).flatmap(
                lambda order: st.integers(0, len(order)).map(lambda cut: tuple(order[:cut]))
            ),
            max_size=30,
        ),
    )
)


def parallel_universes(ballots, options: int) -> set[int]:
    """Return everybody who wins when each tie for the last place is broken in every way."""

    @cache
    def winners(left: frozenset[int]) -> frozenset[int]:
        firsts = Counter(
            next((place for place in ballot if place in left), None) for ballot in ballots
        )
        firsts.pop(None, None)
        votes = {place: firsts[place] for place in left}
        for place, count in votes.items():
            if 2 * count > sum(votes.values()) or len(left) == 1:
                return frozenset({place})
        fewest = min(votes.values())
        out = (place for place, count in votes.items() if count == fewest)
        return frozenset().union(*(winners(left - {place}) for place in out))

    return set(winners(frozenset(range(options))))


def test_the_least_liked_goes_out_and_its_ballots_move_on():
    ballots = Counter({(0, 1): 4, (1, 0): 3, (2, 1): 2})

    winner, rounds = runoff(ballots, 3)

    assert winner == 1
    assert [one.counts for one in rounds] == [(4, 3, 2), (4, 5, None)]
    assert rounds[0].eliminated == 2


def test_exhausted_ballots_are_counted_and_the_majority_is_of_those_left():
    ballots = Counter({(0,): 4, (1,): 3, (2,): 2})

    winner, rounds = runoff(ballots, 3)

    assert winner == 0
    assert [one.exhausted for one in rounds] == [0, 2]


def test_tied_losers_go_out_one_at_a_time():
    # Struck out together, B and C would leave A, whom most like least.
    ballots = Counter({(0, 1, 2): 4, (1, 2, 0): 3, (2, 1, 0): 3})

    winner, rounds = runoff(ballots, 3)

    assert winner == 1
    assert (rounds[0].eliminated, rounds[0].tied) == (2, (1, 2))


def test_a_tie_falls_by_the_latest_round_in_which_they_differ():
    ballots = Counter({(0,): 5, (1,): 3, (2,): 2, (3, 2): 1})

    _, rounds = runoff(ballots, 4)

    # 1 and 2 have 3 votes each in the second round; 2 had fewer in the first.
    assert (rounds[1].tied, rounds[1].eliminated) == ((1, 2), 2)


def test_of_rounds_in_which_they_differ_the_latest_decides():
    ballots = Counter({(0,): 9, (1,): 3, (2,): 4, (3, 1): 2, (4, 2): 1, (4,): 2})

    _, rounds = runoff(ballots, 5)

    assert [one.counts[1:3] for one in rounds[:3]] == [(3, 4), (5, 4), (5, 5)]
    assert (rounds[2].tied, rounds[2].eliminated) == ((1, 2), 2)


def test_a_tie_that_never_differed_falls_by_the_order_paper():
    winner, rounds = runoff(Counter({(0,): 5, (1,): 5}), 2)

    assert winner == 0
    assert rounds[0].eliminated == 1


def test_nobody_wins_where_nobody_ranks():
    assert runoff(Counter({(): 3}), 3)[0] is None
    assert runoff(Counter(), 3)[0] is None


@settings(max_examples=400, deadline=None)
@given(PAPERS)
def test_the_winner_wins_in_some_order_of_eliminations(paper):
    options, ballots = paper
    winner, rounds = runoff(Counter(ballots), options)

    if any(ballots):
        assert winner in parallel_universes(ballots, options)
        assert sum(count or 0 for count in rounds[0].counts) == sum(map(bool, ballots))
    else:
        assert winner is None


@settings(max_examples=200, deadline=None)
@given(PAPERS)
def test_where_no_tie_decides_pyrankvote_agrees(paper):
    options, ballots = paper
    if not any(ballots) or len(parallel_universes(ballots, options)) > 1:
        return
    names = [pyrankvote.Candidate(str(place)) for place in range(options)]
    papers = [pyrankvote.Ballot([names[place] for place in ballot]) for ballot in ballots if ballot]

    elected = pyrankvote.instant_runoff_voting(names, papers).get_winners()

    assert [str(winner) for winner in elected] == [str(runoff(Counter(ballots), options)[0])]


@unhurried
@given(PAPERS, st.randoms())
def test_the_order_of_the_ballots_changes_nothing(paper, chance):
    options, ballots = paper
    shuffled = list(ballots)
    chance.shuffle(shuffled)

    assert runoff(Counter(ballots), options) == runoff(Counter(shuffled), options)


@unhurried
@given(PAPERS)
def test_doubling_every_ballot_changes_no_winner(paper):
    options, ballots = paper

    assert runoff(Counter(ballots), options)[0] == runoff(Counter(ballots * 2), options)[0]


@unhurried
@given(PAPERS, st.randoms())
def test_names_do_not_matter_where_no_tie_decides(paper, chance):
    options, ballots = paper
    renamed = list(range(options))
    chance.shuffle(renamed)
    moved = [tuple(renamed[place] for place in ballot) for ballot in ballots]
    if any(ballots) and len(parallel_universes(ballots, options)) == 1:
        winner = runoff(Counter(ballots), options)[0]
        assert winner is not None
        assert runoff(Counter(moved), options)[0] == renamed[winner]


@unhurried
@given(PAPERS, st.integers(0, 4))
def test_who_has_a_majority_of_first_places_wins(paper, favourite):
    options, ballots = paper
    favourite %= options
    ballots = [*ballots, *[(favourite,)] * (len(ballots) + 1)]

    assert runoff(Counter(ballots), options)[0] == favourite


@pytest.mark.parametrize("options", [2, 25])
def test_a_paper_of_any_length_comes_to_an_end(options):
    ballots = Counter({tuple(range(place, options)): 1 for place in range(options)})

    winner, rounds = runoff(ballots, options)

    assert winner is not None
    assert len(rounds) <= options
