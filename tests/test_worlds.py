"""The Reading Room as tests get it: the fixture `world` and the helpers of worlds.py at work."""

import discord
import pytest
from worlds import last_request, restart

from bot.sandbox.world import PEOPLE


def test_the_room_has_its_channels_and_its_people(world):
    kinds = {
        name: world.env.bot.get_channel(channel.id).type.name
        for name, channel in world.channels.items()
    }

    assert kinds == {
        "announcements": "news",
        "lounge": "text",
        "soviet": "text",
        "spoilers": "text",
        "library": "forum",
    }
    assert [person.name for person in world.people] == [person.key for person in PEOPLE]
    assert world.env.bot.user.name == "Samizdat"


def test_only_the_admin_may_manage_the_server(world):
    backend = world.env.backend

    def manages(person) -> bool:
        value = backend.compute_permissions(world.guild.id, person.id, world.channels["lounge"].id)
        return discord.Permissions(value).manage_guild

    assert [person.name for person in world.people if manages(person)] == ["nadia"]


async def test_the_bot_answers_in_the_room_from_the_small_canon(world):
    asked = await world.readers["vera"].slash(world.channels["lounge"], "event", query="inkwell")

    (embed,) = asked.response.embeds
    assert "Treaty of Inkwell" in embed.title
    assert "Annals of the Paper Republic" in embed.footer.text


async def test_the_services_live_by_the_clock_of_the_room(world):
    before = world.env.bot.services.clock.now()

    await world.env.advance_time(90)

    assert (world.env.bot.services.clock.now() - before).total_seconds() == 90


async def test_a_restart_brings_another_bot_that_knows_its_old_buttons(world):
    vera, lounge = world.readers["vera"], world.channels["lounge"]
    asked = await vera.slash(lounge, "event", query="inkwell")
    labels = [button["label"] for row in asked.response.components for button in row["components"]]
    old = world.env.bot

    new = await restart(world)
    turned = await vera.click(asked.response, label=next(each for each in labels if "▶" in each))

    assert new is world.env.bot is not old
    assert turned.acknowledged
    assert "Harbour War" in lounge.last_message.embeds[0].title


async def test_the_last_request_is_found_by_the_end_of_its_path(world):
    lounge = world.env.bot.get_channel(world.channels["lounge"].id)
    await lounge.send("@everyone")
    await lounge.edit(topic="Tea")

    assert last_request(world).json["topic"] == "Tea"
    # The bot pings nobody unless it says so; simcord would not hold it to that.
    assert last_request(world, "/messages").json["allowed_mentions"] == {"parse": []}
    with pytest.raises(LookupError):
        last_request(world, "/crosspost")
