"""Operations on stories, feeds, announcements and subscriptions."""

from datetime import timedelta

from faults.harness.operations import CHANNEL, GUILD, VERA, Operation

from benchmarks.fake_premises import FakePremises
from bot.chapters.announcing.service import ByHand
from bot.chapters.stories.models import Change
from bot.chapters.subscribing.models import How

FEED, ROLE = "https://blog.example/feed", 31


async def add_story(services):
    change = Change(title="Red Orchestra", channel_id=CHANNEL, role_id=ROLE)
    await services.stories.add(GUILD, change, VERA)


async def story_of(services):
    return await services.stories.find(GUILD, "Red Orchestra")


async def edit_story(services):
    change = Change(title="Red Opera", quota=500, masked=True)
    await services.stories.edit(GUILD, 1, change)


def told(services, chapters):
    """Have the feed tell of so many chapters."""
    feeds = services.following._reader
    for number in range(len(feeds.entries(FEED)) + 1, chapters + 1):
        feeds.drop(FEED, f"Chapter {number}")


async def follow(services):
    told(services, 2)
    await services.following.add(await story_of(services), FEED, None, None, VERA)


async def follow_at_the_next_turn(services):
    told(services, 2)
    await services.following._poller.poll(1)


async def follow_a_story(services):
    await add_story(services)
    await follow(services)


async def poll(services):
    told(services, 3)
    await services.following._poller.poll(1)


async def hear_of_a_chapter(services):
    await follow_a_story(services)
    await poll(services)


async def release(services):
    services.clock.later = timedelta(minutes=5)
    services.announcing.attach(FakePremises())
    await services.announcing.work()


async def announce(services):
    order = ByHand("Chapter 1", "https://a.example/1", 11_000)
    await services.announcing.announce(await story_of(services), order, VERA)


async def subscribe(services):
    story = await story_of(services)
    await services.subscribing.subscribe(services.subscribing.wish(story, VERA, How.DIGEST))


async def unsubscribe(services):
    await services.subscribing.unsubscribe(await story_of(services), VERA)


async def add_and_subscribe(services):
    await add_story(services)
    await subscribe(services)


async def wait_for_a_digest(services):
    await add_and_subscribe(services)
    await announce(services)


async def send_digests(services):
    services.clock.later = timedelta(days=8)
    await services.subscribing.work()


async def pause(services):
    await services.following.pause(GUILD, 1)


async def leave(services):
    """Let 31 days go by after a server removed the bot."""
    await wait_for_a_digest(services)
    await services.departures.left(GUILD)


async def purge(services):
    async def certain(_guild_id):
        return True

    services.clock.later = timedelta(days=31)
    services.departures.ask(certain)
    await services.departures.work()


CHAPTERS = (
    Operation("story added", add_story),
    Operation("story changed", edit_story, add_story),
    Operation("feed followed", follow, add_story, finish=follow_at_the_next_turn),
    Operation("feed polled", poll, follow_a_story),
    Operation("feed paused", pause, follow_a_story),
    Operation("feed removed", lambda services: services.following.remove(GUILD, 1), follow_a_story),
    Operation("chapter released", release, hear_of_a_chapter),
    Operation("chapter announced by hand", announce, add_story),
    Operation("reader subscribed", subscribe, add_story),
    Operation("reader unsubscribed", unsubscribe, add_and_subscribe),
    Operation("digest sent", send_digests, wait_for_a_digest),
    Operation("server purged", purge, leave, finish=purge),
)
