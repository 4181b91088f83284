"""Whom a chapter rings for, the weekly digest, and what is left of somebody who is forgotten."""

import pytest
from newsroom.desk import ADMIN, CHANNEL, FEED, GUILD

from bot.chapters import newsroom
from bot.chapters.announcing.service import ByHand
from bot.chapters.entries import Words, WordSource
from bot.chapters.following.models import NoSuchFeedError
from bot.chapters.stories.models import BadNumberError, Change, NoSuchStoryError
from bot.chapters.subscribing.models import How, NoRoleError, RoleRingsForAllError
from bot.outbox.outcomes import Refused

VERA = 900_000_000_000_000_001


def counted(number):
    return Words(number, WordSource.COUNTED)


@pytest.fixture
def subscribe(desk):
    async def subscribe(story, reader=VERA, how=How.PING, **more):
        wanted = desk.room.subscribing.wish(story, reader, how, **more)
        await desk.room.subscribing.subscribe(wanted)

    return subscribe


async def test_many_readers_are_named_in_messages_of_eighty_each_once(desk, followed, subscribe):
    readers = [VERA + number for number in range(170)]
    for reader in readers:
        await subscribe(followed, reader)
    await desk.drop("Chapter 4")

    card, *pings = desk.discord.messages[CHANNEL]
    assert card.body["allowed_mentions"]["users"] == []
    named = [ping.body["allowed_mentions"]["users"] for ping in pings]
    assert [len(some) for some in named] == [80, 80, 10]
    assert sorted(reader for some in named for reader in some) == sorted(map(str, readers))
    for ping in pings:
        assert len(ping.body["content"]) <= 2000
        assert ping.body["allowed_mentions"]["parse"] == []
        assert "message_reference" in ping.body


async def test_a_reader_of_long_chapters_is_not_named_for_what_nobody_counted(
    desk, followed, subscribe
):
    await subscribe(followed, min_words=10_000)
    await desk.drop("Chapter 4")
    await desk.drop("Chapter 5", words=counted(10_000))

    silent, ringing = desk.discord.messages[CHANNEL]
    assert silent.body["allowed_mentions"]["users"] == []
    assert ringing.body["allowed_mentions"]["users"] == [str(VERA)]


async def test_a_reader_of_side_stories_is_named_for_them_only(desk, followed, subscribe):
    await subscribe(followed, category="Omake")
    await desk.drop("Chapter 4", category="main")
    await desk.drop("The Cat", category="omake")

    story, omake = desk.discord.messages[CHANNEL]
    assert story.body["allowed_mentions"]["users"] == []
    assert omake.body["allowed_mentions"]["users"] == [str(VERA)]


# Weeks of turns, a server's seconds; what is done in them a server does in the tests around.
@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
async def test_the_digest_tells_of_the_week_once_and_rests_when_there_is_nothing(
    desk, followed, subscribe
):
    await subscribe(followed, how=How.DIGEST)
    await desk.drop("Chapter 4", words=counted(2_300))
    await desk.drop("Chapter 5")
    await desk.wait(days=7)
    await desk.wait(days=14)

    (digest,) = desk.discord.messages[VERA]
    assert digest.body["content"] == "Your week: 2 chapters, 2,300 words, about 10 min."
    assert "Chapter 4](https://blog.example/chapter-4) · 2,300 words" in str(digest.body)
    assert digest.body["allowed_mentions"] == {"parse": []}


# Weeks of turns, a server's seconds; what is done in them a server does in the tests around.
@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
async def test_closed_private_messages_end_the_digest_and_say_so(desk, followed, subscribe):
    await subscribe(followed, how=How.DIGEST)
    await desk.drop("Chapter 4")
    send = desk.discord.send

    async def closed(row, picture):
        return Refused(50007, "closed") if row.guild_id == 0 else await send(row, picture)

    desk.discord.send = closed
    await desk.wait(days=8)

    found = await desk.room.subscribing.of_reader(GUILD, VERA)
    assert "The digest is off" in found.problem
    assert found.digest_at is None
    await subscribe(followed, how=How.DIGEST)
    assert (await desk.room.subscribing.of_reader(GUILD, VERA)).problem is None


async def test_a_digest_whose_subscription_ended_ends(desk, followed, subscribe):
    await subscribe(followed, how=How.DIGEST)
    await desk.room.subscribing.unsubscribe(followed, VERA)
    await desk.drop("Chapter 4")
    await desk.wait(days=8)

    assert VERA not in desk.discord.messages
    assert await desk.room.subscribing.work() is None


