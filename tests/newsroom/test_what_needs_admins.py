"""What admins are told they must mend: told once, and gone from the list when it is no more."""

import pytest
from newsroom.desk import CHANNEL, FEED, GUILD, ROLE

from bot.chapters.announcing.composer import Site
from bot.chapters.errors import TooSlowError
from bot.chapters.stories.models import Change
from bot.problems.repository import problems

OTHER_CHANNEL, OTHER_ROLE = 22, 32
SILENT = "A ping would ring for nobody."


@pytest.fixture
async def silent(desk, followed):
    """A chapter was announced where its role does not ring."""
    desk.premises.site = Site(True, False, False, True, [SILENT])
    await desk.drop("Chapter 4")
    assert list((await problems(desk.database, GUILD)).values()) == [SILENT]
    return desk


async def edit(desk, **change):
    (story,) = await desk.room.stories.all(GUILD)
    await desk.room.stories.edit(GUILD, story.id, Change(**change))


@pytest.mark.parametrize(
    "change",
    [{"channel_id": OTHER_CHANNEL}, {"role_id": OTHER_ROLE}],
    ids=["another channel", "another role"],
)
async def test_what_was_missing_where_nothing_is_announced_any_more_needs_nobody(silent, change):
    await edit(silent, **change)
    await silent.room.announcing.review(GUILD)

    assert await problems(silent.database, GUILD) == {}


async def test_what_was_mended_needs_nobody_before_the_next_chapter_comes(silent):
    silent.premises.site = Site(True, True, False, True, [])
    await silent.wait(minutes=1)

    assert await problems(silent.database, GUILD) == {}


async def test_what_is_missing_still_needs_somebody(silent):
    await silent.wait(hours=1)
    silent.premises.gone = {GUILD}
    silent.premises.site = Site(True, True, False, True, [])
    await silent.wait(hours=1)

    assert list((await problems(silent.database, GUILD)).values()) == [SILENT]


async def test_one_story_whose_role_rings_does_not_end_the_problem_of_another(silent):
    other = await silent.story("Red Guards", role=None)
    await silent.follow(other, "https://other.example/feed")
    look = silent.premises.look
    fine = Site(True, False, False, True, [])
    silent.premises.look = lambda guild, channel, role=None: (
        look(guild, channel, role) if role == ROLE else fine
    )
    await silent.drop("Chapter 1", "https://other.example/feed")

    assert list((await problems(silent.database, GUILD)).values()) == [SILENT]
    assert len(silent.said()) == 2


async def test_what_an_older_version_noted_without_the_role_goes(desk, followed):
    async def note(tx):
        await tx.execute(
            "INSERT INTO problem (guild_id, key, words, since) VALUES (:g, :key, 'x', 1)",
            {"g": GUILD, "key": f"preflight:{CHANNEL}"},
        )

    await desk.database.write(note)

    await desk.room.announcing.review()

    assert await problems(desk.database, GUILD) == {}


@pytest.fixture
async def two_stories_failing(desk, followed):
    """Two stories of one server are told of by one feed, and it fails."""
    await desk.follow(await desk.story("Red Guards"))
    desk.feeds.error = TooSlowError("The site takes too long to answer.")
    await desk.wait(hours=12)
    assert list(await problems(desk.database, GUILD))
    return desk


@pytest.mark.parametrize("end", ["pause", "remove"])
async def test_a_failing_feed_needs_somebody_until_no_story_asks_it(two_stories_failing, end):
    desk = two_stories_failing
    first, second = await desk.room.following.all(GUILD)
    ending = getattr(desk.room.following, end)

    await ending(GUILD, first.follow.id)
    assert await problems(desk.database, GUILD)
    await ending(GUILD, second.follow.id)

    assert await problems(desk.database, GUILD) == {}


async def test_who_paused_a_feed_is_not_told_that_it_fails(desk, followed):
    elsewhere = await desk.story("Red Orchestra", guild=GUILD + 1, channel=CHANNEL + 1)
    await desk.follow(elsewhere, FEED)
    (mine,) = await desk.room.following.all(GUILD)
    await desk.room.following.pause(GUILD, mine.follow.id)
    desk.feeds.error = TooSlowError("The site takes too long to answer.")

    await desk.wait(hours=12)

    assert await problems(desk.database, GUILD) == {}
    assert await problems(desk.database, GUILD + 1)


async def test_what_a_channel_refused_follows_its_story_to_another(desk, followed):
    desk.discord.closed[CHANNEL] = "That channel is gone."
    await desk.drop("Chapter 4")
    await desk.drop("Chapter 5")
    assert list(await problems(desk.database, GUILD)) == [f"channel:{CHANNEL}:messages"]

    await edit(desk, channel_id=OTHER_CHANNEL)
    await desk.wait(minutes=3)

    assert desk.said() == []
    assert [card["title"] for card in desk.cards(OTHER_CHANNEL)] == ["Chapter 4", "Chapter 5"]
    assert len(desk.discord.threads) == 2
    assert await problems(desk.database, GUILD) == {}


async def test_what_a_channel_refused_stays_there_while_its_story_does(desk, followed):
    desk.discord.closed[CHANNEL] = "I lack Send Messages."
    await desk.drop("Chapter 4")
    await desk.wait(minutes=30)
    del desk.discord.closed[CHANNEL]

    await desk.room.following.resume(GUILD)
    await desk.wait(minutes=3)

    assert [card["title"] for card in desk.cards()] == ["Chapter 4"]
