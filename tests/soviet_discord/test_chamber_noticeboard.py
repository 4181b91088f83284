"""The noticeboard, against a Discord that counts edits and a clock that takes no time."""

import asyncio
import itertools
import random
from datetime import UTC, datetime
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from soviet_discord.builders import motion
from virtual_time import run_virtually

from bot.clock import instant
from bot.soviet.clicks import snowflake
from bot.soviet.noticeboard import (
    OLD_MESSAGE,
    YOUNG_MESSAGE,
    BusyError,
    Noticeboard,
    NoticeGoneError,
)

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
YOUNG, OLD = instant(NOW) - 60_000, instant(NOW) - 7_200_000


class Clock:
    def now(self) -> datetime:
        return NOW


class Discord:
    """Takes edits, slowly and with moods, and notes when each began and ended, and its state."""

    def __init__(self, seed: int = 0, *, slowest: float = 0.4, moods: float = 0.0) -> None:
        self.random = random.Random(seed)
        self.slowest, self.moods = slowest, moods
        self.state: dict[int, int] = {}
        self.edits: list[tuple[int, float, float, int]] = []
        self.in_flight: dict[int, int] = {}

    async def edit(self, notice) -> bool:
        loop = asyncio.get_running_loop()
        began = loop.time()
        assert not self.in_flight.get(notice.channel_id), "two edits in one channel at once"
        self.in_flight[notice.channel_id] = 1
        shown = self.state.get(notice.message_id, 0)
        await asyncio.sleep(self.random.uniform(0.01, self.slowest))
        self.in_flight[notice.channel_id] = 0
        if self.random.random() < self.moods:
            raise self.random.choice([BusyError(2.0), RuntimeError("moody")])
        self.edits.append((notice.message_id, began, loop.time(), shown))
        return True

    def of(self, message_id: int) -> list[tuple[float, float, int]]:
        return [edit[1:] for edit in self.edits if edit[0] == message_id]


def shown_at(sequence: int, moment: int = YOUNG, channel_id: int = 5):
    return motion(id=sequence, channel_id=channel_id, message_id=snowflake(moment, sequence))


async def until_idle(board: Noticeboard) -> None:
    while not board.is_idle:  # noqa: ASYNC110 - in virtual time
        await asyncio.sleep(0.5)


async def click(board, discord, made, times: int, every: float) -> None:
    for _ in range(times):
        discord.state[made.message_id] = discord.state.get(made.message_id, 0) + 1
        board.mark(made)
        await asyncio.sleep(every)


@pytest.mark.parametrize(("moment", "spacing"), [(YOUNG, YOUNG_MESSAGE), (OLD, OLD_MESSAGE)])
def test_200_clicks_a_second_are_an_edit_in_five_seconds_or_ten_and_the_last_shows_all(
    moment, spacing
):
    async def scene():
        board, discord = Noticeboard(Clock()), Discord()
        board.attach(discord.edit)
        made = shown_at(1, moment)
        await click(board, discord, made, times=12_000, every=1 / 200)
        await until_idle(board)
        return discord.of(made.message_id)

    edits = run_virtually(scene())

    starts = [began for began, _, _ in edits]
    assert min(later - earlier for earlier, later in itertools.pairwise(starts)) >= spacing
    assert len(edits) <= 60 / spacing + 2
    assert edits[-1][2] == 12_000


def test_twenty_motions_in_one_channel_share_its_bucket():
    async def scene():
        board, discord = Noticeboard(Clock()), Discord(slowest=0.05)
        board.attach(discord.edit)
        motions = [shown_at(number) for number in range(20)]
        clicking = [click(board, discord, made, times=600, every=0.1) for made in motions]
        await asyncio.gather(*clicking)
        await until_idle(board)
        return discord, motions

    discord, motions = run_virtually(scene())

    ends = sorted(ended for _, _, ended, _ in discord.edits)
    busiest = max(sum(first <= each < first + 5 for each in ends) for first in ends)
    assert busiest <= 5
    assert all(discord.of(made.message_id)[-1][2] == 600 for made in motions)


