"""The relay: each row reaches Discord once, in order, whatever Discord and the process do."""

import asyncio
from itertools import pairwise

import pytest

from benchmarks.fake_discord import FakeDiscord, Weather
from bot.clock import instant
from bot.guilds.models import Choice
from bot.guilds.repository import GuildRepository
from bot.outbox.leases import repository as leases
from bot.outbox.leases.repository import OutboxRepository
from bot.outbox.models import CROSSPOST, THREAD, Picture, Post
from bot.outbox.outcomes import BLIND_WAIT, Limited, Malformed, Refused, Unknown
from bot.outbox.relay import Relay
from bot.outbox.repository import enqueue, forget, purge, resume


def said(discord, channel=5):
    return [message.body["content"] for message in discord.messages[channel]]


class Answers(FakeDiscord):
    """Answers the next requests as it was told; `lose` makes the message all the same."""

    def __init__(self, clock):
        super().__init__(clock)
        self.next = []
        self.sent = []

    async def send(self, row, picture):
        self.sent.append((row, picture))
        if not self.next:
            return await super().send(row, picture)
        answer = self.next.pop(0)
        if answer == "lose":
            await super().send(row, picture)
            return Unknown("lost")
        if isinstance(answer, BaseException):
            raise answer
        return answer


@pytest.fixture
def discord(clock):
    return Answers(clock)


async def test_messages_of_a_channel_go_out_in_the_order_they_came(relay, put, post, discord):
    await put(*(post(number) for number in range(1, 8)))

    assert await relay.work() is None

    assert said(discord) == [f"Chapter {number}" for number in range(1, 8)]


async def test_what_follows_waits_for_its_message(relay, put, post, discord, states):
    (first,) = await put(post())
    await put(post(step=THREAD, after=first, body={"name": "Talk"}))
    await put(post(step=CROSSPOST, after=first, body={}))

    await relay.work()

    (message,) = discord.all
    assert discord.threads[message.id] == discord.published[message.id] == 1
    assert await states() == ["sent"] * 3


async def test_a_lost_reply_is_looked_for_and_not_sent_again(relay, put, post, discord, clock):
    await put(post())
    discord.next = ["lose"]
    due = await relay.work()
    assert due > instant(clock.now())
    clock.move(hours=1)  # long after Discord has forgotten the nonce

    await relay.work()

    assert said(discord) == ["Chapter 1"]


async def test_what_never_arrived_is_sent_again_with_the_same_nonce(
    relay, put, post, discord, clock
):
    await put(post())
    discord.next = [Unknown("reset")]
    await relay.work()
    clock.move(minutes=1)

    await relay.work()

    assert said(discord) == ["Chapter 1"]
    assert len({row.nonce for row, _ in discord.sent}) == 1


async def test_without_a_history_the_nonce_is_waited_out(relay, put, post, discord, clock):
    await put(post())
    discord.next, discord.blind = ["lose"], True
    await relay.work()
    clock.move(seconds=30)
    await relay.work()
    assert len(discord.sent) == 1
    clock.move(minutes=3)

    await relay.work()

    assert len(discord.sent) == 2


async def test_without_a_history_it_is_sent_once_the_nonce_is_waited_out(
    relay, put, post, discord, clock
):
    await put(post())
    discord.next, discord.blind = ["lose"], True
    started = instant(clock.now())
    due = await relay.work()
    for _ in range(4):
        if due is None:
            break
        clock.move(milliseconds=due - instant(clock.now()))
        due = await relay.work()

    assert due is None
    assert len(discord.sent) == 2
    assert instant(clock.now()) - started == BLIND_WAIT


