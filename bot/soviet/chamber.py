"""A motion's life until it opens: tabling, seconding, objecting, amending, withdrawing."""

from collections.abc import Sequence

from bot.clock import Clock
from bot.soviet.clicks import Click, Draft, Roll
from bot.soviet.composer import Composer
from bot.soviet.models import Motion, Status
from bot.soviet.results import Amendment, Seconding
from bot.storage.database import Database


class Chamber:
    """Tables motions and brings them to their opening."""

    def __init__(self, database: Database, clock: Clock, composer: Composer) -> None:
        self._database = database
        self._clock = clock
        self._composer = composer

    async def table(self, click: Click, draft: Draft, roll: Roll) -> Motion:
        """Put *draft* forward and return the motion with its №; open at once if none need second it.

        The same interaction delivered again returns the motion it made. *roll* is who may vote now.

        Raises:
            BadDraftError (and its children: text, options, threshold, quorum, deadline …), each with
                the way out; MayNotMoveError: the standing orders keep this member from moving.
        """
        raise NotImplementedError

    async def second(self, click: Click, motion_id: int, roll: Roll) -> Seconding:
        """Second a tabled motion; opens it when that was enough. Seconding twice counts once.

        Raises:
            NoSuchMotionError: none of this guild. NotTabledError: it is open or over.
            OwnMotionError: movers do not second themselves. NotOnTheRollError.
            EmptyRollError: it counts by the roll, and *roll* is empty.
        """
        raise NotImplementedError

    async def object_to(self, click: Click, motion_id: int, roll: Roll) -> Seconding:
        """Object to a decree; enough objections open a vote on it. Errors as `second`."""
        raise NotImplementedError

    async def withdraw(self, click: Click, motion_id: int) -> Motion:
        """Take a motion back before it opens.

        Raises:
            NoSuchMotionError, NotTabledError, NotTheMoverError.
        """
        raise NotImplementedError

    async def amend(self, click: Click, motion_id: int, text: str) -> Amendment:
        """Propose another wording for a tabled motion.

        Raises:
            NoSuchMotionError, NotTabledError, BadDraftError, NotOnTheRollError.
        """
        raise NotImplementedError

    async def amendments(self, guild_id: int, motion_id: int) -> tuple[Amendment, ...]:
        """Return the wordings proposed for a motion, in the order they came."""
        raise NotImplementedError

    async def accept(self, click: Click, motion_id: int, number: int) -> Motion:
        """Take amendment *number* over as the motion's text; only its mover may.

        Raises:
            NoSuchMotionError, NoSuchAmendmentError, NotTabledError, NotTheMoverError.
        """
        raise NotImplementedError

    async def put_amendments(self, click: Click, motion_id: int, roll: Roll) -> Motion:
        """Open a ranked vote between the motion's text and its amendments; only its mover may.

        Until that vote closes the motion can neither be seconded nor lapse.

        Raises:
            NoSuchMotionError, NoSuchAmendmentError, NotTabledError, NotTheMoverError.
        """
        raise NotImplementedError

    async def recuse(self, click: Click, motion_id: int) -> Motion:
        """Leave the roll of a motion; a ballot already cast is taken back, and the minutes say so.

        Raises:
            NoSuchMotionError, DivisionClosedError.
        """
        raise NotImplementedError

    async def place(self, guild_id: int, motion_id: int, channel_id: int, message_id: int) -> None:
        """Note which message shows a motion."""
        raise NotImplementedError

    async def motion(self, guild_id: int, number: int) -> Motion:
        """Return № *number* of a guild.

        Raises:
            NoSuchMotionError
        """
        raise NotImplementedError

    async def motion_by_id(self, guild_id: int, motion_id: int) -> Motion:
        """Return the motion a button names, if it is this guild's.

        Raises:
            NoSuchMotionError
        """
        raise NotImplementedError

    async def motions(
        self,
        guild_id: int,
        statuses: Sequence[Status] = tuple(Status),
        *,
        typed: str = "",
        limit: int = 25,
        before: int | None = None,
    ) -> tuple[Motion, ...]:
        """Return the newest motions, № falling, below № *before*; *typed*: № or words of the text.

        For lists with pages, and for autocomplete.
        """
        raise NotImplementedError
