"""The message menus, consent and removal in the simulated Discord."""

import re

import discord
import pytest
from simcord.enums import MessageType
from worlds import last_request, reading_in, restart

from bot.guilds.models import Choice

# A refusal is an answer; what simcord would call an error is looked for in `no_accident`.
pytestmark = pytest.mark.simcord(check_errors=False)

CARD, SAVE = "Make quote card", "Save to quote book"


@pytest.fixture(autouse=True)
def no_accident(caplog):
    """Nothing of ours breaks on the way: `report` logs what is our fault."""
    yield
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.fixture
def lounge(world):
    return world.channels["lounge"]


@pytest.fixture
def vera(world):
    return world.readers["vera"]


@pytest.fixture
def otto(world):
    return world.readers["otto"]


@pytest.fixture
def mei(world):
    return world.readers["mei"]


async def answer(person, channel, menu, message):
    result = await person.context_menu(channel, menu, message)
    assert result.acknowledged
    return result.response


def seen(channel, viewer=None):
    return "\n".join(
        f"{message.content} {[embed.to_dict() for embed in message.embeds]}"
        for message in channel.history(viewer=viewer)
    )


async def quoted(world, text="Maps are promises.", who="vera", maker="otto"):
    """Return a message and its card."""
    lounge = world.channels["lounge"]
    message = await world.readers[who].send(lounge, text)
    card = await answer(world.readers[maker], lounge, CARD, message)
    await world.env.advance_time(6)
    return message, card


async def test_a_card_has_the_picture_its_words_and_the_way_to_the_message(world, lounge):
    message, card = await quoted(world)

    (picture,) = card.attachments
    assert (await picture.read()).startswith(b"\x89PNG")
    assert "Maps are promises." in picture.description
    assert "Vera" in picture.description
    assert "> Maps are promises." in card.content
    assert f"/{world.guild.id}/{lounge.id}/{message.id}" in card.content
    assert not card.ephemeral
    assert last_request(world, "@original").json["allowed_mentions"] == {"parse": []}


async def test_the_second_who_asks_gets_the_link_to_the_first_card(world, lounge, mei):
    message, card = await quoted(world)

    second = await answer(mei, lounge, CARD, message)

    assert second.ephemeral
    assert f"/{lounge.id}/{card.id}" in second.content
    assert not second.attachments


async def test_a_card_that_was_deleted_by_hand_can_be_made_again(world, lounge, mei):
    message, card = await quoted(world)
    await world.env.bot.get_channel(lounge.id).get_partial_message(card.id).delete()

    again = await answer(mei, lounge, CARD, message)

    assert again.attachments
    assert again.id != card.id


async def test_saving_keeps_it_without_a_picture_and_a_card_can_follow(world, lounge, vera, otto):
    message = await vera.send(lounge, "Keep this.")

    saved = await answer(otto, lounge, SAVE, message)
    again = await answer(otto, lounge, SAVE, message)
    card = await answer(otto, lounge, CARD, message)

    assert "No. 1" in saved.content
    assert "Keep this." not in saved.content
    assert not saved.attachments
    assert again.ephemeral
    assert "already, as No. 1" in again.content
    assert card.attachments


async def test_mentions_are_names_and_nobody_is_pinged(world, lounge, vera, otto, mei):
    emoji = world.guild.create_emoji("soviet")
    text = (
        f"{mei.mention} **read** {lounge.mention} @everyone <:soviet:{emoji.id}> "
        "||the end|| [x](https://a.b) <t:0>"
    )
    message = await vera.send(lounge, text)

    card = await answer(otto, lounge, CARD, message)

    assert "@Mei" in card.content
    assert "#lounge" in card.content
    assert ":soviet:" in card.content
    assert "||the end||" in card.content
    assert mei.mention not in card.content
    assert "@everyone" not in card.content
    assert not re.search(r"(?<!\\)\]\(", card.content.partition("\n-#")[0])
    assert "the end" not in card.attachments[0].description
    assert last_request(world, "@original").json["allowed_mentions"] == {"parse": []}


