"""The newsroom on a real database, between a fake host of feeds and a fake Discord."""

import json

from benchmarks.fake_discord import FakeDiscord
from benchmarks.fake_feeds import FakeFeeds
from benchmarks.fake_premises import FakePremises
from bot.chapters.newsroom import House, newsroom
from bot.chapters.stories.models import Change
from bot.clock import instant
from bot.duties import Duties
from bot.guilds.repository import GuildRepository
from bot.guilds.service import Guilds
from bot.outbox.leases.repository import OutboxRepository
from bot.outbox.relay import Relay
from bot.ui.chapter_card import ChapterComposer

GUILD, CHANNEL, ROLE, ADMINS, ADMIN = 11, 21, 31, 41, 51
FEED = "https://blog.example/feed"


class Desk:
    """All of it; a test says what the feed tells and lets time go by."""

    def __init__(self, database, clock):
        self.database, self.clock = database, clock
        self.discord = FakeDiscord(clock)
        self.feeds = FakeFeeds(clock)
        self.premises = FakePremises()
        self.heard = []
        self.open()

    def open(self):
        """Put the services together, also a second time on the same data."""
        relay = Relay(OutboxRepository(self.database), self.clock, seconds_between=0)
        relay.attach(self.discord)
        guilds = Guilds(GuildRepository(self.database), self.clock)
        house = House(self.database, self.clock, Duties(self.clock), guilds, relay)

        async def hear(_tx, together):
            self.heard.append(list(together))

        self.room = newsroom(house, self.feeds, ChapterComposer(), [hear])
        self.room.announcing.attach(self.premises)
        self.relay, self.guilds = relay, guilds

    async def story(self, title="Red Orchestra", channel=CHANNEL, role=ROLE, guild=GUILD, **more):
        change = Change(title=title, channel_id=channel, role_id=role, **more)
        return await self.room.stories.add(guild, change, ADMIN)

    async def follow(self, story, url=FEED):
        return await self.room.following.add(story, url, None, None, ADMIN)

    async def turn(self):
        """Do once all that is due."""
        for work in (
            self.room.poller.work,
            self.room.announcing.work,
            self.room.subscribing.work,
            self.relay.work,
        ):
            await work()

    async def wait(self, **span):
        """Let time go by in steps of a minute, doing what falls due."""
        end = instant(self.clock.now()) + int(
            60_000
            * (span.get("minutes", 0) + 60 * span.get("hours", 0) + 1440 * span.get("days", 0))
        )
        while instant(self.clock.now()) < end:
            self.clock.move(minutes=min(20, (end - instant(self.clock.now())) / 60_000))
            await self.turn()

    async def drop(self, title, url=FEED, **more):
        """Publish a chapter and let it be found, held and announced."""
        entry = self.feeds.drop(url, title, **more)
        self.clock.move(minutes=20)
        await self.turn()
        self.clock.move(minutes=3)
        await self.turn()
        return entry

    def said(self, channel=CHANNEL):
        return [message.body["content"] for message in self.discord.messages[channel]]

    def cards(self, channel=CHANNEL):
        return [
            message.body["embeds"][0]
            for message in self.discord.messages[channel]
            if message.body.get("embeds")
        ]


def text_of(body):
    return json.dumps(body, ensure_ascii=False)
