"""Where chapters are announced when nobody says it each time, and whom they ping."""

import pytest
from chapter_commands.conftest import FEED

from bot.guilds.models import Choice


@pytest.fixture
async def told(world, feeds, lounge):
    """A story without a channel, and a feed with one chapter."""
    feeds.drop(FEED, "Chapter 1")
    await world.admin.slash(lounge, "story add", title="Red Orchestra")
    return world


@pytest.fixture
async def usual(told, services, news):
    """The channel that was chosen in /setup."""
    await choose(told, services, Choice.CHAPTER_CHANNEL, news)
    return news


def choose(world, services, choice, chosen):
    return services.guilds.choose(world.guild.id, choice, chosen.id, world.admin.id)


async def add(world, where, **more):
    return await world.admin.slash(where, "feed add", story="Red Orchestra", url=FEED, **more)


async def drop(world, feeds, title="Chapter 2"):
    entry = feeds.drop(FEED, title)
    await world.admin.slash(world.channels["lounge"], "feed resume", feed="1")
    await world.env.advance_time(150)
    return entry


def cards(channel):
    return [message.embeds[0].title for message in channel.history() if message.embeds]


async def test_a_feed_without_a_channel_goes_where_the_server_chose(
    told, usual, feeds, lounge, text_of
):
    added = await add(told, lounge)
    assert f"Chapters go to <#{usual.id}>; no role is pinged." in text_of(added)

    await drop(told, feeds)

    assert cards(usual) == ["Chapter 2"]


async def test_it_moves_with_the_choice_of_the_server(told, usual, feeds, lounge, services):
    await add(told, usual)
    await choose(told, services, Choice.CHAPTER_CHANNEL, lounge)

    await drop(told, feeds)

    assert "Chapter 2" in cards(lounge)
    assert "Chapter 2" not in cards(usual)


async def test_without_any_choice_it_is_here_until_the_story_is_given_a_channel(
    told, feeds, lounge, news, text_of
):
    added = await add(told, lounge)
    assert f"Chapters go to <#{lounge.id}>" in text_of(added)
    await told.admin.slash(lounge, "story edit", story="Red Orchestra", channel=news)

    await drop(told, feeds)

    assert "Chapter 2" in cards(news)
    assert "Chapter 2" not in cards(lounge)


async def test_a_feed_that_cannot_be_followed_changes_no_channel(told, feeds, lounge, services):
    await told.admin.slash(lounge, "feed add", story="Red Orchestra", url="https://127.0.0.1/")

    (story,) = await services.stories.all(told.guild.id)
    assert story.channel_id is None


async def test_what_is_announced_by_hand_goes_where_the_feed_goes_and_pings_its_role(
    told, feeds, lounge, news, role
):
    await add(told, lounge, channel=news, role=role)
    order = {"story": "Red Orchestra", "title": "Chapter 9", "url": "https://a.example/9"}

    await told.admin.slash(lounge, "chapter announce", **order)
    await told.env.advance_time(5)

    assert cards(news) == ["Chapter 9"]
    (message,) = [each for each in news.history() if each.embeds]
    assert message.content.startswith(f"<@&{role.id}> ")


async def test_what_is_announced_by_hand_goes_where_the_server_chose(told, usual, lounge):
    order = {"story": "Red Orchestra", "title": "Chapter 9", "url": "https://a.example/9"}

    await told.admin.slash(lounge, "chapter announce", **order)
    await told.env.advance_time(5)

    assert cards(usual) == ["Chapter 9"]


async def test_without_a_channel_anywhere_it_says_how_to_choose_one(told, lounge):
    order = {"story": "Red Orchestra", "title": "Chapter 9", "url": "https://a.example/9"}

    refused = await told.admin.slash(lounge, "chapter announce", **order)

    assert "/setup" in refused.response.content
    assert "/story edit channel:" in refused.response.content


async def test_the_list_the_dry_run_and_the_reason_name_the_same_place(
    told, usual, feeds, lounge, role, text_of
):
    await add(told, lounge, role=role)
    place = f"→ <#{usual.id}> <@&{role.id}>"
    assert place in text_of(await told.admin.slash(lounge, "feed list"))
    assert place in text_of(await told.admin.slash(lounge, "feed test", url=FEED))
    channel = told.env.bot.get_channel(usual.id)
    await channel.set_permissions(channel.guild.me, send_messages=False)

    shown = [
        await told.admin.slash(lounge, "feed list"),
        await told.admin.slash(lounge, "feed test", url=FEED),
        await told.admin.slash(lounge, "chapter why", url=feeds.entries(FEED)[0].url),
    ]

    assert ["I lack Send Messages" in text_of(each) for each in shown] == [True, True, True]
