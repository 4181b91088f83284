"""Chapters over real sockets: the real bot, a farm of feeds, a Discord that judges and fails."""

import asyncio
import re
import signal

import pytest
from loopback import payloads
from loopback.processes import start
from loopback.readers import Picked
from loopback.seeds import write_seeds
from loopback.standin import Standin

from bot.clock import UtcClock, instant
from bot.outbox.models import PRIVATE, Picture, Post
from bot.outbox.repository import enqueue
from tests.chapters.farm import Farm

pytest_plugins = ["loopback.fixtures"]

LOUNGE, NEWS, ROLE = payloads.CHANNEL_ID, payloads.NEWS_ID, payloads.ROLE_ID


HOSTILE = (
    "@everyone read this @here",
    f"<@&{ROLE}> <@1> <#{LOUNGE}> </setup:1>",
    "[free](https://evil.example/x) <https://evil.example/y>",
    "\u202egnol\u2066 ||**`" + "a" * 5000,
    "# Big\n-# small\n> quoted",
)
LIVE = re.compile(
    r"@(?:everyone|here)|(?<!\\)<[@#][&!]?\d|<https://evil|(?<!\\)\]\(https://evil|[\u202e\u2066]"
)
"""What would ring, lead away or turn a line about, if it stood in a message."""


async def until(true, patience=30):
    async with asyncio.timeout(patience):
        while not true():  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.02)


@pytest.fixture
def nadia(standin):
    return standin.reader("nadia", payloads.EVERYTHING)


@pytest.fixture
async def story(bureau, nadia):
    await set_up(nadia)
    return {"story": "Red Orchestra", "title": "Chapter 1", "url": "https://a.example/1"}


async def set_up(nadia):
    await nadia.slash("story add", title="Red Orchestra")
    await nadia.slash("story edit", story="Red Orchestra", channel=Picked(NEWS), role=Picked(ROLE))


async def test_what_is_sent_pings_exactly_the_role_and_carries_its_nonce(standin, story, nadia):
    await nadia.slash("chapter announce", words=11_000, **story)
    await until(lambda: standin.channels.published)

    (request,) = standin.made("POST", f"/channels/{NEWS}/messages")
    assert request.payload["allowed_mentions"] == {"parse": [], "roles": [ROLE], "users": []}
    assert request.payload["enforce_nonce"] is True
    assert 1 <= len(request.payload["nonce"]) <= 25
    (message,) = standin.channels.of(NEWS)
    assert standin.channels.pings == [ROLE]
    assert standin.channels.threads == {message["id"]: "Red Orchestra: Chapter 1"}
    assert standin.channels.published == {message["id"]}


async def test_a_test_ping_of_the_panel_names_its_presser_as_discord_describes_it(
    standin, bureau, nadia
):
    await bureau.services.guilds.choose(int(payloads.GUILD_ID), "channel.chapters", int(NEWS), 1)
    panel = await nadia.slash("setup")
    await nadia.click(panel, "Send me a test ping")
    await until(lambda: standin.channels.of(NEWS) or standin.violations)

    (request,) = standin.made("POST", f"/channels/{NEWS}/messages")
    assert request.payload["allowed_mentions"] == {"parse": [], "users": [nadia.person["id"]]}
    assert standin.channels.pings == [nadia.person["id"]]


async def test_whatever_breaks_on_the_way_one_message_and_one_ping_arrive(
    standin, story, nadia, no_waiting
):
    standin.fail("POST", "/messages", 503)
    standin.fail("POST", "/messages", None)
    standin.fail("POST", "/messages", 520)
    standin.lose("POST", "/messages").until.set()

    await nadia.slash("chapter announce", **story)
    await until(lambda: standin.channels.published)

    assert len(standin.channels.of(NEWS)) == 1
    assert standin.channels.pings == [ROLE]


