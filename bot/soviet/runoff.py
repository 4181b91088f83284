"""Instant runoff: the option liked least goes out, its ballots move on, until one has a majority.

Tie rule, fixed and announced: among those who share the last place, the one with fewer votes in the
latest earlier round where they differ goes out; where they never differed, the one that stands
later on the order paper. Eliminating all of them at once would elect options that no order of
single eliminations elects, and drawing lots would make a resolution that no recount confirms.
"""

from collections.abc import Mapping, Sequence

from bot.soviet.models import Choice
from bot.soviet.results import Round

Grouped = Mapping[Choice, int]
"""Ballots by what they say: equal ones are counted once and weighed."""
_Pile = list[tuple[Choice, int, int]]
"""Ballots of one option: what each says, the place in it that counts now, and its weight."""


def runoff(ballots: Grouped, options: int) -> tuple[int | None, tuple[Round, ...]]:
    """Return the winner's place (None: no ballot ranks anything) and every round.

    A majority is more than half of the ballots that still name somebody (continuing ballots).
    """
    piles: dict[int, _Pile] = {place: [] for place in range(options)}
    counts = dict.fromkeys(range(options), 0)
    for ballot, weight in ballots.items():
        if ballot and weight:
            piles[ballot[0]].append((ballot, 0, weight))
            counts[ballot[0]] += weight
    voting = sum(counts.values())
    rounds: list[Round] = []
    while True:
        continuing = sum(counts.values())
        column = tuple(counts.get(place) for place in range(options))
        leader = max(counts, key=lambda place: counts[place])
        if not continuing or 2 * counts[leader] > continuing or len(counts) == 1:
            rounds.append(Round(column, voting - continuing, None))
            return (leader if continuing else None), tuple(rounds)
        last, tied = _last(counts, rounds)
        rounds.append(Round(column, voting - continuing, last, tied))
        del counts[last]
        # Only the ballots of the one that goes out move: the others would be read for nothing.
        _move(piles.pop(last), piles, counts)


def _last(counts: Mapping[int, int], earlier: Sequence[Round]) -> tuple[int, tuple[int, ...]]:
    """Return who goes out, and who shared the last place with them."""
    fewest = min(counts.values())
    tied = [place for place, count in counts.items() if count == fewest]
    together = tuple(tied) if len(tied) > 1 else ()
    for past in reversed(earlier):
        if len(tied) == 1:
            break
        votes = {place: past.counts[place] or 0 for place in tied}
        least = min(votes.values())
        tied = [place for place in tied if votes[place] == least]
    return tied[-1], together


def _move(pile: _Pile, piles: dict[int, _Pile], counts: dict[int, int]) -> None:
    for ballot, place, weight in pile:
        for later in range(place + 1, len(ballot)):
            heir = ballot[later]
            if heir in counts:
                piles[heir].append((ballot, later, weight))
                counts[heir] += weight
                break
