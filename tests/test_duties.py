"""Recurring work: done when due or woken, tried again when it fails, ended cleanly."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from worlds import restart

from bot.clock import instant
from bot.duties import LONGEST_NAP, Duties, Duty


class StandingClock:
    def now(self):
        return datetime(2026, 11, 26, tzinfo=UTC)


CLOCK = StandingClock()
SOON = instant(CLOCK.now() + timedelta(milliseconds=60))
NEVER = instant(CLOCK.now() + timedelta(days=400))


class Work:
    """Counts how often it was called; what it returns or raises is said beforehand."""

    def __init__(self, *results):
        self.results = list(results)
        self.calls = 0
        self.called = asyncio.Event()

    async def __call__(self):
        self.calls += 1
        self.called.set()
        result = self.results.pop(0) if self.results else NEVER
        if isinstance(result, Exception):
            raise result
        return result

    async def wait(self, calls):
        async with asyncio.timeout(5):
            while self.calls < calls:
                self.called.clear()
                await self.called.wait()


@pytest.fixture
async def running():
    """Return what starts one duty on *work* and ends it after the test."""
    duties = Duties(CLOCK)

    def begin(work):
        duties.add("work", work)
        duties.start()
        return duties

    yield begin
    await duties.stop()


async def test_work_is_done_at_the_start_and_again_when_it_is_due(running):
    work = Work(SOON)
    running(work)

    await work.wait(2)

    assert work.calls == 2


async def test_a_wake_up_ends_the_nap(running):
    work = Work(None)
    duties = running(work)
    await work.wait(1)
    await asyncio.sleep(0)

    duties.wake("work")
    await work.wait(2)

    assert work.calls == 2


async def test_a_wake_up_during_the_work_has_it_done_once_more(running):
    duties = Duties(CLOCK)
    calls = []

    async def work():
        calls.append(None)
        if len(calls) == 1:
            duties.wake("work")
        return NEVER

    duties.add("work", work)
    duties.start()
    await asyncio.sleep(0.02)
    await duties.stop()

    assert len(calls) == 2


async def test_a_failure_is_logged_under_a_reference_and_tried_again(running, caplog, monkeypatch):
    monkeypatch.setattr("bot.duties._LONGEST_PAUSE", 0.01)
    work = Work(ValueError("no paper"), OSError("no ink"))
    duties = running(work)

    await work.wait(3)
    await asyncio.sleep(0.02)

    failed = [record for record in caplog.records if "'work' failed" in record.message]
    assert len(failed) == 2
    assert all(len(record.reference) == 8 for record in failed)
    (duty,) = duties.all
    assert duty.failures == 0
    assert duty.last_success == instant(CLOCK.now())


@pytest.mark.parametrize(("failures", "pause"), [(0, 1), (1, 2), (3, 8), (6, 60), (40, 60)])
async def test_each_failure_in_a_row_makes_the_pause_longer(failures, pause):
    duty = Duty("work", Work(ValueError()), CLOCK)
    duty.failures = failures

    assert await duty._turn() == pause


async def test_a_failing_duty_rests_although_it_is_woken(running):
    work = Work(ValueError())
    duties = running(work)
    await work.wait(1)

    duties.wake("work")
    await asyncio.sleep(0.05)

    assert work.calls == 1


async def test_what_is_due_in_a_year_is_looked_at_every_half_minute():
    assert await Duty("work", Work(NEVER), CLOCK)._turn() == LONGEST_NAP


async def test_stopping_ends_the_work_under_way():
    begun, ended = asyncio.Event(), asyncio.Event()

    async def work():
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    duties = Duties(CLOCK)
    duties.add("work", work)
    duties.start()
    await begun.wait()

    await duties.stop()

    assert ended.is_set()


async def test_the_bots_duties_live_by_the_clock_of_the_room(world):
    services = world.env.bot.services
    calls = []

    async def work():
        calls.append(services.clock.now())
        return instant(services.clock.now() + timedelta(seconds=20))

    services.duties.add("work", work)
    await restart(world)
    await world.env.advance_time(61)

    assert [round((call - calls[0]).total_seconds()) for call in calls] == [0, 20, 40, 60]


async def test_a_duty_of_another_process_is_not_done_and_is_taken_on_when_it_is_ours():
    ours, taken_on, work = [False], [], Work()
    duties = Duties(CLOCK)
    duties.add("work", work, lambda: taken_on.append(True))
    duties.share(lambda _name: ours[0])
    (duty,) = duties.all

    await duty._turn()

    assert duty.stands_by
    assert (work.calls, taken_on) == (0, [])
    ours[0] = True
    await duty._turn()
    assert not duty.stands_by
    assert (work.calls, taken_on) == (1, [True])


async def test_a_duty_that_is_let_go_stops_in_the_middle_and_is_no_failure():
    begun, ended = asyncio.Event(), []

    async def work():
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(True)

    duties = Duties(CLOCK)
    duties.add("work", work)
    turn = asyncio.create_task(duties.all[0]._turn())
    await begun.wait()
    duties.let_go("work")
    await turn

    assert ended == [True]
    assert duties.all[0].failures == 0
