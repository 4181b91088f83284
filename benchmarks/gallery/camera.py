"""The camera: a browser in a process of its own, for the simulation bends the clock of this one.

Parent and child speak in lines of JSON: a `Shot` goes in, what became of it comes out.
"""

import asyncio
import io
import json
import shutil
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PHONE = 412
"""CSS pixels of a phone's width; a picture has three for two of these."""
TALL = 2600
"""High enough that any message is seen whole."""

_COLOURS = (128, 64, 40)
"""The most that keep a picture below `_LARGE`: letters on flat ground need few."""
_LARGE = 60 * 1024
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


@dataclass(frozen=True, slots=True)
class Shot:
    """What is taken: *part* (a selector; none: what the window shows) of the page at *address*.

    *steps* are done first: `["click", selector]`, `["type", selector, text]`, `["press", key]`,
    `["wait", selector]`, `["scroll", selector]`.
    """

    address: str
    path: str
    part: str = ""
    width: int = PHONE
    height: int = TALL
    scale: float = 1.5
    steps: list[list[str]] = field(default_factory=list)


class Camera:
    """Takes pictures, one after another; a context manager."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> "Camera":
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "benchmarks.gallery.camera",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            await self._process.wait()

    async def take(self, shot: Shot) -> int:
        """Take *shot*; return how high it is in CSS pixels.

        Raises:
            RuntimeError: it cannot be taken; the reason.
        """
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise RuntimeError("the camera is not open")
        process.stdin.write(json.dumps(asdict(shot)).encode() + b"\n")
        await process.stdin.drain()
        answer: dict[str, Any] = json.loads(await process.stdout.readline() or b'{"fault": "gone"}')
        if "fault" in answer:
            raise RuntimeError(f"{shot.path}: {answer['fault']}")
        return int(answer["height"])


def main() -> None:
    """Take what is asked for on standard input until it ends."""
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(_FLAGS)
        )
        roll = _Roll(browser)
        for line in sys.stdin:
            shot = Shot(**json.loads(line))
            try:
                answer: dict[str, Any] = {"height": _take(roll.page_for(shot), shot)}
            except Exception as fault:  # noqa: BLE001 - told to the parent
                answer = {"fault": f"{type(fault).__name__}: {fault}"}
            print(json.dumps(answer), flush=True)
        browser.close()


class _Roll:
    """The page that is open: kept while the next shot is of the same, and it is untouched."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._page: Page | None = None
        self._of: tuple[str, int, int, float] | None = None

    def page_for(self, shot: Shot) -> Page:
        """Return a page that shows the address of *shot* as it is now."""
        wanted = (shot.address, shot.width, shot.height, shot.scale)
        if self._page is not None and self._of == wanted:
            self._page.wait_for_timeout(700)  # the page looks twice a second what is new
            settle(self._page)
        else:
            if self._page is not None:
                self._page.close()
            self._page = self._browser.new_page(
                viewport={"width": shot.width, "height": shot.height},
                device_scale_factor=shot.scale,
                reduced_motion="reduce",
            )
            self._page.goto(shot.address)
            settle(self._page)
        # What is typed or opened for a shot would be on the next one.
        self._of = None if shot.steps else wanted
        return self._page


def _take(page: Page, shot: Shot) -> int:
    for step, *rest in shot.steps:
        _do(page, step, rest)
    if shot.part:
        part = page.locator(shot.part).last
        part.scroll_into_view_if_needed()
        # A new message scrolls the page once more.
        page.wait_for_timeout(400)
        taken = part.screenshot(animations="disabled")
    else:
        taken = page.screenshot(animations="disabled")
    with Image.open(io.BytesIO(taken)) as picture:
        save(picture, Path(shot.path))
        return round(picture.height / shot.scale)


def _do(page: Page, step: str, rest: list[str]) -> None:
    if step == "press":
        page.keyboard.press(rest[0])
    elif step == "wait":
        page.locator(rest[0]).first.wait_for()
    elif step == "type":
        page.locator(rest[0]).last.press_sequentially(rest[1], delay=15)
    elif step == "scroll":
        page.locator(rest[0]).last.scroll_into_view_if_needed()
    elif step == "click":
        page.locator(rest[0]).last.click()
    settle(page)


def settle(page: Page) -> None:
    """Wait until the room's page has nothing under way; any other page never has."""
    for _ in range(200):
        # wait_for_function would need eval, which the page forbids.
        if page.evaluate(
            "!document.getElementById('preview-app') || !!window.simcordPreview?.ready"
        ):
            return
        page.wait_for_timeout(50)
    raise TimeoutError(str(page.evaluate("window.simcordPreview?.transport")))


def save(picture: Image.Image, path: Path) -> None:
    """Write *picture* small enough for a repository: flat colours survive a palette."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for colours in _COLOURS:
        flat = picture.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
        flat.convert("RGB").save(path, lossless=True, quality=80, method=4)
        if path.stat().st_size <= _LARGE:
            return


if __name__ == "__main__":
    main()
