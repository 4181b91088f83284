"""Votes: cast, changed, taken back, explained, delegated."""

from bot.clock import Clock
from bot.soviet.clicks import Click
from bot.soviet.models import Choice
from bot.soviet.results import Receipt, Standing
from bot.storage.database import Database


class BallotBox:
    """Takes ballots and says what may be seen of them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def cast(self, click: Click, motion_id: int, choice: Choice) -> Receipt:
        """Record a ballot, in the place of an earlier one; on disk when this returns.

        The newest click wins, whatever order Discord delivers them in. Lateness is judged by the
        click's own time, so a slow network never makes a vote late. *choice* is places on the order
        paper (see `Choice`): (0,) Aye, (1,) Nay, () Abstain.

        Raises:
            NoSuchMotionError: none of this guild. NotOpenYetError. DivisionClosedError: closed when
                the reader clicked. NotOnTheRollError: a bot, no role, joined too late, recused.
            BadChoiceError: no ballot this motion knows.
        """
        raise NotImplementedError

    async def withdraw(self, click: Click, motion_id: int) -> Receipt:
        """Take a ballot back; an older click that arrives later does not bring it again.

        Raises:
            NoSuchMotionError, NotOpenYetError, DivisionClosedError.
        """
        raise NotImplementedError

    async def explain(self, click: Click, motion_id: int, text: str) -> None:
        """Put an explanation of vote on record (≤ 300 characters); an empty one takes it back.

        Raises:
            SecretBallotError: it would tell the vote. NoBallotError: nothing to explain.
            BadDraftError: too long. NoSuchMotionError, DivisionClosedError.
        """
        raise NotImplementedError

    async def mine(self, guild_id: int, motion_id: int, user_id: int) -> Receipt:
        """Return what a reader's ballot says now, for nobody but them.

        Raises:
            NoSuchMotionError
        """
        raise NotImplementedError

    async def standing(
        self, guild_id: int, motion_id: int, viewer_id: int | None = None
    ) -> Standing:
        """Return what may be shown of a motion: to everybody, or privately to *viewer_id*.

        The difference is `Visibility.AFTER_VOTING`: who has voted sees the count.

        Raises:
            NoSuchMotionError
        """
        raise NotImplementedError

    async def delegate(self, click: Click, to: int, story_id: int | None = None) -> bool:
        """Let *to* vote for whoever clicked, on one story or (None) on everything; True if that
        closes a circle, whose members' votes count only when they vote themselves.

        A vote of one's own always overrides. Never counts in secret ballots, nor where only a role
        may vote.

        Raises:
            BadDelegateError: oneself or a bot, or the standing orders allow none.
        """
        raise NotImplementedError

    async def recall(self, click: Click, story_id: int | None = None) -> bool:
        """Take a delegation back; False when there was none."""
        raise NotImplementedError
