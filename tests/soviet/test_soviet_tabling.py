from dataclasses import replace

import pytest
from floor import DAY, GUILD, HOUR, MINUTE, MOVER, OTHER_GUILD, ROLE, TEXT

from bot.soviet.clicks import Draft, Roll
from bot.soviet.errors import (
    BadDraftError,
    DecreeError,
    EmptyRollError,
    LapsedError,
    MayNotMoveError,
    NoDecreeError,
    NoSuchMotionError,
    NoSuchResolutionError,
    NotOnTheRollError,
    NotTabledError,
    NotTheMoverError,
    OwnMotionError,
)
from bot.soviet.models import Ballot, Kind, OrderChange, Status, Verdict, Visibility
from bot.soviet.results import Reason
from bot.soviet.seal import rules_hash
from bot.soviet.thresholds import MAJORITY, PLURALITY, TWO_THIRDS


async def test_motions_are_numbered_without_gaps_in_each_guild(floor):
    here = [await floor.tabled() for _ in range(3)]
    there = await floor.soviet.chamber.table(floor.click(1, guild=OTHER_GUILD), Draft(TEXT), Roll())

    assert [motion.number for motion in here] == [1, 2, 3]
    assert there.number == 1


async def test_a_command_delivered_twice_makes_one_motion(floor):
    click = floor.click(MOVER)

    first = await floor.soviet.chamber.table(click, Draft(TEXT), Roll())
    again = await floor.soviet.chamber.table(click, Draft(TEXT), Roll())

    assert first == again
    assert await floor.count("motion") == 1


async def test_a_motion_follows_the_standing_orders_where_it_says_nothing(floor):
    motion = await floor.tabled()

    assert motion.status is Status.TABLED
    assert motion.rules.kind is Kind.AYE_NAY
    assert motion.rules.threshold == MAJORITY
    assert motion.rules.visibility is Visibility.LIVE
    assert motion.tabled_until - motion.tabled_at == 48 * HOUR
    assert motion.term_ms == 72 * HOUR


async def test_a_motion_says_what_it_wants(floor):
    motion = await floor.tabled(
        options="Novara | Zvezda | Grozny",
        method="multiple",
        picks=2,
        quorum="25%",
        ballot=Ballot.SECRET,
        visibility=Visibility.LIVE,
        role_id=ROLE,
        closes="2d",
    )

    assert motion.rules.options == ("Novara", "Zvezda", "Grozny")
    assert (motion.rules.picks, motion.rules.seats) == (2, 2)
    assert motion.rules.threshold == PLURALITY
    assert motion.rules.visibility is Visibility.ON_CLOSE, "a secret count is never live"
    assert motion.rules.electorate.role_id == ROLE
    assert motion.term_ms == 2 * DAY


async def test_seconding_opens_a_motion_and_freezes_its_rules(floor, soviet):
    motion = await floor.tabled(quorum="1/3")

    seconding = await soviet.chamber.second(floor.click(1), motion.id, Roll(90))

    opened = seconding.motion
    assert seconding.opened
    assert opened == await soviet.chamber.motion(GUILD, motion.number)
    assert (opened.status, opened.roll) == (Status.OPEN, 90)
    assert opened.closes_at == floor.now + 72 * HOUR
    assert opened.rules_hash == rules_hash(opened)
    assert opened.rules_hash != rules_hash(replace(opened, text="Something else"))
    assert await floor.posts("opened") == [
        (f"motion:{motion.id}", f'{{"content": "{opened.rules_hash}"}}')
    ]


async def test_several_seconders_are_counted_once_each(floor, soviet):
    await soviet.house.set(floor.click(1, manages=True), "seconders", "2")
    motion = await floor.tabled()

    first = await soviet.chamber.second(floor.click(1), motion.id, Roll())
    again = await soviet.chamber.second(floor.click(1), motion.id, Roll())
    other = await soviet.chamber.second(floor.click(2), motion.id, Roll())

    assert [(one.count, one.opened) for one in (first, again, other)] == [
        (1, False),
        (1, False),
        (2, True),
    ]


async def test_where_no_seconder_is_needed_a_motion_opens_at_once(floor, soviet):
    await soviet.house.set(floor.click(1, manages=True), "seconders", "0")

    assert (await floor.tabled()).status is Status.OPEN


async def test_movers_do_not_second_themselves(floor, soviet):
    motion = await floor.tabled()

    with pytest.raises(OwnMotionError):
        await soviet.chamber.second(floor.click(MOVER), motion.id, Roll())


async def test_who_is_off_the_roll_does_not_second(floor, soviet):
    motion = await floor.tabled(role_id=ROLE)

    with pytest.raises(NotOnTheRollError, match="holders of"):
        await soviet.chamber.second(floor.click(1), motion.id, Roll())
    with pytest.raises(NotOnTheRollError, match="bots"):
        await soviet.chamber.second(floor.click(1, is_bot=True), motion.id, Roll())


