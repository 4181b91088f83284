"""What may be told of a count, and when. Pure.

A live count of a secret ballot is no secret: whoever watches it sees each vote fall. So while it is
open only the turnout is told, in blocks; and a result that tells single votes is not told at all.
"""

from dataclasses import replace
from typing import Final

from bot.soviet.models import Motion, Status, Visibility
from bot.soviet.results import Outcome, Reason, Tally

BLOCK: Final = 5
"""Turnout of an open secret ballot is told in steps of so many."""
FEWEST_TOLD: Final = 5
"""With fewer secret ballots only the verdict is told."""


def told(outcome: Outcome, *, secret: bool) -> Outcome:
    """Return of *outcome* what may be published.

    Of a secret ballot with under 5 voters, or with all of one mind, that is the verdict alone: its
    numbers would tell what each of them voted.
    """
    if not secret or outcome.tally is None or not _tells(outcome.tally):
        return outcome
    # That it fell by a tie, or that all abstained, would tell as much as the numbers.
    reason = outcome.reason
    if reason in {Reason.TIE, Reason.NO_VOTES}:
        reason = Reason.NOT_CARRIED
    return replace(outcome, reason=reason, tally=None, rounds=(), fingerprint="", withheld=True)


def _tells(tally: Tally) -> bool:
    unanimous = tally.ballots in {*tally.counts, tally.abstentions}
    return tally.ballots < FEWEST_TOLD or unanimous


def turnout_told(motion: Motion, ballots: int) -> int:
    """Return the turnout that may be told of an open motion."""
    return ballots // BLOCK * BLOCK if motion.is_secret else ballots


def count_is_told(motion: Motion, *, has_voted: bool) -> bool:
    """Tell whether the count of an open motion may be shown to one who *has_voted*, or has not."""
    if motion.status is not Status.OPEN or motion.is_secret:
        return False
    match motion.rules.visibility:
        case Visibility.LIVE:
            return True
        case Visibility.AFTER_VOTING:
            return has_voted
        case _:
            return False
