"""Enough for any crowd, not for a machine."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import limits
from bot.limits import READER, SERVER, Allowance, Buckets, Limits, TooFastError

pytest_plugins = ["loopback.fixtures"]


def taken(buckets, key, times):
    return sum(buckets.take(key) for _ in range(times))


def test_a_burst_is_let_through_and_then_a_steady_pace(clock):
    buckets = Buckets(Allowance(burst=10, a_second=2), clock)

    assert taken(buckets, 1, 50) == 10
    clock.move(seconds=3)
    assert taken(buckets, 1, 50) == 6
    clock.move(hours=1)
    assert taken(buckets, 1, 50) == 10


def test_one_reader_does_not_use_up_anothers(clock):
    buckets = Buckets(Allowance(burst=3, a_second=1), clock)
    taken(buckets, 1, 10)

    assert taken(buckets, 2, 10) == 3


def test_a_clock_set_back_locks_nobody_out_for_long(clock):
    buckets = Buckets(Allowance(burst=3, a_second=1), clock)
    taken(buckets, 1, 10)
    clock.move(days=-2)
    assert taken(buckets, 1, 1) == 0

    clock.move(seconds=2)

    assert taken(buckets, 1, 10) == 2


def test_memory_has_an_end(clock, monkeypatch):
    monkeypatch.setattr(limits, "_MOST_KNOWN", 100)
    buckets = Buckets(READER, clock)

    for key in range(1000):
        buckets.take(key)

    assert len(buckets._levels) == 100


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 5)), max_size=60))
def test_never_more_than_the_burst_and_the_pace_allow(asked):
    class Clock:
        at = 1_800_000_000.0

        def now(self):
            return datetime.fromtimestamp(self.at, UTC)

    clock = Clock()
    buckets, begun, let = Buckets(Allowance(burst=5, a_second=2), clock), clock.at, 0
    for times, pause in asked:
        clock.at += pause
        let += taken(buckets, 1, times)

    assert let <= 5 + 2 * (clock.at - begun) + 0.01


def test_a_hall_that_votes_in_one_minute_is_let_through(clock):
    checked = Limits(clock)
    for second in range(10):
        for voter in range(200):
            checked.check(second * 1000 + voter, 5)
        clock.move(seconds=1)


def test_a_machine_is_not_wherever_it_asks(clock):
    checked = Limits(clock)
    for _ in range(READER.burst):
        checked.check(1, None)

    for guild in (None, 5, 6):
        with pytest.raises(TooFastError):
            checked.check(1, guild)
    checked.check(2, 5)


def test_a_server_has_an_end_too(clock):
    checked = Limits(clock)
    for reader in range(SERVER.burst):
        checked.check(reader, 5)

    with pytest.raises(TooFastError):
        checked.check(999_999, 5)
    checked.check(999_999, 6)


async def test_a_flood_is_declined_kindly_and_changes_nothing(bureau, vera, ivan):
    answer = await vera.slash("event", query="june 1932")
    bureau.services.limits._readers._allowance = Allowance(burst=1, a_second=0)
    bureau.services.limits._readers._levels.clear()

    assert (await vera.slash("event", query="1932")).options
    for flood in (await vera.slash("event", query="1932"), await vera.click(answer, "▶")):
        assert "Slowly, please" in flood.text
        assert flood.ephemeral
    assert (await vera.autocomplete("event", query="19")).choices
    assert (await ivan.slash("event", query="1932")).options