async def test_seconding_is_over_when_the_motion_is(floor, soviet, clock):
    opened = await floor.opened()
    waiting = await floor.tabled()
    clock.pass_by(48 * HOUR)

    with pytest.raises(NotTabledError, match="is open for votes already"):
        await soviet.chamber.second(floor.click(2), opened.id, Roll())
    with pytest.raises(LapsedError, match="is over"):
        await soviet.chamber.second(floor.click(2), waiting.id, Roll())


async def test_a_motion_that_counts_by_the_roll_needs_one(floor, soviet):
    motion = await floor.tabled(threshold="1/2 of the roll")

    with pytest.raises(EmptyRollError):
        await soviet.chamber.second(floor.click(1), motion.id, Roll(0))

    assert await floor.count("seconder") == 0, "a refused click leaves nothing behind"
    assert (await soviet.chamber.second(floor.click(1), motion.id, Roll(9))).opened


async def test_a_motion_lapses_when_nobody_seconds_it(floor):
    motion = await floor.tabled()

    closed = await floor.close(motion)

    assert (closed.motion.verdict, closed.outcome.reason) == (Verdict.LAPSED, Reason.UNSECONDED)


async def test_only_its_mover_withdraws_a_motion_and_only_before_it_opens(floor, soviet):
    motion, opened = await floor.tabled(), await floor.opened()

    with pytest.raises(NotTheMoverError):
        await soviet.chamber.withdraw(floor.click(1, manages=True), motion.id)
    with pytest.raises(NotTabledError):
        await soviet.chamber.withdraw(floor.click(MOVER), opened.id)
    withdrawn = await soviet.chamber.withdraw(floor.click(MOVER), motion.id)

    assert withdrawn.status is Status.WITHDRAWN
    assert (await floor.tabled()).number == 3, "its number is not given again"


async def test_a_moment_as_deadline_lets_no_seconder_open_a_dead_vote(floor, soviet, clock):
    motion = await floor.tabled(closes="2026-11-07 12:00 UTC")
    clock.pass_by(2 * HOUR - MINUTE)

    with pytest.raises(LapsedError):
        await soviet.chamber.second(floor.click(1), motion.id, Roll())


async def test_a_moment_as_deadline_stays_what_it_is_however_late_the_seconder(
    floor, soviet, clock
):
    motion = await floor.tabled(closes="2026-11-07 12:00 UTC")
    clock.pass_by(HOUR)

    opened = (await soviet.chamber.second(floor.click(1), motion.id, Roll())).motion

    assert opened.closes_at == floor.now + HOUR


async def test_a_decree_stands_when_too_few_object(floor, soviet):
    decree = await soviet.chamber.table(
        floor.click(MOVER, manages=True), Draft(TEXT, method="decree"), Roll()
    )
    for user in (1, 2, 2):
        objection = await soviet.chamber.object_to(floor.click(user), decree.id, Roll())
    closed = await floor.close(decree)

    assert (objection.count, objection.opened) == (2, False)
    assert (closed.motion.verdict, closed.outcome.reason) == (Verdict.ADOPTED, Reason.UNOPPOSED)


async def test_enough_objections_bring_a_decree_to_a_vote(floor, soviet):
    decree = await soviet.chamber.table(
        floor.click(MOVER, manages=True), Draft(TEXT, method="decree"), Roll()
    )
    for user in (1, 2, 3):
        objection = await soviet.chamber.object_to(floor.click(user), decree.id, Roll())
    await floor.vote(decree, (0,), (1,), (1,))
    closed = await floor.close(decree)

    assert objection.opened
    assert closed.motion.verdict is Verdict.REJECTED


async def test_decrees_come_from_the_praesidium_and_are_not_seconded(floor, soviet):
    with pytest.raises(MayNotMoveError, match="praesidium"):
        await floor.tabled(method="decree")
    await soviet.house.set(floor.click(1, manages=True), "praesidium", f"<@&{ROLE}>")
    member = floor.click(MOVER, role_ids=frozenset({ROLE}))
    decree = await soviet.chamber.table(member, Draft(TEXT, method="decree"), Roll())

    with pytest.raises(DecreeError, match="stands unless 3 object"):
        await soviet.chamber.second(floor.click(1), decree.id, Roll())
    with pytest.raises(NoDecreeError, match="vote Nay"):
        await soviet.chamber.object_to(floor.click(1), (await floor.tabled()).id, Roll())


async def test_the_standing_orders_say_who_may_move_and_how_often(floor, soviet, clock):
    boss = floor.click(1, manages=True)
    await soviet.house.set(boss, "cooldown", "1h")
    await soviet.house.set(boss, "pending", "2")

    await floor.tabled()
    with pytest.raises(MayNotMoveError, match="1 hour"):
        await floor.tabled()
    clock.pass_by(HOUR)
    await floor.tabled()
    clock.pass_by(HOUR)
    with pytest.raises(MayNotMoveError, match="2 motions undecided"):
        await floor.tabled()
    await soviet.house.set(boss, "movers", f"<@&{ROLE}>")
    with pytest.raises(MayNotMoveError, match="only holders"):
        await floor.tabled(user=5)
    with pytest.raises(MayNotMoveError, match="Bots"):
        await soviet.chamber.table(floor.click(5, is_bot=True), Draft(TEXT), Roll())


