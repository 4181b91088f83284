"""The chamber over real sockets: clicks that race, a Discord that limits, refuses and loses."""

import asyncio
import itertools
from datetime import timedelta

import discord
import pytest
from loopback import guilds, payloads
from loopback.readers import BUTTON, COMPONENT, Answer, Picked

from bot.clock import UtcClock
from bot.soviet import noticeboard
from bot.soviet.clicks import snowflake
from bot.soviet.noticeboard import YOUNG_MESSAGE, Notice
from bot.ui.soviet import editor

pytest_plugins = ["loopback.fixtures", "faults.harness.weather"]

EDITS = f"/channels/{payloads.CHANNEL_ID}/messages/"


class MovableClock(UtcClock):
    """The real clock, ahead by as much as a test says."""

    ahead = timedelta()

    def now(self):
        return super().now() + MovableClock.ahead


@pytest.fixture(autouse=True)
def movable(monkeypatch):
    monkeypatch.setattr("loopback.fixtures.UtcClock", MovableClock)
    monkeypatch.setattr(MovableClock, "ahead", timedelta())


@pytest.fixture
def hasty(monkeypatch):
    """Let the noticeboard edit often, where its pace is not what is looked at."""
    monkeypatch.setattr(noticeboard, "YOUNG_MESSAGE", 0.2)
    monkeypatch.setattr(noticeboard, "YOUNG_CHANNEL", 0.1)
    monkeypatch.setattr(editor, "_RETRY", 0.2)


async def until(true, patience=20):
    async with asyncio.timeout(patience):
        while not true():  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.02)


def text_of(message):
    embeds = message["embeds"]
    parts = [message["content"]]
    for embed in embeds:
        parts += [(embed.get("author") or {}).get("name"), embed.get("title")]
        parts += [embed.get("description"), (embed.get("footer") or {}).get("text")]
        parts += [
            part for each in embed.get("fields", ()) for part in (each["name"], each["value"])
        ]
    return "\n".join(part for part in parts if part)


def edits(standin, answer):
    return standin.made("PATCH", f"{EDITS}{answer.message['id']}")


def now_of(standin, answer):
    """Return the motion's public message as it is."""
    return text_of(standin.messages[answer.message["id"]])


async def opened(standin, vera, ivan, text="That tea be served.", **options):
    """Return the answer that shows a motion, once it is open for votes."""
    motion = await vera.slash("soviet motion", text=text, **{"closes": "5m", **options})
    await ivan.click(motion, "Second")
    await until(lambda: "Closes" in now_of(standin, motion))
    motion.message = standin.messages[motion.message["id"]]
    return motion


async def test_a_motion_is_moved_seconded_and_voted_on(bureau, hasty, standin, vera, ivan):
    motion = await opened(standin, vera, ivan)

    receipt = await ivan.click(motion, "Aye")
    await until(lambda: "Aye **1**" in now_of(standin, motion))

    assert receipt.ephemeral
    assert "Recorded: **Aye**." in receipt.text
    assert all(each.payload["allowed_mentions"]["parse"] == [] for each in edits(standin, motion))
    assert [each.status for each in edits(standin, motion)] == [200, 200]


async def test_the_same_click_delivered_twice_is_one_ballot_and_no_error(
    bureau, hasty, standin, journal, vera, ivan
):
    motion = await opened(standin, vera, ivan)

    receipt = await ivan.click(motion, "Aye")
    await standin.gateway.dispatch("INTERACTION_CREATE", receipt.asked)
    await journal.line("an interaction came again and was left alone")
    await until(lambda: "Aye **1**" in now_of(standin, motion))

    assert journal.at(40) == []


async def test_a_motion_delivered_twice_is_moved_once(bureau, hasty, standin, journal, vera):
    motion = await vera.slash("soviet motion", text="That tea be served.", closes="5m")
    await standin.gateway.dispatch("INTERACTION_CREATE", motion.asked)
    await journal.line("an interaction came again and was left alone")

    listed = await vera.slash("soviet list")

    assert "№ 1" in listed.text
    assert "№ 2" not in listed.text