async def test_four_thousand_characters_are_cut_where_one_sees_it(world, lounge, vera, otto):
    # simcord, as Discord without Nitro, takes 2,000; what more does is in test_wire_quotes.py.
    message = await vera.send(lounge, ("**word** " * 400)[:2000])

    card = await answer(otto, lounge, CARD, message)

    (embed,) = card.embeds
    assert len(card.content) <= 2000
    assert len(embed.description) <= 4096
    assert "word" in embed.description


async def test_the_style_is_the_servers_and_its_maker_may_change_it(world, lounge, otto, mei):
    services = world.env.bot.services
    await services.guilds.choose(world.guild.id, Choice.CARD_STYLE, "newspaper", otto.id)
    _, card = await quoted(world)
    before = await card.attachments[0].read()

    refused = await mei.click(card, label="Poster")
    changed = await otto.click(card, label="Poster")

    assert "Only whoever made this card" in refused.response.content
    assert changed.response.id == card.id
    assert await changed.response.attachments[0].read() != before
    disabled = [
        part["label"]
        for row in changed.response.components
        for part in row["components"]
        if part.get("disabled")
    ]
    assert disabled == ["Poster"]


async def test_who_is_too_quick_is_told_so_kindly_and_nothing_is_kept(world, lounge, vera, otto):
    await quoted(world)
    first, second = [await vera.send(lounge, text) for text in ("One.", "Two.")]
    await otto.context_menu(lounge, CARD, first)

    refused = await answer(otto, lounge, CARD, second)

    assert refused.ephemeral
    assert "still wet" in refused.content
    assert "Two." not in str(
        [
            tuple(row)
            for row in await world.env.bot.services.database.fetch_all("SELECT * FROM quote")
        ]
    )


async def test_programs_webhooks_files_polls_and_forwards_are_not_quoted(world, lounge, vera, otto):
    ours = (await vera.slash(lounge, "lore sources")).response
    hook = await world.guild.create_webhook(lounge).send("I am a person, honestly.")
    original = await vera.send(lounge, "Mine.")
    forwarded = await vera.forward(original, lounge)
    blank = await vera.send(lounge, "\u3164\u2800")
    joined = world.guild.create_system_message(lounge, MessageType.NEW_MEMBER, author=vera)
    for message, reason in (
        (ours, "program"),
        (hook, "webhook"),
        (forwarded, "forwarded"),
        (blank, "no words"),
        (joined, "Discord is not quoted"),
    ):
        for menu in (CARD, SAVE):
            refused = await answer(otto, lounge, menu, message)
            assert reason in refused.content
            assert refused.ephemeral
    rows = await world.env.bot.services.database.fetch_all("SELECT * FROM quote")
    assert rows == []


async def test_somebody_who_left_is_not_quoted(world, lounge, vera, otto):
    message = await vera.send(lounge, "Farewell.")
    world.guild.remove_member(vera)

    refused = await answer(otto, lounge, CARD, message)

    assert "has left" in refused.content


async def test_a_private_channel_keeps_its_words_from_the_public(world, lounge, vera):
    nadia = world.admin
    hidden = discord.PermissionOverwrite(view_channel=False)
    staff = world.guild.create_text_channel(
        "staff",
        overwrites={
            world.guild.default_role: hidden,
            nadia: discord.PermissionOverwrite(view_channel=True),
        },
    )
    message = await nadia.send(staff, "Between us.")
    await nadia.context_menu(staff, SAVE, message)

    public = await nadia.slash(lounge, "quote list")
    own = await nadia.slash(lounge, "quote list", private=True)
    hers = await vera.slash(lounge, "quote list", private=True)

    assert "no pages yet" in public.response.content
    assert "Between us." in own.response.embeds[0].description
    assert "no pages yet" in hers.response.content


async def ask(world, maker="otto", menu=CARD, text="Only if I may."):
    """Return Vera's message and the question she is asked about it."""
    vera, lounge = world.readers["vera"], world.channels["lounge"]
    await vera.slash(lounge, "privacy quoting", choice="ask")
    message = await vera.send(lounge, text)
    question = await answer(world.readers[maker], lounge, menu, message)
    return message, question