async def test_a_motion_repeals_only_what_is_in_force(floor, soviet):
    with pytest.raises(NoSuchResolutionError, match="№ 41"):
        await floor.tabled(text="Repeal № 41")
    law = await floor.opened()
    await floor.vote(law, (0,))
    await floor.close(law)
    repeal = await floor.opened(text=f"That this House repeals No. {law.number} at once")
    await floor.vote(repeal, (0,))
    await floor.close(repeal)

    kept = await soviet.archive.ledger(GUILD)
    assert [(one.number, one.law, one.by_number) for one in kept] == [
        (repeal.number, "adopted", None),
        (law.number, "repealed", repeal.number),
    ]
    with pytest.raises(NoSuchResolutionError):
        await floor.tabled(repeals=law.number)


async def test_two_thirds_change_a_standing_order(floor, soviet):
    change = OrderChange("seconders", "0")
    motion = await floor.opened(order_change=change)
    await floor.vote(motion, (0,), (0,), (1,))
    await floor.close(motion)

    assert motion.rules.threshold == TWO_THIRDS
    orders = await soviet.house.orders(GUILD)
    assert (orders.version, orders["seconders"]) == (1, "0")
    assert (await floor.tabled()).orders_version == 1


@pytest.mark.parametrize(
    ("draft", "fault"),
    [
        ({"threshold": "1/2"}, "two thirds"),
        ({"options": "a|b"}, "Aye or Nay"),
        ({"order_change": OrderChange("seconders", "99")}, "takes a number from 0 to 10"),
        ({"order_change": OrderChange("tsar", "1")}, "no article"),
    ],
)
async def test_a_standing_order_is_not_changed_lightly(floor, draft, fault):
    draft = {"order_change": OrderChange("seconders", "0"), **draft}

    with pytest.raises(Exception, match=fault):
        await floor.tabled(**draft)

    assert await floor.count("motion") == 0


@pytest.mark.parametrize(
    ("draft", "fault"),
    [
        ({"threshold": "1/3"}, "half or more"),
        ({"method": "ranked", "options": "a|b", "threshold": "2/3"}, "leave its threshold out"),
        ({"method": "ranked"}, "needs options"),
        ({"method": "decree", "options": "a|b"}, "has no options"),
        ({"method": "lottery"}, "no method"),
        ({"method": "multiple", "options": "a|b", "picks": 3}, "from 1 to 2"),
        ({"closes": "until next chapter"}, "Until the next chapter of which story"),
    ],
)
async def test_rules_that_do_not_fit_are_refused_with_the_way_out(floor, draft, fault):
    with pytest.raises(BadDraftError, match=fault):
        await floor.tabled(**draft)


async def test_motions_are_found_by_number_by_words_and_by_page(floor, soviet):
    for text in ("The Grozny shall sail", "Польша и Грозный", "Fleet of 1932"):
        await floor.tabled(text=text)

    async def numbers(**options):
        return [one.number for one in await soviet.chamber.motions(GUILD, **options)]

    assert await numbers() == [3, 2, 1]
    assert await numbers(typed="№ 2") == [2, 3]
    assert await numbers(typed="grozny") == [2, 1]
    assert await numbers(typed="%") == [3, 2, 1]
    assert await numbers(typed="1932") == [3]
    assert await numbers(limit=1, before=3) == [2]
    assert await numbers(statuses=[Status.OPEN]) == []
    assert await soviet.chamber.motions(OTHER_GUILD) == ()


async def test_a_motion_of_another_guild_does_not_exist(floor, soviet):
    motion = await floor.tabled()

    with pytest.raises(NoSuchMotionError):
        await soviet.chamber.second(floor.click(1, guild=OTHER_GUILD), motion.id, Roll())
    with pytest.raises(NoSuchMotionError):
        await soviet.chamber.withdraw(floor.click(MOVER, guild=OTHER_GUILD), motion.id)
    with pytest.raises(NoSuchMotionError):
        await soviet.chamber.motion_by_id(OTHER_GUILD, motion.id)
    await soviet.chamber.place(OTHER_GUILD, motion.id, 5, 6)

    assert (await soviet.chamber.motion(GUILD, 1)).message_id is None


async def test_a_motion_remembers_its_message(floor, soviet):
    motion = await floor.opened()

    await soviet.chamber.place(GUILD, motion.id, 5, 6)

    placed = await soviet.chamber.motion(GUILD, motion.number)
    assert (placed.channel_id, placed.message_id) == (5, 6)
