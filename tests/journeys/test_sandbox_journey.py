"""A newcomer's first five minutes: `python -m bot sandbox` in a real browser, up to Ctrl-C.

With SAMIZDAT_PICTURES=1 the pictures of the documentation are taken on the way.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp.test_utils import unused_port

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

CHROMIUM = shutil.which("chromium")
ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "images"

# As root there is no sandbox of Chromium's own; the rest keeps it from calling home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]


@pytest.fixture
def sandbox(tmp_path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The program as one starts it, and the address it prints."""
    command = [sys.executable, "-m", "bot", "sandbox", "--no-browser"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "TMPDIR": str(tmp_path)}
    with (tmp_path / "stderr").open("w+") as stderr:
        process = subprocess.Popen(
            [*command, "--port", str(unused_port())],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
        try:
            line = process.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+/", line)
            assert address, f"{line}\n{(tmp_path / 'stderr').read_text()}"
            yield process, address[0]
        finally:
            process.kill()
            process.communicate()


@pytest.fixture
def browser():
    with playwright.sync_playwright() as player:
        opened = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def take(tmp_path):
    """Take a picture: for the documentation when it is asked for, else to be thrown away."""
    folder = PICTURES if os.environ.get("SAMIZDAT_PICTURES") == "1" else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    return lambda page, name: page.screenshot(path=folder / f"{name}.png")


def ask(room, command: str, text: str) -> None:
    """Type *command* and the beginning of its first option, as far as the suggestions."""
    composer = room.locator("#channel-composer-input")
    composer.press_sequentially(command, delay=20)
    room.locator(".command-popup").get_by_text(command, exact=True).first.wait_for()
    room.keyboard.press("Enter")
    room.locator(".command-option-input").first.wait_for()
    room.keyboard.type(text, delay=20)


def test_from_the_lobby_to_an_answer_and_the_next_one_and_out(sandbox, browser, take, tmp_path):
    process, address = sandbox
    lobby = browser.new_page(viewport={"width": 1280, "height": 860})
    lobby.goto(address)
    take(lobby, "sandbox-lobby")
    with lobby.context.expect_page() as opening:
        lobby.get_by_role("link", name="Open the Reading Room").click()
    room = opening.value

    ask(room, "/event", "193")
    suggestion = room.locator(".command-suggestion").first
    suggestion.wait_for()
    suggested = suggestion.inner_text()
    suggestion.click()
    room.keyboard.press("Enter")
    answer = room.locator(".message").last
    print(suggested, answer.inner_text())

    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=5) == 0