async def test_who_wants_to_be_asked_is_asked_and_her_words_wait(world, lounge, vera, otto):
    message, question = await ask(world)

    assert vera.mention in question.content
    assert "Only if I may." not in question.content
    assert not question.attachments
    sent = last_request(world, "/callback").json["data"]["allowed_mentions"]
    assert sent["users"] == [str(vera.id)]
    assert not sent.get("parse")
    again = await answer(world.readers["mei"], lounge, CARD, message)
    assert "asked already" in again.content


async def test_her_yes_brings_the_card_also_from_a_bot_that_was_started_anew(
    world, lounge, vera, otto, mei
):
    _, question = await ask(world)
    await restart(world)

    for stranger in (otto, mei, world.admin):
        refused = await stranger.click(question, label="You may")
        assert "Only the person who wrote" in refused.response.content
        assert refused.response.ephemeral
    agreed = await vera.click(question, label="You may")

    assert agreed.acknowledged
    assert agreed.response.id == question.id
    assert "Only if I may." in agreed.response.content
    assert agreed.response.attachments
    listed = await mei.slash(lounge, "quote list")
    assert "Only if I may." in listed.response.embeds[0].description


async def test_her_yes_to_saving_shows_no_picture(world, lounge, vera):
    _, question = await ask(world, menu=SAVE)

    agreed = await vera.click(question, label="You may")

    assert "No. 1" in agreed.response.content
    assert not agreed.response.attachments


async def test_her_no_stays_a_no(world, lounge, vera, otto):
    message, question = await ask(world)

    refused = await vera.click(question, label="Rather not")
    again = await answer(otto, lounge, CARD, message)
    late = await vera.click(question, label="You may") if refused.response.components else None

    assert "rather not" in refused.response.content
    assert late is None
    assert "would rather not be quoted" in again.content
    rows = await world.env.bot.services.database.fetch_all("SELECT text FROM quote")
    assert [row["text"] for row in rows] == [""]


async def test_refusing_altogether_reaches_what_is_already_waiting(world, lounge, vera, otto):
    message, question = await ask(world)

    await vera.slash(lounge, "privacy quoting", choice="refuse")
    late = await vera.click(question, label="You may")

    assert "closed" in late.response.content
    assert "rather not be quoted" in (await answer(otto, lounge, CARD, message)).content
    assert "Only if I may." not in seen(lounge, otto).replace(message.content, "", 1)


async def test_after_three_days_a_question_is_closed_and_the_words_are_gone(world, lounge, vera):
    _, question = await ask(world)
    services = world.env.bot.services

    async def let_time_pass(tx):
        # The simulated clock would call every duty 8,640 times on the way.
        await tx.execute("UPDATE quote SET made_at = made_at - 72 * 3600 * 1000")

    await services.database.write(let_time_pass)
    late = await vera.click(question, label="You may")
    await world.env.advance_time(31)

    assert "closed" in late.response.content
    assert await services.database.fetch_all("SELECT * FROM quote") == []


@pytest.mark.parametrize("who", ["vera", "otto", "nadia"])
async def test_the_quoted_the_maker_and_a_moderator_take_a_card_down(world, lounge, who):
    _, card = await quoted(world)
    again = (await world.readers["mei"].slash(lounge, "quote random")).response.id
    person = world.admin if who == "nadia" else world.readers[who]

    done = await person.click(card, label="Remove")

    left = {message.id for message in lounge.history()}
    assert card.id not in left
    assert again not in left
    assert "out of the quote book" in done.followups[0].content
    listed = await person.slash(lounge, "quote list")
    assert "no pages yet" in listed.response.content


async def test_a_stranger_takes_no_card_down(world, lounge, mei):
    _, card = await quoted(world)

    refused = await mei.click(card, label="Remove")
    also = await mei.slash(lounge, "quote remove", id=1)

    for reply in (refused.response, also.response):
        assert "removed by the person quoted" in reply.content
        assert reply.ephemeral
    assert card.id in {message.id for message in lounge.history()}


async def test_a_quote_is_removed_by_its_number_and_its_card_with_it(world, lounge, vera, otto):
    _, card = await quoted(world)

    offered = await vera.autocomplete(lounge, "quote remove", "id", "1")
    done = await vera.slash(lounge, "quote remove", id=1)

    assert [choice["value"] for choice in offered] == [1]
    assert "will not be quoted again" in done.response.content
    assert card.id not in {message.id for message in lounge.history()}
    gone = await vera.slash(lounge, "quote remove", id=1)
    assert "no such quote" in gone.response.content