async def test_two_hundred_clicks_are_answered_in_time_and_shown_in_few_edits(
    bureau, standin, vera, ivan
):
    motion = await opened(standin, vera, ivan)
    voters = [standin.reader(f"voter{number}") for number in range(200)]
    await asyncio.sleep(YOUNG_MESSAGE)
    before = len(edits(standin, motion))

    receipts = []
    for start in range(0, 200, 20):
        burst = enumerate(voters[start : start + 20])
        clicks = (voter.click(motion, ("Aye", "Nay")[number % 2]) for number, voter in burst)
        receipts += await asyncio.gather(*clicks)
    await until(lambda: "Aye **100** · Nay **100**" in now_of(standin, motion))

    assert all("Recorded" in each.text for each in receipts)
    made = edits(standin, motion)
    assert len(made) - before <= 3
    gaps = [later.at - earlier.at for earlier, later in itertools.pairwise(made)]
    assert min(gaps) >= YOUNG_MESSAGE
    took = sorted(each.took for each in receipts)
    print(f"p50 {took[100] * 1000:.0f} ms, worst {took[-1] * 1000:.0f} ms")  # noqa: T201
    # and the fixture holds every acknowledgement to a second


async def test_a_limit_on_edits_delays_the_count_and_loses_nothing(
    bureau, hasty, standin, vera, ivan
):
    motion = await opened(standin, vera, ivan)
    standin.fail("PATCH", motion.message["id"], 429, retry_after=0.5, times=2)

    await ivan.click(motion, "Aye")

    await until(lambda: "Aye **1**" in now_of(standin, motion))
    statuses = [each.status for each in edits(standin, motion)]
    assert statuses.count(429) == 2
    assert statuses[-1] == 200


@pytest.mark.parametrize("status", [500, 503, None])
async def test_an_edit_that_fails_is_tried_again(
    bureau, hasty, standin, no_waiting, vera, ivan, status
):
    motion = await opened(standin, vera, ivan)
    standin.fail("PATCH", motion.message["id"], status, times=1)

    await ivan.click(motion, "Nay")

    await until(lambda: "Nay **1**" in now_of(standin, motion), patience=30)


@pytest.mark.parametrize("trouble", ["deleted", "forbidden"])
async def test_one_motion_that_cannot_be_shown_keeps_no_other_from_its_verdict(
    bureau, hasty, standin, vera, ivan, trouble
):
    poisoned = await opened(standin, vera, ivan, "That the channel be closed.")
    healthy = await opened(standin, vera, ivan)
    await ivan.click(healthy, "Aye")
    if trouble == "deleted":
        del standin.messages[poisoned.message["id"]]
    else:
        standin.fail("PATCH", poisoned.message["id"], 403, times=9)

    MovableClock.ahead = timedelta(minutes=6)
    bureau.services.duties.wake("soviet")
    verdicts = standin.channels.of
    await until(lambda: len(verdicts(payloads.CHANNEL_ID)) == 2)

    said = [text_of(each) for each in verdicts(payloads.CHANNEL_ID)]
    assert sum("ADOPTED: That tea be served." in each for each in said) == 1
    posts = standin.made("POST", f"/channels/{payloads.CHANNEL_ID}/messages")
    assert all(each.payload["allowed_mentions"]["parse"] == [] for each in posts)
    assert all(each.payload["attachments"][0]["description"] for each in posts)


async def test_closed_at_once_with_a_late_click_on_the_way(bureau, hasty, standin, vera, ivan):
    motion = await opened(standin, vera, ivan)
    await ivan.click(motion, "Aye")

    MovableClock.ahead = timedelta(minutes=6)
    bureau.services.duties.wake("soviet")
    await until(lambda: standin.channels.of(payloads.CHANNEL_ID))
    late = await vera.click(motion, "Nay")
    bureau.services.duties.wake("soviet")
    await until(lambda: "· adopted" in now_of(standin, motion))

    assert "your click came after that" in late.text
    assert len(standin.channels.of(payloads.CHANNEL_ID)) == 1
    closed = await bureau.services.soviet.archive.closed(int(payloads.GUILD_ID), 1)
    assert closed.outcome.tally.counts == (1, 0)


@pytest.mark.parametrize(
    ("options", "roll"),
    [({}, guilds.MEMBERS), ({"role": Picked(payloads.ROLE_ID)}, guilds.HOLDERS)],
    ids=["everybody", "a role"],
)
async def test_where_a_share_of_the_roll_counts_discord_is_asked_for_it(
    bureau, hasty, standin, vera, ivan, options, roll, monkeypatch
):
    holder = payloads.member

    def with_the_role(person, permissions):
        return holder(person, permissions) | {"roles": [payloads.ROLE_ID]}

    monkeypatch.setattr(payloads, "member", with_the_role)
    motion = await vera.slash(
        "soviet motion", text="That the roll count.", closes="5m", quorum="25%", **options
    )

    seconded = await ivan.click(motion, "Second")

    assert "is open" in text_of(seconded.followups[0])
    kept = await bureau.services.soviet.chamber.motion(int(payloads.GUILD_ID), 1)
    assert kept.roll == roll


