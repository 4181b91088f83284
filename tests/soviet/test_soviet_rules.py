"""Verdicts, against exact fractions."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from floor import unhurried
from hypothesis import given
from hypothesis import strategies as st

from bot.soviet.models import (
    ABSTAIN,
    AYE,
    AYE_NAY_OPTIONS,
    NAY,
    Ballot,
    Base,
    Electorate,
    Kind,
    Quorum,
    Rules,
    Threshold,
    Verdict,
    Visibility,
)
from bot.soviet.results import Reason
from bot.soviet.rules import decide, quorum_needed
from bot.soviet.thresholds import MAJORITY, PLURALITY, TWO_THIRDS

DIVISION = Rules(
    Kind.AYE_NAY,
    AYE_NAY_OPTIONS,
    1,
    1,
    MAJORITY,
    Quorum(0),
    Electorate(),
    Ballot.OPEN,
    Visibility.LIVE,
)
HALF_OR_MORE = Threshold(1, 2, strict=False)

counts = st.integers(0, 12_000)
thresholds = st.integers(1, 300).flatmap(
    lambda under: st.builds(
        Threshold,
        st.integers((under + 1) // 2, under),
        st.just(under),
        st.booleans(),
        st.sampled_from(Base),
    )
)
quorums = st.one_of(
    st.builds(Quorum, st.integers(0, 20_000)),
    st.integers(1, 300).flatmap(
        lambda under: st.builds(Quorum, st.integers(1, under), st.just(under))
    ),
)


def ballots(aye: int, nay: int, abstain: int = 0) -> Counter:
    return Counter({AYE: aye, NAY: nay, ABSTAIN: abstain})


def verdict(aye, nay, abstain=0, *, roll=None, **rules):
    return decide(replace(DIVISION, **rules), ballots(aye, nay, abstain), roll).verdict


@pytest.mark.parametrize(
    ("aye", "nay", "threshold", "expected"),
    [
        (9, 8, MAJORITY, Verdict.ADOPTED),
        (1, 1, MAJORITY, Verdict.REJECTED),
        (0, 0, MAJORITY, Verdict.REJECTED),
        (1, 0, MAJORITY, Verdict.ADOPTED),
        (2, 1, TWO_THIRDS, Verdict.ADOPTED),
        (3, 2, TWO_THIRDS, Verdict.REJECTED),
        (199, 100, TWO_THIRDS, Verdict.REJECTED),
        (2, 1, Threshold(2, 3, strict=True), Verdict.REJECTED),
        (5, 5, HALF_OR_MORE, Verdict.REJECTED),  # a tie is lost whatever the fraction says
        (55, 45, Threshold(55, 100, strict=False), Verdict.ADOPTED),  # Votum's float wants 56
        (3, 0, Threshold(1, 1, strict=False), Verdict.ADOPTED),
    ],
)
def test_a_division_falls_as_the_fraction_says(aye, nay, threshold, expected):
    assert verdict(aye, nay, threshold=threshold) is expected


def test_abstentions_count_for_the_quorum_and_never_for_the_majority():
    quorate = {"quorum": Quorum(10)}

    assert verdict(2, 1, 7, **quorate) is Verdict.ADOPTED
    assert verdict(2, 1, 6, **quorate) is Verdict.LAPSED
    assert verdict(0, 0, 10, **quorate) is Verdict.REJECTED


def test_a_quorum_met_by_abstentions_alone_carries_nothing():
    outcome = decide(replace(DIVISION, quorum=Quorum(3)), ballots(0, 0, 5), None)

    assert (outcome.verdict, outcome.reason) == (Verdict.REJECTED, Reason.NO_VOTES)


@pytest.mark.parametrize(
    ("quorum", "roll", "needed"),
    [(Quorum(1, 3), 100, 34), (Quorum(1, 3), 99, 33), (Quorum(1, 2), 0, 0), (Quorum(7), None, 7)],
)
def test_a_share_of_the_roll_is_rounded_up(quorum, roll, needed):
    assert quorum_needed(quorum, roll) == needed


def test_a_roll_of_nobody_adopts_nothing():
    of_roll = Threshold(1, 2, strict=True, base=Base.ROLL)

    assert verdict(0, 0, roll=0, threshold=of_roll) is Verdict.REJECTED
    assert verdict(0, 0, roll=0, quorum=Quorum(1, 2)) is Verdict.REJECTED


@unhurried
@given(counts, counts, counts, thresholds, quorums, st.one_of(st.none(), st.integers(0, 40_000)))
def test_every_division_agrees_with_exact_fractions(aye, nay, abstain, threshold, quorum, roll):
    taking_part = aye + nay + abstain
    counted = taking_part if roll is None else max(roll, taking_part)
    whole = aye + nay if threshold.base is Base.CAST else counted
    bar = Fraction(threshold.numerator, threshold.denominator)
    share = Fraction(aye, whole) if whole else Fraction(0)
    enough = share > bar if threshold.strict else share >= bar
    least = Fraction(quorum.numerator)
    if quorum.denominator:
        least = Fraction(quorum.numerator, quorum.denominator) * (
            counted if roll is not None else 0
        )
    if taking_part < least:
        expected = Verdict.LAPSED
    elif aye > nay and enough:
        expected = Verdict.ADOPTED
    else:
        expected = Verdict.REJECTED

    assert verdict(aye, nay, abstain, threshold=threshold, quorum=quorum, roll=roll) is expected


@unhurried
@given(counts, counts, counts, counts, thresholds)
def test_more_abstentions_never_turn_a_vote_of_those_cast(aye, nay, some, more, threshold):
    cast = replace(threshold, base=Base.CAST)

    assert verdict(aye, nay, some, threshold=cast) is verdict(aye, nay, some + more, threshold=cast)


@unhurried
@given(counts, counts, counts, counts, thresholds)
def test_more_ayes_never_undo_an_adoption(aye, more, nay, abstain, threshold):
    roll = aye + more + nay + abstain
    adopted = verdict(aye, nay, abstain, threshold=threshold, roll=roll) is Verdict.ADOPTED

    after = verdict(aye + more, nay, abstain, threshold=threshold, roll=roll)

    assert after is Verdict.ADOPTED or not adopted


@unhurried
@given(counts, counts, thresholds)
def test_a_tie_is_always_lost(votes, abstain, threshold):
    assert verdict(votes, votes, abstain, threshold=threshold) is Verdict.REJECTED


def choice_of(options: int, **changes) -> Rules:
    names = tuple(f"option {place}" for place in range(options))
    rules = replace(DIVISION, kind=Kind.SINGLE, options=names, threshold=PLURALITY)
    return replace(rules, **changes)


@pytest.mark.parametrize(
    ("votes", "rules", "winners", "reason"),
    [
        ({(0,): 3, (1,): 2, (2,): 2}, choice_of(3), (0,), Reason.CARRIED),
        ({(0,): 3, (1,): 3, (2,): 2}, choice_of(3), (), Reason.TIE),
        ({(0,): 3, (1,): 3}, choice_of(3, threshold=MAJORITY), (), Reason.NOT_CARRIED),
        ({(0,): 4, (1,): 3}, choice_of(3, threshold=MAJORITY), (0,), Reason.CARRIED),
        # Each option is a question of its own: more than half of those who voted approve.
        (
            {(0, 1): 3, (1, 2): 2},
            choice_of(3, kind=Kind.MULTIPLE, picks=3, seats=0, threshold=MAJORITY),
            (1, 0),
            Reason.CARRIED,
        ),
        # Two seats: the second is tied, so it stays empty.
        (
            {(0, 1): 3, (0, 2): 3},
            choice_of(3, kind=Kind.MULTIPLE, picks=2, seats=2),
            (0,),
            Reason.CARRIED,
        ),
        (
            {(0, 1): 4, (0, 2): 3},
            choice_of(4, kind=Kind.MULTIPLE, picks=2, seats=2),
            (0, 1),
            Reason.CARRIED,
        ),
        ({ABSTAIN: 4}, choice_of(3), (), Reason.NO_VOTES),
    ],
)
def test_options_win_by_votes_and_never_by_a_tie(votes, rules, winners, reason):
    outcome = decide(rules, Counter(votes), None)

    assert (outcome.winners, outcome.reason) == (winners, reason)
    assert (outcome.verdict is Verdict.ADOPTED) == bool(winners)
