"""`/help`: everything somebody may do, at one look, and each command found in it."""

import discord
import pytest

from bot.ui.help import help_reply, known_commands, room_reply, rooms
from bot.ui.theme import EMBED, FIELD_VALUE, fitted

EVERYTHING = discord.Permissions.all()
READER = discord.Permissions(send_messages=True, view_channel=True)


@pytest.fixture
async def listed(bot):
    for extension in bot._wanted_extensions:
        await bot.load_extension(extension)
    return known_commands(bot.tree)


def text_of(embed):
    return "\n".join([embed.description or "", *(field.value for field in embed.fields)])


def test_every_command_is_found_by_whoever_may_use_it(listed):
    embed = help_reply(listed, EVERYTHING, ["Make quote card"]).embed
    shown = text_of(fitted(embed))

    lines = {line.split("`")[1]: line for line in shown.split("\n") if line.startswith("`/")}
    for command in listed:
        group, _, name = command.qualified_name.partition(" ")
        assert f"`/{group}`" in shown
        assert not name or name in lines[f"/{group}"].split("` ")[1].split(" · ")
    assert "Make quote card" in shown


def test_an_ordinary_reader_is_not_shown_what_they_may_not_do(listed):
    shown = text_of(help_reply(listed, READER).embed)

    assert "/event" in shown
    for command in ("/setup", "/feed add", "/canon add", "/status"):
        assert command not in shown


def test_it_is_one_look_on_a_phone(listed):
    embed = help_reply(listed, READER).embed

    assert len(embed) < 1000
    assert len(embed) <= EMBED
    assert all(len(field.value) <= FIELD_VALUE for field in embed.fields)


def test_each_room_says_what_its_commands_do(listed):
    for room, commands in rooms(listed, EVERYTHING).items():
        reply = room_reply(room, listed, EVERYTHING)
        assert len(fitted(reply.embed)) <= EMBED
        for command in commands:
            assert f"`/{command.qualified_name}`" in reply.embed.description
            assert command.description in reply.embed.description
        (menu,) = [item.item for item in reply.view.children]
        assert len(menu.options) <= 25


def test_a_room_nobody_knows_is_closed(listed):
    assert room_reply("x" * 100, listed, READER).embed.description == "Closed."


async def test_the_menu_leads_from_room_to_room(world):
    vera, lounge = world.readers["vera"], world.channels["lounge"]
    asked = await vera.slash(lounge, "help")

    await vera.select(asked.response, ["The archive"], custom_id="he")

    (embed,) = asked.response.embeds
    assert embed.title == "The archive"
    assert "`/lore compare`" in embed.description
