"""The four jobs of the bot, and its admin's first five minutes, in a real browser.

One sandbox and one browser for all: each journey uses channels and people of its own.
"""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from journeys.visitor import MARKS, Visitor, chromium, expect, fits, started

from bot.cli.languages import commands

pytestmark = MARKS

MOTION = "That the next chapter have 10,000 words."


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    with started(tmp_path_factory.mktemp("sandbox")) as (_, address):
        yield address


@pytest.fixture(scope="module")
def browser():
    with chromium() as opened:
        yield opened


@pytest.fixture
def visit(sandbox, browser):
    visitors = []

    def come(**size):
        visitors.append(Visitor(browser, sandbox, **size))
        return visitors[-1]

    yield come
    for each in visitors:
        assert each.faults == []
        each.close()


def test_lore_is_asked_opened_turned_and_put_on_a_card(visit):
    vera = visit(width=390, height=844)
    vera.enter("lounge")
    vera.be("Vera")

    vera.type("event", "1932")
    listed = vera.last
    expect(listed).to_contain_text("1932")
    number = int(re.search(r"(\d+) entries", listed.inner_text())[1])
    assert number > 1

    vera.choose("1932")
    entry = listed.locator(".embed-card")
    expect(entry.locator(".embed-footer")).to_contain_text("Source: ")
    first = entry.inner_text()
    vera.press("▶")
    expect(entry).not_to_have_text(first)

    vera.press("Quote card")
    expect(vera.last.locator("img.attachment-image")).to_have_count(1)
    assert fits(vera.room)


def test_a_chapter_rings_once_for_who_subscribed(visit):
    mei = visit()
    mei.enter("announcements")
    mei.be("Mei")
    mei.type("subscribe", "The Paper Republic")
    expect(mei.last).to_contain_text("Subscribed to The Paper Republic")

    mei.steer("Drop the next chapter", "6. The Harbour War")
    card = mei.room.locator(".channel-message", has_text="a new chapter: 6. The Harbour War")
    card.first.wait_for()
    mei.steer("Skip an hour", "An hour has passed")

    expect(card).to_have_count(1)
    expect(card.locator(".mention")).to_have_text("@Paper readers")
    expect(card).to_contain_text("12,480 words")
    expect(card).to_contain_text("The first chapter over 10,000 words")
    expect(card.locator(".thread-summary")).to_contain_text("The Paper Republic: 6.")

    mei.enter("soviet")
    thanks = mei.room.locator(".embed-card", has_text="thanks the author of The Paper Republic")
    expect(thanks.first).to_contain_text("10,000")


def test_a_motion_is_voted_on_survives_a_restart_and_is_decided(visit):
    house = visit(width=390, height=844)
    house.enter("soviet")
    house.be("Mei")
    house.type("soviet motion", MOTION)
    motion = house.room.locator(".embed-card", has_text=MOTION).first
    expect(motion).to_contain_text("tabled")
    house.be("Otto")
    house.press("Second", says="open", where=motion)
    for reader, choice in (("Otto", "Aye"), ("Ines", "Aye"), ("Anatol", "Nay")):
        house.be(reader)
        house.press(choice, says=f"Recorded: {choice}.")

    house.steer("Restart the bot", "was restarted")
    house.be("Vera")
    house.press("My vote", says="You have not voted.")
    expect(motion).to_contain_text("Aye 2 · Nay 1 · Abstain 0")

    house.steer("Skip three days", "Three days have passed")
    verdict = house.room.locator(".channel-message", has_text="Carried")
    expect(verdict.last.locator("img")).not_to_have_count(0)
    expect(motion).to_contain_text("adopted")
    assert fits(house.room)


def test_a_reader_is_quoted_kept_and_found_again(visit):
    otto = visit()
    otto.enter("spoilers")
    otto.be("Otto")
    otto.lobby.bring_to_front()
    said = otto.lobby.locator("#messages li", has_text="do not get attached to the border")
    said.get_by_role("button", name="Make quote card").click()
    otto.lobby.locator("#notice", has_text="The card hangs in the room.").wait_for()
    kept = otto.lobby.locator("#messages li", has_text="Which border?")
    kept.get_by_role("button", name="Save to quote book").click()
    otto.lobby.locator("#notice", has_text="of the quote book").wait_for()

    otto.enter("spoilers")
    expect(otto.room.locator("img.attachment-image").last).to_be_visible()
    otto.type("quote random")
    expect(otto.last).to_contain_text("border")
    otto.type("quote list")
    expect(otto.last).to_contain_text("2 quotes that may be shown here")


