"""What comes out of a motion: receipts, counts, rounds, the verdict and its reason."""

from dataclasses import dataclass
from enum import StrEnum

from bot.clock import Instant
from bot.soviet.models import Choice, Motion, Verdict


class Reason(StrEnum):
    """Why the verdict fell as it did."""

    CARRIED = "carried"
    NOT_CARRIED = "not_carried"
    TIE = "tie"
    NO_QUORUM = "no_quorum"
    NO_VOTES = "no_votes"
    UNSECONDED = "unseconded"
    UNOPPOSED = "unopposed"
    """A decree to which too few objected."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes for each option, in the order of the paper.

    *ballots* counts everybody who took part, also those who abstained; *delegated* how many of
    these were cast through a delegate.
    """

    counts: tuple[int, ...]
    abstentions: int
    ballots: int
    delegated: int = 0

    @property
    def ayes(self) -> int:
        """Votes for the motion."""
        return self.counts[0]

    @property
    def nays(self) -> int:
        """Votes against the motion."""
        return self.counts[1]

    @property
    def voting(self) -> int:
        """Ballots that name at least one option."""
        return self.ballots - self.abstentions


@dataclass(frozen=True, slots=True)
class Round:
    """One count of a runoff: *counts* by option, None for one that is out already.

    *eliminated* is None in the last round; *tied* names those who shared the last place, when the
    tie rule had to choose among them.
    """

    counts: tuple[int | None, ...]
    exhausted: int
    eliminated: int | None
    tied: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a motion. Numbers are None where secrecy withholds them (*withheld*)."""

    verdict: Verdict
    reason: Reason
    winners: tuple[int, ...] = ()
    """Places of the options that won; empty for aye and nay."""
    tally: Tally | None = None
    rounds: tuple[Round, ...] = ()
    quorum_needed: int = 0
    roll: int | None = None
    """The roll less those who recused themselves."""
    withheld: bool = False
    fingerprint: str = ""
    """SHA-256 over the ballots without their voters, in order; what a recount compares."""


@dataclass(frozen=True, slots=True)
class ClosedMotion:
    """A motion that has just been closed, or long ago, with how it ended."""

    motion: Motion
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a reader's ballot says now; *choice* None when there is none (withdrawn, never cast).

    *sealed*: the vote is closed and secret, and what the ballot says can no longer be found.
    *superseded*: a newer click of the same reader was there already, and stands.
    """

    motion: Motion
    choice: Choice | None
    code: str = ""
    """Eight letters that stand in the minutes, so that the reader can find their ballot counted."""
    previous: Choice | None = None
    superseded: bool = False
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Seconding:
    """The state after somebody seconded, or objected to a decree; *opened* if that opened it."""

    motion: Motion
    count: int
    needed: int
    opened: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What may be shown of a motion now.

    *turnout* is rounded down to blocks of 5 while a secret ballot is open. *tally* is None while
    it is hidden. *seconders* are user ids (0: a former reader), in the order in which they came.
    """

    motion: Motion
    turnout: int
    tally: Tally | None
    outcome: Outcome | None
    seconders: tuple[int, ...] = ()
    objectors: int = 0
    amendments: int = 0


@dataclass(frozen=True, slots=True)
class Absentees:
    """Who has not voted on a motion.

    *by_roll*: of everybody on its roll; else of those who voted in this guild lately, because the
    roll was counted and not written down by name.
    """

    user_ids: tuple[int, ...]
    by_roll: bool


@dataclass(frozen=True, slots=True)
class Amendment:
    """Another wording proposed for a motion that is not open yet; *number* from 1 for a motion."""

    motion_id: int
    number: int
    author_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Recount:
    """The result of counting again by other code; *identical* when every number agrees."""

    motion: Motion
    recorded: Outcome
    counted: Outcome
    identical: bool


class Law(StrEnum):
    """What became of an adopted resolution."""

    ADOPTED = "adopted"
    REPEALED = "repealed"
    OVERTAKEN = "overtaken"
    FULFILLED = "fulfilled"


@dataclass(frozen=True, slots=True)
class Resolution:
    """An entry of the ledger; *by_number* is the motion that repealed it."""

    number: int
    text: str
    law: Law
    adopted_at: Instant
    by_number: int | None
    note: str
    motion_id: int


@dataclass(frozen=True, slots=True)
class PlanLine:
    """Words promised against words delivered: by a resolution (*number*), or a story's quota."""

    number: int | None
    title: str
    promised: int
    delivered: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The Five-Year Plan: lines, oldest first, and totals of what resolutions promised and is due.

    Where none promised anything they are of the quotas. *percent* is None when nothing is due.
    """

    lines: tuple[PlanLine, ...]
    promised: int
    delivered: int
    percent: int | None
