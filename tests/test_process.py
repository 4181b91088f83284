"""`python -m bot`, as an operator meets it: how it starts, how it ends, what it says if it cannot.

Starting takes a second of computing, so the cases of one kind run side by side, each with a
stand-in for Discord and a folder of its own.
"""

import asyncio
import signal
import socket
from contextlib import asynccontextmanager

from loopback.payloads import TOKEN
from loopback.processes import start
from loopback.seeds import write_seeds
from loopback.standin import Standin

from bot.clock import UtcClock
from bot.compose import open_services
from bot.settings import Settings

PROMISED = 10
"""Seconds from SIGTERM to the exit."""
UNKNOWN_TOKEN = TOKEN.replace("MTEw", "MTIz")
BROKEN = 'title = "The Tide Mills"\nkind = \n'


@asynccontextmanager
async def running(standin, folder, **settings):
    """Run a bot that does not outlive the block and never tells its token."""
    settings = {"port": standin.port, **settings} if standin else settings
    process = await start(folder, **settings)
    try:
        yield process
    finally:
        await process.killed()
    for token in (TOKEN, UNKNOWN_TOKEN):
        assert token not in process.said
        assert token.rpartition(".")[2] not in process.said


def a_token_that_discord_refuses(_standin, _folder):
    return {"DISCORD_TOKEN": UNKNOWN_TOKEN}


def no_token(_standin, _folder):
    return {"DISCORD_TOKEN": None, "port": None}


def a_data_folder_below_a_file(_standin, folder):
    (folder / "file").write_text("not a folder")
    return {"DATA_DIR": str(folder / "file" / "data"), "port": None}


def broken_seeds(_standin, folder):
    (folder / "seeds" / "tide-mills" / "canon.toml").write_text(BROKEN)
    return {"port": None}


OBSTACLES = {
    a_token_that_discord_refuses: "Discord refuses this token.",
    no_token: "make demo",
    a_data_folder_below_a_file: "DATA_DIR",
    broken_seeds: "tide-mills/canon.toml:2: ",
}


async def test_whatever_keeps_it_from_starting_is_told_in_words_and_by_exit_code_2(tmp_path):
    async def met(obstacle, words):
        folder = tmp_path / obstacle.__name__
        write_seeds(folder / "seeds")
        async with Standin() as standin:
            settings = obstacle(standin, folder)
            async with running(standin, folder, **settings) as process:
                code = await process.ended()
        fine = code == 2 and words in process.said and "Traceback" not in process.said
        return None if fine else f"{obstacle.__name__}, exit code {code}: {process.said}"

    outcomes = await asyncio.gather(*(met(*each) for each in OBSTACLES.items()))

    assert [outcome for outcome in outcomes if outcome] == []


async def test_a_signal_ends_it_soon_and_quietly(tmp_path):
    async def ended_by(number):
        folder = tmp_path / str(number)
        write_seeds(folder / "seeds")
        async with Standin() as standin, running(standin, folder) as process:
            await process.until(standin.gateway.connected)
            process.signal(number)
            code = await process.ended(PROMISED)
        return code, process.said

    outcomes = await asyncio.gather(ended_by(signal.SIGTERM), ended_by(signal.SIGINT))

    assert [code for code, _ in outcomes] == [0, 0]
    assert [said for _, said in outcomes if "Traceback" in said] == []


async def test_a_discord_that_is_not_there_is_waited_for(tmp_path):
    write_seeds(tmp_path / "seeds")
    with socket.create_server(("127.0.0.1", 0)) as once:
        nowhere = once.getsockname()[1]

    async with running(None, tmp_path, port=nowhere) as process:
        await process.says("Discord cannot be reached, trying again in")
        process.signal(signal.SIGTERM)
        code = await process.ended(PROMISED)

    assert code == 0
    assert "Traceback" not in process.said


async def test_it_answers_readers_and_keeps_a_second_process_off_its_data(tmp_path):
    write_seeds(tmp_path / "seeds")
    async with Standin() as standin, running(standin, tmp_path) as first:
        await first.until(standin.gateway.connected)
        async with running(standin, tmp_path) as second:
            code = await second.ended()
        answer = await standin.reader("vera").slash("event", query="june 1932")

    assert code == 2
    assert "is in use by another Samizdat" in second.said
    assert "Traceback" not in second.said
    assert "Its three misprints become law." in answer.text
    assert len(standin.gateway.identifies) == 1
    assert standin.violations == []


async def test_broken_seeds_are_answered_for_by_the_canon_built_before(tmp_path):
    seeds = write_seeds(tmp_path / "seeds")
    settings = Settings(data_dir=tmp_path / "data", seeds_dirs=(seeds,))
    async with open_services(settings, UtcClock()):
        (seeds / "tide-mills" / "canon.toml").write_text(BROKEN)

    async with Standin() as standin, running(standin, tmp_path) as process:
        await process.until(standin.gateway.connected)
        answer = await standin.reader("vera").slash("event", query="3 May 1941")

    assert "Mill number 3" in answer.text
    assert "ERROR bot.compose: the seeds are at fault" in process.said
    assert "tide-mills/canon.toml:2: " in process.said
