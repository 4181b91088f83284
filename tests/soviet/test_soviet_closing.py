import asyncio
import logging
from dataclasses import replace

import pytest
from floor import GUILD, HOUR, MOVER, TEXT, Floor, SteadyClock, Stenographer

from bot.paths import project_folder
from bot.soviet import agenda_repository
from bot.soviet.clicks import Draft, Roll
from bot.soviet.errors import NoSuchMotionError, NotClosedError
from bot.soviet.models import ABSTAIN, AYE, NAY, Ballot, Status, Verdict
from bot.soviet.results import Reason
from bot.soviet.seal import rules_hash
from bot.soviet.service import Soviet
from bot.storage.database import Database, StorageFailedError


async def test_a_vote_ends_in_a_verdict_a_result_and_one_announcement(floor, soviet):
    motion = await floor.opened()
    await floor.vote(motion, AYE, AYE, NAY, ABSTAIN)

    closed = await floor.close(motion)

    assert closed.motion.verdict is Verdict.ADOPTED
    assert closed.outcome.tally.counts == (2, 1)
    posts = await floor.posts("closed")
    assert len(posts) == 1
    assert "adopted Tally(counts=(2, 1), abstentions=1, ballots=4" in posts[0][1]
    standing = await soviet.ballots.standing(GUILD, motion.id)
    assert standing.outcome == closed.outcome
    assert standing.turnout == 4


async def test_five_who_close_at_once_close_it_once(floor, soviet):
    motion = await floor.opened()
    floor.clock.pass_by(100 * HOUR)

    ended = await asyncio.gather(*(soviet.closing.close(motion.id) for _ in range(5)))

    assert sum(one is not None for one in ended) == 1
    assert len(await floor.posts("closed")) == 1


async def test_of_all_who_would_close_a_row_one_is_told_that_it_did(floor):
    motion = await floor.opened()

    async def close_twice(tx):
        each = (motion.id, Status.OPEN, Verdict.REJECTED, floor.now)
        return [await agenda_repository.close_it(tx, *each) for _ in range(2)]

    assert await floor.database.write(close_twice) == [True, False]


async def test_nothing_closes_before_its_grace_is_over(floor, soviet):
    motion = await floor.opened()
    floor.clock.pass_by(72 * HOUR + 2_999)
    early = await soviet.closing.close(motion.id)
    floor.clock.pass_by(1)

    assert early is None
    assert await soviet.closing.close(motion.id) is not None
    assert await soviet.closing.close(motion.id) is None
    assert await soviet.closing.close(12345) is None


async def test_a_poisonous_motion_stops_no_other_and_is_tried_again_later(floor, soviet, caplog):
    poisonous, sound = await floor.opened(), await floor.opened()
    floor.composer.breaks_at = {poisonous.id}
    floor.clock.pass_by(73 * HOUR)

    with caplog.at_level(logging.CRITICAL):
        await soviet.closing.close_overdue()
        again = await soviet.closing.close_overdue()
        wake = await soviet.closing.next_wakeup()

    assert [one.id for one in await soviet.chamber.motions(GUILD, [Status.CLOSED])] == [sound.id]
    assert again == (), "not before its pause is over"
    assert wake == floor.now + 5_000
    with pytest.raises(NotClosedError):
        await soviet.archive.closed(GUILD, poisonous.number)
    floor.composer.breaks_at = set()
    floor.clock.pass_by(5_000)
    assert [one.motion.id for one in await soviet.closing.close_overdue()] == [poisonous.id]
    assert await soviet.closing.next_wakeup() is None


async def test_the_closer_is_told_of_whatever_is_due_next(floor, soviet):
    assert await soviet.closing.next_wakeup() is None
    waiting = await floor.tabled()
    opened = await floor.opened(closes="1h")

    assert await soviet.closing.next_wakeup() == opened.closes_at + 3_000
    floor.clock.pass_by(HOUR + 3_000)
    assert await soviet.closing.next_wakeup() == floor.now, "it is due now"
    await soviet.closing.close_overdue()
    assert await soviet.closing.next_wakeup() == waiting.tabled_until + 3_000
    assert [one.id for one in await soviet.chamber.motions(GUILD, [Status.CLOSED])] == [opened.id]


async def test_after_a_restart_what_is_overdue_is_closed_with_all_its_votes(place):
    clock, composer = SteadyClock(), Stenographer()
    async with Database.open(place, project_folder("migrations"), clock=clock) as database:
        floor = Floor(Soviet.build(database, clock, composer), database, clock, composer)
        motion = await floor.opened()
        await floor.vote(motion, AYE, AYE, NAY)
    clock.pass_by(1000 * HOUR)

    async with Database.open(place, project_folder("migrations"), clock=clock) as database:
        soviet = Soviet.build(database, clock, composer)
        await soviet.closing.close_overdue()
        closed = await soviet.archive.closed(GUILD, motion.number)

    assert closed.outcome.tally.counts == (2, 1)
    assert closed.motion.ends_at == motion.closes_at
    assert closed.motion.closed_at == floor.now, "late, and it says so"


