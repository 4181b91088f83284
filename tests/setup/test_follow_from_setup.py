"""Following a story from the panel of `/setup`: one address, and it rings."""

import discord
import pytest

from benchmarks.fake_feeds import FakeFeeds
from bot.chapters.errors import NotAFeedError
from bot.ui.controls import button

pytestmark = pytest.mark.simcord(check_errors=False)

FEED = "https://blog.example/feed"


@pytest.fixture
def feeds(world):
    services = world.env.bot.services
    feeds = FakeFeeds(services.clock)
    services.following._reader = services.following._poller._reader = feeds
    feeds.drop(FEED, "1. A Country of Printers")
    return feeds


@pytest.fixture
async def panel(nadia, lounge, feeds):
    return (await nadia.slash(lounge, "setup")).response


async def follow(nadia, panel, address=FEED, title=""):
    shown = await nadia.click(panel, label="Follow a story")
    return await nadia.submit_modal(shown, {"address": address, "title": title})


async def stories(world):
    return await world.env.bot.services.stories.all(world.guild.id)


async def test_an_address_is_enough(world, nadia, panel):
    answer = await follow(nadia, panel)

    (story,) = await stories(world)
    (followed,) = await world.env.bot.services.following.all(world.guild.id)
    assert (followed.story_title, followed.feed.host) == (story.title, "blog.example")
    assert followed.chapters == 1
    assert shown(answer).ephemeral
    assert "no role is pinged" in said(answer)


async def test_a_title_of_ones_own_goes_before_that_of_the_page(world, nadia, panel):
    await follow(nadia, panel, title="  Paper  Republic ")

    assert [story.title for story in await stories(world)] == ["Paper Republic"]


async def test_a_story_that_is_there_gets_the_feed_and_no_twin(world, nadia, lounge, panel):
    await nadia.slash(lounge, "story add", title="Paper Republic", quota=5000)

    await follow(nadia, panel, title="PAPER REPUBLIC")
    again = await follow(nadia, panel, title="Paper Republic")

    (story,) = await stories(world)
    assert story.quota == 5000
    assert len(await world.env.bot.services.following.all(world.guild.id)) == 1
    assert "already" in said(again)


@pytest.mark.parametrize("address", ["not an address", "http://127.0.0.1/feed", "ftp://a.example"])
async def test_an_address_that_is_none_changes_nothing(world, nadia, panel, address):
    answer = await follow(nadia, panel, address)

    assert said(answer)
    assert await stories(world) == []


async def test_a_feed_that_cannot_be_read_leaves_no_story_behind(world, nadia, panel, feeds):
    feeds.error = NotAFeedError("This is a picture.")

    answer = await follow(nadia, panel)

    assert "picture" in said(answer)
    assert await stories(world) == []


async def test_whoever_presses_is_rung_and_a_role_can_be_chosen(world, nadia, panel):
    answer = shown(await follow(nadia, panel))
    role = world.guild.create_role("Readers", mentionable=True)

    rung = await nadia.click(answer, label="Ring me with each chapter")
    chosen = await nadia.select(answer, [role], custom_id=f"su:p:{(await stories(world))[0].id}")

    (story,) = await stories(world)
    assert "Subscribed to" in rung.response.embeds[0].title
    assert await world.env.bot.services.subscribing.counts(world.guild.id) == {story.id: 1}
    assert story.role_id == role.id
    assert f"<@&{role.id}>" in chosen.response.embeds[0].description


async def test_a_role_that_cannot_ring_is_told_with_the_remedy(world, nadia, lounge, panel):
    answer = shown(await follow(nadia, panel))
    role = world.guild.create_role("Quiet")
    guild = world.env.bot.get_guild(world.guild.id)
    await guild.get_channel(lounge.id).set_permissions(guild.me, mention_everyone=False)

    chosen = await nadia.select(answer, [role], custom_id=f"su:p:{(await stories(world))[0].id}")

    assert "⚠️" in str(chosen.response.embeds[0].to_dict())


async def test_an_ordinary_reader_gets_no_form_and_cannot_hand_one_in(world, lounge):
    vera = world.readers["vera"]
    view = discord.ui.View(timeout=None)
    view.add_item(button("Follow a story", "su:f"))
    await world.env.bot.get_channel(lounge.id).send("look", view=view)

    refused = await vera.click(lounge.last_message, label="Follow a story")

    assert "Manage Server" in refused.response.content
    assert await stories(world) == []


def shown(answer):
    return (answer.followups or [answer.response])[0]


def said(answer):
    message = shown(answer)
    return message.content + "".join(str(each.to_dict()) for each in message.embeds)
