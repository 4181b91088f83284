"""Ids, values and people that are not what they seem."""

import pytest
from soviet_discord.conftest import GULAG, text_of

from bot.soviet.results import Tally


@pytest.fixture
async def foreign(house):
    """A motion, open, of another server."""
    env = house.world.env
    guild = env.create_guild("The Other Room")
    channel = guild.create_text_channel("elsewhere")
    mover = guild.add_member(env.create_user("mover"))
    second = guild.add_member(env.create_user("second"))
    message = (
        await mover.slash(channel, "soviet motion", text="That they be annexed.", closes="72h")
    ).response
    await second.click(message, label="Second")
    return await house.services.soviet.chamber.motion(guild.id, 1)


NOWHERE = "not on the books of this server"


BUTTONS = [
    "s:{}",
    "o:{}",
    "v:{}:0",
    "v:{}:x",
    "m:{}",
    "t:{}",
    "q:{}:0",
    "q:{}:1",
    "r:{}",
    "k:{}:a:b",
    "u:{}:ab",
    "c:{}:ab",
    "a:{}",
    "n:{}",
    "w:{}",
    "W:{}",
    "h:{}",
    "p:{}",
]


async def test_a_motion_of_another_server_can_be_touched_by_no_button(house, foreign):
    for action in BUTTONS:
        answer = await house.forge(house.admin, f"so:{action.format(foreign.id)}")

        assert NOWHERE in text_of(answer.response)
        assert answer.response.flags.ephemeral
        kept = await house.services.soviet.ballots.standing(foreign.guild_id, foreign.id)
        assert kept.tally == Tally((0, 0), 0, 0)
        assert kept.motion == foreign


MENUS = ["b:{}", "K:{}:", "y:{}"]


async def test_nor_by_any_menu(house, foreign):
    for action in MENUS:
        answer = await house.forge(
            house.admin, f"so:{action.format(foreign.id)}", values=["0", "1"]
        )

        assert NOWHERE in text_of(answer.response)


async def test_nor_by_any_command(house, foreign):
    for command in ("show", "withdraw", "minutes", "recount"):
        answer = await house.admin.slash(house.channel, f"soviet {command}", number="1")
        assert "There is no motion № 1" in text_of(answer.response)


NO_IDS = ["zzzzzzzzzzzzz", "0", "9"]


async def test_ids_that_are_none_are_refused_in_words(house):
    for motion in NO_IDS:
        answer = await house.forge(house.mei, f"so:v:{motion}:0")

        assert NOWHERE in text_of(answer.response)


NO_BALLOTS = ["so:v:1:2", "so:v:1:99", "so:c:1:c", "so:k:1::a", "so:o:1"]


async def test_a_ballot_that_this_motion_does_not_know_is_refused(house):
    await house.open()

    for custom_id in NO_BALLOTS:
        answer = await house.forge(house.mei, custom_id)

        assert answer.response.flags.ephemeral
        standing = await house.services.soviet.ballots.standing(house.world.guild.id, 1)
        assert standing.tally.ballots == 0


NO_PLACES = [["0", "x"], ["-1"], ["0", "24"], ["٣"], ["999"], ["1.0"]]


async def test_places_that_are_none_are_refused(house):
    await house.open("Which?", options="A | B | C", method="multiple")

    for values in NO_PLACES:
        answer = await house.forge(house.mei, "so:b:1", values=values)

        assert answer.response.flags.ephemeral
        standing = await house.services.soviet.ballots.standing(house.world.guild.id, 1)
        assert standing.tally.ballots == 0


NO_RANKINGS = ["aa", "abcy", "y", "abca"]


async def test_a_ranking_that_no_ballot_of_ours_makes_is_refused(house):
    await house.open("Which?", options="A | B | C", method="ranked")

    for tapped in NO_RANKINGS:
        for custom_id in (f"so:c:1:{tapped}", f"so:u:1:{tapped}a", f"so:k:1:{tapped}:a"):
            answer = await house.forge(house.mei, custom_id)
            assert answer.response.flags.ephemeral
        standing = await house.services.soviet.ballots.standing(house.world.guild.id, 1)
        assert standing.tally.ballots == 0


async def test_who_lacks_the_role_neither_votes_nor_seconds(house):
    guild, env = house.world.guild, house.world.env
    jury = guild.create_role("Jury")
    juror = guild.add_member(env.create_user("juror"), roles=[jury])
    message = (
        await house.vera.slash(house.channel, "soviet motion", text=GULAG, closes="5m", role=jury)
    ).response

    stranger = await house.mei.click(message, label="Second")
    await juror.click(message, label="Second")
    vote = await house.forge(house.mei, "so:v:1:0")
    theirs = await house.forge(juror, "so:v:1:0")

    assert "not on the roll" in text_of(stranger.response)
    assert "not on the roll" in text_of(vote.response)
    assert "Recorded: **Aye**" in text_of(theirs.response)


async def test_an_ordinary_member_does_not_set_the_orders(house):
    refused = await house.mei.slash(house.channel, "soviet orders", article="seconders", value="0")
    orders = await house.services.soviet.house.orders(house.world.guild.id)

    assert "Only who may manage the server" in text_of(refused.response)
    assert refused.response.flags.ephemeral
    assert (orders.version, orders["seconders"]) == (0, "1")


async def test_an_ordinary_member_does_not_decree_nor_mark(house):
    decree = await house.mei.slash(house.channel, "soviet motion", text=GULAG, method="decree")
    mark = await house.mei.slash(house.channel, "soviet mark", number="1", **{"as": "fulfilled"})

    assert decree.response.flags.ephemeral
    assert mark.response.flags.ephemeral


NO_NUMBERS = ["", "x", "№", "1; DROP TABLE motion", "9" * 40, "-1", "１"]


async def test_a_number_that_is_none_is_refused_in_words(house):
    for typed in NO_NUMBERS:
        answer = await house.mei.slash(house.channel, "soviet show", number=typed or " ")

        assert "is no number of a motion" in text_of(answer.response)


async def test_nor_by_any_form(house, foreign):
    form = await house.forge(house.admin, f"so:e:{foreign.id}")

    answer = await house.admin.submit_modal(form, {"text": "Let it be known."})

    assert NOWHERE in text_of(answer.response)