async def test_a_role_cannot_choose_and_a_story_may_have_none(desk, followed):
    wish = desk.room.subscribing.wish
    bare = await desk.room.stories.add(GUILD, Change(title="Bare"), ADMIN)

    assert wish(followed, VERA, None).how is How.ROLE
    assert wish(followed, VERA, None, min_words=5).how is How.PING
    assert wish(bare, VERA, None).how is How.PING
    with pytest.raises(RoleRingsForAllError):
        wish(followed, VERA, How.ROLE, category="all")
    with pytest.raises(NoRoleError):
        wish(bare, VERA, How.ROLE)
    with pytest.raises(BadNumberError):
        wish(followed, VERA, How.PING, min_words=10**12)


# Weeks of turns, a server's seconds; what is done in them a server does in the tests around.
@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
async def test_a_forgotten_reader_leaves_no_trace(desk, followed, subscribe):
    await subscribe(followed)
    await subscribe(followed, VERA + 1)
    await desk.drop("Chapter 4")
    other = await desk.room.stories.add(GUILD, Change(title="Theirs", channel_id=3), VERA)
    await desk.room.following.add(other, "https://b.example/feed", None, None, VERA)
    await desk.room.announcing.announce(other, ByHand("T", "https://b.example/1"), VERA)
    await subscribe(other, how=How.DIGEST)
    await desk.wait(days=8)

    await desk.database.write(lambda tx: newsroom.forget(tx, VERA))

    for table in ("story", "follow", "chapter", "subscription", "reader_digest", "outbox"):
        for row in await desk.database.fetch_all(f"SELECT * FROM {table}"):
            assert str(VERA) not in str(tuple(row)), table
    assert str(VERA + 1) in str(
        [row["body"] for row in await desk.database.fetch_all("SELECT body FROM outbox")]
    )
    assert await desk.room.stories.all(GUILD)


async def test_a_server_that_is_gone_leaves_nothing_and_others_keep_theirs(
    desk, followed, subscribe
):
    there = await desk.story(guild=12, channel=22)
    await desk.follow(there)
    await subscribe(followed)
    await desk.drop("Chapter 4")
    desk.discord.closed[CHANNEL] = "no"
    await desk.drop("Chapter 5")

    await desk.database.write(lambda tx: newsroom.purge(tx, GUILD))

    for table in (
        "story",
        "follow",
        "chapter",
        "subscription",
        "announcement",
        "outbox",
        "problem",
    ):
        rows = await desk.database.fetch_all(f"SELECT guild_id FROM {table}")
        assert all(row["guild_id"] != GUILD for row in rows), table
    await desk.drop("Chapter 6")
    assert len(desk.said(22)) == 3


@pytest.mark.parametrize("said", ["Orchestra", "RED ORCHESTRA", "1", "red  orchestra!"])
async def test_a_story_is_found_by_what_people_type(desk, story, said):
    assert (await desk.room.stories.find(GUILD, said)).id == story.id


async def test_what_belongs_to_another_server_is_not_found(desk, followed):
    with pytest.raises(NoSuchStoryError):
        await desk.room.stories.find(12, str(followed.id))
    with pytest.raises(NoSuchStoryError):
        await desk.room.stories.edit(12, followed.id, Change(title="Mine"))
    (each,) = await desk.room.following.all(GUILD)
    for act in (
        desk.room.following.pause(12, each.follow.id),
        desk.room.following.resume(12, each.follow.id),
        desk.room.following.remove(12, each.follow.id),
        desk.room.following.answer(12, each.follow.id, announce=True),
    ):
        with pytest.raises(NoSuchFeedError):
            await act


async def test_a_chapter_announced_by_hand_is_not_announced_again_by_its_feed(desk, followed):
    url = "https://blog.example/chapter-4"
    order = ByHand("Chapter four!", f"{url}?utm_source=discord", 11_000)
    await desk.room.announcing.announce(followed, order, ADMIN)
    await desk.drop("Chapter 4: Another title")
    await desk.wait(hours=1)

    (card,) = desk.cards()
    assert card["title"] == "Chapter four!"


async def test_a_held_chapter_may_be_announced_by_hand_at_once(desk, followed):
    entry = desk.feeds.drop(FEED, "Chapter 4")
    desk.clock.move(minutes=20)
    await desk.turn()
    await desk.room.announcing.announce(followed, ByHand("Chapter 4", entry.url), ADMIN)
    await desk.turn()
    assert len(desk.said()) == 1

    await desk.wait(hours=1)

    assert len(desk.said()) == 1
