"""`/canon` in the Reading Room: Nadia, who manages the server, adds a document."""

import discord
import pytest
from worlds import restart

from bot.ui.controls import button
from tests.uploads.test_uploads import TIMELINE

# simcord takes a reader's fault for an error of the bot's.
pytestmark = pytest.mark.simcord(check_errors=False)


@pytest.fixture
def nadia(world):
    return world.admin


@pytest.fixture
def lounge(world):
    return world.channels["lounge"]


async def add(nadia, lounge, content=TIMELINE, **options):
    return await nadia.slash(
        lounge, "canon add", file=("moths.txt", content), work="The Moth Papers", **options
    )


async def ask(reader, lounge, query="quillfeather"):
    (embed,) = (await reader.slash(lounge, "event", query=query)).response.embeds
    return f"{embed.title}\n{embed.description}"


async def test_a_document_is_shown_then_added_then_answers(world, nadia, lounge):
    offered = await add(nadia, lounge)
    (embed,) = offered.response.embeds
    assert offered.response.ephemeral
    assert embed.title == "Read as timeline: moths.txt"
    assert "3 dated entries" in embed.description
    assert "Nothing is added yet" in embed.footer.text
    assert "Nothing found" in await ask(world.readers["vera"], lounge)

    await nadia.click(offered.response, label="Add it")

    assert "invents the tin moon" in await ask(world.readers["vera"], lounge)
    (listed,) = (await nadia.slash(lounge, "canon list")).response.embeds
    assert "moths.txt" in listed.description


async def test_a_draft_outlives_a_restart(world, nadia, lounge):
    offered = await add(nadia, lounge)
    await restart(world)

    await nadia.click(offered.response, label="Add it")

    assert "invents the tin moon" in await ask(world.readers["vera"], lounge)


async def test_a_draft_can_be_thrown_away(world, nadia, lounge):
    offered = await add(nadia, lounge)

    await nadia.click(offered.response, label="Throw away")
    await nadia.slash(lounge, "canon list")

    assert "Nothing found" in await ask(world.readers["vera"], lounge)


async def test_a_document_can_be_removed_by_its_line(world, nadia, lounge):
    await nadia.click((await add(nadia, lounge)).response, label="Add it")
    (line,) = await nadia.autocomplete(lounge, "canon remove", "document", "mot")

    (embed,) = (await nadia.slash(lounge, "canon remove", document=line["value"])).response.embeds

    assert line["name"] == "The Moth Papers · moths.txt"
    assert "None yet" in embed.description
    assert "Nothing found" in await ask(world.readers["vera"], lounge)


@pytest.mark.parametrize("document", ["", "x", "0", "9" * 18, "9" * 400, "-1", "1; DROP"])
async def test_what_is_no_document_is_not_removed(nadia, lounge, document):
    answer = await nadia.slash(lounge, "canon remove", document=document)

    assert "not here any more" in answer.response.content


async def test_a_file_that_is_no_text_is_refused(nadia, lounge):
    answer = await add(nadia, lounge, b"\x7fELF\x02\x01\x01" + bytes(500))

    assert answer.response.content.startswith("moths.txt: This is a program, not text")


async def test_an_ordinary_reader_may_not_press_what_an_admin_was_shown(world, nadia, lounge):
    """Discord shows the draft to nobody else, so the click is one somebody made up."""
    await add(nadia, lounge)
    (row,) = await world.env.bot.services.database.fetch_all("SELECT id FROM guild_document")
    view = discord.ui.View(timeout=None)
    view.add_item(button("Add it", f"ck:{row['id']}"))
    await world.env.bot.get_channel(lounge.id).send("look", view=view)

    answer = await world.readers["vera"].click(lounge.last_message, label="Add it")

    assert "Manage Server" in answer.response.content
    assert "Nothing found" in await ask(world.readers["vera"], lounge)