async def test_a_roll_that_cannot_be_counted_leaves_a_motion_tabled_and_says_so(
    bureau, hasty, standin, vera, ivan, monkeypatch
):
    holder = payloads.member

    def with_the_role(person, permissions):
        return holder(person, permissions) | {"roles": [payloads.ROLE_ID]}

    monkeypatch.setattr(payloads, "member", with_the_role)
    standin.fail("GET", "/member-counts", 403, times=9)
    motion = await vera.slash(
        "soviet motion",
        text="That the roll count.",
        closes="5m",
        quorum="25%",
        role=Picked(payloads.ROLE_ID),
    )

    seconded = await ivan.click(motion, "Second")

    assert "I see nobody who may" in text_of(seconded.followups[0])


async def test_a_whole_life_with_a_restart_in_the_middle(open_bureau, standin, vera, ivan, hasty):
    olga, pyotr = standin.reader("olga"), standin.reader("pyotr")
    async with open_bureau() as bureau:
        motion = await opened(standin, vera, ivan, quorum="4", threshold="2/3")
        await ivan.click(motion, "Aye")
        await olga.click(motion, "Nay")
        await until(lambda: "Aye **1** · Nay **1**" in now_of(standin, motion))
        old = dict(standin.messages[motion.message["id"]])

    async with open_bureau() as bureau:
        motion.message = old
        receipts = [
            await vera.click(motion, "Aye"),
            await pyotr.click(motion, "Abstain"),
            await olga.click(motion, "Aye"),
        ]
        MovableClock.ahead = timedelta(minutes=5, seconds=4)
        bureau.services.duties.wake("soviet")
        await until(lambda: standin.channels.of(payloads.CHANNEL_ID))
        await until(lambda: "· adopted" in now_of(standin, motion))
    async with open_bureau() as bureau:
        late = await pyotr.click(motion, "Nay")
        bureau.services.duties.wake("soviet")
        bureau.services.duties.wake("outbox")
        minutes = await vera.slash("soviet minutes", number="1")
        await asyncio.sleep(0.5)

    assert all("Recorded" in each.text or "Changed" in each.text for each in receipts)
    (verdict,) = standin.channels.of(payloads.CHANNEL_ID)
    said = text_of(verdict)
    numbers = (
        "Aye **3** · Nay **0** · Abstain **1**",
        "100 % of votes cast",
        "4 ballots; quorum 4",
    )
    assert [each for each in ("ADOPTED", *numbers) if each not in said] == []
    (picture,) = standin.made("POST", f"/channels/{payloads.CHANNEL_ID}/messages")
    alt = picture.payload["attachments"][0]["description"]
    assert [each for each in ("ADOPTED", "3", "1", "4") if each not in alt] == []
    assert standin.channels.pings == []
    assert "your click came after that" in late.text
    assert minutes.ephemeral
    assert standin.violations == []


@pytest.mark.parametrize("seen", [1_000, -1], ids=["in time", "too late"])
async def test_in_the_grace_a_click_counts_by_when_discord_saw_it(
    bureau, hasty, standin, vera, ivan, seen
):
    motion = await opened(standin, vera, ivan)
    kept = await bureau.services.soviet.chamber.motion(int(payloads.GUILD_ID), 1)
    MovableClock.ahead = timedelta(minutes=5, seconds=1)

    data = {"custom_id": motion.button("Aye")["custom_id"], "component_type": BUTTON}
    asked = payloads.interaction(COMPONENT, ivan, data, motion.message)
    asked["id"] = str(snowflake(kept.ends_at - seen))
    receipt = await (await standin.ask(asked)).whole()
    MovableClock.ahead = timedelta(minutes=6)
    bureau.services.duties.wake("soviet")
    await until(lambda: standin.channels.of(payloads.CHANNEL_ID))

    told, counted = ("Recorded", (1, 0)) if seen > 0 else ("came after that", (0, 0))
    assert told in receipt.text
    closed = await bureau.services.soviet.archive.closed(int(payloads.GUILD_ID), 1)
    assert closed.outcome.tally.counts == counted


@pytest.fixture
async def red_orchestra(bureau, standin):
    """Somebody who may announce, and what they announce: a chapter of 8,626 words in the news."""
    nadia = standin.reader("nadia", payloads.EVERYTHING)
    await nadia.slash("story add", title="Red Orchestra")
    await nadia.slash("story edit", story="Red Orchestra", channel=Picked(payloads.NEWS_ID))

    async def announce(words):
        url = f"https://a.example/{words}"
        await nadia.slash(
            "chapter announce", story="Red Orchestra", title="The Long Winter", url=url, words=words
        )
        await until(lambda: standin.channels.of(payloads.NEWS_ID))

    return announce


