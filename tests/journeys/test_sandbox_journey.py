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


def settle(room) -> None:
    """Wait until the room's page has nothing under way: what is pressed meanwhile is lost."""
    for _ in range(150):
        # wait_for_function would need eval, which the page forbids.
        if room.evaluate("Boolean(window.simcordPreview?.ready)"):
            return
        room.wait_for_timeout(100)
    raise TimeoutError(str(room.evaluate("window.simcordPreview?.transport")))


def answer_to(room, command: str, text: str):
    """Type *command* and the beginning of its option, take the first entry offered, and send it."""
    settle(room)
    composer = room.locator("#channel-composer-input")
    composer.press_sequentially(command, delay=20)
    room.locator(".command-entry", has_text=command).first.wait_for()
    composer.press("Enter")
    option = room.locator(".command-option-input").first
    option.press_sequentially(text, delay=40)
    # Below the first suggestion, which is the whole decade, stand its entries: "May 1930 · …".
    room.locator(".command-suggestion", has_text=" · ").first.wait_for()
    option.press("ArrowDown")
    option.press("Enter")
    playwright.expect(option).not_to_have_value(text)
    # simcord asks once more, for what was taken; until that is answered it does not send.
    room.locator(".command-popup-heading", has_text=option.input_value()).wait_for()
    room.get_by_text("No options match").wait_for()
    settle(room)
    option.press("Enter")
    return room.locator(".embed-card").last


def go_forward(room) -> None:
    settle(room)
    room.locator(".component-button", has_text="▶").last.click()


def fits(page) -> bool:
    """Tell whether nothing of *page* is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_from_the_lobby_to_an_answer_and_on_and_out(sandbox, browser, take, tmp_path):
    process, address = sandbox
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    faults = []
    context.on("weberror", lambda fault: faults.append(fault.error))
    lobby = context.new_page()
    lobby.goto(address)
    take(lobby, "sandbox-lobby")

    with context.expect_page() as opening:
        lobby.get_by_role("link", name="Open the Reading Room").click()
    room = opening.value
    answer = answer_to(room, "/event", "193")
    answer.wait_for()
    take(room, "sandbox-event")
    first = answer.inner_text()
    assert len(answer.locator(".embed-description").inner_text()) > 40
    assert answer.locator(".embed-footer").inner_text().startswith("Source: ")

    go_forward(room)
    playwright.expect(answer).not_to_have_text(first)
    second = answer.inner_text()
    assert "Source: " in second

    lobby.bring_to_front()
    lobby.get_by_role("button", name="Restart the bot").click()
    lobby.get_by_text("Samizdat was restarted").wait_for()
    room.bring_to_front()
    room.wait_for_timeout(1500)  # the page looks twice a second whether the bot is another one
    go_forward(room)
    playwright.expect(answer).not_to_have_text(second)

    # "uncertain" would be the end of the page: it does not know what became of an action.
    assert room.evaluate("window.simcordPreview.transport.state") == "healthy"

    lobby.get_by_role("button", name="#soviet").click()
    room.get_by_text("I move that we stop moving things.").first.wait_for()
    playwright.expect(lobby.locator("[aria-current]")).to_contain_text("#soviet")

    assert faults == []
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=5) == 0
    assert "Traceback" not in (tmp_path / "stderr").read_text()
    assert not list(tmp_path.glob("samizdat-*"))


def test_a_chapter_dropped_in_the_lobby_is_a_ping_a_thread_and_published(
    sandbox, browser, take, tmp_path
):
    process, address = sandbox
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    lobby = context.new_page()
    lobby.goto(address)
    for title in ("6. The Harbour War", "7. Newsprint, Wet and Dry"):
        lobby.get_by_role("button", name="Drop the next chapter").click()
        lobby.locator("#notice", has_text=title).wait_for()

    with context.expect_page() as opening:
        lobby.get_by_role("button", name="#announcements").click()
    room = opening.value

    card = room.locator(".embed-card", has_text="6. The Harbour War")
    card.wait_for()
    assert "12,480 words, counted by me" in card.inner_text()
    assert "The first chapter over 10,000 words" in card.inner_text()
    assert room.locator(".mention", has_text="@Paper readers").count() == 2
    assert room.get_by_text("The Paper Republic: 6. The Harbour War").count()
    take(room, "sandbox-chapter")
    settle(room)
    room.locator(".component-button", has_text="Subscribe").last.click()
    room.get_by_text("Subscribed to The Paper Republic").wait_for()
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=5) == 0
    assert "Traceback" not in (tmp_path / "stderr").read_text()


def test_lobby_and_room_fit_a_phone(sandbox, browser, take):
    _, address = sandbox
    phone = browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2)

    phone.goto(address)
    assert fits(phone)
    take(phone, "sandbox-lobby-phone")

    phone.goto(f"{address}room")
    answer_to(phone, "/event", "193").wait_for()
    assert fits(phone)
    take(phone, "sandbox-event-phone")


def test_sigterm_ends_it_as_well(sandbox, tmp_path):
    process, _ = sandbox

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=5) == 0
    assert not list(tmp_path.glob("samizdat-*"))