async def test_a_quote_whose_message_was_deleted_is_not_shown_again(world, lounge, vera, mei):
    message, card = await quoted(world, "Soon gone.")
    await vera.delete(message)

    asked = await mei.slash(lounge, "quote random")

    assert "Soon gone." not in seen(lounge)
    assert "no pages" in str(asked.followups or asked.response.content)
    assert card.id not in {each.id for each in lounge.history()}
    assert await world.env.bot.services.database.fetch_all("SELECT * FROM quote") == []


async def test_a_deleted_message_leaves_the_book_though_nobody_opens_it(world, lounge, vera, otto):
    message, card = await quoted(world, "Unseen and gone.")
    _, other = await quoted(world, "Still there.", maker="mei")
    await vera.delete(message)
    services = world.env.bot.services

    async def let_a_day_pass(tx):
        await tx.execute("UPDATE quote SET made_at = made_at - 25 * 3600 * 1000")

    await services.database.write(let_a_day_pass)
    await services.originals.work()

    here = {each.id for each in lounge.history()}
    assert card.id not in here
    assert other.id in here
    listed = await otto.slash(lounge, "quote list", private=True)
    assert "Unseen and gone." not in str(listed.response.embeds[0].to_dict())


async def test_two_servers_have_two_books(world, lounge, otto, mei):
    await quoted(world, "Of the first server.")
    other = world.env.create_guild("Another room")
    hall = other.create_text_channel("hall")
    guest = other.add_member(world.env.create_user("gast"))
    stranger = other.add_member(world.env.create_user("moritz"))
    for command in ("quote list", "quote random"):
        reply = await guest.slash(hall, command)
        assert "no pages yet" in reply.response.content
    refused = await guest.slash(hall, "quote remove", id=1)
    assert "no such quote" in refused.response.content

    own = await stranger.send(hall, "Of the second server.")
    await guest.context_menu(hall, CARD, own)

    here = await mei.slash(lounge, "quote list")
    assert "second server" not in here.response.embeds[0].description
    there = await guest.slash(hall, "quote list")
    assert re.search(r"\*\*1\*\* · \S+: Of the second", there.response.embeds[0].description)


async def test_the_book_is_listed_searched_turned_and_opened(world, lounge, vera, otto):
    for number in range(10):
        message = await vera.send(lounge, f"Thought number {number} of the committee.")
        await otto.context_menu(lounge, SAVE, message)

    first = await otto.slash(lounge, "quote list", who=vera)
    newest = first.response.embeds[0].description
    second = await otto.click(first.response, label="More ▶")
    found = await otto.slash(lounge, "quote search", text="number 3")
    most = await otto.slash(lounge, "quote list", order="most")
    day = await otto.slash(lounge, "quote list", order="day")

    assert "number 9" in newest
    assert "number 1 " not in newest
    assert "number 0" in second.response.embeds[0].description
    assert "Page 2 of 2 · 10 quotes" in second.response.embeds[0].footer.text
    assert "number 3" in found.response.embeds[0].description
    assert "number 4" not in found.response.embeds[0].description
    assert "1. **Vera** · 10" in most.response.embeds[0].description
    assert "nothing of that" in day.response.content
    opened = await otto.select(found.response, values=["4"])
    assert "> Thought number 3" in opened.response.content


async def test_who_reads_russian_quotes_in_russian_and_the_server_is_asked_in_its_language(
    world, lounge, vera, otto
):
    message = await vera.send(lounge, "Maps are promises.")
    with reading_in(world, "ru"):
        card = await answer(otto, lounge, CARD, message)
        book = (await otto.slash(lounge, "quote list")).response
        again = await answer(otto, lounge, CARD, message)
    await vera.slash(lounge, "privacy quoting", choice="ask")
    other = await vera.send(lounge, "Maps are threats.")
    with reading_in(world, "ru"):
        question = await answer(otto, lounge, SAVE, other)

    assert "[сообщение](<" in card.content
    assert "№ 1" in card.content
    assert card.attachments[0].description.startswith("Карточка с цитатой: «Maps are promises.»")
    assert "Газета" in str(card.components)
    assert "У этого сообщения уже есть карточка, № 1: https://" in again.content
    assert book.embeds[0].title == "Цитатник"
    assert "Показать одну на карточке" in str(book.components)
    assert "would like to have" in question.content


