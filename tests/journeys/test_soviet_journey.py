"""A motion in a real browser: moved by one reader, seconded and voted on by another."""

import pytest
from journeys.test_sandbox_journey import (  # noqa: F401 - fixtures
    browser,
    pytestmark,
    sandbox,
    settle,
    take,
)

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

TEXT = "That the next chapter have 10,000 words."


def move(room, text: str) -> None:
    """Take /soviet motion from the menu, write its text, and send it."""
    settle(room)
    composer = room.locator("#channel-composer-input")
    composer.press_sequentially("/soviet motion", delay=20)
    room.locator(".command-entry", has_text="/soviet motion").first.wait_for()
    composer.press("Enter")
    option = room.locator(".command-option-input").first
    option.press_sequentially(text, delay=5)
    settle(room)
    option.press("Enter")


def press(room, label: str) -> None:
    settle(room)
    room.locator(".component-button", has_text=label).last.click()
    settle(room)


def test_a_motion_is_moved_seconded_and_voted_on_by_two_people(sandbox, browser, take):  # noqa: F811
    _, address = sandbox
    lobby = browser.new_page()
    lobby.goto(address)
    with lobby.context.expect_page() as opening:
        lobby.get_by_role("button", name="#soviet").click()
    room = opening.value
    room.set_viewport_size({"width": 390, "height": 844})

    move(room, TEXT)
    card = room.locator(".embed-card").last
    playwright.expect(card).to_contain_text("Motion № 1 · tabled")
    settle(room)
    room.locator("select").first.select_option(label="Otto")
    press(room, "Second")
    playwright.expect(room.locator(".embed-card").first).to_contain_text("Motion № 1 · open")
    press(room, "Aye")

    playwright.expect(room.locator(".embed-card").last).to_contain_text("Recorded: Aye.")
    playwright.expect(room.locator(".embed-card").first).to_contain_text(
        "Aye 1 · Nay 0 · Abstain 0", timeout=20_000
    )
    assert room.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    take(room, "sandbox-motion-phone")