async def test_a_reply_lost_and_a_nonce_forgotten_is_found_in_the_history(
    standin, story, nadia, no_waiting
):
    lost = standin.lose("POST", "/messages")
    await nadia.slash("chapter announce", **story)
    await lost.met.wait()
    standin.channels.forget_nonces()
    lost.until.set()
    await until(lambda: standin.channels.published)

    assert len(standin.channels.of(NEWS)) == 1
    assert standin.made("GET", f"/channels/{NEWS}/messages")


async def test_a_limit_of_minutes_is_waited_out_without_asking_again(standin, story, nadia, bureau):
    standin.fail("POST", "/messages", 429, retry_after=300)
    await nadia.slash("chapter announce", **story)
    await asyncio.sleep(1)

    assert len(standin.made("POST", "/messages")) == 1
    life = await nadia.slash("chapter why", url=story["url"])
    assert "⏳ the message" in life.text


async def test_a_refusal_is_told_to_the_admins_once_and_mended_by_resuming(
    standin, story, nadia, bureau
):
    await bureau.services.guilds.choose(int(payloads.GUILD_ID), "channel.admins", int(LOUNGE), 1)
    standin.channels.forbidden.add(NEWS)
    for number in (1, 2):
        order = story | {"title": f"Chapter {number}", "url": f"https://a.example/{number}"}
        await nadia.slash("chapter announce", **order)
    await until(lambda: standin.channels.of(LOUNGE))
    await asyncio.sleep(0.5)

    (notice,) = standin.channels.of(LOUNGE)
    assert f"<#{NEWS}>" in notice["content"]
    assert len(standin.made("POST", f"/channels/{NEWS}/messages")) == 1
    assert "⛔ the message" in (await nadia.slash("chapter why", url=story["url"])).text
    standin.channels.forbidden.clear()
    await nadia.slash("feed resume")
    await until(lambda: len(standin.channels.published) == 2)
    assert [each["embeds"][0]["title"] for each in standin.channels.of(NEWS)] == [
        "Chapter 1",
        "Chapter 2",
    ]
    assert standin.channels.pings == [ROLE, ROLE]


async def test_what_nobody_may_send_twice_is_kept_from_two_hands(standin, story, nadia):
    answers = await asyncio.gather(*(nadia.slash("chapter announce", **story) for _ in range(4)))
    await until(lambda: standin.channels.published)

    assert sum("announced already" in answer.text for answer in answers) == 3
    assert len(standin.channels.of(NEWS)) == 1


def put(bot, *posts):
    """Enqueue posts as a service does; return their row ids."""

    async def operation(tx):
        now = instant(UtcClock().now())
        return [await enqueue(tx, post, now) for post in posts]

    return bot.services.database.write(operation)


async def test_a_picture_travels_with_its_message_and_the_message_can_be_edited(standin, bureau):
    async def draw(_wanted):
        return Picture("verdict.png", b"\x89PNG", "Adopted, 3 to 1")

    bureau.services.relay.draw_with("verdict", draw)
    body = {"content": "Motion 1", "embeds": [{"title": "Adopted"}]}
    guild, picture = int(payloads.GUILD_ID), {"maker": "verdict"}
    (first,) = await put(bureau, Post("motion:1", "send", guild, int(NEWS), body, picture=picture))
    await put(bureau, Post("motion:1", "edit:1", guild, int(NEWS), {"content": "2"}, after=first))
    bureau.services.duties.wake("outbox")
    await until(lambda: standin.made("PATCH", "") or standin.violations)

    sent = standin.made("POST", f"/channels/{NEWS}/messages")[0].payload
    assert sent["attachments"] == [
        {"id": 0, "filename": "verdict.png", "description": "Adopted, 3 to 1"}
    ]
    assert sent["embeds"][0]["image"] == {"url": "attachment://verdict.png"}
    (message,) = standin.channels.of(NEWS)
    await until(lambda: standin.channels.of(NEWS)[0]["content"] == "2")
    assert message["author"]["bot"]


