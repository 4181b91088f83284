"""The button “Wrong?” in the Reading Room."""

import json

import pytest
from worlds import restart

from bot.flags.models import MOST_A_DAY
from bot.guilds.models import Choice

pytestmark = pytest.mark.simcord(check_errors=False)


@pytest.fixture
def vera(world):
    return world.readers["vera"]


@pytest.fixture
async def answer(world, vera):
    services = world.env.bot.services
    channel = world.channels["soviet"].id
    await services.guilds.choose(world.guild.id, Choice.ADMIN_CHANNEL, channel, user_id=5)
    return (await vera.slash(world.channels["lounge"], "event", query="inkwell")).response


async def posts(world):
    return await world.env.bot.services.database.fetch_all("SELECT * FROM outbox ORDER BY id")


async def flagged(reader, answer, words):
    form = await reader.click(answer, label="Wrong?")
    return await reader.submit_modal(form, {"words": words})


async def test_what_a_reader_says_goes_to_the_admins_with_its_citation(world, vera, answer):
    said = await flagged(vera, answer, "@everyone It was **1933**.")

    assert said.response.ephemeral
    (post,) = await posts(world)
    body = json.loads(post["body"])
    assert body["allowed_mentions"] == {"parse": []}
    (embed,) = body["embeds"]
    assert "1933" in embed["description"]
    assert "@everyone" not in embed["description"]
    assert "Vera (vera)" in embed["author"]["name"]
    assert "Treaty of Inkwell" in embed["fields"][0]["value"]
    assert "Annals of the Paper Republic, entry 4" in embed["footer"]["text"]


async def test_the_button_works_after_a_restart(world, vera, answer):
    await restart(world)

    await flagged(vera, answer, "It was 1933.")

    assert len(await posts(world)) == 1


async def test_the_fourth_of_a_day_is_declined_kindly(world, vera, answer):
    for _ in range(MOST_A_DAY):
        await flagged(vera, answer, "No.")

    said = await flagged(vera, answer, "No!")

    assert "Come back tomorrow" in said.response.content
    assert len(await posts(world)) == MOST_A_DAY


async def test_without_a_channel_the_form_is_not_even_shown(world, vera, answer):
    guilds = world.env.bot.services.guilds
    await guilds.choose(world.guild.id, Choice.ADMIN_CHANNEL, None, user_id=5)

    said = await vera.click(answer, label="Wrong?")

    assert said.modal is None
    assert "/setup" in said.response.content


async def test_the_admins_are_told_in_the_language_of_their_server(world, vera, answer):
    guilds = world.env.bot.services.guilds
    await guilds.choose(world.guild.id, Choice.LANGUAGE, "ru", user_id=5)

    said = await flagged(vera, answer, "It was 1933.")

    (post,) = await posts(world)
    (embed,) = json.loads(post["body"])["embeds"]
    assert embed["title"] == "Читатель усомнился в записи"
    assert said.response.content.startswith("Filed with the admins")
