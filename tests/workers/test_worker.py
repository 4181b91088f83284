"""A worker answers in turn, and whatever becomes of it, whoever asked is told."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from bot.workers import worker as module
from bot.workers.worker import Worker, WorkerFailedError, WorkerLostError

ROOT = Path(__file__).parents[2]
ENTRY = "tests.workers.deeds:open_deeds"


@pytest.fixture
async def begun(monkeypatch):
    monkeypatch.setattr(module, "_PAUSE", 0)
    made = []

    def begin(entry=ENTRY, deadline=20):
        made.append(Worker(entry, "Good day", deadline=deadline))
        return made[-1]

    yield begin
    for each in made:
        await each.close()


async def test_requests_are_answered_in_their_turn(begun):
    worker = begun()

    answers = await asyncio.gather(*(worker.ask(("greet", name)) for name in "abc"))

    assert answers == ["Good day, a", "Good day, b", "Good day, c"]


async def test_an_error_there_is_told_and_harms_nobody(begun):
    worker = begun()

    for deed in ("raise", "unsendable"):
        with pytest.raises(WorkerFailedError, match=r"KeyError|Error: .*lambda"):
            await worker.ask((deed,))

    assert await worker.ask(("greet", "a")) == "Good day, a"


async def test_what_is_printed_and_what_is_large_spoils_no_answer(begun):
    worker = begun()

    assert await worker.ask(("print",)) == "Good day"
    assert len(await worker.ask(("large", 5_000_000))) == 5_000_000
    assert await worker.ask(("greet", "a")) == "Good day, a"


async def test_a_death_is_told_to_all_who_wait_and_the_next_finds_another(begun):
    worker = begun()
    first = await worker.ask(("process",))

    told = await asyncio.gather(
        *(worker.ask(each) for each in (("abort",), ("greet", "a"))), return_exceptions=True
    )

    assert [type(each) for each in told] == [WorkerLostError, WorkerLostError]
    assert await worker.ask(("process",)) != first


async def test_what_hangs_is_killed_and_who_only_waits_long_is_not(begun):
    worker = begun(deadline=1.0)
    await asyncio.gather(*(worker.ask(("sleep", 0.4)) for _ in range(4)))

    with pytest.raises(WorkerLostError):
        await worker.ask(("sleep", 60))

    assert await worker.ask(("greet", "a")) == "Good day, a"


async def test_who_goes_away_takes_nobody_elses_answer(begun):
    worker = begun()
    await worker.ask(("greet", "first"))
    going = asyncio.create_task(worker.ask(("greet", "gone")))
    staying = asyncio.create_task(worker.ask(("greet", "here")))
    await asyncio.sleep(0)
    going.cancel()

    assert await staying == "Good day, here"


@pytest.mark.parametrize("entry", ["tests.workers.deeds:nothing", "nowhere:nothing"])
async def test_what_cannot_be_begun_is_told_at_once_and_not_tried_for_ever(
    begun, entry, monkeypatch
):
    monkeypatch.setattr(module, "_PAUSE", 60)
    worker = begun(entry)

    for _ in range(2):
        with pytest.raises(WorkerLostError):
            await worker.ask(("greet", "a"))

    assert worker.process_id is None


async def test_it_knows_no_secret(begun, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    monkeypatch.setenv("DATABASE_URL", "secret")

    environment = await begun().ask(("environment",))

    assert "secret" not in environment.values()


async def test_ctrl_c_is_left_to_the_bot(begun):
    worker = begun()
    process = await worker.ask(("process",))

    os.kill(process, signal.SIGINT)

    assert await worker.ask(("process",)) == process


async def test_closed_it_is_gone_also_in_the_midst_of_something(begun, monkeypatch):
    monkeypatch.setattr(module, "_FAREWELL", 0.1)
    worker = begun()
    process = await worker.ask(("process",))
    asked = asyncio.create_task(worker.ask(("sleep", 60)))
    await asyncio.sleep(0)

    await worker.close()

    with pytest.raises(WorkerLostError):
        await asked
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    with pytest.raises(WorkerLostError):
        await worker.ask(("greet", "a"))


PARENT = f"""
import asyncio
from bot.workers.worker import Worker

async def main():
    worker = Worker({ENTRY!r}, "", deadline=60)
    print(await worker.ask(("process",)), flush=True)
    await worker.ask(("sleep", 60))

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child that hangs")
async def test_it_does_not_outlive_a_bot_that_is_killed():
    parent = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", PARENT), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    process = int(await parent.stdout.readline())

    parent.kill()
    await parent.wait()

    for _ in range(500):
        if not _lives(process):
            return
        await asyncio.sleep(0.02)
    pytest.fail("the child lives on")


def _lives(process):
    try:
        status = Path(f"/proc/{process}/stat").read_text("ascii")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
