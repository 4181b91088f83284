"""A motion's way through the House, as its readers see it."""

from soviet_discord.conftest import GULAG, labels, text_of
from worlds import last_request, restart

from bot.soviet.models import Status


async def motion_of(house, number=1):
    return await house.services.soviet.chamber.motion(house.world.guild.id, number)


async def test_a_motion_shows_its_text_its_rules_and_how_to_second_it(house):
    message = await house.move(threshold="2/3", quorum="3", ballot="secret")

    said = text_of(message)
    assert "Motion № 1 · tabled" in said
    assert GULAG in said
    assert "At least 2/3 of the votes cast · quorum 3 · secret ballot" in said
    assert labels(message) == ["Second", "Amend"]
    kept = await motion_of(house)
    assert (kept.channel_id, kept.message_id) == (house.channel.id, message.id)


async def test_what_a_motion_says_pings_nobody(house):
    await house.move("@everyone <@&1> <@2> vote!")

    sent = last_request(house.world, "/callback").json["data"]
    assert sent["allowed_mentions"] == {"parse": []}
    assert "@everyone" not in str(sent["embeds"])


async def test_its_mover_cannot_second_it_and_nobody_twice(house):
    message = await house.move()

    own = await house.vera.click(message, label="Second")
    await house.otto.click(message, label="Second")
    again = await house.otto.click(message, label="Second")

    assert "somebody else has to second it" in text_of(own.response)
    assert own.response.flags.ephemeral
    assert "is open for votes already" in text_of(again.response)


async def test_seconded_it_is_open_and_its_message_says_until_when(house):
    message = await house.open()

    said = text_of(message)
    assert "Motion № 1 · open" in said
    assert "Closes" in said
    assert "rules " in said
    assert labels(message) == ["Aye", "Nay", "Abstain", "My vote"]


async def test_a_vote_gives_a_private_receipt_and_the_count_follows(house):
    message = await house.open()

    receipt = (await house.mei.click(message, label="Aye")).response
    at_once = text_of(house.seen(message))
    await house.later(6)

    assert receipt.flags.ephemeral
    assert "Recorded: **Aye**." in text_of(receipt)
    assert "the last click counts" in text_of(receipt)
    assert "Aye **0**" in at_once, "the click itself edits nothing"
    assert "Aye **1** · Nay **0** · Abstain **0**" in text_of(house.seen(message))


async def test_two_voters_count_twice_and_one_who_changes_counts_once(house):
    message = await house.open()

    await house.mei.click(message, label="Aye")
    await house.ines.click(message, label="Aye")
    changed = await house.mei.click(message, label="Nay")
    await house.later(6)

    assert "Changed from Aye to **Nay**." in text_of(changed.response)
    assert "Aye **1** · Nay **1** · Abstain **0**" in text_of(house.seen(message))


async def test_a_vote_can_be_looked_at_and_taken_back(house):
    message = await house.open()
    await house.mei.click(message, label="Aye")

    mine = (await house.mei.click(message, label="My vote")).response
    before = text_of(mine)
    await house.mei.click(mine, label="Take it back")
    await house.later(6)

    assert "Your vote: **Aye**." in before
    assert mine.flags.ephemeral
    assert "Your vote is taken back." in text_of(mine), "in the place of what it was"
    assert "Aye **0**" in text_of(house.seen(message))
    nothing = (await house.mei.click(message, label="My vote")).response
    assert "You have not voted." in text_of(nothing)


async def test_at_its_deadline_it_is_closed_once_with_its_verdict(house):
    message = await house.open()
    await house.mei.click(message, label="Aye")
    await house.ines.click(message, label="Nay")
    await house.otto.click(message, label="Aye")

    await house.later(297)
    before = house.verdicts()
    await house.later(12)
    await house.later(3600)

    assert before == []
    (verdict,) = house.verdicts()
    said = text_of(verdict)
    assert f"ADOPTED: {GULAG}" in said
    assert "Aye **2** · Nay **1** · Abstain **0**" in said
    assert "66 % of votes cast" in said
    assert [each.filename for each in verdict.attachments] == ["verdict-1.png"]
    final = house.seen(message)
    assert "Motion № 1 · adopted" in text_of(final)
    assert labels(final) == ["Minutes"]


async def test_a_click_on_an_old_message_after_the_close_is_refused_and_changes_nothing(house):
    message = await house.open()
    await house.mei.click(message, label="Aye")
    await house.until_closed()

    late = await house.forge(house.ines, "so:v:1:1")

    assert "is closed; your click came after that" in text_of(late.response)
    ended = await house.services.soviet.archive.closed(house.world.guild.id, 1)
    assert ended.outcome.tally.counts == (1, 0)


async def test_after_a_restart_old_messages_still_take_votes(house):
    message = await house.open()
    await house.mei.click(message, label="Aye")

    await restart(house.world)
    vote = await house.ines.click(message, label="Nay")
    await house.later(12)

    assert "Recorded: **Nay**." in text_of(vote.response)
    assert "Aye **1** · Nay **1**" in text_of(house.seen(message))


