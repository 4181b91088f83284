import pytest
from floor import GUILD, HOUR, MOVER, OTHER_GUILD, TEXT

from bot.soviet.clicks import Roll
from bot.soviet.errors import (
    AmendmentPendingError,
    BadDraftError,
    NoSuchAmendmentError,
    NoSuchMotionError,
    NotTabledError,
    NotTheMoverError,
)
from bot.soviet.models import Kind, Status


async def test_a_mover_takes_an_amendment_over_and_is_seconded_anew(floor, soviet):
    await soviet.house.set(floor.click(1, manages=True), "seconders", "2")
    motion = await floor.tabled()
    await soviet.chamber.second(floor.click(1), motion.id, Roll())
    amendment = await soviet.debate.amend(floor.click(2), motion.id, "That the author be praised")

    with pytest.raises(NotTheMoverError):
        await soviet.debate.accept(floor.click(2), motion.id, amendment.number)
    with pytest.raises(NoSuchAmendmentError):
        await soviet.debate.accept(floor.click(MOVER), motion.id, 2)
    changed = await soviet.debate.accept(floor.click(MOVER), motion.id, amendment.number)
    seconding = await soviet.chamber.second(floor.click(3), motion.id, Roll())

    assert changed.text == "That the author be praised"
    assert (seconding.count, seconding.opened) == (1, False)


async def test_the_house_votes_between_wordings_and_the_motion_waits(floor, soviet):
    motion = await floor.tabled()
    for user in (1, 2):
        await soviet.debate.amend(floor.click(user), motion.id, f"Wording of {user}")
    with pytest.raises(NotTheMoverError):
        await soviet.debate.put_amendments(floor.click(1), motion.id, Roll())
    vote = await soviet.debate.put_amendments(floor.click(MOVER), motion.id, Roll())

    with pytest.raises(AmendmentPendingError):
        await soviet.chamber.second(floor.click(1), motion.id, Roll())
    with pytest.raises(AmendmentPendingError):
        await soviet.chamber.withdraw(floor.click(MOVER), motion.id)
    await floor.vote(vote, (2, 0), (2,), (0,))
    floor.clock.pass_by(60 * HOUR)  # later than the motion would have lapsed
    assert await soviet.closing.close_overdue() == ()
    await floor.close(vote)

    assert (vote.rules.kind, vote.status) == (Kind.AMENDMENT, Status.OPEN)
    assert vote.rules.options[0] == "The text as moved"
    changed = await soviet.chamber.motion_by_id(GUILD, motion.id)
    assert (changed.status, changed.text) == (Status.TABLED, "Wording of 2")
    assert changed.tabled_until == floor.now + 48 * HOUR
    assert await soviet.archive.ledger(GUILD) == (), "a wording is no resolution"
    assert (await soviet.chamber.second(floor.click(1), motion.id, Roll())).opened


async def test_where_no_wording_wins_the_motion_keeps_its_own(floor, soviet):
    motion = await floor.tabled()
    await soviet.debate.amend(floor.click(1), motion.id, "Another")
    vote = await soviet.debate.put_amendments(floor.click(MOVER), motion.id, Roll())
    await floor.close(vote)

    assert (await soviet.chamber.motion_by_id(GUILD, motion.id)).text == TEXT


async def test_an_amendment_delivered_twice_is_one(floor, soviet):
    motion = await floor.tabled()
    click = floor.click(1)

    one = await soviet.debate.amend(click, motion.id, "Another")
    again = await soviet.debate.amend(click, motion.id, "Another")

    assert one == again
    assert await soviet.debate.amendments(GUILD, motion.id) == (one,)


async def test_what_cannot_be_amended_is_not(floor, soviet):
    motion, opened = await floor.tabled(), await floor.opened()

    with pytest.raises(NotTabledError):
        await soviet.debate.amend(floor.click(1), opened.id, "Another")
    with pytest.raises(BadDraftError):
        await soviet.debate.amend(floor.click(1), motion.id, " \u200b ")
    with pytest.raises(NoSuchMotionError):
        await soviet.debate.amend(floor.click(1, guild=OTHER_GUILD), motion.id, "Another")
    with pytest.raises(NoSuchMotionError):
        await soviet.debate.amendments(OTHER_GUILD, motion.id)
    with pytest.raises(NoSuchAmendmentError):
        await soviet.debate.put_amendments(floor.click(MOVER), motion.id, Roll())
    for user in range(1, 25):
        await soviet.debate.amend(floor.click(user), motion.id, f"Wording {user}")
    with pytest.raises(BadDraftError, match="as many amendments"):
        await soviet.debate.amend(floor.click(30), motion.id, "One too many")