async def test_no_quorum_is_lapsed_and_not_rejected(floor, soviet):
    motion = await floor.opened(quorum="5")
    await floor.vote(motion, AYE, AYE, AYE, AYE)

    closed = await floor.close(motion)

    assert (closed.motion.verdict, closed.outcome.reason) == (Verdict.LAPSED, Reason.NO_QUORUM)
    assert await soviet.archive.ledger(GUILD) == ()


async def test_a_motion_without_votes_is_rejected(floor):
    closed = await floor.close(await floor.opened())

    assert (closed.motion.verdict, closed.outcome.reason) == (Verdict.REJECTED, Reason.NO_VOTES)


async def test_where_the_server_chose_no_channel_the_verdict_is_still_kept(floor, soviet):
    click = replace(floor.click(MOVER), channel_id=None)
    motion = await soviet.chamber.table(click, Draft(TEXT), Roll())

    closed = await floor.close(motion)

    assert closed.motion.verdict is Verdict.LAPSED
    assert await floor.posts("closed") == []


async def test_a_secret_result_under_five_ballots_is_announced_without_numbers(floor, soviet):
    motion = await floor.opened(ballot=Ballot.SECRET)
    await floor.vote(motion, AYE, AYE, NAY)

    closed = await floor.close(motion)

    assert closed.motion.verdict is Verdict.ADOPTED
    assert closed.outcome.withheld
    assert (await floor.posts("closed"))[0][1] == '{"content": "adopted None"}'
    recount = await soviet.archive.recount(GUILD, motion.number)
    assert recount.identical
    assert (recount.recorded.tally, recount.counted.tally) == (None, None)
    written = await soviet.archive.minutes(GUILD, motion.number)
    assert "withheld" in written
    assert "Aye: " not in written
    assert "BALLOTS COUNTED" not in written, "their number would tell the turnout"


# The PRAGMA is a disk that is full; a server has none to set.
@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
async def test_on_a_full_disk_a_motion_is_closed_whole_or_not_at_all(floor, soviet):
    motion = await floor.opened()
    floor.clock.pass_by(100 * HOUR)

    async def fill(tx):
        await tx.execute("PRAGMA max_page_count = 1")  # as many pages as there are, and no more

    await floor.database.write(fill)
    with pytest.raises(StorageFailedError, match="disk is full"):
        await asyncio.gather(*(floor.tabled(user, text="x" * 1500) for user in range(1, 200)))
    ended = await soviet.closing.close_overdue()

    still = await soviet.chamber.motion_by_id(GUILD, motion.id)
    assert (still.status is Status.CLOSED) == bool(ended)


async def test_what_is_open_is_frozen_and_what_is_closed_stays_closed(floor, soviet):
    opened = await floor.opened()
    closed = (await floor.close(await floor.opened())).motion
    with pytest.raises(NoSuchMotionError):
        await soviet.chamber.motion(GUILD, 99)

    async def run(sql):
        async def operation(tx):
            await tx.execute(sql)

        await floor.database.write(operation)

    for column, value in (
        ("text", "'other'"),
        ("options", "'[]'"),
        ("numerator", "0"),
        ("closes_at", "1"),
        ("ballot", "'secret'"),
        ("rules_hash", "'x'"),
        ("quorum_numerator", "9"),
        ("roll", "3"),
        ("visibility", "'live'"),
    ):
        with pytest.raises(Exception, match="frozen"):
            await run(f"UPDATE motion SET {column} = {value} WHERE id = {opened.id}")
    with pytest.raises(Exception, match="reopened"):
        await run(f"UPDATE motion SET status = 'open', verdict = NULL WHERE id = {closed.id}")
    again = await soviet.chamber.motion_by_id(GUILD, opened.id)
    assert again.rules_hash == rules_hash(again)


async def test_guilds_where_something_runs_or_was_just_decided_are_known(floor, soviet):
    assert await soviet.chamber.stirring(floor.now) == frozenset()
    begun = floor.now
    motion = await floor.opened()

    assert await soviet.chamber.stirring(floor.now + 1) == {GUILD}

    await floor.close(motion)

    assert await soviet.chamber.stirring(begun) == {GUILD}
    assert await soviet.chamber.stirring(floor.now + 1) == frozenset()
