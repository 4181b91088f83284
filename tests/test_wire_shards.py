"""A process that serves one of two shards: it sends for all servers, and knows only its own."""

import asyncio

from loopback import payloads

from bot.clock import UtcClock, instant
from bot.delivery import DiscordSender
from bot.outbox.models import SEND, Post
from bot.outbox.repository import enqueue

pytest_plugins = ["loopback.fixtures"]

OWN, TWIN = int(payloads.GUILD_ID), int(payloads.TWIN_GUILD_ID)
TWIN_CHANNEL = int(payloads.TWIN_CHANNEL_ID)


async def test_what_is_posted_in_a_server_of_another_process_is_sent_and_not_held_back(
    standin, open_bureau
):
    standin.gateway.guilds.append(payloads.TWIN_GUILD_ID)
    async with open_bureau(shards=(2, [payloads.shard_of(OWN, 2)])) as bot:
        await bot.wait_until_ready()
        assert [guild.id for guild in bot.guilds] == [OWN]
        body = {"content": "To all.", "allowed_mentions": {"parse": []}}
        post = Post("test", SEND, TWIN, TWIN_CHANNEL, body)

        async def put(tx):
            await enqueue(tx, post, instant(UtcClock().now()))

        await bot.services.database.write(put)
        bot.services.duties.wake("outbox")
        async with asyncio.timeout(10):
            while not standin.channels.of(payloads.TWIN_CHANNEL_ID):  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0.02)

        sender = DiscordSender(bot)
        assert sender.obstacle(TWIN, TWIN_CHANNEL, SEND) is None
        assert sender.obstacle(OWN, TWIN_CHANNEL, SEND) is not None


async def test_an_event_goes_to_the_shard_of_its_server(standin, open_bureau):
    standin.gateway.guilds.append(payloads.TWIN_GUILD_ID)
    async with open_bureau(shards=(2, [payloads.shard_of(TWIN, 2)])):
        answer = await standin.reader("vera", place="the twin server").slash("event", query="1932")

    assert "June 1932" in answer.text