def test_an_admin_comes_from_the_invitation_to_the_first_chapter_in_ten_clicks(visit):
    nadia = visit()
    nadia.leads(nadia.lobby.get_by_role("button", name="Add Samizdat to an empty server"))
    nadia.steer("Skip an hour", "An hour has passed")
    address = nadia.lobby.locator("#branch [data-copy]").get_attribute("data-copy")
    expect(nadia.last).to_contain_text("The bureau has opened a branch here")

    with nadia.counting() as clicks:
        nadia.type("setup")
        nadia.choose("chapters", menu=0, says="I can post and open threads there.")
        nadia.press("Follow a story")
        nadia.submit(address, says="The Paper Republic follows")
        nadia.press("Ring me with each chapter", says="Subscribed to The Paper Republic")
    nadia.steer("Drop the next chapter", "dropped")  # by its author, in real life
    with nadia.counting(clicks):
        nadia.enter("chapters")
        card = nadia.room.locator(".channel-message", has_text="a new chapter")
        expect(card).to_have_count(1)
        expect(card.locator(".mention")).to_have_text("@Nadia")

    # In Discord, three before these: the invitation, the server, and “Authorise”.
    assert 5 <= len(clicks) <= 10 - 3, len(clicks)

    nadia.type("setup")
    nadia.press("Send me a test ping", says="@Nadia This is how a chapter will ring.")


def test_a_newcomer_finds_every_command_from_help_on_a_phone(visit):
    """One look at what there is; what each does is a choice away (tests/ui/test_help.py)."""
    with ThreadPoolExecutor(1) as beside:  # the browser keeps a loop in this thread
        registered = beside.submit(asyncio.run, commands()).result()
    named = {each.qualified_name: each.description for each in _typed(registered)}
    guest = visit(width=390, height=844)
    guest.enter("lounge")
    found = {}
    for who, tall in (("Nadia", 2 * 844), ("Mei", 844)):
        guest.be(who)
        guest.type("help")
        expect(guest.last).to_contain_text("The bureau is open")
        assert guest.last.bounding_box()["height"] <= tall
        assert fits(guest.room)
        found[who] = set(_listed(guest.last.inner_text()))

    title = guest.last.locator(".embed-title")
    guest.choose("The archive", says="The archive", where=title)

    # How the process is, its operator alone may ask.
    assert found["Nadia"] >= named.keys() - {"status"}
    assert {"event", "lore compare", "soviet motion", "subscribe"} <= found["Mei"] < found["Nadia"]
    told = guest.last.inner_text()
    assert f"/lore compare\n{named['lore compare']}" in told


def _listed(text):
    """Yield the commands in lines like `/event /help` and `/lore compare · entry`."""
    for line in text.splitlines():
        if line.startswith("/"):
            group, _, rest = line[1:].partition(" ")
            yield from (each.strip("/") for each in line.split())
            yield from (f"{group} {each}" for each in rest.split(" · "))


def _typed(registered):
    for each in registered:
        yield from _typed(each.commands) if hasattr(each, "commands") else ()
        if hasattr(each, "description") and not hasattr(each, "commands"):
            yield each


def test_the_tour_does_its_steps_and_marks_them(visit):
    guest = visit(width=390, height=844)
    assert fits(guest.lobby)

    guest.leads(guest.lobby.locator("[data-step=ask]").get_by_role("button", name="Do it for me"))

    expect(guest.last).to_contain_text("1932")
    guest.lobby.bring_to_front()
    expect(guest.lobby.locator("[data-step=ask]")).to_have_class(re.compile("done"))
    expect(guest.lobby.locator("#progress")).to_contain_text("of 5 done")


def test_a_lobby_that_was_overtaken_while_it_opened_catches_up(visit):
    late = visit()
    late.enter("lounge")

    def hold(_look):
        """Let the page wait for its first look: `unroute` sends it on."""

    late.lobby.route("**/now", hold)
    late.lobby.reload()
    late.enter("spoilers")
    late.lobby.bring_to_front()
    late.lobby.unroute("**/now")

    expect(late.lobby.locator("#messages")).to_contain_text("do not get attached to the border")