def test_the_first_edit_follows_at_once_and_a_burst_is_one():
    async def scene():
        board, discord = Noticeboard(Clock()), Discord()
        board.attach(discord.edit)
        await click(board, discord, shown_at(1), times=50, every=0.005)
        await until_idle(board)
        return discord.edits

    edits = run_virtually(scene())

    assert len(edits) == 1
    assert edits[0][1] < 1_001.0


def test_a_motion_that_is_closed_goes_before_the_others():
    async def scene():
        board, discord = Noticeboard(Clock()), Discord()
        board.attach(discord.edit)
        motions = [shown_at(number) for number in range(10)]
        for made in motions:
            board.mark(made)
        board.mark(motions[9], final=True)
        await until_idle(board)
        return [message_id for message_id, *_ in discord.edits], motions

    order, motions = run_virtually(scene())

    assert order[0] == motions[9].message_id
    assert set(order) == {made.message_id for made in motions}


def test_a_message_that_is_gone_is_let_go_and_stops_no_other():
    async def scene():
        board, discord = Noticeboard(Clock()), Discord()

        async def edit(notice):
            if notice.motion_id == 1:
                raise NoticeGoneError
            return await discord.edit(notice)

        board.attach(edit)
        gone, there = shown_at(1), shown_at(2)
        board.mark(gone)
        board.mark(there)
        await until_idle(board)
        board.mark(gone)
        await until_idle(board)
        return board.is_gone(gone.message_id), board.is_gone(there.message_id), len(discord.edits)

    assert run_virtually(scene()) == (True, False, 1)


def test_what_says_nothing_new_is_not_counted_against_what_does():
    async def scene():
        board, calls = Noticeboard(Clock()), []

        async def edit(notice):
            calls.append(asyncio.get_running_loop().time())
            return False

        board.attach(edit)
        for _ in range(3):
            board.mark(shown_at(1))
            await until_idle(board)
        return calls

    calls = run_virtually(scene())

    assert len(calls) == 3
    assert calls[-1] - calls[0] < YOUNG_MESSAGE


def test_when_it_is_closed_it_leaves_nothing_running():
    async def scene():
        board, discord = Noticeboard(Clock()), Discord()
        board.attach(discord.edit)
        board.mark(shown_at(1))
        await board.close()
        board.mark(shown_at(2))
        await asyncio.sleep(60)
        return discord.edits, [task.get_name() for task in asyncio.all_tasks()]

    edits, tasks = run_virtually(scene())

    assert edits == []
    assert "noticeboard" not in tasks


class Marks:
    """How Hypothesis says who is marked when."""

    ONE: ClassVar = st.tuples(st.floats(0, 4), st.integers(0, 5), st.integers(0, 1), st.booleans())
    MANY: ClassVar = st.lists(ONE, min_size=1, max_size=60)


@settings(max_examples=60, deadline=None)
@given(marks=Marks.MANY, seed=st.integers(0, 2**16))
def test_whatever_happens_messages_keep_their_distance_and_end_in_their_last_state(marks, seed):
    async def scene():
        board, discord = Noticeboard(Clock()), Discord(seed, slowest=7.0, moods=0.2)
        board.attach(discord.edit)
        for pause, number, channel, final in marks:
            await asyncio.sleep(pause)
            made = shown_at(number + 100 * channel, YOUNG if number % 2 else OLD, channel)
            key = made.message_id
            discord.state[key] = discord.state.get(key, 0) + 1
            board.mark(made, final=final)
        await until_idle(board)
        return discord

    discord = run_virtually(scene())

    for message_id, state in discord.state.items():
        edits = discord.of(message_id)
        assert edits[-1][2] == state
        old = snowflake(OLD) <= message_id < snowflake(OLD + 1)
        spacing = OLD_MESSAGE if old else YOUNG_MESSAGE
        for (_, ended, _), (began, _, _) in itertools.pairwise(edits):
            assert began - ended >= spacing - 1e-6
