"""Somebody at a screen: opens the sandbox, types, clicks, and counts the clicks.

A click is what the browser took for one: the page itself tells of each.
"""

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiohttp.test_utils import unused_port

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

CHROMIUM = shutil.which("chromium")
ROOT = Path(__file__).parents[2]

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
MARKS = [
    pytest.mark.journey,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
_COUNT = "addEventListener('click', event => { if (event.detail) window.clicked(); }, true);"

expect = playwright.expect
# A busy machine takes its time; what is right comes at once.
expect.set_options(timeout=20_000)


@contextmanager
def started(folder):
    """Start the program as one starts it; yield it and the address it prints."""
    command = [sys.executable, "-m", "bot", "sandbox", "--no-browser"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "TMPDIR": str(folder)}
    with (folder / "stderr").open("w+") as stderr:
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
            assert address, f"{line}\n{(folder / 'stderr').read_text()}"
            yield process, address[0]
        finally:
            process.kill()
            process.communicate()


@contextmanager
def chromium():
    """Yield a browser."""
    with playwright.sync_playwright() as player:
        opened = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def settle(room) -> None:
    """Wait until the room's page has nothing under way: what is pressed meanwhile is lost."""
    for _ in range(300):
        # wait_for_function would need eval, which the page forbids.
        if room.evaluate("Boolean(window.simcordPreview?.ready)"):
            return
        room.wait_for_timeout(50)
    raise TimeoutError(str(room.evaluate("window.simcordPreview?.transport")))


def fits(page) -> bool:
    """Tell whether nothing of *page* is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


class Visitor:
    """A browser window of one visitor: the lobby in one tab, the room in another."""

    def __init__(self, browser, address, width=1280, height=860):
        self._counts = []
        self.faults = []
        self._address = address
        self._context = browser.new_context(viewport={"width": width, "height": height})
        self._context.set_default_timeout(20_000)
        self._context.on("weberror", lambda fault: self.faults.append(fault.error))
        self._context.expose_function("clicked", self._clicked)
        self._context.add_init_script(_COUNT)
        self.lobby = self._context.new_page()
        self.lobby.goto(address)
        self.room = None

    def close(self):
        self._context.close()

    def leads(self, button):
        """Click *button* of the lobby, which leads into the room's tab."""
        if self.room is None:
            with self._context.expect_page() as opening:
                button.click()
            self.room = opening.value
        else:
            with self.room.expect_navigation():
                button.click()
        self.room.bring_to_front()
        settle(self.room)
        return self.room

    def enter(self, channel):
        """Walk into *channel*: by the lobby at first, later by the room's own list."""
        if self.room is None:
            return self.leads(self.lobby.locator(f"[data-channel={channel}] button"))
        with self.room.expect_navigation():
            self.room.get_by_label("Channels").get_by_text(channel, exact=False).first.click()
        settle(self.room)
        return self.room

    def steer(self, button, said):
        """Press a button of the lobby's clock and wait until it has *said* what happened."""
        self.lobby.bring_to_front()
        self.lobby.get_by_role("button", name=button).click()
        self.lobby.locator("#notice", has_text=said).wait_for()
        if self.room is not None:
            self.room.bring_to_front()
            self.room.wait_for_timeout(700)  # the page looks twice a second what is new

    def be(self, name):
        """Become somebody else, as “Viewing as” lets one."""
        settle(self.room)
        self.room.get_by_label("Viewing as").select_option(label=name)
        settle(self.room)

    def type(self, command, text=""):
        """Type *command*, take it from the menu, fill in its first option, and send it."""
        room = self.room
        settle(room)
        composer = room.locator("#channel-composer-input")
        composer.press_sequentially(f"/{command}")
        room.locator(".command-entry", has_text=f"/{command}").first.wait_for()
        composer.press("Enter")
        if text:
            room.locator(".command-option-input").first.press_sequentially(text)
        room.wait_for_timeout(300)
        settle(room)
        # Enter would take what is suggested, and only then send.
        gone = room.locator(".command-row").first
        self._until(lambda: self._send(gone), "")
        settle(room)

    def _send(self, row):
        """Press what sends, and wait until *row* has gone."""
        self.room.locator("#send-message").click()
        row.wait_for(state="detached", timeout=8_000)

    def press(self, label, says="", where=None):
        """Press the last button called *label*; *says* is what then stands *where*, or last."""
        self._until(self.room.locator(".component-button", has_text=label).last.click, says, where)

    def choose(self, option, *, menu=-1, says="", where=None):
        """Open a menu of the room and choose *option*; *says* is what then stands *where*."""

        def take():
            if not self.room.locator(".select-option:visible").count():
                self.room.locator(".select-trigger").nth(menu).click(timeout=8_000)
            found = self.room.locator(".select-option:visible", has_text=option)
            found.first.click(timeout=8_000)

        self._until(take, says, where)

    def submit(self, *texts, says=""):
        """Fill the fields of the form that is open with *texts*, in order, and hand it in."""
        form = self.room.locator("#modal-root")
        form.locator(".modal-input").first.wait_for()
        for number, text in enumerate(texts):
            form.locator(".modal-input").nth(number).fill(text)
        form.get_by_role("button", name="Submit").click()
        form.locator(".modal-input").first.wait_for(state="detached")
        settle(self.room)
        expect(self.last).to_contain_text(says)

    def _until(self, act, says, where=None):
        """Act until it is answered: a page that is drawn anew at that moment loses the click.

        A click that was lost so is none of the journey's, and not counted.
        """
        for _ in range(3):
            settle(self.room)
            before = [len(counted) for counted in self._counts]
            try:
                act()
                settle(self.room)
                if says:
                    expect(where or self.last).to_contain_text(says, timeout=8_000)
            except (playwright.TimeoutError, AssertionError):
                for counted, length in zip(self._counts, before, strict=True):
                    del counted[length:]
                continue
            return
        assert says, "it cannot be pressed"
        expect(where or self.last).to_contain_text(says)

    @property
    def last(self):
        """What was said last."""
        return self.room.locator(".channel-message:not(:has(> .message-system))").last

    @contextmanager
    def counting(self, clicks=None):
        """Yield a list, *clicks* or a new one, that grows by whatever is clicked inside."""
        counted = [] if clicks is None else clicks
        self._counts.append(counted)
        yield counted
        self._counts.remove(counted)

    def _clicked(self):
        for counted in self._counts:
            counted.append(self.room.url)
