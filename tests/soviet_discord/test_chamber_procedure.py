"""Amendments, decrees, quota motions, standing orders, the ledger: procedure, as it is seen."""

import csv
import io

import pytest
from soviet_discord.conftest import GULAG, labels, text_of
from worlds import last_request, restart

from bot.guilds.models import Choice
from bot.soviet.quota import ChapterDropped

SOVIET_CHANNEL = Choice.SOVIET_CHANNEL


async def drop_chapter(house, words, *, key="c12", title="Chapter 12", story_id=3):
    guild_id = house.world.guild.id
    at = house.services.clock.now()
    event = ChapterDropped(
        guild_id=guild_id,
        story_id=story_id,
        story_title="Red Orchestra",
        chapter_key=key,
        chapter_title=title,
        url="https://example.org/12",
        words=words,
        word_source="counted",
        quota=10_000,
        at=int(at.timestamp() * 1000),
    )
    services = house.services
    await services.guilds.choose(guild_id, SOVIET_CHANNEL, house.channel.id, 1)
    await services.database.write(lambda tx: services.soviet.quota.hear(tx, [event]))
    services.duties.wake("outbox")
    await house.later(3)


async def test_a_chapter_below_the_quota_has_the_soviet_move_its_regret_by_itself(house):
    await drop_chapter(house, 8_626)

    message = house.channel.last_message
    sent = last_request(house.world, "/messages").json
    await house.otto.click(message, label="Second")
    await house.later(1)
    await house.mei.click(house.seen(message), label="Aye")
    await house.later(6)

    assert "regrets the shortfall of 1,374 words" in text_of(message)
    assert "Moved by the Soviet itself" in text_of(message)
    assert sent["allowed_mentions"] == {"parse": []}
    assert "Aye **1**" in text_of(house.seen(message)), "the message it was posted as is kept"


async def test_a_chapter_over_the_quota_is_thanked_for_and_one_heard_of_twice_is_moved_once(house):
    await drop_chapter(house, 10_400)
    await drop_chapter(house, 10_400)

    said = [text_of(each) for each in house.said() if "Motion №" in text_of(each)]
    assert len(said) == 1
    assert "thanks the author" in said[0]


async def test_an_amendment_is_shown_against_the_text_and_taken_over_by_the_mover(house):
    message = await house.move("That the author be sent to the gulag at once.")

    form = await house.otto.click(message, label="Amend")
    filed = await house.otto.submit_modal(
        form, {"text": "That the author be sent to the seaside at once."}
    )
    await house.later(1)
    offered = (await house.vera.click(house.seen(message), label="Amendments (1)")).response
    others = (await house.mei.click(house.seen(message), label="Amendments (1)")).response
    mover_sees, others_see = labels(offered), labels(others)
    await house.vera.select(offered, ["1"])
    await house.later(6)

    assert "~~gulag~~" in text_of(filed.response)
    assert "__seaside__" in text_of(filed.response)
    assert mover_sees == ["Let the House choose"]
    assert others_see == []
    assert "That the author be sent to the seaside at once." in text_of(house.seen(message))


async def test_the_house_chooses_a_wording_and_the_motion_takes_it(house):
    message = await house.move(closes="72h")
    form = await house.otto.click(message, label="Amend")
    await house.otto.submit_modal(form, {"text": "That the author be sent to the seaside."})
    await house.later(1)

    offered = (await house.vera.click(house.seen(message), label="Amendments (1)")).response
    await house.vera.click(offered, label="Let the House choose")
    await house.later(3)
    vote = house.channel.last_message
    ballot = (await house.mei.click(vote, label="Rank the options")).response
    await house.mei.click(ballot, custom_id="so:k:2::b")
    await house.mei.click(ballot, label="Confirm")
    await house.later(72 * 3600 + 4)
    await house.later(10)

    assert "Motion № 2 · open" in text_of(vote)
    assert "sent to the seaside" in text_of(house.seen(message))
    assert labels(house.seen(message))[0] == "Second"