async def test_what_fell_due_while_the_bot_was_away_is_closed_when_it_is_back(house):
    message = await house.open()
    await house.mei.click(message, label="Aye")
    await house.world.env.bot.close()
    await house.later(400)

    await restart(house.world)
    await house.later(15)

    assert len(house.verdicts()) == 1
    assert "Motion № 1 · adopted" in text_of(house.seen(message))


async def test_a_message_that_lagged_behind_when_the_process_ended_catches_up(house):
    message = await house.open()
    await house.later(6)
    # What a crash leaves: a ballot on disk, and a message that does not know it.
    await house.services.noticeboard.close()
    await house.mei.click(message, label="Aye")
    assert "Aye **0**" in text_of(house.seen(message))

    await restart(house.world)
    await house.later(15)

    assert "Aye **1**" in text_of(house.seen(message))


async def test_unseconded_it_lapses(house):
    message = await house.move(closes="72h")

    await house.later(48 * 3600 + 10)
    await house.later(10)

    assert "LAPSED" in text_of(house.verdicts()[0])
    assert "Nobody seconded it in time" in text_of(house.seen(message))


async def test_without_quorum_it_lapses_and_says_so(house):
    message = await house.open(quorum="3")
    await house.mei.click(message, label="Aye")

    await house.until_closed()

    said = text_of(house.verdicts()[0])
    assert "LAPSED" in said
    assert "quorum 3, missed" in said


async def test_its_mover_takes_it_back_before_it_opens_and_nobody_else_does(house):
    message = await house.move()

    other = await house.otto.slash(house.channel, "soviet withdraw", number="1")
    own = await house.vera.slash(house.channel, "soviet withdraw", number="№ 1")
    await house.later(2)

    assert "Only the comrade who moved" in text_of(other.response)
    assert "№ 1 is withdrawn" in text_of(own.response)
    assert "withdrawn" in text_of(house.seen(message))
    assert labels(house.seen(message)) == []


async def test_a_deleted_message_does_not_keep_a_motion_from_its_verdict(house):
    message = await house.open()
    other = await house.open("That tea be served.")
    await house.mei.click(other, label="Aye")
    await message.delete()

    await house.forge(house.mei, "so:v:1:0")
    await house.until_closed()

    assert len(house.verdicts()) == 2
    assert "Motion № 2 · adopted" in text_of(house.seen(other))


async def test_shown_publicly_it_replaces_a_message_that_is_gone(house):
    message = await house.open()
    await message.delete()
    await house.forge(house.mei, "so:v:1:0")
    await house.later(6)

    shown = (await house.otto.slash(house.channel, "soviet show", number="1")).response
    await house.otto.click(shown, label="Aye")
    await house.later(6)

    assert "Aye **2**" in text_of(house.seen(shown))
    assert (await motion_of(house)).message_id == shown.id


async def test_votes_at_once_are_all_taken(house):
    message = await house.open()
    everybody = [house.vera, house.otto, house.mei, house.ines, house.world.author, house.admin]

    for reader in everybody:
        await reader.click(message, label="Aye")
    await house.later(6)

    assert "Aye **6**" in text_of(house.seen(message))


async def test_where_the_bot_may_not_speak_the_mover_is_told_privately(house):
    await house.world.env.bot.get_channel(house.channel.id).set_permissions(
        house.world.env.bot.get_guild(house.world.guild.id).me, send_messages=False
    )

    result = await house.vera.slash(house.channel, "soviet motion", text=GULAG, closes="5m")

    assert "Motion № 1" in text_of(result.response)
    (warning,) = result.followups
    assert "I lack **Send Messages**" in text_of(warning)
    assert warning.flags.ephemeral


REFUSED = [
    ({"threshold": "most"}, "is no threshold I can read"),
    ({"quorum": "lots"}, "is no quorum I can read"),
    ({"closes": "3"}, "is no deadline I can read"),
    ({"closes": "1m"}, "at least 5 minutes"),
    ({"options": "one"}, "at least two options"),
    ({"method": "ranked"}, "needs options"),
    ({"closes": "until next chapter"}, "No story"),
    ({"story": "Nowhere"}, "No story"),
    ({"text": "***"}, "A motion needs words"),
    ({"text": "x" * 1501}, "at most 1,500"),
    ({"repeals": 9}, "is not a resolution in force"),
]


async def test_what_cannot_be_moved_is_told_privately_and_leaves_nothing(house):
    for options, sentence in REFUSED:
        given = {"text": GULAG, **options}

        result = await house.vera.slash(house.channel, "soviet motion", **given)

        assert sentence in text_of(result.response)
        assert result.response.flags.ephemeral
    guild_id = house.world.guild.id
    assert await house.services.soviet.chamber.motions(guild_id, tuple(Status)) == ()
