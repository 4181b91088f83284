"""How votes become a verdict. Pure, in whole numbers only.

Robert's Rules 44:1 and 4:35, Rule 86 of the UN General Assembly and Rule 34(3) of WIPO agree: an
abstention is no vote. It counts for the quorum and never for the majority. A tie is lost.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from bot.soviet.models import Base, Choice, Quorum, Rules, Threshold, Verdict
from bot.soviet.results import Outcome, Reason, Round, Tally
from bot.soviet.runoff import runoff

_Judgement = tuple[Verdict, Reason, tuple[int, ...], tuple[Round, ...]]


def reaches(votes: int, threshold: Threshold, total: int) -> bool:
    """Tell whether *votes* of *total* reach the threshold; no votes at all never do."""
    mine, wanted = votes * threshold.denominator, threshold.numerator * total
    return votes > 0 and (mine > wanted if threshold.strict else mine >= wanted)


def quorum_needed(quorum: Quorum, roll: int | None) -> int:
    """Return how many ballots make the vote valid; a share of the roll is rounded up."""
    if not quorum.is_share:
        return quorum.numerator
    return -(-quorum.numerator * (roll or 0) // quorum.denominator)


def tally(
    ballots: Mapping[Choice, int], options: int, *, ranked: bool, delegated: int = 0
) -> Tally:
    """Count grouped ballots; of ranked ones the first preferences."""
    counts = [0] * options
    for choice, weight in ballots.items():
        for place in choice[:1] if ranked else choice:
            counts[place] += weight
    taking_part = sum(ballots.values())
    return Tally(tuple(counts), ballots.get((), 0), taking_part, delegated)


def grouped(choices: Iterable[Choice]) -> Counter[Choice]:
    """Return *choices* as choice → how many said so."""
    return Counter(choices)


def decide(
    rules: Rules, ballots: Mapping[Choice, int], roll: int | None, delegated: int = 0
) -> Outcome:
    """Return the outcome of *ballots* (choice → how many) under *rules*.

    *roll*: how many may vote, None where nobody counted; it never counts for less than the ballots.
    """
    counted = tally(ballots, len(rules.options), ranked=rules.kind.is_ranked, delegated=delegated)
    roll = None if roll is None else max(roll, counted.ballots)
    needed = quorum_needed(rules.quorum, roll)
    judgement: _Judgement
    if counted.ballots < needed:
        judgement = Verdict.LAPSED, Reason.NO_QUORUM, (), ()
    elif not counted.voting:
        judgement = Verdict.REJECTED, Reason.NO_VOTES, (), ()
    else:
        judgement = _judge(rules, ballots, counted, roll)
    verdict, reason, winners, rounds = judgement
    return Outcome(verdict, reason, winners, counted, rounds, needed, roll)


def _judge(
    rules: Rules, ballots: Mapping[Choice, int], counted: Tally, roll: int | None
) -> _Judgement:
    everybody = counted.ballots if roll is None else roll
    total = counted.voting if rules.threshold.base is Base.CAST else everybody
    if rules.kind.is_aye_nay:
        if counted.ayes > counted.nays and reaches(counted.ayes, rules.threshold, total):
            return Verdict.ADOPTED, Reason.CARRIED, (), ()
        tied = counted.ayes == counted.nays
        return Verdict.REJECTED, Reason.TIE if tied else Reason.NOT_CARRIED, (), ()
    if rules.kind.is_ranked:
        winner, rounds = runoff(ballots, len(rules.options))
        return Verdict.ADOPTED, Reason.CARRIED, () if winner is None else (winner,), rounds
    winners, tied = _elected(rules, counted, total)
    if winners:
        return Verdict.ADOPTED, Reason.CARRIED, winners, ()
    return Verdict.REJECTED, Reason.TIE if tied else Reason.NOT_CARRIED, (), ()


def _elected(rules: Rules, counted: Tally, total: int) -> tuple[tuple[int, ...], bool]:
    """Return the options that win, best first, and whether a tie kept one from winning.

    Options that tie for more seats than are left share the fate of a tie: none of them wins.
    """
    votes = counted.counts
    passing = [
        place for place in range(len(votes)) if reaches(votes[place], rules.threshold, total)
    ]
    passing.sort(key=lambda place: -votes[place])
    if not rules.seats or len(passing) <= rules.seats:
        return tuple(passing), False
    bar = votes[passing[rules.seats]]
    winners = tuple(place for place in passing[: rules.seats] if votes[place] > bar)
    return winners, len(winners) < rules.seats
