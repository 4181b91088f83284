"""`/setup` in the Reading Room: Nadia chooses, each choice is kept and checked at once."""

import discord
import pytest
from worlds import last_request, restart

from bot.guilds.models import Choice
from bot.ui.controls import button

pytestmark = pytest.mark.simcord(check_errors=False)


@pytest.fixture
async def panel(nadia, lounge):
    return (await nadia.slash(lounge, "setup")).response


def texts(message):
    """All that is to be read on a panel."""

    def below(parts):
        for part in parts:
            if "content" in part:
                yield part["content"]
            yield from below(part.get("components", ()))

    return "\n".join(below(message.components))


def count(parts):
    return sum(1 + count(part.get("components", ())) for part in parts)


def menus(parts):
    for part in parts:
        if "options" in part:
            yield part
        yield from menus(part.get("components", ()))


async def chosen(world):
    return await world.env.bot.services.guilds.settings(world.guild.id)


async def pick(member, message, custom_id, *values):
    return await member.select(message, list(values), custom_id=custom_id)


async def test_the_panel_shows_what_is_still_to_choose_to_the_admin_alone(panel):
    assert panel.ephemeral
    assert "## Setting up The Reading Room" in texts(panel)
    assert "3 still to choose." in texts(panel)
    assert "none is followed yet" in texts(panel)
    assert count(panel.components) <= 40


async def test_a_channel_is_kept_and_checked_at_once(world, nadia, panel):
    await pick(nadia, panel, "su:c:chapters", world.channels["announcements"])

    assert (await chosen(world)).chapter_channel == world.channels["announcements"].id
    assert "2 still to choose." in texts(panel)


async def test_what_is_missing_in_a_channel_is_named_with_the_remedy(world, nadia, lounge):
    soviet = world.channels["soviet"]
    guild = world.env.bot.get_guild(world.guild.id)
    await guild.get_channel(soviet.id).set_permissions(guild.me, send_messages=False)
    guilds = world.env.bot.services.guilds
    await guilds.choose(world.guild.id, Choice.SOVIET_CHANNEL, soviet.id, user_id=5)

    told = texts((await nadia.slash(lounge, "setup")).response)

    assert "⚠️ I lack Send Messages" in told
    assert "One needs a click." in told


async def test_a_channel_that_is_gone_is_told(world, nadia, lounge):
    guilds = world.env.bot.services.guilds
    await guilds.choose(world.guild.id, Choice.ADMIN_CHANNEL, 12345678901234567, user_id=5)

    told = texts((await nadia.slash(lounge, "setup")).response)

    assert "That channel is gone" in told


async def test_a_role_and_a_style_are_kept_and_taken_back(world, nadia, lounge):
    panel = (await nadia.slash(lounge, "setup")).response
    role = world.guild.create_role("Authors")
    await pick(nadia, panel, "su:r", role)
    await pick(nadia, panel, "su:s", "newspaper")
    settings = await chosen(world)
    assert (settings.announcer_role, settings.card_style) == (role.id, "newspaper")

    await pick(nadia, panel, "su:r")

    assert (await chosen(world)).announcer_role is None


async def test_the_language_of_the_server_is_kept_and_shown(world, nadia, panel):
    await pick(nadia, panel, "su:l", "ru")

    assert (await chosen(world)).language == "ru"
    (menu,) = [menu for menu in menus(panel.components) if menu["custom_id"] == "su:l"]
    assert [each["label"] for each in menu["options"] if each.get("default")] == ["Русский"]


async def test_the_panel_works_after_a_restart(world, nadia, panel):
    await restart(world)

    await pick(nadia, panel, "su:c:admins", world.channels["soviet"])

    assert (await chosen(world)).admin_channel == world.channels["soviet"].id


async def test_a_test_ping_rings_for_the_presser_alone(world, nadia, panel):
    await pick(nadia, panel, "su:c:chapters", world.channels["announcements"])

    await nadia.click(panel, label="Send me a test ping")

    sent = last_request(world, f"/channels/{world.channels['announcements'].id}/messages").json
    assert [int(user) for user in sent["allowed_mentions"]["users"]] == [nadia.id]
    assert not sent["allowed_mentions"].get("roles")
    assert "everyone" not in sent["allowed_mentions"].get("parse", ())
    assert f"<@{nadia.id}>" in sent["content"]


async def test_a_test_without_a_channel_says_what_to_do(nadia, panel):
    answer = await nadia.click(panel, label="Send me a test ping")

    assert "Choose the channel for chapters first" in answer.response.content


async def test_an_ordinary_reader_may_neither_open_nor_press(world, lounge):
    vera = world.readers["vera"]
    view = discord.ui.View(timeout=None)
    view.add_item(button("Check again", "su:k"))
    await world.env.bot.get_channel(lounge.id).send("look", view=view)

    answer = await vera.click(lounge.last_message, label="Check again")

    assert "Manage Server" in answer.response.content
    assert (await chosen(world)).chapter_channel is None


async def test_a_new_server_is_greeted_once_where_it_greets_newcomers(world):
    bot = world.env.bot
    guild = bot.get_guild(world.guild.id)
    channel = bot.get_channel(world.channels["lounge"].id)
    guild._system_channel_id = channel.id
    cog = bot.cogs["Setup"]

    await cog.on_guild_join(guild)
    await cog.on_guild_join(guild)

    rows = await bot.services.database.fetch_all("SELECT * FROM outbox")
    assert [(row["topic"], row["channel_id"]) for row in rows] == [
        (f"welcome:{guild.id}", channel.id)
    ]
    guild._system_channel_id = None
    await cog.on_guild_join(guild)
    assert len(await bot.services.database.fetch_all("SELECT id FROM outbox")) == 1
