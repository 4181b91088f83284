"""Promise 13: the token is in nothing that is printed or written, and in no child's environment."""

import asyncio
import os
import signal
import sys
from collections import Counter
from pathlib import Path

import pytest
from faults.harness.every_command import interaction, leaves
from faults.harness.weather import Weather
from loopback.payloads import EVERYTHING, TOKEN
from loopback.processes import start
from loopback.seeds import write_seeds
from loopback.standin import Standin

SECRETS = (TOKEN, TOKEN.rpartition(".")[2], TOKEN.partition(".")[2])
PROC = Path("/proc")
_PATIENCE = 100
"""Looks at a child until one that begins no other program is taken for what it is."""


def found_in(data):
    """Return which parts of the token are in *data* (bytes)."""
    return [secret for secret in SECRETS if secret.encode() in data]


def written(folder):
    """Return the files below *folder* that hold a part of the token."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files, "nothing was written: this proves nothing"
    return [str(path) for path in files if found_in(path.read_bytes())]


async def watch_children(process, seen):
    """Note the environment of every process that *process* starts, for as long as it runs."""
    own, looks = PROC / str(process.process.pid), Counter()
    while process.process.returncode is None:
        try:
            told = [(task / "children").read_text() for task in (own / "task").iterdir()]
            for number in {each for line in told for each in line.split()} - seen.keys():
                looks[number] += 1
                # Between fork and exec a child is a copy of its mother, and so is what it knows.
                begun = command(PROC / number) != command(own) or looks[number] > _PATIENCE
                if begun:
                    seen[number] = (PROC / number / "environ").read_bytes()
        except OSError:  # it has ended meanwhile
            pass
        await asyncio.sleep(0.005)


def command(process):
    return (process / "cmdline").read_bytes()


async def test_a_whole_life_tells_the_token_to_nobody(tmp_path):
    write_seeds(tmp_path / "seeds")
    children = {}
    async with Standin() as standin:
        weather = Weather(standin)
        standin._trouble = weather.trouble
        process = await start(tmp_path, standin.port)
        watching = asyncio.create_task(watch_children(process, children))
        try:
            await process.until(standin.gateway.connected)
            await use_everything(standin, weather)
            weather.strikes("POST", "/callback", "400 a fault of ours", 2)
            await standin.ask(lookup(standin))
            await process.says("failed")
            process.signal(signal.SIGTERM)
            code = await process.ended(15)
        finally:
            await process.killed()
            watching.cancel()

    assert code == 0
    assert "Traceback" in process.said, "nothing failed: this proves too little"
    assert found_in(process.said.encode()) == []
    assert written(tmp_path / "data") == []
    assert [number for number, environment in children.items() if found_in(environment)] == []


def lookup(standin):
    leaf = next(leaf for leaf in leaves(standin) if leaf[0] == "event")
    return interaction(standin.reader("vera"), leaf, {"query": "june 1932"}, only_needed=True)


async def use_everything(standin, weather):
    """Use each command once, one of them while Discord resets the line."""
    weather.strikes("POST", "/callback", "reset after")
    for leaf in leaves(standin):
        reader = standin.reader("nadia", EVERYTHING)
        answer = await standin.ask(interaction(reader, leaf, {"*": "stalin", "number": "1"}))
        await answer.whole()


async def test_a_token_that_is_refused_is_not_told_either(tmp_path):
    unknown = TOKEN.replace("MTEw", "MTIz")
    write_seeds(tmp_path / "seeds")
    async with Standin() as standin:
        process = await start(tmp_path, standin.port, DISCORD_TOKEN=unknown)
        try:
            code = await process.ended()
        finally:
            await process.killed()

    assert code == 2
    assert "refuses this token" in process.said
    assert unknown not in process.said
    assert unknown.partition(".")[2] not in process.said
    assert written(tmp_path / "data") == []


@pytest.mark.skipif(not PROC.is_dir(), reason="the environment of a process is read from /proc")
async def test_the_watch_sees_what_a_child_is_told():
    """The check above is blind to nothing: a child with the token in its environment is found."""
    mother = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()'])"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", mother),
        env={**os.environ, "DISCORD_TOKEN": TOKEN},
        stdin=asyncio.subprocess.PIPE,
    )

    class Started:
        pass

    Started.process, seen = process, {}
    watching = asyncio.create_task(watch_children(Started, seen))
    async with asyncio.timeout(20):
        while not any(map(found_in, seen.values())):  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.02)
    process.stdin.close()
    await process.wait()
    await watching
    assert len(seen) == 1
