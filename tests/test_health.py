"""How the process is: measured, told on loopback, told to the owner, and in one file's age."""

import asyncio
import signal

import aiohttp
import pytest
from aiohttp.test_utils import unused_port
from loopback.payloads import OWNER
from loopback.processes import start
from loopback.seeds import write_seeds
from loopback.standin import Standin

from bot.duties import Duties
from bot.health import DUTIES, Health, Link, serve
from bot.language.catalogues import load
from bot.language.speech import speaking
from bot.ui import status

pytest_plugins = ["loopback.fixtures"]


class Discord:
    """A link that can be cut."""

    def __init__(self):
        self.latencies = {0: 0.03, 1: 0.05}

    def __call__(self):
        return Link(7, dict(self.latencies))


@pytest.fixture
def link():
    return Discord()


@pytest.fixture
def duties(clock):
    return Duties(clock)


@pytest.fixture
def health(clock, duties, link, tmp_path):
    return Health(clock, duties, link, tmp_path / "healthy")


async def nothing():
    return None


def test_all_is_well_at_the_start(health):
    health.look(0.001)

    assert health.complaints() == []


def test_a_short_absence_of_discord_is_no_complaint_and_a_long_one_is(health, link, clock):
    health.look(0)
    link.latencies[1] = None
    clock.move(minutes=2)
    health.look(0)
    assert health.complaints() == []

    clock.move(minutes=2)
    health.look(0)

    (complaint,) = health.complaints()
    assert complaint == "no connection to Discord since 10:00:00 UTC"
    link.latencies[1] = 0.04
    health.look(0)
    assert health.complaints() == []


def test_a_loop_that_is_held_up_is_told_and_logged(health, caplog):
    health.look(3.0)

    assert health.complaints() == ["the event loop is 3.0 s late"]
    assert "held up for 3.00 s" in caplog.text


async def test_a_duty_that_is_not_done_is_told_by_name(health, duties, clock):
    duties.add("feeds", nothing)
    duties.add("votes", nothing)
    clock.move(minutes=12)
    await duties.all[1]._turn()
    health.look(0)

    assert health.complaints() == ["the duty “feeds” has not been done for 12 min"]


async def test_complaints_and_duties_are_told_in_the_language_of_the_owner(
    health, duties, link, clock
):
    load()
    duties.add("feeds", nothing)
    link.latencies[1] = None
    clock.move(minutes=12)
    health.look(3.0)

    with speaking("de"):
        told = health.complaints()
        shown = status.duty_line(duties.all[0])

    assert told == [
        "keine Verbindung zu Discord seit 10:00:00 UTC",
        "die Ereignisschleife ist 3.0 s zu spät",
        "die Pflicht „Feeds“ wurde seit 12 min nicht erfüllt",
    ]
    assert shown == "Feeds: noch nicht getan"
    assert health.complaints()[0].startswith("no connection")


async def test_every_duty_has_a_name_for_people(bot):
    assert {duty.name for duty in bot.services.duties.all} <= set(DUTIES)


def test_the_file_is_touched_while_all_is_well_and_not_otherwise(health, link, clock, tmp_path):
    health.look(0)
    assert (tmp_path / "healthy").exists()
    (tmp_path / "healthy").unlink()
    link.latencies[0] = None
    for _ in range(30):
        clock.move(minutes=1)
        health.look(0)
        if health.complaints():
            (tmp_path / "healthy").unlink(missing_ok=True)

    assert not (tmp_path / "healthy").exists()


async def asked(port, path):
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as response,
    ):
        return response.status, await response.text()


async def test_it_answers_on_loopback(health, duties, link, clock):
    duties.add("feeds", nothing)
    await duties.all[0]._turn()
    health.look(0.02)
    link.latencies[1] = None
    port = unused_port()
    runner = await serve(health, port)
    try:
        assert await asked(port, "/health") == (200, '{"status": "ok", "complaints": []}')
        status, metrics = await asked(port, "/metrics")
        assert status == 200
        for line in (
            "samizdat_guilds 7.0",
            'samizdat_shard_latency_seconds{shard="1"} -1.0',
            'samizdat_duty_failures{duty="feeds"} 0.0',
            'samizdat_loop_lag_seconds_bucket{le="0.025"} 1.0',
            "process_resident_memory_bytes",
        ):
            assert line in metrics
        clock.move(hours=1)
        status, told = await asked(port, "/health")
        assert status == 503
        assert "no connection to Discord" in told
        assert (await asked(port, "/"))[0] == 404
    finally:
        await runner.cleanup()


async def test_two_healths_do_not_share_their_numbers(clock, duties, link, tmp_path):
    first, second = (Health(clock, duties, link, tmp_path / "healthy") for _ in range(2))
    first.look(0)

    assert b"samizdat_loop_lag_seconds_count 1.0" in first.metrics()
    assert b"samizdat_loop_lag_seconds_count 0.0" in second.metrics()


async def test_a_running_bot_tells_how_it_is_and_is_watched(tmp_path):
    write_seeds(tmp_path / "seeds")
    port = unused_port()
    async with Standin() as standin:
        process = await start(tmp_path, standin.port, HEALTH_PORT=str(port))
        try:
            await process.until(standin.gateway.connected)
            assert (await asked(port, "/health"))[0] == 200
            await asyncio.sleep(0.5)  # it looks four times a second
            assert (tmp_path / "data" / "healthy").exists()
            assert list((tmp_path / "data" / "backups").glob("community.*.sqlite"))
            second = await start(
                tmp_path, standin.port, HEALTH_PORT=str(port), DATA_DIR=str(tmp_path / "other")
            )
            assert await second.ended() == 2
            assert f"HEALTH_PORT {port} cannot be used" in second.said
            process.signal(signal.SIGTERM)
            assert await process.ended(10) == 0
        finally:
            await process.killed()


async def test_the_owner_is_told_and_nobody_else(bureau, standin, vera):
    owner = standin.reader("the owner")
    owner.person["id"] = OWNER

    told = await owner.slash("status")
    refused = await vera.slash("status")

    assert told.ephemeral
    assert "All is well" in told.text
    assert "leaving servers: done" in told.text
    assert refused.text == "That is between the bot and whoever runs it."