async def test_a_passage_comes_with_its_source_and_in_the_style_that_was_asked(world, lounge, mei):
    offered = await mei.autocomplete(lounge, "quote card", "passage", "erratum")
    card = await mei.slash(lounge, "quote card", passage=offered[0]["value"], style="newspaper")

    assert "Great Erratum" in card.response.content
    assert "Annals of the Paper Republic" in card.response.content
    assert "Great Erratum" in card.response.attachments[0].description
    await world.env.advance_time(6)
    several = await mei.slash(lounge, "quote card", passage="1932")
    assert "2 entries are dated so" in several.response.content
    nothing = await mei.slash(lounge, "quote card", passage="zeppelin")
    assert "no such passage" in nothing.response.content


async def test_every_entry_has_a_button_for_its_card_that_outlives_the_bot(world, lounge, mei):
    entry = await world.readers["vera"].slash(lounge, "event", query="inkwell")
    await restart(world)

    card = await mei.click(entry.response, label="Quote card")
    hasty = await mei.click(entry.response, label="Quote card")

    assert not card.response.ephemeral
    assert "Treaty of Inkwell" in card.response.content
    assert card.response.attachments
    assert "still wet" in hasty.response.content


async def test_a_passage_by_chance_is_of_the_work(world, lounge, mei):
    card = await mei.slash(lounge, "quote random", work="paper-republic")

    assert "The Paper Republic" in card.response.content
    assert card.response.attachments


async def test_the_book_is_for_servers(world):
    user = world.env.create_user("wanderer")
    refused = await user.slash("quote list")

    assert "servers I am a member of" in refused.response.content


async def test_a_reader_exports_and_deletes(world, lounge, vera, otto):
    await quoted(world, "To be forgotten.")
    await vera.slash(lounge, "privacy quoting", choice="ask")

    file = (await vera.slash(lounge, "privacy export")).response
    asked = await vera.slash(lounge, "privacy delete")
    done = await vera.click(asked.response, label="Delete everything")

    text = (await file.attachments[0].read()).decode()
    assert file.ephemeral
    assert "To be forgotten." in text
    assert f'"user_id": "{vera.id}"' in text
    assert "quotes: 1 deleted" in done.response.content
    assert "cards taken down: 1 of 1" in done.response.content
    assert "kept because it protects you" in done.response.content
    assert "To be forgotten." not in "".join(
        message.content for message in lounge.history() if message.author.bot
    )


async def test_what_holds_is_told_without_changing_it(world, lounge, vera):
    assert (
        "may quote your messages" in (await vera.slash(lounge, "privacy quoting")).response.content
    )
    await vera.slash(lounge, "privacy quoting", choice="refuse")

    assert "Nobody may quote you" in (await vera.slash(lounge, "privacy quoting")).response.content
    await vera.slash(lounge, "privacy quoting", choice="allow")
    assert (
        "may quote your messages" in (await vera.slash(lounge, "privacy quoting")).response.content
    )


async def test_a_public_thread_is_as_open_as_its_channel_and_a_private_one_is_not(
    world, lounge, vera, otto
):
    channel = world.env.bot.get_channel(lounge.id)
    for kind, text in (
        (discord.ChannelType.public_thread, "In the open."),
        (discord.ChannelType.private_thread, "Among friends."),
    ):
        thread = await channel.create_thread(name=text, type=kind)
        for person in (vera, otto):
            await thread.add_user(discord.Object(person.id))
        await world.env.settle()
        inside = next(each for each in lounge.threads if each.id == thread.id)
        message = await vera.send(inside, text)
        await otto.context_menu(inside, SAVE, message)

    listed = (await otto.slash(lounge, "quote list")).response.embeds[0].description
    within = (await otto.slash(inside, "quote list")).response.embeds[0].description

    assert "In the open." in listed
    assert "Among friends." not in listed
    assert "Among friends." in within