@pytest.mark.parametrize(
    "answer", [Limited(300), Refused(40003, "Slower."), Refused(50013, "no"), Malformed("no")]
)
async def test_what_may_have_arrived_is_looked_for_after_another_answer_too(
    relay, put, post, discord, clock, answer
):
    discord.weather = Weather(latest_sight=100_000)
    await put(post(body={"content": "Chapter 1", "embeds": [{"title": "T"}]}))
    discord.next = ["lose", answer]
    await relay.work()
    clock.move(seconds=1)
    await relay.work()  # not to be seen yet, and the second try is answered otherwise

    for _ in range(20):
        clock.move(minutes=6)
        await relay.work()

    assert said(discord) == ["Chapter 1"]


async def test_a_limit_is_kept_and_the_channel_waits_behind_it(relay, put, post, discord, clock):
    await put(post(1), post(2))
    discord.next = [Limited(40)]
    await relay.work()
    await put(post(3, channel=6))

    due = await relay.work()

    assert due == instant(clock.now()) + 40_000
    assert said(discord) == []
    assert said(discord, 6) == ["Chapter 3"]
    clock.move(seconds=40)
    await relay.work()
    assert said(discord) == ["Chapter 1", "Chapter 2"]


async def test_what_is_to_come_later_holds_up_nobody(relay, put, post, discord, clock):
    later = instant(clock.now()) + 86_400_000
    await put(post(1, not_before=later), post(2))

    assert await relay.work() == later

    assert said(discord) == ["Chapter 2"]


async def test_a_refusal_blocks_the_channel_tells_the_admins_once_and_loses_nothing(
    relay, put, post, discord, clock, database, states
):
    await GuildRepository(database).put(1, Choice.ADMIN_CHANNEL, "9", 7, instant(clock.now()))
    discord.closed[5] = "I lack Send Messages in <#5>."
    await put(post(1), post(2))

    await relay.work()
    clock.move(minutes=2)
    await relay.work()

    assert said(discord, 9) == ["I lack Send Messages in <#5>."]
    assert [row.topic for row, _ in discord.sent if row.channel_id == 5] == ["chapter:1"]
    assert (await states())[:2] == ["blocked", "ready"]
    del discord.closed[5]
    clock.move(minutes=2)
    await relay.work()
    assert said(discord) == ["Chapter 1", "Chapter 2"]
    assert len(discord.messages[9]) == 1