async def test_a_private_message_reaches_its_reader_or_is_told_of_to_its_owner(standin, bureau):
    refused = []

    async def heard(_tx, _sent):
        return

    async def unheard(_tx, refusal):
        refused.append((refusal.reader_id, refusal.code))

    bureau.services.relay.listen("letter:", heard, unheard)
    standin.channels.closed_to_messages.add("7788")
    await put(
        bureau,
        Post("letter:1", "send", PRIVATE, 99, {"content": "Your week"}),
        Post("letter:2", "send", PRIVATE, 88, {"content": "Your week"}),
    )
    bureau.services.duties.wake("outbox")
    await until(lambda: refused and standin.channels.of("7799"))

    assert standin.channels.of("7799")[0]["content"] == "Your week"
    assert refused == [(88, 50007)]


@pytest.fixture
async def outside(tmp_path):
    """A stand-in and a farm for processes, and what starts one on the same data."""
    write_seeds(tmp_path / "seeds")
    running = []
    async with Standin() as standin, Farm() as farm:

        async def begin():
            settings = {"FEED_ALLOW_LOOPBACK": "1", "SAMIZDAT_TEST_HOLD": "300"}
            standin.gateway.connected.clear()
            process = await start(tmp_path, standin.port, **settings)
            running.append(process)
            await process.until(standin.gateway.connected)
            return process

        yield standin, farm, begin
        for process in running:
            await process.killed()
        assert standin.violations == []
        assert standin.own_faults == []


async def test_hostile_titles_of_a_feed_ring_for_nobody_and_lead_nowhere(outside):
    standin, farm, begin = outside
    told = farm.plant("wordpress", chapters=2)
    await begin()
    nadia = standin.reader("nadia", payloads.EVERYTHING)
    await set_up(nadia)
    added = await (await nadia.begin("feed add", story="Red Orchestra", url=told.address)).whole()
    await until(lambda: added.followups)

    for number, title in enumerate(HOSTILE, 1):
        told.publish(title)
        await nadia.slash("feed resume", feed="1")
        await until(lambda number=number: len(standin.channels.published) == number)

    bodies = [each.payload for each in standin.made("POST", f"/channels/{NEWS}/messages")]
    assert [each["allowed_mentions"]["roles"] for each in bodies] == [[ROLE]] * len(HOSTILE)
    assert [each["allowed_mentions"]["users"] for each in bodies] == [[]] * len(HOSTILE)
    assert standin.channels.pings == [ROLE] * len(HOSTILE)
    words = [
        each["content"].removeprefix(f"<@&{ROLE}> ") + each["embeds"][0]["title"] for each in bodies
    ]
    assert [text for text in words if LIVE.search(text)] == []
    latest = await nadia.slash("chapter list", story="Red Orchestra")
    assert not LIVE.search(latest.text)


async def test_killed_anywhere_between_feed_and_thread_it_is_one_message_one_ping_one_thread(
    outside,
):
    standin, farm, begin = outside
    told = farm.plant("wordpress", chapters=2)
    process = await begin()
    nadia = standin.reader("nadia", payloads.EVERYTHING)
    await set_up(nadia)
    added = await (await nadia.begin("feed add", story="Red Orchestra", url=told.address)).whole()
    await until(lambda: added.followups)
    points = [
        standin.hold("POST", f"/channels/{NEWS}/messages"),
        standin.lose("POST", f"/channels/{NEWS}/messages"),
        standin.hold("POST", "/threads"),
        standin.lose("POST", "/threads"),
        standin.lose("POST", "/crosspost"),
    ]
    armed, standin._troubles = list(points), []
    for number, point in enumerate(armed, 3):
        standin._troubles = [point]
        told.publish(f"Chapter {number}")
        await nadia.slash("feed resume", feed="1")
        await process.until(point.met)

        process.signal(signal.SIGKILL)
        await process.ended()
        point.until.set()
        standin.channels.forget_nonces()
        process = await begin()
        await until(lambda number=number: len(standin.channels.published) == number - 2)

    titles = [each["embeds"][0]["title"] for each in standin.channels.of(NEWS)]
    assert titles == [f"Chapter {number}" for number in range(3, 8)]
    assert standin.channels.pings == [ROLE] * 5
    assert len(standin.channels.threads) == len(standin.channels.published) == 5
