"""What stays of motions: minutes, ballots as a table, recounts, the ledger, the plan."""

from bot.soviet.clicks import Click
from bot.soviet.results import ClosedMotion, Law, Plan, Recount, Resolution
from bot.storage.database import Database


class Archive:
    """Answers from what is on record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def closed(self, guild_id: int, number: int) -> ClosedMotion:
        """Return a closed motion and what may be published of its end.

        Raises:
            NoSuchMotionError, NotClosedError.
        """
        raise NotImplementedError

    async def minutes(self, guild_id: int, number: int) -> str:
        """Return the minutes of a closed motion: the same text from the same database, always.

        Readers stand as `<@id>`: send it as a file, where that names nobody aloud.

        Raises:
            NoSuchMotionError, NotClosedError.
        """
        raise NotImplementedError

    async def ballots_csv(self, guild_id: int, number: int) -> str:
        """Return the ballots of a closed open vote: voter, choice, explanation, code.

        Raises:
            NoSuchMotionError, NotClosedError, SecretBallotError.
        """
        raise NotImplementedError

    async def recount(self, guild_id: int, number: int) -> Recount:
        """Count the ballots of a closed motion again, by code that shares nothing with the first.

        Raises:
            NoSuchMotionError, NotClosedError.
        """
        raise NotImplementedError

    async def absentees(self, click: Click, motion_id: int) -> tuple[int, ...]:
        """Return who is on the roll and has not voted: to the mover only, of open ballots only.

        Raises:
            NoSuchMotionError, NotTheMoverError, SecretBallotError, NotOpenYetError.
            RollUnknownError: nobody wrote the roll down, so nobody is known to be absent.
        """
        raise NotImplementedError

    async def ledger(
        self, guild_id: int, text: str = "", law: Law | None = None, *, limit: int = 25
    ) -> tuple[Resolution, ...]:
        """Return the resolutions that hold all words of *text*, newest first."""
        raise NotImplementedError

    async def mark(self, click: Click, number: int, law: Law, note: str = "") -> Resolution:
        """Note that a resolution was fulfilled or overtaken; by its mover or Manage Server.

        Raises:
            NoSuchResolutionError, MayNotMarkError; BadDraftError: the note is too long.
        """
        raise NotImplementedError

    async def plan(self, guild_id: int, story_id: int | None = None) -> Plan:
        """Return the Five-Year Plan: words promised by resolutions against words delivered."""
        raise NotImplementedError
