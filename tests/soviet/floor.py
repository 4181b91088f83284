"""The floor of the House, for its tests: readers who click, and a composer who writes down."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import settings

from bot.clock import instant
from bot.outbox.models import Post
from bot.soviet.clicks import Click, Draft, Member, Roll, snowflake
from bot.soviet.models import Motion
from bot.soviet.results import Outcome
from bot.soviet.service import Soviet
from bot.storage.database import Database

GUILD = 800_000_000_000_000_001
OTHER_GUILD = 800_000_000_000_000_002
HALL = 700_000_000_000_000_001
MOVER = 100
ROLE = 500_000_000_000_000_001
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
TEXT = "That the author be sent to the gulag if the next chapter is short"
ROLL = Roll(100)

unhurried = settings(deadline=None)
"""For properties: a busy machine is no fault of the House."""


class SteadyClock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 7, 10, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def pass_by(self, milliseconds: int) -> None:
        self.moment += timedelta(milliseconds=milliseconds)


class Stenographer:
    """A composer whose posts say what happened; breaks for the motions it is told to."""

    def __init__(self) -> None:
        self.breaks_at: set[int] = set()

    def tabled(self, motion: Motion, channel_id: int) -> Post | None:
        return self._post("tabled", motion, channel_id, motion.text)

    def opened(self, motion: Motion, channel_id: int) -> Post | None:
        return self._post("opened", motion, channel_id, motion.rules_hash or "")

    def closed(self, motion: Motion, outcome: Outcome, channel_id: int) -> Post | None:
        if motion.id in self.breaks_at:
            raise ZeroDivisionError("a poisonous motion")
        return self._post("closed", motion, channel_id, f"{outcome.verdict} {outcome.tally}")

    def _post(self, step: str, motion: Motion, channel_id: int, content: str) -> Post:
        topic = f"motion:{motion.id}"
        return Post(topic, step, motion.guild_id, channel_id, {"content": content})


@dataclass
class Floor:
    """The Soviet of one database, with a clock, and clicks that are always newer than the last."""

    soviet: Soviet
    database: Database
    clock: SteadyClock
    composer: Stenographer
    clicks: int = 0

    @property
    def now(self) -> int:
        return instant(self.clock.now())

    def member(self, user: int, **facts) -> Member:
        return Member(user, facts.pop("joined_at", self.now - 1000 * DAY), **facts)

    def click(self, user: int, *, guild: int = GUILD, at: int | None = None, **facts) -> Click:
        self.clicks += 1
        interaction = snowflake(self.now if at is None else at, self.clicks)
        return Click(guild, interaction, self.member(user, **facts), HALL)

    async def tabled(self, user: int = MOVER, **draft) -> Motion:
        draft.setdefault("text", TEXT)
        return await self.soviet.chamber.table(self.click(user), Draft(**draft), Roll(100))

    async def opened(self, roll: Roll = ROLL, **draft) -> Motion:
        motion = await self.tabled(**draft)
        seconding = await self.soviet.chamber.second(self.click(MOVER + 1), motion.id, roll)
        assert seconding.opened
        return seconding.motion

    async def vote(self, motion: Motion, *choices: tuple[int, ...], first: int = 1) -> None:
        """Let readers first, first + 1 … say *choices*."""
        for user, choice in enumerate(choices, start=first):
            await self.soviet.ballots.cast(self.click(user), motion.id, choice)

    async def close(self, motion: Motion):
        """Let the time pass and return the motion with its outcome."""
        current = await self.soviet.chamber.motion_by_id(motion.guild_id, motion.id)
        end = current.ends_at or current.tabled_until
        self.clock.pass_by(max(end + 3_000 - self.now, 0))
        await self.soviet.closing.close_overdue()
        return await self.soviet.archive.closed(motion.guild_id, motion.number)

    async def posts(self, step: str) -> list[tuple[str, str]]:
        rows = await self.database.fetch_all(
            "SELECT topic, body FROM outbox WHERE step = :step ORDER BY id", {"step": step}
        )
        return [(row["topic"], row["body"]) for row in rows]

    async def count(self, table: str) -> int:
        row = await self.database.fetch_one(f"SELECT count(*) AS rows FROM {table}")
        assert row is not None
        return row["rows"]
