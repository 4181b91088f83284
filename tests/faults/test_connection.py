"""Promises 4 and 5: back soon after Discord is, and never over Discord's limits."""

import asyncio

import discord
import pytest

from bot import connection
from bot.connection import (
    LONGEST_WAIT,
    REFUSALS,
    IdentifyBudget,
    Patience,
    RefusalBreaker,
    waiting_time,
)
from bot.storage.state import AppState

pytest_plugins = ["loopback.fixtures"]


@pytest.fixture
def sleeps(monkeypatch, clock):
    """The naps taken; each moves the clock instead of the time."""
    taken = []

    class Hasty:
        def __getattr__(self, name):
            return getattr(asyncio, name)

        @staticmethod
        async def sleep(seconds):
            taken.append(seconds)
            clock.move(seconds=seconds)

    monkeypatch.setattr(connection, "asyncio", Hasty())
    return taken


@pytest.fixture
def budget(database, clock):
    return IdentifyBudget(AppState(database), clock)


# One process on its file waits for no other.
ALONE = pytest.mark.parametrize("place", ["sqlite"], indirect=True)


@ALONE
async def test_the_first_identify_and_those_after_a_session_wait_for_nothing(budget, sleeps, clock):
    for _ in range(10):
        await budget.wait_for_turn()
        budget.succeeded()
        clock.move(seconds=1)

    assert sleeps == []


# Only a server is shared.
@pytest.mark.parametrize("place", ["postgres"], indirect=True)
async def test_processes_that_share_a_database_identify_one_after_another(
    budget, sleeps, database, clock
):
    other = IdentifyBudget(AppState(database), clock)
    for each in (budget, other, budget):
        await each.wait_for_turn()
        each.succeeded()

    assert sleeps == [5.5, 5.5]


@ALONE
async def test_identifies_that_lead_nowhere_come_ever_more_slowly(budget, sleeps):
    for _ in range(8):
        await budget.wait_for_turn()

    assert sleeps == [5, 10, 20, 40, 60, 60]


async def test_a_storm_of_invalid_sessions_never_takes_more_than_50_an_hour(budget, sleeps, clock):
    at = []
    for _ in range(1000):
        await budget.wait_for_turn()
        at.append(clock.now().timestamp())

    busiest_hour = max(sum(start <= each < start + 3600 for each in at) for start in at)
    busiest_day = max(sum(start <= each < start + 86400 for each in at) for start in at)
    assert busiest_hour <= 50
    assert busiest_day <= 300


async def test_a_crash_loop_counts_what_earlier_processes_asked(database, sleeps, clock):
    started = clock.now()
    for _ in range(60):
        await IdentifyBudget(AppState(database), clock).wait_for_turn()

    assert (clock.now() - started).total_seconds() >= 3600


@ALONE
async def test_a_clock_set_back_does_not_lock_it_out(budget, sleeps, clock):
    for _ in range(50):
        await budget.wait_for_turn()
        budget.succeeded()
    clock.move(days=-400)

    await budget.wait_for_turn()

    assert sum(sleeps) == 0


def test_the_pause_between_reconnects_grows_to_half_a_minute_and_no_further():
    patience = Patience()
    waits = [patience.delay() for _ in range(50)]

    assert max(waits) <= LONGEST_WAIT
    assert min(waits[20:]) < LONGEST_WAIT
    assert max(waits[:2]) <= 4


@pytest.mark.parametrize(("error", "waits"), [
    (discord.RateLimited(75.0), 75.0),
    (discord.LoginFailure("no"), None),
    (discord.PrivilegedIntentsRequired(0), None),
])  # fmt: skip
def test_what_will_not_get_better_is_not_waited_for(error, waits):
    assert waiting_time(error, Patience()) == waits


def test_500_refusals_in_ten_minutes_stop_the_asking_until_they_are_past(clock):
    breaker = RefusalBreaker(clock)
    for _ in range(REFUSALS - 1):
        breaker.note(403, "/api/v10/channels/1/messages")
    assert breaker.pause() == 0

    breaker.note(429, "/api/v10/channels/1/messages", "user")

    assert 0 < breaker.pause() <= 600
    clock.move(minutes=10)
    assert breaker.pause() == 0


def test_what_is_nobodys_fault_is_not_counted(clock):
    breaker = RefusalBreaker(clock)
    for _ in range(2 * REFUSALS):
        breaker.note(200, "/api/v10/users/@me")
        breaker.note(404, "/api/v10/channels/1")
        breaker.note(500, "/api/v10/channels/1")
        breaker.note(429, "/api/v10/channels/1", "shared")

    assert breaker.pause() == 0


@pytest.mark.parametrize(("path", "ends"), [
    ("/api/v10/users/@me", True),
    ("/api/v10/webhooks/1/abc/messages/@original", False),
    ("/api/v10/interactions/1/abc/callback", False),
])  # fmt: skip
def test_only_a_refusal_of_the_bots_own_token_ends_it(clock, path, ends):
    breaker = RefusalBreaker(clock)

    breaker.note(401, path)

    assert breaker.token_refused.is_set() is ends


async def test_a_storm_of_403_ends_at_the_wire_and_readers_are_still_answered(
    bureau, standin, vera, monkeypatch
):
    monkeypatch.setattr(connection, "REFUSALS", 5)
    standin.fail("GET", "/users/@me", 403, times=100)

    for _ in range(5):
        with pytest.raises(discord.Forbidden):
            await bureau.http.get_user("@me")
    with pytest.raises(discord.RateLimited):
        await bureau.http.get_user("@me")

    assert len(standin.made("GET", "/users/@me")) == 1 + 5
    assert (await vera.slash("event", query="june 1932")).text


async def test_it_is_back_although_the_host_to_resume_at_is_dead(bureau, standin, vera, no_waiting):
    """discord.py keeps the resume address of its session and tries it first."""
    standin.gateway.resume_is_dead = True
    await standin.gateway.hang_up(4000)

    async with asyncio.timeout(LONGEST_WAIT):
        await standin.gateway.connected.wait()
    assert (await vera.slash("event", query="june 1932")).text
    assert len(standin.gateway.identifies) == 2


async def test_it_is_back_within_a_minute_of_a_long_outage(bureau, standin, vera):
    """Twenty tries in vain would have discord.py wait for up to 1,024 s."""
    patience = bureau.shards[0]._parent._backoff
    for _ in range(20):
        patience.delay()
    waits = []
    sleep = asyncio.sleep

    async def quick(seconds):
        waits.append(seconds)
        await sleep(0)

    standin.gateway.closed_to_all = True
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(discord.shard.asyncio, "sleep", quick)
        await standin.gateway.hang_up(4000)
        while len(waits) < 5:
            await sleep(0.01)
        standin.gateway.closed_to_all = False
        async with asyncio.timeout(10):
            await standin.gateway.connected.wait()

    assert max(waits) <= LONGEST_WAIT
    assert (await vera.slash("event", query="june 1932")).text


async def test_invalidated_again_and_again_it_asks_slowly(
    bureau, standin, vera, sleeps, no_waiting
):
    for _ in range(5):
        await standin.gateway.invalidate()
        async with asyncio.timeout(20):
            await standin.gateway.gone.wait()
            await standin.gateway.connected.wait()
        standin.gateway.gone.clear()

    assert (await vera.slash("event", query="june 1932")).text
    assert len(standin.gateway.identifies) == 6
