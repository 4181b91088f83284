"""Counting again, by code that shares nothing with the first count.

Fractions instead of whole numbers, one ballot after another instead of groups, a runoff that
strikes names from lists.
"""

from collections.abc import Sequence
from fractions import Fraction

from bot.soviet.models import Base, Choice, Kind, Motion, Rules, Verdict
from bot.soviet.results import Outcome, Reason, Tally


def count_again(
    motion: Motion, ballots: Sequence[Choice], roll: int | None, delegated: int
) -> Outcome:
    """Return how *motion* ends on *ballots*; rounds and fingerprint are left out."""
    rules = motion.rules
    counts = [0 for _ in rules.options]
    for ballot in ballots:
        for place in list(ballot)[: 1 if rules.kind.is_ranked else None]:
            counts[place] += 1
    blank = sum(1 for ballot in ballots if len(ballot) == 0)
    if roll is not None and roll < len(ballots):
        roll = len(ballots)
    wanted = Fraction(rules.quorum.numerator)
    if rules.quorum.denominator:
        wanted = wanted / rules.quorum.denominator * (roll or 0)
    needed = int(wanted) + (wanted != int(wanted))
    verdict, reason, winners = _verdict(rules, ballots, counts, roll, needed)
    tally = Tally(tuple(counts), blank, len(ballots), delegated)
    return Outcome(verdict, reason, winners, tally, (), needed, roll)


def agree(one: Outcome, other: Outcome) -> bool:
    """Tell whether two counts say the same in every number."""
    return (
        one.verdict is other.verdict
        and one.reason is other.reason
        and one.winners == other.winners
        and one.tally == other.tally
        and one.quorum_needed == other.quorum_needed
        and one.roll == other.roll
    )


_Verdict = tuple[Verdict, Reason, tuple[int, ...]]


def _verdict(
    rules: Rules, ballots: Sequence[Choice], counts: list[int], roll: int | None, needed: int
) -> _Verdict:
    if len(ballots) < needed:
        return Verdict.LAPSED, Reason.NO_QUORUM, ()
    voting = [list(ballot) for ballot in ballots if ballot]
    if not voting:
        return Verdict.REJECTED, Reason.NO_VOTES, ()
    if rules.kind in (Kind.RANKED, Kind.AMENDMENT):
        winner = _runoff(voting, [], list(range(len(rules.options))))
        return Verdict.ADOPTED, Reason.CARRIED, (winner,)
    of = len(voting) if rules.threshold.base is Base.CAST else roll or len(ballots)
    bar = Fraction(rules.threshold.numerator, rules.threshold.denominator)
    shares = [Fraction(count, of) for count in counts]
    over = [
        place
        for place, share in enumerate(shares)
        if counts[place] and (share > bar or (share == bar and not rules.threshold.strict))
    ]
    lost = Verdict.REJECTED, Reason.NOT_CARRIED, ()
    tie = Verdict.REJECTED, Reason.TIE, ()
    if rules.kind in (Kind.AYE_NAY, Kind.DECREE):
        aye, nay = counts
        carried = 0 in over and aye > nay
        return (Verdict.ADOPTED, Reason.CARRIED, ()) if carried else tie if aye == nay else lost
    seats = rules.seats or len(rules.options)
    # An option sits when fewer than *seats* others do at least as well.
    won = [
        place
        for place in over
        if sum(counts[other] >= counts[place] for other in over if other != place) < seats
    ]
    if not won:
        return tie if over else lost
    won.sort(key=lambda place: (-counts[place], place))
    return Verdict.ADOPTED, Reason.CARRIED, tuple(won)


def _runoff(ballots: list[list[int]], history: list[list[int]], left: list[int]) -> int:
    """Return the winner among *left*; *history* holds the columns of the rounds before."""
    firsts = [ballot[0] for ballot in ballots if ballot]
    column = [firsts.count(place) for place in range(max(left) + 1)]
    for place in left:
        if Fraction(column[place], len(firsts) or 1) > Fraction(1, 2) or len(left) == 1:
            return place

    def standing(place: int) -> list[int]:
        return [column[place], *(past[place] for past in reversed(history)), -place]

    loser = min(left, key=standing)
    remaining = [place for place in left if place != loser]
    shorter = [[place for place in ballot if place != loser] for ballot in ballots]
    return _runoff(shorter, [*history, column], remaining)