async def test_a_decree_stands_unless_enough_object(house):
    guild_id = house.world.guild.id
    await house.admin.slash(house.channel, "soviet orders", article="objectors", value="2")
    first = await house.move("That tea be served.", who=house.admin, method="decree")
    second = await house.move("That tea be hot.", who=house.admin, method="decree")

    one = await house.mei.click(second, label="Object (0/2)")
    await house.later(2)
    seen = labels(house.seen(second))
    two = await house.ines.click(house.seen(second), label="Object (1/2)")
    await house.later(6)

    assert "Objection noted: 1 of 2" in text_of(one.response)
    assert seen == ["Object (1/2)"]
    assert "now goes to a vote" in text_of(two.response)
    assert labels(house.seen(second))[:2] == ["Aye", "Nay"]
    await house.later(48 * 3600)
    await house.later(10)
    assert "Motion № 1 · adopted" in text_of(house.seen(first))
    assert "Too few objected; it stands" in text_of(house.seen(first))
    kept = await house.services.soviet.archive.ledger(guild_id)
    assert [each.number for each in kept][-1] == 1


async def test_orders_are_shown_to_everybody_and_set_by_who_manages_the_server(house):
    shown = await house.mei.slash(house.channel, "soviet orders")
    one = await house.mei.slash(house.channel, "soviet orders", article="2")
    done = await house.admin.slash(house.channel, "soviet orders", article="quorum", value="25%")
    wrong = await house.admin.slash(house.channel, "soviet orders", article="quorum", value="x")

    assert "1. What carries a motion" in text_of(shown.response).replace("\\", "")
    assert "Takes a number or a share of the roll" in text_of(one.response)
    assert "version 1" in text_of(done.response)
    assert not done.response.flags.ephemeral
    assert "takes a number or a share" in text_of(wrong.response)
    assert wrong.response.flags.ephemeral


async def test_anybody_may_move_that_an_order_be_changed_and_two_thirds_change_it(house):
    moved = (
        await house.vera.slash(
            house.channel, "soviet orders", article="seconders", value="0", move=True
        )
    ).response
    await house.otto.click(moved, label="Second")
    await house.later(1)
    await house.mei.click(house.seen(moved), label="Aye")
    await house.later(72 * 3600 + 4)
    await house.later(6)

    assert "At least 2/3 of the votes cast" in text_of(moved)
    orders = await house.services.soviet.house.orders(house.world.guild.id)
    assert orders["seconders"] == "0"


async def test_where_none_must_second_a_motion_is_open_at_once(house):
    await house.admin.slash(house.channel, "soviet orders", article="seconders", value="0")

    message = await house.move()
    counted = await house.move("That the roll decide.", threshold="majority of the roll")

    assert labels(message)[0] == "Aye"
    assert labels(counted)[0] == "Aye"
    kept = await house.services.soviet.chamber.motion(house.world.guild.id, 2)
    assert kept.roll is not None
    assert kept.message_id == counted.id


async def test_minutes_and_ballots_are_files_for_whoever_asks(house):
    message = await house.open()
    await house.mei.click(message, label="Aye")
    await house.until_closed()

    answer = (
        await house.ines.slash(house.channel, "soviet minutes", number="1", ballots=True)
    ).response
    by_button = (await house.ines.click(house.seen(message), label="Minutes")).response

    minutes, ballots = [(await each.read()).decode("utf-8-sig") for each in answer.attachments]
    assert answer.flags.ephemeral
    assert [each.filename for each in answer.attachments] == ["minutes-1.txt", "ballots-1.csv"]
    assert GULAG in minutes
    assert minutes == (await by_button.attachments[0].read()).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(ballots)))
    assert [(row["voter"], row["vote"]) for row in rows] == [(house.mei.mention, "Aye")]


@pytest.mark.parametrize("command", ["minutes", "recount"])
async def test_what_is_not_closed_has_no_result(house, command):
    await house.open()

    answer = await house.ines.slash(house.channel, f"soviet {command}", number="1")

    assert "is not closed yet" in text_of(answer.response)


async def test_ballots_of_a_secret_vote_are_handed_to_nobody(house):
    message = await house.open(ballot="secret")
    await house.mei.click(message, label="Aye")
    await house.until_closed()

    answer = await house.admin.slash(house.channel, "soviet minutes", number="1", ballots=True)

    assert "This ballot is secret" in text_of(answer.response)
    assert answer.response.attachments == []