@pytest.mark.parametrize(
    ("words", "moved"),
    [
        (8_626, "regrets the shortfall of 1,374 words in “The Long Winter” of Red Orchestra"),
        (10_000, "thanks the author of Red Orchestra"),
    ],
)
async def test_a_chapter_has_the_soviet_move_in_its_own_channel(
    bureau, hasty, standin, red_orchestra, vera, words, moved
):
    hall = int(payloads.CHANNEL_ID)
    await bureau.services.guilds.choose(int(payloads.GUILD_ID), "channel.soviet", hall, 1)

    await red_orchestra(words)
    await until(lambda: standin.channels.of(payloads.CHANNEL_ID))
    (shown,) = standin.channels.of(payloads.CHANNEL_ID)
    said = text_of(shown)
    motion = Answer(standin, {}, 0.0)
    motion.message = shown
    seconded = await vera.click(motion, "Second")
    await until(lambda: "Closes" in text_of(standin.channels.messages[shown["id"]]))

    assert moved in said
    assert "Moved by the Soviet itself" in said
    assert "is open" in seconded.text
    assert standin.channels.pings == []
    assert len(standin.channels.of(payloads.NEWS_ID)) == 1


async def test_without_a_channel_of_its_own_it_moves_in_silence_and_is_on_the_list(
    bureau, standin, red_orchestra, vera
):
    await red_orchestra(8_626)

    listed = await vera.slash("soviet list")
    shown = await vera.slash("soviet show", number="1")

    assert "regrets the shortfall of 1,374 words" in listed.text
    assert "Second" in shown.buttons
    assert len(standin.channels.of(payloads.NEWS_ID)) == 1


@pytest.mark.parametrize("told", ["by the gateway", "by an edit"])
async def test_a_motion_whose_channel_is_deleted_ends_in_the_channel_of_the_soviet(
    bureau, hasty, standin, vera, ivan, told
):
    hall = int(payloads.NEWS_ID)
    await bureau.services.guilds.choose(int(payloads.GUILD_ID), "channel.soviet", hall, 1)
    motion = await opened(standin, vera, ivan)
    if told == "by an edit":
        standin.channels.gone.add(payloads.CHANNEL_ID)
        await ivan.click(motion, "Aye")
    else:
        await ivan.click(motion, "Aye")
        await standin.gateway.dispatch("CHANNEL_DELETE", payloads.channel())
    services = bureau.services
    async with asyncio.timeout(10):
        while (await services.soviet.chamber.motion(int(payloads.GUILD_ID), 1)).channel_id:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.02)

    MovableClock.ahead = timedelta(minutes=6)
    services.duties.wake("soviet")
    await until(lambda: standin.channels.of(payloads.NEWS_ID))

    (verdict,) = standin.channels.of(payloads.NEWS_ID)
    assert "ADOPTED: That tea be served." in text_of(verdict)
    assert standin.channels.of(payloads.CHANNEL_ID) == []


async def test_a_count_that_arrives_after_the_verdict_of_another_process_does_not_stay(
    bureau, hasty, standin, weather, vera, ivan
):
    """The process of the shard draws the count, the one that has the duty the verdict."""
    motion = await opened(standin, vera, ivan)
    await bureau.services.duties.stop()
    begun, arrives = asyncio.Event(), asyncio.Event()

    async def slow(_standin, _request, _noted):
        begun.set()
        await arrives.wait()

    weather.strikes_with("PATCH", motion.message["id"], slow)
    await ivan.click(motion, "Aye")
    await begun.wait()

    soviet, MovableClock.ahead = bureau.services.soviet, timedelta(minutes=10)
    (closed,) = await soviet.closing.close_overdue()
    place = closed.motion.channel_id, closed.motion.message_id
    async with discord.Client(intents=discord.Intents.none()) as other:
        other.services = bureau.services
        await other.login(payloads.TOKEN)
        hand = editor.MessageEditor(other, soviet)
        await hand(Notice(closed.motion.guild_id, closed.motion.id, *place))
    verdict = now_of(standin, motion)
    arrives.set()
    await until(lambda: now_of(standin, motion) != verdict)
    await until(lambda: bureau.services.noticeboard.is_idle)

    assert now_of(standin, motion) == verdict
