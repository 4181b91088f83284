"""Events that come twice, late, by the thousand, or tell of an outage; and clocks that jump."""

import asyncio
import copy
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from faults.harness.every_command import interaction, leaves
from faults.harness.every_control import forged, form
from faults.harness.stock import CONTROLS, SAID, of_server, stock
from loopback import payloads
from loopback.payloads import EVERYTHING, GUILD_ID
from loopback.punctuality import LONGEST_WAIT

from bot.clock import UtcClock

pytest_plugins = ["loopback.fixtures"]

GUILDS = 2500


def rows(folder):
    """Return every row that tells of people or servers, as text."""
    with closing(sqlite3.connect(folder / "data" / "community.sqlite")) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND name NOT LIKE 'sqlite%' AND name NOT IN ('app_state', 'migration')"
        ).fetchall()
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names}


async def test_what_was_asked_while_it_was_away_is_answered_once_when_it_resumes(
    bureau, standin, vera
):
    template = (await vera.slash("event", query="june 1932")).asked
    await standin.gateway.hang_up(4000)
    await standin.gateway.gone.wait()

    asked = []
    for _ in range(200):
        again = payloads.interaction(2, vera, template["data"])
        asked.append(await standin.ask(again))
    async with asyncio.timeout(60):
        answers = await asyncio.gather(*(each.whole() for each in asked))

    assert {answer.embed["author"]["name"] for answer in answers} == {
        "June 1932 · The Paper Republic"
    }
    assert [answer.refusals for answer in answers if answer.refusals] == []
    assert standin.gateway.resumes == 1


async def test_the_same_events_again_change_nothing_more(bureau, standin, tmp_path):
    """After a resume Discord may send what it has sent already."""
    await stocked(bureau)
    nadia = standin.reader("nadia", EVERYTHING)

    for leaf in leaves(standin):
        asked = interaction(nadia, leaf, SAID, only_needed=True)
        answer = await (await standin.ask(asked)).whole()
        await at_rest()
        before = of_server(tmp_path)
        for _ in range(2):
            await standin.ask(asked)
        await at_rest()
        assert of_server(tmp_path) == before, leaf[0]
        assert len(answer.followups) <= 1, leaf[0]


async def test_the_same_presses_and_forms_again_change_nothing_more(
    bureau, standin, vera, tmp_path
):
    await stocked(bureau)
    pressed = [forged(vera, custom_id) for custom_id in CONTROLS]
    handed_in = [form(vera, "so:f:e:1"), form(vera, "so:f:w:2", "That the next chapter be short")]

    for asked in (*pressed, *handed_in):
        await (await standin.ask(asked)).whole()
        await at_rest()
        before = of_server(tmp_path)
        for _ in range(2):
            await standin.ask(asked)
        await at_rest()
        assert of_server(tmp_path) == before, asked["data"]["custom_id"]


async def stocked(bureau):
    """Fill the server, and end what goes on by itself: it would look like a change."""
    await bureau.services.duties.stop()
    await bureau.services.noticeboard.close()
    await stock(bureau)


async def at_rest():
    """Wait until nothing is being answered."""
    async with asyncio.timeout(20):
        await asyncio.sleep(0.05)
        while any(  # noqa: ASYNC110 - nothing tells of it
            task.get_name().startswith(("CommandTree", "discord-ui", "discord.py: on_interaction"))
            for task in asyncio.all_tasks()
        ):
            await asyncio.sleep(0.01)


async def test_an_outage_of_every_server_touches_no_data(bureau, standin, vera, tmp_path):
    await bureau.services.guilds.choose(int(GUILD_ID), "channel.admins", 7, 5)
    before = rows(tmp_path)

    await standin.gateway.dispatch("GUILD_DELETE", {"id": GUILD_ID, "unavailable": True})
    during = await vera.slash("event", query="june 1932")

    assert rows(tmp_path) == before
    assert during.buttons
    await standin.gateway.dispatch("GUILD_CREATE", payloads.guild())
    assert (await vera.slash("event", query="june 1932")).buttons
    assert rows(tmp_path) == before


async def test_thousands_of_servers_at_once_hold_up_no_answer(bureau, standin, vera):
    model = payloads.guild()
    for number in range(GUILDS):
        server = copy.deepcopy(model)
        server["id"] = server["roles"][0]["id"] = str(2_000_000_000_000_000_000 + number * 100)
        for place, channel in enumerate(server["channels"], 1):
            channel["id"] = str(int(server["id"]) + place)
            channel["guild_id"] = server["id"]
        await standin.gateway.dispatch("GUILD_CREATE", server)
        if number % 500 == 250:
            assert (await vera.slash("event", query="june 1932")).waited < LONGEST_WAIT

    assert (await vera.slash("event", query="june 1932")).waited < LONGEST_WAIT
    assert len(bureau.guilds) == GUILDS + 1


class JumpingClock(UtcClock):
    """The clock of a machine whose time is set by somebody else."""

    off = timedelta()

    def now(self):
        return super().now() + self.off


@pytest.fixture
def jumping(monkeypatch):
    monkeypatch.setattr("loopback.fixtures.UtcClock", JumpingClock)
    yield JumpingClock
    JumpingClock.off = timedelta()


@pytest.fixture
async def moved_bureau(jumping, bureau):
    return bureau


@pytest.mark.parametrize("hours", [1, -1, 24 * 200, -24 * 200])
async def test_a_clock_that_jumps_keeps_nobody_from_being_answered(
    moved_bureau, jumping, vera, journal, tmp_path, hours
):
    await vera.slash("lore progress", story="The Tide Mills", chapter=1)
    before = rows(tmp_path)

    jumping.off = timedelta(hours=hours)

    for _ in range(5):
        assert (await vera.slash("event", query="june 1932")).buttons
    await vera.slash("lore progress", story="The Tide Mills", chapter=1)
    assert list(rows(tmp_path)) == list(before)
    assert len(rows(tmp_path)["reading_progress"]) == 1
    jumping.off = timedelta()
    assert (await vera.slash("event", query="june 1932")).buttons
    assert journal.at(40) == []
