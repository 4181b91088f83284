"""Ballots of every kind, cast as Discord lets one."""

import pytest
from soviet_discord.conftest import labels, text_of

SHIPS = "Novara | Zvezda | Grozny"


async def mine(house, who, motion_id=1):
    receipt = await house.services.soviet.ballots.mine(house.world.guild.id, motion_id, who.id)
    return receipt.choice


def menu_of(message):
    rows = [row if isinstance(row, dict) else row.to_dict() for row in message.components]
    return next(part for row in rows for part in row["components"] if part["type"] == 3)


async def test_up_to_ten_options_are_buttons(house):
    message = await house.open("Which ship?", options=SHIPS)

    await house.mei.click(message, label="Zvezda")
    await house.later(6)

    assert labels(message) == ["Novara", "Zvezda", "Grozny", "Abstain", "My vote"]
    assert "2. Zvezda — **1**" in text_of(house.seen(message)).replace("\\", "")
    assert await mine(house, house.mei) == (1,)


async def test_more_options_are_a_menu(house):
    message = await house.open("Which?", options=" | ".join(f"Ship {n}" for n in range(1, 26)))

    receipt = await house.mei.select(message, ["24"])

    assert len(menu_of(message)["options"]) == 25
    assert "Recorded: **Ship 25**" in text_of(receipt.response)


async def test_several_can_be_chosen_up_to_the_number_said(house):
    message = await house.open("Which two?", options=SHIPS, method="multiple", picks=2)

    receipt = await house.mei.select(message, ["2", "0"])
    greedy = await house.forge(house.ines, "so:b:1", values=["0", "1", "2"])

    assert menu_of(message)["max_values"] == 2
    assert "Recorded: **Novara, Grozny**" in text_of(receipt.response)
    assert greedy.response.flags.ephemeral
    assert await mine(house, house.ines) is None


async def test_a_ranking_is_tapped_in_order_in_private(house):
    message = await house.open("In which order?", options=SHIPS, method="ranked")

    ballot = (await house.mei.click(message, label="Rank the options")).response
    for ship in ("Grozny", "Novara"):
        await house.mei.click(ballot, label=ship)
    await house.mei.click(ballot, label="↩ Undo")
    await house.mei.click(ballot, label="Zvezda")
    shown, offered = text_of(ballot), labels(ballot)
    before = await mine(house, house.mei)
    await house.mei.click(ballot, label="Confirm")

    assert ballot.flags.ephemeral
    assert "**1.** Grozny\n**2.** Zvezda" in shown
    assert offered == ["Novara", "Confirm", "↩ Undo"]
    assert before is None, "nothing is cast before it is confirmed"
    assert await mine(house, house.mei) == (2, 1)
    assert "Recorded: **1. Grozny  2. Zvezda**" in text_of(ballot)


async def test_a_long_ranking_is_tapped_from_a_menu_one_at_a_time(house):
    options = " | ".join(f"Ship {n}" for n in range(1, 16))
    message = await house.open("In which order?", options=options, method="ranked")

    ballot = (await house.mei.click(message, label="Rank the options")).response
    await house.mei.select(ballot, ["o"])
    await house.mei.select(ballot, ["a"])
    menu = menu_of(ballot)
    await house.mei.click(ballot, label="Confirm")

    assert menu["max_values"] == 1
    assert len(menu["options"]) == 13
    assert await mine(house, house.mei) == (14, 0)


async def test_a_runoff_is_told_round_by_round(house):
    message = await house.open("In which order?", options=SHIPS, method="ranked")
    for who, taps in (
        (house.mei, ["Novara"]),
        (house.otto, ["Novara"]),
        (house.ines, ["Zvezda"]),
        (house.vera, ["Zvezda"]),
        (house.admin, ["Grozny", "Zvezda"]),
    ):
        ballot = (await who.click(message, label="Rank the options")).response
        for ship in taps:
            await who.click(ballot, label=ship)
        await who.click(ballot, label="Confirm")

    await house.until_closed()

    said = text_of(house.verdicts()[0])
    assert "Chosen: **Zvezda**" in said
    assert "out: Grozny" in said
    assert "2. Zvezda 3 · Novara 2" in said


async def test_of_a_secret_ballot_nothing_is_told_but_its_verdict(house):
    message = await house.open(ballot="secret")

    receipt = (await house.mei.click(message, label="Nay")).response
    private = text_of(receipt)
    await house.later(6)
    running = text_of(house.seen(message))
    await house.until_closed()

    assert "the House learns that you voted, never how" in private
    assert labels(receipt) == ["Take it back"], "an explanation would tell"
    assert "Turnout **0**, told in fives" in running
    verdict = text_of(house.verdicts()[0])
    assert "the numbers stay sealed" in verdict
    assert "Nay **1**" not in verdict
    later = (await house.mei.click(house.seen(message), label="Minutes")).response
    assert house.mei.mention not in (await later.attachments[0].read()).decode("utf-8-sig")