async def test_a_recount_agrees_and_the_ledger_keeps_what_was_adopted(house):
    message = await house.open()
    await house.mei.click(message, label="Aye")
    await house.until_closed()

    recount = (await house.ines.slash(house.channel, "soviet recount", number="1")).response
    ledger = (await house.ines.slash(house.channel, "soviet ledger", text="gulag")).response
    none = (await house.ines.slash(house.channel, "soviet ledger", text="zeppelin")).response
    marked = await house.vera.slash(
        house.channel, "soviet mark", number="1", **{"as": "fulfilled", "because": "He went."}
    )
    after = (await house.ines.slash(house.channel, "soviet ledger")).response

    assert "Identical" in text_of(recount)
    assert "**№ 1**" in text_of(ledger)
    assert "in force" in text_of(ledger)
    assert "Nothing here says that" in text_of(none)
    assert "marked **fulfilled** (He went.)" in text_of(marked.response)
    assert "fulfilled (He went.)" in text_of(after)


async def test_the_list_leads_to_every_motion_page_by_page(house):
    await house.admin.slash(house.channel, "soviet orders", article="pending", value="25")
    for number in range(1, 24):
        await house.move(f"That number {number} be withdrawn.")
        if number <= 22:
            await house.vera.slash(house.channel, "soviet withdraw", number=str(number))

    listed = (await house.mei.slash(house.channel, "soviet list")).response
    older = (await house.mei.click(listed, label="Older ▶")).response
    page = text_of(older)
    opened = (await house.mei.select(older, ["12"])).response
    await house.mei.click(older, label="Older ▶")

    assert "Before the House" in text_of(listed)
    assert "**№ 23**" in text_of(listed)
    assert "**№ 22**" in text_of(listed)
    assert older.flags.ephemeral
    assert "**№ 12**" in page
    assert "**№ 13**" not in page
    assert "Motion № 12 · withdrawn" in text_of(opened)
    assert "**№ 1** " in text_of(older)


async def test_the_plan_counts_words_promised_and_delivered(house):
    empty = (await house.mei.slash(house.channel, "soviet show", number="plan")).response
    await drop_chapter(house, 8_000)
    counted = (await house.mei.slash(house.channel, "soviet show", number="Plan")).response

    assert "Nothing is due" in text_of(empty)
    assert "80 %" in text_of(counted)
    assert "8,000 of 10,000 words" in text_of(counted)


async def test_numbers_articles_and_presets_complete_themselves(house):
    await house.open("That tea be served.")

    async def offered(command, **options):
        name = list(options)[-1]
        found = await house.mei.autocomplete(
            house.channel, command, name, options.pop(name), **options
        )
        return [each["value"] for each in found]

    assert await offered("soviet show", number="tea") == ["1"]
    assert await offered("soviet show", number="") == ["plan", "1"]
    assert await offered("soviet withdraw", number="1") == []
    assert "2/3" in await offered("soviet motion", threshold="2/3")
    assert await offered("soviet motion", closes="chapter") == ["until next chapter"]
    assert await offered("soviet orders", article="quorum") == ["quorum"]
    assert await offered("soviet orders", article="quorum", value="2") == ["2", "none"]
    assert await offered("soviet orders", article="nonsense", value="2") == []


async def test_a_form_that_was_open_when_the_bot_restarted_is_taken_in(house):
    message = await house.move()
    form = await house.otto.click(message, label="Amend")

    await restart(house.world)
    filed = await house.otto.submit_modal(form, {"text": "That the author rest."})

    assert "Amendment 1 to № 1 · filed" in text_of(filed.response)


async def test_a_motion_runs_until_the_next_chapter_of_its_story(house):
    guild_id = house.world.guild.id
    await house.admin.slash(house.channel, "story add", title="Red Orchestra")
    (story,) = await house.services.stories.all(guild_id)
    message = await house.open(closes="until next chapter of red orchestra")
    await house.mei.click(message, label="Aye")
    running = text_of(house.seen(message))

    await drop_chapter(house, 12_000, story_id=story.id)
    house.services.duties.wake("soviet")
    await house.later(10)

    assert "with the next chapter, at the latest" in running
    assert "· adopted" in text_of(house.seen(message))
    assert len(house.verdicts()) == 1