async def test_a_refusal_that_nothing_explains_is_tried_again_later_and_later(
    relay, put, post, discord, clock
):
    discord.next = [Refused(50013, "no")] * 3
    await put(post())
    tried = []
    for _ in range(200):
        before = len(discord.sent)
        await relay.work()
        if len(discord.sent) > before:
            tried.append(instant(clock.now()))
        clock.move(minutes=2)

    gaps = [(later - earlier) // 60_000 for earlier, later in pairwise(tried)]
    assert gaps == [20, 40, 80]
    assert said(discord) == ["Chapter 1"]


async def test_resuming_tries_what_is_blocked_at_once(relay, put, post, discord, clock, database):
    await put(post())
    discord.next = [Refused(50001, "Let me in.")]
    await relay.work()

    await database.write(lambda tx: resume(tx, 1, instant(clock.now())))
    await relay.work()

    assert said(discord) == ["Chapter 1"]


async def test_a_problem_that_comes_back_is_told_again(relay, put, post, discord, clock, database):
    await GuildRepository(database).put(1, Choice.ADMIN_CHANNEL, "9", 7, instant(clock.now()))
    for number in (1, 2):
        discord.next = [Refused(50001, "Let me in.")]
        await put(post(number))
        await relay.work()
        await database.write(lambda tx: resume(tx, 1, instant(clock.now())))
        await relay.work()
        clock.move(minutes=1)

    assert said(discord, 9) == ["Let me in."] * 2


async def test_what_discord_finds_malformed_goes_out_simpler(relay, put, post, discord):
    body = {
        "content": "<@&4> new",
        "embeds": [{"title": "T", "url": "https://a.example/1"}],
        "components": [{"type": 1, "components": [{"type": 2, "style": 5, "url": "https://x"}]}],
        "allowed_mentions": {"roles": ["4"]},
    }
    await put(post(body=body))
    discord.next = [Malformed("components"), Malformed("embeds")]

    await relay.work()

    (message,) = discord.all
    assert message.body["content"] == "<@&4> new\nhttps://a.example/1\nT"
    assert not message.body["components"]
    assert not message.body["embeds"]
    assert message.body["allowed_mentions"] == {"roles": ["4"]}
    assert len({row.nonce for row, _ in discord.sent}) == 1


async def test_what_even_plain_is_malformed_blocks_only_itself(relay, put, post, discord, states):
    await put(post(1), post(2))
    discord.next = [Malformed("content")]

    await relay.work()

    assert await states() == ["blocked", "sent"]


async def test_a_message_deleted_before_we_heard_of_it_is_not_sent_again(
    relay, put, post, discord, states
):
    (first,) = await put(post())
    await put(post(step=THREAD, after=first, body={"name": "Talk"}))
    discord.next = [Refused(10008, "Unknown Message")]

    await relay.work()

    assert discord.all == []
    assert await states() == ["sent", "dropped"]


@pytest.mark.parametrize(("step", "code"), [(THREAD, 160004), (CROSSPOST, 40033)])
async def test_a_step_that_is_done_already_is_done(relay, put, post, discord, states, step, code):
    (first,) = await put(post())
    await relay.work()
    await put(post(step=step, after=first))
    discord.next = [Refused(code, "already")]

    await relay.work()

    assert await states() == ["sent", "sent"]


async def test_a_process_that_dies_while_sending_sends_once(
    relay, put, post, discord, clock, database
):
    await put(post())
    hanging = asyncio.Event()
    send = discord.send

    async def hang(row, picture):
        await send(row, picture)
        hanging.set()
        await asyncio.Event().wait()

    discord.send = hang
    dying = asyncio.create_task(relay.work())
    await hanging.wait()
    dying.cancel()
    await asyncio.wait({dying})
    discord.send = send
    clock.move(hours=2)
    reborn = Relay(OutboxRepository(database), clock, seconds_between=0)
    reborn.attach(discord)

    await reborn.work()

    assert said(discord) == ["Chapter 1"]


async def test_only_the_newest_edit_is_made(relay, put, post, discord, states):
    (first,) = await put(post())
    await relay.work()
    for text in ("two", "three"):
        await put(post(step=f"edit:{text}", after=first, body={"content": text}))

    await relay.work()

    assert [body["content"] for _, body in discord.edits] == ["three"]
    assert await states() == ["sent", "dropped", "sent"]


async def test_who_listens_hears_in_the_transaction_of_the_delivery(
    relay, put, post, database, states
):
    heard = []

    async def note(tx, delivered):
        heard.append((delivered.topic, delivered.step, delivered.message_id))
        row = await tx.fetch_one("SELECT state FROM outbox WHERE id = :id", {"id": 1})
        heard.append(row["state"])

    relay.listen("chapter:", note)
    relay.listen("motion:", note)
    await put(post())

    await relay.work()

    assert heard == [("chapter:1", "send", 1), "sent"]


async def test_a_listener_at_fault_holds_up_no_other_channel(relay, put, post, discord, states):
    async def fail(_tx, _delivered):
        raise ValueError("a bug")

    relay.listen("chapter:1", fail)
    await put(post(1), post(2, channel=6))

    await relay.work()

    assert said(discord, 6) == ["Chapter 2"]
    assert await states() == ["ready", "sent"]
    assert len(discord.messages[5]) == 1


async def test_a_reader_who_takes_no_private_messages_is_told_of_to_the_owner(
    relay, put, discord, states
):
    gone = []

    async def unheard(_tx, refusal):
        gone.append((refusal.topic, refusal.reader_id, refusal.code))

    async def heard(_tx, _delivered):
        raise AssertionError

    relay.listen("digest:", heard, unheard)
    await put(Post("digest:77:1", "send", 0, 77, {"content": "This week"}))
    discord.next = [Refused(50007, "closed")]

    await relay.work()

    assert gone == [("digest:77:1", 77, 50007)]
    assert await states() == ["dropped"]


async def test_a_picture_is_drawn_when_it_is_sent(relay, put, post, discord):
    async def draw(wanted):
        return Picture("verdict.png", b"png", f"Motion {wanted['motion']}")

    relay.draw_with("verdict", draw)
    await put(post(picture={"maker": "verdict", "motion": 4}))

    await relay.work()

    ((_, picture),) = discord.sent
    assert picture == Picture("verdict.png", b"png", "Motion 4")


@pytest.mark.parametrize("maker", ["verdict", "unknown"])
async def test_a_picture_that_fails_lets_the_message_go_without(relay, put, post, discord, maker):
    async def draw(_wanted):
        raise ValueError("no font")

    relay.draw_with("verdict", draw)
    await put(post(picture={"maker": maker}))

    await relay.work()

    assert said(discord) == ["Chapter 1"]


@pytest.mark.parametrize("seed", range(12))
async def test_bad_weather_loses_and_doubles_nothing(relay, put, post, discord, clock, seed):
    discord.begin(seed, Weather(0.2, 0.2, 0.2, 0.0, 0.0, latest_sight=100_000))
    await put(*(post(number, channel=number % 7) for number in range(60)))
    for _ in range(400):
        clock.move(seconds=45)
        if await relay.work() is None:
            break

    assert len(discord.all) == 60
    assert discord.doubled() == 0
    for channel in range(7):
        assert said(discord, channel) == [
            f"Chapter {number}" for number in range(60) if number % 7 == channel
        ]


async def test_a_reader_is_struck_from_what_was_sent_to_them(put, database):
    body = {"content": "<@77> <@8> look", "allowed_mentions": {"users": ["77", "8"]}}
    await put(Post("digest:77", "send", 0, 77, {"content": "x"}), Post("a", "send", 1, 2, body))

    await database.write(lambda tx: forget(tx, 77))

    (row,) = await database.fetch_all("SELECT * FROM outbox")
    assert "77" not in row["body"]
    assert "<@8>" in row["body"]


async def test_a_server_that_is_gone_leaves_nothing(put, post, database):
    (first,) = await put(post())
    await put(post(step=THREAD, after=first))

    await database.write(lambda tx: purge(tx, 1))

    assert await database.fetch_all("SELECT * FROM outbox") == []


async def test_what_is_not_ready_is_not_sent(relay, put, post, discord, clock):
    discord.is_ready = False
    await put(post())

    assert await relay.work() == instant(clock.now()) + 1000

    assert discord.all == []


async def test_what_is_blocked_stays_so_while_the_servers_are_not_seen(
    relay, put, post, discord, clock, states
):
    discord.next, discord.sees_servers = [Refused(50001, "Let me in.")], False
    await put(post())
    for _ in range(10):
        await relay.work()
        clock.move(hours=1)

    assert len(discord.sent) == 1
    assert await states() == ["blocked"]


async def test_enqueuing_inside_a_listener_is_sent_as_well(relay, put, post, discord, clock):
    async def follow(tx, delivered):
        if delivered.topic == "chapter:1":
            await enqueue(tx, post(2), instant(clock.now()))

    relay.listen("chapter:", follow)
    await put(post())

    await relay.work()

    assert said(discord) == ["Chapter 1", "Chapter 2"]


# SQLite's words for its plan.
@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
async def test_the_relay_never_looks_at_what_was_sent_long_ago(database):
    for query in (leases._DUE, leases._NEXT):
        plan = await database.fetch_all(f"EXPLAIN QUERY PLAN {query}", {"now": 1, "limit": 5})

        steps = [row["detail"] for row in plan]
        assert [step for step in steps if step.startswith("SCAN") and "INDEX" not in step] == []