async def test_the_count_of_a_secret_ballot_is_not_edited_with_every_vote(house):
    message = await house.open(ballot="secret")
    await house.later(6)
    before = len(house.world.env.http_requests)

    await house.mei.click(message, label="Nay")
    await house.later(10)

    made = [each.method for each in house.world.env.http_requests[before:]]
    assert made == ["POST"], "the receipt, and no edit that would tell when somebody voted"


@pytest.mark.parametrize(
    ("results", "public", "private"),
    [("on_close", "told at the close", False), ("after_voting", "**My vote** shows", True)],
)
async def test_a_count_is_hidden_as_the_mover_wished(house, results, public, private):
    message = await house.open(results=results)
    await house.mei.click(message, label="Aye")
    await house.later(6)

    assert public in text_of(house.seen(message))
    assert "Aye **1**" not in text_of(house.seen(message))
    own = text_of((await house.mei.click(message, label="My vote")).response)
    other = text_of((await house.ines.click(message, label="My vote")).response)
    assert ("Aye **1**" in own) is private
    assert "Aye **1**" not in other


async def test_a_vote_is_explained_for_the_minutes(house):
    message = await house.open()
    receipt = (await house.mei.click(message, label="Aye")).response
    await house.later(1)

    form = await house.mei.click(receipt, label="Explain")
    noted = await house.mei.submit_modal(form, {"text": "He promised. @everyone"})
    await house.until_closed()

    assert "stand in the minutes" in text_of(noted.response)
    minutes = await house.services.soviet.archive.minutes(house.world.guild.id, 1)
    assert "He promised." in minutes


async def test_a_reader_recuses_themselves_after_being_asked_once_more(house):
    message = await house.open()

    own = (await house.mei.click(message, label="My vote")).response
    await house.mei.click(own, label="Recuse")
    asked = text_of(own)
    gone = await house.mei.click(own, label="Recuse myself for good")
    vote = await house.mei.click(message, label="Aye")

    assert "the minutes say so" in asked
    assert "off the roll of № 1" in text_of(gone.response)
    assert "You are not on the roll" in text_of(vote.response)


async def test_the_mover_asks_who_has_not_voted(house):
    message = await house.open()

    own = (await house.vera.click(message, label="My vote")).response
    told = await house.vera.click(own, label="Who has not voted")
    others = labels((await house.mei.click(message, label="My vote")).response)
    forged = await house.forge(house.mei, "so:a:1")

    assert "nobody has voted here before" in text_of(told.response)
    assert "Who has not voted" not in others
    assert "Only the comrade who moved" in text_of(forged.response)


async def test_where_readers_voted_before_the_mover_learns_who_of_them_has_not(house):
    first = await house.open()
    await house.mei.click(first, label="Aye")
    await house.ines.click(first, label="Nay")
    await house.until_closed()
    message = await house.open("That tea be served.")
    await house.mei.click(message, label="Aye")

    own = (await house.vera.click(message, label="My vote")).response
    told = await house.vera.click(own, label="Who has not voted")

    assert f"who voted here lately, not yet: <@{house.ines.id}>." in text_of(told.response)


async def test_who_asks_is_reminded_once_by_a_private_message(house):
    message = await house.open(closes="3h")
    own = (await house.mei.click(message, label="My vote")).response

    promised = await house.mei.click(own, label="Remind me")
    await house.forge(house.mei, "so:n:1")
    await house.later(2 * 3600 + 5)

    assert "I shall write to you" in text_of(promised.response)
    said = [
        request.json["content"]
        for request in house.world.env.http_requests
        if request.path.endswith("/messages") and "content" in (request.json or {})
    ]
    assert len([each for each in said if "You asked to be told" in each]) == 1


async def test_a_delegate_votes_for_whoever_does_not(house):
    await house.mei.slash(house.channel, "soviet delegate", to=house.ines)
    message = await house.open()
    await house.ines.click(message, label="Nay")
    await house.later(6)
    counted = text_of(house.seen(message))

    await house.mei.click(message, label="Aye")
    await house.later(6)

    assert "Nay **2**" in counted
    assert "Aye **1** · Nay **1**" in text_of(house.seen(message)), "one's own vote overrides"
    recalled = await house.mei.slash(house.channel, "soviet recall")
    assert "you vote for yourself again" in text_of(recalled.response)
    assert recalled.response.flags.ephemeral
