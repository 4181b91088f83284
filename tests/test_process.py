"""`python -m bot`, as an operator meets it: how it starts, how it ends, what it says when it cannot."""

import asyncio
import signal

import pytest
from loopback.payloads import TOKEN
from loopback.processes import start
from loopback.seeds import write_seeds

pytest_plugins = ["loopback.fixtures"]

PROMISED = 10
"""Seconds from SIGTERM to the exit."""
UNKNOWN_TOKEN = TOKEN.replace("MTEw", "MTIz")


@pytest.fixture
async def run(standin, tmp_path):
    """Return what starts a bot; none of them outlives the test, and none has told its token."""
    write_seeds(tmp_path / "seeds")
    started = []

    async def started_with(*, port=standin.port, **settings):
        started.append(await start(tmp_path, port, **settings))
        return started[-1]

    yield started_with
    for process in started:
        await process.killed()
        assert TOKEN not in process.said
        assert TOKEN.rpartition(".")[2] not in process.said


async def refused(process):
    """Return what a process says that cannot start: a sentence, no traceback, exit code 2."""
    assert await process.ended() == 2, process.said
    assert "Traceback" not in process.said
    return process.said


async def connected(standin):
    async with asyncio.timeout(20):
        await standin.gateway.connected.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_soon_and_quietly(run, standin, number):
    process = await run()
    await connected(standin)

    process.signal(number)

    assert await process.ended(PROMISED) == 0
    assert "Traceback" not in process.said
    assert standin.violations == []


@pytest.mark.parametrize("ending", ["/users/@me", "/commands"])
async def test_a_signal_ends_it_while_discord_lets_it_wait(run, standin, ending):
    held = standin.hold("GET" if ending == "/users/@me" else "PUT", ending)
    process = await run()
    async with asyncio.timeout(20):
        await held.met.wait()

    process.signal(signal.SIGTERM)

    assert await process.ended(PROMISED) == 0
    assert "Traceback" not in process.said


async def test_a_signal_ends_it_while_the_gateway_takes_nobody(run, standin):
    standin.gateway.closed_to_all = True
    process = await run()
    await process.says("Failed to connect for shard_id")

    process.signal(signal.SIGTERM)

    assert await process.ended(PROMISED) == 0


async def test_a_signal_ends_it_while_the_gateway_is_silent(run, standin):
    process = await run()
    await connected(standin)
    standin.gateway.fall_silent()

    process.signal(signal.SIGTERM)

    assert await process.ended(PROMISED) == 0


async def test_an_answer_reaches_a_reader_from_the_process(run, standin, vera):
    await run()
    await connected(standin)

    answer = await vera.slash("event", query="june 1932")

    assert "Its three misprints become law." in answer.text
    assert standin.violations == []


async def test_a_second_process_on_the_same_data_is_refused(run, standin):
    await run()
    await connected(standin)

    said = await refused(await run())

    assert "is in use by another Samizdat" in said
    assert len(standin.gateway.identifies) == 1


async def test_a_token_that_discord_refuses_is_told_in_words(run, standin):
    said = await refused(await run(DISCORD_TOKEN=UNKNOWN_TOKEN))

    assert "Discord refuses this token." in said
    assert UNKNOWN_TOKEN not in said
    assert [request.status for request in standin.requests] == [401]


async def test_a_discord_that_is_not_there_is_told_in_words(run, unused_tcp_port):
    said = await refused(await run(port=unused_tcp_port))

    assert "Discord cannot be reached" in said


@pytest.mark.parametrize(("status", "retry_after"), [(403, 0), (429, 3600), (503, 0)])
async def test_a_discord_that_lets_nobody_in_is_told_in_words(run, standin, status, retry_after):
    standin.fail("GET", "/users/@me", status, retry_after=retry_after)

    said = await refused(await run())

    assert "Discord" in said.splitlines()[-1]


async def test_a_token_that_only_the_gateway_refuses_is_told_in_words(run, standin):
    standin.gateway.token = UNKNOWN_TOKEN

    said = await refused(await run())

    assert "Discord refuses this token." in said


async def test_without_a_token_it_names_the_way_to_look_around(run):
    said = await refused(await run(port=None, DISCORD_TOKEN=None))

    assert "make demo" in said


async def test_a_data_folder_that_cannot_be_is_told_in_words(run, tmp_path):
    (tmp_path / "file").write_text("not a folder")

    said = await refused(await run(port=None, DATA_DIR=str(tmp_path / "file" / "data")))

    assert "DATA_DIR" in said


async def test_broken_seeds_are_told_with_file_and_line(run, tmp_path):
    (tmp_path / "seeds" / "tide-mills" / "canon.toml").write_text('title = "x"\nkind = \n')

    said = await refused(await run(port=None))

    assert "tide-mills/canon.toml:2: " in said


async def test_broken_seeds_are_answered_for_by_the_canon_built_before(
    run, standin, vera, tmp_path
):
    first = await run()
    await connected(standin)
    first.signal(signal.SIGTERM)
    await first.ended(PROMISED)
    (tmp_path / "seeds" / "tide-mills" / "canon.toml").write_text('title = "x"\nkind = \n')

    second = await run()
    await connected(standin)

    assert (await vera.slash("event", query="3 May 1941")).embed["title"].startswith("Mill number 3")
    assert "ERROR bot.compose: the seeds are at fault" in second.said
    assert "tide-mills/canon.toml:2: " in second.said
