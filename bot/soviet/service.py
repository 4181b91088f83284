"""The chamber's front door: everything a cog or a button of the Soviet may ask.

    soviet = Soviet.build(database, clock, composer)
    motion = await soviet.chamber.table(click, draft, roll)

Each part re-checks guild, status and right in the transaction that acts: ids in buttons are
hostile. A reader's fault is a `BotError` whose text is the reply.
"""

from dataclasses import dataclass
from typing import Self

from bot.clock import Clock
from bot.soviet.archive import Archive
from bot.soviet.ballot_box import BallotBox
from bot.soviet.chamber import Chamber
from bot.soviet.closing import Closing
from bot.soviet.composer import Composer
from bot.soviet.debate import Debate
from bot.soviet.delegates import Delegates
from bot.soviet.house import House
from bot.soviet.quota import QuotaDesk
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Soviet:
    """The parts of the chamber.

    *chamber*: motions until they open. *debate*: amendments. *ballots*: votes and explanations.
    *delegates*: who votes for whom. *closing*: verdicts, a duty. *archive*: minutes, ledger, plan.
    *house*: standing orders, erasure. *quota*: what a chapter sets off.
    """

    chamber: Chamber
    debate: Debate
    ballots: BallotBox
    delegates: Delegates
    closing: Closing
    archive: Archive
    house: House
    quota: QuotaDesk

    @classmethod
    def build(cls, database: Database, clock: Clock, composer: Composer) -> Self:
        """Put the parts together; *composer* says what is posted when something happens."""
        return cls(
            chamber=Chamber(database, clock, composer),
            debate=Debate(database, clock, composer),
            ballots=BallotBox(database, clock),
            delegates=Delegates(database, clock),
            closing=Closing(database, clock, composer),
            archive=Archive(database),
            house=House(database, clock),
            quota=QuotaDesk(composer),
        )
