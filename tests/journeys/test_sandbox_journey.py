"""A newcomer's first five minutes: `python -m bot sandbox` in a real browser, up to Ctrl-C."""

import signal

import pytest
from journeys.visitor import MARKS, Visitor, chromium, expect, settle, started

pytestmark = MARKS


@pytest.fixture
def browser():
    with chromium() as opened:
        yield opened


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
    expect(option).not_to_have_value(text)
    # simcord asks once more, for what was taken; until that is answered it does not send.
    room.locator(".command-popup-heading", has_text=option.input_value()).wait_for()
    room.get_by_text("No options match").wait_for()
    settle(room)
    option.press("Enter")
    return room.locator(".embed-card").last


def go_forward(room) -> None:
    settle(room)
    room.locator(".component-button", has_text="▶").last.click()


def test_from_the_lobby_to_an_answer_and_on_and_out(browser, tmp_path):
    with started(tmp_path) as (process, address):
        guest = Visitor(browser, address)
        room = guest.leads(guest.lobby.get_by_role("link", name="Open the Reading Room"))
        answer = answer_to(room, "/event", "193")
        answer.wait_for()
        first = answer.inner_text()
        assert len(answer.locator(".embed-description").inner_text()) > 40
        assert answer.locator(".embed-footer").inner_text().startswith("Source: ")

        go_forward(room)
        expect(answer).not_to_have_text(first)
        second = answer.inner_text()
        assert "Source: " in second

        guest.steer("Restart the bot", "Samizdat was restarted")
        room.wait_for_timeout(1500)  # the page looks twice a second whether the bot is another one
        go_forward(room)
        expect(answer).not_to_have_text(second)

        # "uncertain" would be the end of the page: it does not know what became of an action.
        assert room.evaluate("window.simcordPreview.transport.state") == "healthy"

        guest.enter("soviet")
        room.locator("#channel-timeline").get_by_text("I move that we stop").first.wait_for()
        room.get_by_role("link", name="← Lobby").click()
        expect(room.locator("#channels [aria-current]")).to_contain_text("#soviet")

        assert guest.faults == []
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=5) == 0
        assert "Traceback" not in (tmp_path / "stderr").read_text()
        assert not list(tmp_path.glob("samizdat-*"))


def test_sigterm_ends_it_as_well(tmp_path):
    with started(tmp_path) as (process, _):
        process.send_signal(signal.SIGTERM)

        assert process.wait(timeout=5) == 0
        assert not list(tmp_path.glob("samizdat-*"))
