"""Whose turn it is when more feeds are due than can be asked at once."""

from bot.chapters.errors import TooSlowError
from bot.chapters.following.repository import FeedRepository
from bot.clock import instant

HANGING, SOUND = 30, 3


async def test_sites_that_hang_keep_no_sound_feed_waiting(desk):
    for number in range(HANGING):
        story = await desk.story(f"Hanging {number}")
        await desk.follow(story, f"https://hanging{number}.example/feed")
    desk.feeds.error = TooSlowError("The site takes too long to answer.")
    desk.clock.move(hours=1)
    await desk.turn()
    desk.feeds.error = None
    for number in range(SOUND):
        desk.clock.move(minutes=1)
        story = await desk.story(f"Sound {number}", guild=99)
        await desk.follow(story, f"https://sound{number}.example/feed")
    desk.clock.move(days=2)

    due = await FeedRepository(desk.database).due(
        instant(desk.clock.now()), (), a_host=2, limit=SOUND + 1
    )

    # Among themselves they come as the spread of their polls has it.
    assert {feed.host for feed in due[:SOUND]} == {f"sound{n}.example" for n in range(SOUND)}
    assert due[SOUND].host.startswith("hanging")
