"""The real store against a model of a few dicts: in any order, with late clicks and crashes."""

import asyncio
import shutil
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from floor import DAY, GUILD, HOUR, MINUTE, ROLL, Floor, SteadyClock, Stenographer
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.clock import Instant
from bot.errors import BotError
from bot.paths import project_folder
from bot.soviet.clicks import Click, Draft, Member, snowflake
from bot.soviet.models import ABSTAIN, AYE, GRACE_MS, NAY, Ballot, Choice, Status
from bot.soviet.service import Soviet
from bot.storage.database import Database

READERS = st.integers(1, 6)


@dataclass
class Model:
    """What a motion should be."""

    mover: int
    secret: bool
    tabled_until: int
    status: str = "tabled"
    opened_at: int = 0
    closes_at: int = 0
    newest: dict[int, int] = field(default_factory=dict)
    ballots: dict[int, Choice | None] = field(default_factory=dict)
    outcome: object = None

    @property
    def standing(self) -> list[Choice]:
        return [choice for choice in self.ballots.values() if choice is not None]


class House(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.clock, self.composer = SteadyClock(), Stenographer()
        self.lives = 0
        self.clicks = 0
        self.joined: dict[int, int] = dict.fromkeys(range(1, 5), 0)
        self.models: dict[int, Model] = {}
        self.on_the_way: list[tuple[Click, int, Choice | None]] = []
        self.stack = AsyncExitStack()
        self.run(self.open())

    def run(self, work):
        return self.runner.run(work)

    @property
    def path(self) -> Path:
        return Path(self.folder.name) / f"life-{self.lives}" / "community.sqlite"

    async def open(self) -> None:
        opening = Database.open(self.path, project_folder("migrations"), clock=self.clock)
        database = await self.stack.enter_async_context(opening)
        soviet = Soviet.build(database, self.clock, self.composer)
        self.floor = Floor(soviet, database, self.clock, self.composer)
        self.soviet = soviet

    def click(self, reader: int) -> Click:
        self.clicks += 1
        joined = Instant(self.joined.get(reader, self.floor.now))
        return Click(GUILD, snowflake(self.floor.now, self.clicks), Member(reader, joined), 5)

    def some(self, place: int) -> int:
        return list(self.models)[place % len(self.models)]

    @rule(reader=READERS, ballot=st.sampled_from(Ballot))
    @precondition(lambda self: len(self.models) < 4)
    def table(self, reader, ballot):
        click = self.click(reader)
        draft = Draft(f"Motion {len(self.models)}", ballot=ballot, closes="1h")
        motion = self.run(self.soviet.chamber.table(click, draft, ROLL))
        secret = ballot is Ballot.SECRET
        self.models[motion.id] = Model(reader, secret, self.floor.now + 2 * DAY)

    @rule(reader=READERS, place=st.integers(0, 9))
    @precondition(lambda self: self.models)
    def second(self, reader, place):
        motion_id, click = self.some(place), self.click(reader)
        model = self.models[motion_id]
        may = model.status == "tabled" and reader != model.mover
        may = may and self.floor.now < model.tabled_until
        try:
            seconding = self.run(self.soviet.chamber.second(click, motion_id, ROLL))
        except BotError:
            assert not may
        else:
            assert may
            assert seconding.opened
            model.status, model.opened_at = "open", self.floor.now
            model.closes_at = self.floor.now + HOUR

    @rule(
        reader=READERS, place=st.integers(0, 9), choice=st.sampled_from([AYE, NAY, ABSTAIN, None])
    )
    @precondition(lambda self: self.models)
    def press(self, reader, place, choice):
        """A click is made now; Discord delivers it whenever it likes, and perhaps twice."""
        self.on_the_way.append((self.click(reader), self.some(place), choice))

    @rule(place=st.integers(0, 99))
    @precondition(lambda self: self.on_the_way)
    def deliver(self, place):
        click, motion_id, choice = self.on_the_way[place % len(self.on_the_way)]
        model, reader = self.models[motion_id], click.member.user_id
        newest = model.newest.get(reader, 0)
        in_time = model.status == "open" and click.at < model.closes_at
        on_the_roll = choice is None or click.member.joined_at <= model.opened_at
        try:
            if choice is None:
                receipt = self.run(self.soviet.ballots.withdraw(click, motion_id))
            else:
                receipt = self.run(self.soviet.ballots.cast(click, motion_id, choice))
        except BotError:
            # A click from before its own ballot finds that ballot, also when it is late itself.
            assert not in_time or not on_the_roll
            return
        assert on_the_roll
        if click.interaction_id > newest:
            assert in_time
            model.newest[reader], model.ballots[reader] = click.interaction_id, choice
        assert receipt.choice == model.ballots[reader]
        assert receipt.superseded == (click.interaction_id < newest)

    @rule(minutes=st.sampled_from([1, 20, 60, 3000]))
    def tick(self, minutes):
        self.clock.pass_by(minutes * MINUTE)

    @rule()
    def close(self):
        for ended in self.run(self.soviet.closing.close_overdue()):
            model = self.models[ended.motion.id]
            over = model.closes_at if model.status == "open" else model.tabled_until
            assert over + GRACE_MS <= self.floor.now
            model.outcome, model.status = ended.outcome, "closed"
        assert not self.due(), "what was due is still there"

    def due(self):
        ends = {"open": "closes_at", "tabled": "tabled_until"}
        return [
            model
            for model in self.models.values()
            if model.status in ends
            and getattr(model, ends[model.status]) + GRACE_MS <= self.floor.now
        ]

    @rule()
    def crash(self):
        """What is on the disk at this moment is all that the next life finds."""
        before = self.path
        self.lives += 1
        self.path.parent.mkdir()
        for file in before.parent.glob("community.sqlite*"):
            if file.is_file() and not file.name.endswith((".lock", "-shm")):
                shutil.copy(file, self.path.parent / file.name)
        self.run(self.stack.aclose())
        self.run(self.open())

    @rule(reader=READERS)
    def join_or_leave(self, reader):
        if reader in self.joined:
            del self.joined[reader]
        else:
            self.joined[reader] = self.floor.now

    @invariant()
    def the_store_says_what_the_model_says(self):
        for motion_id, model in self.models.items():
            motion = self.run(self.soviet.chamber.motion_by_id(GUILD, motion_id))
            standing = self.run(self.soviet.ballots.standing(GUILD, motion_id))
            assert motion.status == model.status
            if model.status == "closed":
                assert standing.outcome == model.outcome, "a closed motion has changed"
            elif model.secret:
                assert standing.turnout == len(model.standing) // 5 * 5
            elif model.status == "open":
                counts = (model.standing.count(AYE), model.standing.count(NAY))
                assert standing.tally.counts == counts
                assert standing.tally.ballots == len(model.standing)

    @invariant()
    def numbers_have_no_gaps_and_verdicts_are_announced_once(self):
        motions = self.run(self.soviet.chamber.motions(GUILD))
        assert [motion.number for motion in motions] == list(range(len(self.models), 0, -1))
        announced = sorted(topic for topic, _ in self.run(self.floor.posts("closed")))
        closed = (motion.id for motion in motions if motion.status is Status.CLOSED)
        assert announced == sorted(f"motion:{motion_id}" for motion_id in closed)

    def teardown(self):
        for motion_id, model in self.models.items():
            if model.status == "closed" and model.opened_at:
                motion = self.run(self.soviet.chamber.motion_by_id(GUILD, motion_id))
                assert self.run(self.soviet.archive.recount(GUILD, motion.number)).identical
        self.run(self.stack.aclose())
        self.runner.close()
        self.folder.cleanup()


House.TestCase.settings = settings(max_examples=12, stateful_step_count=30, deadline=None)
TestHouse = House.TestCase
