import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from floor import DAY, GUILD, HOUR, MOVER, OTHER_GUILD, ROLE, Floor, SteadyClock, Stenographer
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.paths import project_folder
from bot.soviet.clicks import Click, Roll, snowflake
from bot.soviet.errors import (
    BadChoiceError,
    BadDelegateError,
    BadDraftError,
    DivisionClosedError,
    NoBallotError,
    NoSuchMotionError,
    NotOnTheRollError,
    NotOpenYetError,
    SecretBallotError,
)
from bot.soviet.models import ABSTAIN, AYE, NAY, Ballot, Visibility
from bot.soviet.service import Soviet
from bot.storage.database import Database

BOTH = pytest.mark.parametrize("ballot", list(Ballot))


@BOTH
async def test_a_ballot_can_be_changed_and_taken_back(floor, soviet, ballot):
    motion = await floor.opened(ballot=ballot)

    first = await soviet.ballots.cast(floor.click(1), motion.id, AYE)
    second = await soviet.ballots.cast(floor.click(1), motion.id, NAY)
    mine = await soviet.ballots.mine(GUILD, motion.id, 1)
    gone = await soviet.ballots.withdraw(floor.click(1), motion.id)

    assert (first.choice, first.previous) == (AYE, None)
    assert (second.choice, second.previous) == (NAY, AYE)
    assert (mine.choice, mine.code) == (NAY, second.code)
    assert (gone.choice, gone.previous) == (None, NAY)
    assert (await soviet.ballots.mine(GUILD, motion.id, 1)).choice is None
    assert (await soviet.ballots.standing(GUILD, motion.id)).turnout == 0


@BOTH
async def test_two_clicks_at_once_are_one_ballot_and_the_newer_stands(floor, soviet, ballot):
    motion = await floor.opened(ballot=ballot)
    clicks = [floor.click(1) for _ in range(50)]

    await asyncio.gather(
        *(
            soviet.ballots.cast(click, motion.id, NAY if click is clicks[-1] else AYE)
            for click in clicks
        )
    )

    assert (await soviet.ballots.mine(GUILD, motion.id, 1)).choice == NAY
    assert await floor.count("ballot_open") + await floor.count("ballot_secret") == 1


@BOTH
async def test_the_same_click_twice_gives_the_same_receipt(floor, soviet, ballot):
    motion = await floor.opened(ballot=ballot)
    click = floor.click(1)

    first = await soviet.ballots.cast(click, motion.id, AYE)
    again = await soviet.ballots.cast(click, motion.id, AYE)

    assert (again.choice, again.code, again.superseded) == (AYE, first.code, False)


@BOTH
async def test_an_older_click_that_arrives_later_changes_nothing(floor, soviet, ballot):
    motion = await floor.opened(ballot=ballot)
    older, newer, newest = floor.click(1), floor.click(1), floor.click(1)

    await soviet.ballots.cast(newer, motion.id, NAY)
    late = await soviet.ballots.cast(older, motion.id, AYE)
    await soviet.ballots.withdraw(newest, motion.id)
    later = await soviet.ballots.cast(replace(older), motion.id, AYE)

    assert (late.choice, late.superseded) == (NAY, True)
    assert (later.choice, later.superseded) == (None, True)
    assert (await soviet.ballots.standing(GUILD, motion.id)).turnout == 0


@BOTH
@pytest.mark.parametrize(("after_the_end", "counts"), [(-1, True), (0, False), (1, False)])
async def test_discord_s_clock_judges_the_last_moment(
    floor, soviet, clock, ballot, after_the_end, counts
):
    motion = await floor.opened(ballot=ballot)
    assert motion.closes_at is not None
    clock.pass_by(motion.closes_at - floor.now + 2_000)  # it arrives two seconds late in any case
    click = floor.click(1, at=motion.closes_at + after_the_end)

    if counts:
        assert (await soviet.ballots.cast(click, motion.id, AYE)).choice == AYE
    else:
        with pytest.raises(DivisionClosedError, match="your click came after that"):
            await soviet.ballots.cast(click, motion.id, AYE)


async def test_after_the_close_no_click_counts_however_early_it_was(floor, soviet):
    motion = await floor.opened()
    early = floor.click(1)
    await floor.close(motion)

    with pytest.raises(DivisionClosedError, match="is closed"):
        await soviet.ballots.cast(early, motion.id, AYE)


async def test_nobody_votes_before_it_opens(floor, soviet):
    motion = await floor.tabled()

    with pytest.raises(NotOpenYetError):
        await soviet.ballots.cast(floor.click(1), motion.id, AYE)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"is_bot": True}, "bots"),
        ({"joined_at": 1_800_000_000_000}, "you joined after it opened"),
    ],
)
async def test_who_is_not_on_the_roll_does_not_vote(floor, soviet, facts, reason):
    motion = await floor.opened()

    with pytest.raises(NotOnTheRollError, match=reason):
        await soviet.ballots.cast(floor.click(1, **facts), motion.id, AYE)


async def test_a_role_and_a_time_of_membership_can_be_asked_for(floor, soviet):
    await soviet.house.set(floor.click(1, manages=True), "membership", "7d")
    motion = await floor.tabled(role_id=ROLE)
    holder = {"role_ids": frozenset({ROLE})}
    await soviet.chamber.second(floor.click(2, **holder), motion.id, Roll())
    week = floor.now - 7 * DAY

    with pytest.raises(NotOnTheRollError, match="holders of"):
        await soviet.ballots.cast(floor.click(1), motion.id, AYE)
    with pytest.raises(NotOnTheRollError, match="member for 7 days"):
        await soviet.ballots.cast(floor.click(1, joined_at=week + 1, **holder), motion.id, AYE)
    with pytest.raises(NotOnTheRollError, match="how long you belong"):
        await soviet.ballots.cast(floor.click(1, joined_at=None, **holder), motion.id, AYE)
    await soviet.ballots.cast(floor.click(1, joined_at=week, **holder), motion.id, AYE)


async def test_latecomers_vote_where_the_orders_let_them(floor, soviet):
    await soviet.house.set(floor.click(1, manages=True), "latecomers", "on")
    motion = await floor.opened()

    receipt = await soviet.ballots.cast(floor.click(1, joined_at=floor.now + HOUR), motion.id, AYE)

    assert receipt.choice == AYE


async def test_where_nobody_asks_how_long_a_member_without_a_date_votes(floor, soviet):
    motion = await floor.opened()

    assert (await soviet.ballots.cast(floor.click(1, joined_at=None), motion.id, AYE)).choice == AYE


async def test_a_written_roll_is_the_roll(floor, soviet):
    motion = await floor.opened(Roll(members=frozenset({1, 2, MOVER})), quorum="2/3")
    await soviet.ballots.cast(floor.click(1), motion.id, AYE)

    with pytest.raises(NotOnTheRollError, match="without you"):
        await soviet.ballots.cast(floor.click(9), motion.id, AYE)
    assert motion.roll == 3
    assert (await soviet.archive.absentees(floor.click(MOVER), motion.id)).user_ids == (2, MOVER)


async def test_a_recused_reader_leaves_roll_and_ballot_for_good(floor, soviet):
    motion = await floor.opened(Roll(4), threshold="1/2 of the roll")
    await floor.vote(motion, AYE, AYE, AYE, NAY)

    await soviet.ballots.recuse(floor.click(1), motion.id)
    with pytest.raises(NotOnTheRollError, match="recused"):
        await soviet.ballots.cast(floor.click(1), motion.id, AYE)
    closed = await floor.close(motion)

    assert closed.outcome.roll == 3
    assert (closed.outcome.tally.ayes, closed.motion.verdict) == (2, "adopted")
    assert "Recused: <@1>" in await soviet.archive.minutes(GUILD, motion.number)


async def test_a_vote_newer_than_the_recusal_that_overtook_it_stands(floor, soviet):
    motion = await floor.opened()
    recusal, vote = floor.click(1), floor.click(1)

    await soviet.ballots.cast(vote, motion.id, AYE)
    await soviet.ballots.recuse(recusal, motion.id)

    assert await floor.count("recusal") == 0
    assert (await soviet.ballots.mine(GUILD, motion.id, 1)).choice == AYE


async def test_only_a_secret_motion_has_a_key(floor):
    await floor.opened()
    assert await floor.count("ballot_key") == 0

    await floor.opened(ballot=Ballot.SECRET)
    assert await floor.count("ballot_key") == 1


@pytest.mark.parametrize(
    ("draft", "choice"),
    [
        ({}, (2,)),
        ({}, (-1,)),
        ({}, (0, 1)),
        ({"options": "a|b|c"}, (3,)),
        ({"options": "a|b|c"}, (0, 1)),
        ({"options": "a|b|c", "method": "multiple", "picks": 2}, (0, 1, 2)),
        ({"options": "a|b|c", "method": "multiple"}, (1, 1)),
        ({"options": "a|b|c", "method": "ranked"}, (2, 1, 2)),
        ({}, (10**30,)),
    ],
)
async def test_a_forged_choice_is_refused(floor, soviet, draft, choice):
    motion = await floor.opened(**draft)

    with pytest.raises(BadChoiceError):
        await soviet.ballots.cast(floor.click(1), motion.id, choice)

    assert await floor.count("ballot_open") == 0


@pytest.mark.parametrize("motion_id", [0, -1, 999, 2**63, 10**40])
async def test_a_forged_id_names_no_motion(floor, soviet, motion_id):
    await floor.opened()

    with pytest.raises(NoSuchMotionError):
        await soviet.ballots.cast(floor.click(1), motion_id, AYE)
    with pytest.raises(NoSuchMotionError):
        await soviet.ballots.mine(GUILD, motion_id, 1)


async def test_a_button_of_another_guild_is_worth_nothing(floor, soviet):
    motion = await floor.opened()
    there = floor.click(1, guild=OTHER_GUILD)

    for act in (
        soviet.ballots.cast(there, motion.id, AYE),
        soviet.ballots.withdraw(there, motion.id),
        soviet.ballots.recuse(there, motion.id),
        soviet.ballots.explain(there, motion.id, "words"),
        soviet.ballots.mine(OTHER_GUILD, motion.id, 1),
        soviet.ballots.standing(OTHER_GUILD, motion.id),
        soviet.archive.absentees(there, motion.id),
    ):
        with pytest.raises(NoSuchMotionError):
            await act
    assert await floor.count("ballot_open") == 0


@pytest.mark.parametrize(
    ("visibility", "seen_by_all", "seen_by_voter"),
    [
        (Visibility.LIVE, True, True),
        (Visibility.AFTER_VOTING, False, True),
        (Visibility.ON_CLOSE, False, False),
    ],
)
async def test_the_count_shows_when_the_motion_says(
    floor, soviet, visibility, seen_by_all, seen_by_voter
):
    motion = await floor.opened(visibility=visibility)
    await floor.vote(motion, AYE, NAY, ABSTAIN)

    public = await soviet.ballots.standing(GUILD, motion.id)
    private = await soviet.ballots.standing(GUILD, motion.id, 1)
    stranger = await soviet.ballots.standing(GUILD, motion.id, 9)

    assert public.turnout == 3
    assert (public.tally is not None) is seen_by_all
    assert (private.tally is not None) is seen_by_voter
    assert (stranger.tally is not None) is seen_by_all


async def test_of_a_secret_ballot_only_blocks_of_five_show(floor, soviet):
    motion = await floor.opened(ballot=Ballot.SECRET)
    shown = []
    for user in range(1, 12):
        await floor.vote(motion, AYE, first=user)
        standing = await soviet.ballots.standing(GUILD, motion.id, user)
        shown.append(standing.turnout)
        assert standing.tally is None

    assert shown == [0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10]


async def test_after_the_close_nothing_leads_from_a_secret_ballot_to_its_voter(
    floor, soviet, community
):
    motion = await floor.opened(ballot=Ballot.SECRET)
    await floor.vote(motion, AYE, AYE, AYE, NAY, NAY)
    row = await floor.database.fetch_one("SELECT secret FROM ballot_key")
    assert row is not None
    key = row["secret"]

    closed = await floor.close(motion)

    mine = await soviet.ballots.mine(GUILD, motion.id, 1)
    assert (mine.choice, mine.sealed) == (None, True)
    assert (await soviet.ballots.mine(GUILD, motion.id, 9)).sealed is False
    assert closed.outcome.tally.counts == (3, 2)
    assert await floor.count("ballot_key") == 0
    files = community.parent.glob("community.sqlite*") if isinstance(community, Path) else ()
    assert not any(key in file.read_bytes() for file in files), "the key is still on the disk"


async def test_a_vote_is_explained_on_the_record_but_never_a_secret_one(floor, soviet):
    motion, secret = await floor.opened(), await floor.opened(ballot=Ballot.SECRET)
    await floor.vote(motion, NAY)
    await floor.vote(secret, NAY)

    await soviet.ballots.explain(floor.click(1), motion.id, "Too\u202e few\x00 ships @everyone")
    with pytest.raises(NoBallotError):
        await soviet.ballots.explain(floor.click(2), motion.id, "I was away")
    with pytest.raises(SecretBallotError):
        await soviet.ballots.explain(floor.click(1), secret.id, "Psst")
    with pytest.raises(BadDraftError, match="at most 300"):
        await soviet.ballots.explain(floor.click(1), motion.id, "x" * 301)
    await floor.close(motion)

    assert "“Too few ships @everyone”" in await soviet.archive.minutes(GUILD, motion.number)


async def test_an_explanation_goes_with_its_ballot(floor, soviet):
    motion = await floor.opened()
    await floor.vote(motion, NAY, AYE)
    for user in (1, 2):
        await soviet.ballots.explain(floor.click(user), motion.id, "Because")

    await soviet.ballots.withdraw(floor.click(1), motion.id)
    await soviet.ballots.explain(floor.click(2), motion.id, "  ")

    assert await floor.count("explanation") == 0


async def test_a_delegate_votes_for_others_until_they_vote_themselves(floor, soviet):
    motion = await floor.opened()
    for user in (2, 3, 4):
        await soviet.delegates.delegate(floor.click(user), 1)
    await floor.vote(motion, AYE)
    await floor.vote(motion, NAY, first=3)

    live = await soviet.ballots.standing(GUILD, motion.id)
    closed = await floor.close(motion)

    assert live.tally == closed.outcome.tally
    assert (closed.outcome.tally.counts, closed.outcome.tally.delegated) == ((3, 1), 2)
    assert "<@2>: Aye (through <@1>)" in await soviet.archive.minutes(GUILD, motion.number)
    assert (await soviet.archive.recount(GUILD, motion.number)).identical


async def test_a_story_s_delegate_comes_before_the_general_one(floor, soviet):
    motion = await floor.opened(story_id=7)
    await soviet.delegates.delegate(floor.click(2), 1)
    await soviet.delegates.delegate(floor.click(2), 3, story_id=7)
    await floor.vote(motion, AYE)
    await floor.vote(motion, NAY, first=3)

    assert (await floor.close(motion)).outcome.tally.counts == (1, 2)
    assert await soviet.delegates.delegate_of(GUILD, 2) == 1
    assert await soviet.delegates.delegate_of(GUILD, 2, 7) == 3
    assert await soviet.delegates.recall(floor.click(2), 7)
    assert not await soviet.delegates.recall(floor.click(2), 7)
    assert await soviet.delegates.delegate_of(GUILD, 2, 7) == 1


async def test_delegates_count_in_no_secret_vote_and_in_none_of_a_role(floor, soviet):
    await soviet.delegates.delegate(floor.click(2), 1)
    secret = await floor.opened(ballot=Ballot.SECRET)
    await floor.vote(secret, AYE)
    of_role = await floor.tabled(role_id=ROLE)
    holder = {"role_ids": frozenset({ROLE})}
    await soviet.chamber.second(floor.click(5, **holder), of_role.id, Roll())
    await soviet.ballots.cast(floor.click(1, **holder), of_role.id, AYE)

    for motion in (secret, of_role):
        await floor.close(motion)
        recount = await soviet.archive.recount(GUILD, motion.number)
        assert recount.identical
    rows = await floor.database.fetch_all("SELECT outcome FROM result")
    assert all('"ballots":1' in row["outcome"] for row in rows)


async def test_who_joined_after_the_opening_is_not_voted_for(floor, soviet):
    motion = await floor.opened()
    await soviet.delegates.delegate(floor.click(2, joined_at=floor.now + 1), 1)
    await floor.vote(motion, AYE)

    assert (await floor.close(motion)).outcome.tally.ballots == 1


async def test_delegations_that_make_no_sense_are_refused_and_circles_are_told(floor, soviet):
    with pytest.raises(BadDelegateError, match="yourself already"):
        await soviet.delegates.delegate(floor.click(1), 1)
    with pytest.raises(BadDelegateError, match="Only readers"):
        await soviet.delegates.delegate(floor.click(1), 2, to_is_bot=True)
    assert not await soviet.delegates.delegate(floor.click(1), 2)
    assert await soviet.delegates.delegate(floor.click(2), 1)
    await soviet.house.set(floor.click(1, manages=True), "delegation", "off")
    with pytest.raises(BadDelegateError, match="know no delegates"):
        await soviet.delegates.delegate(floor.click(3), 1)


CLICKS = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from([AYE, NAY, ABSTAIN, None])), max_size=12
)


@settings(max_examples=15, deadline=None)
@given(CLICKS, st.randoms(), st.sampled_from(Ballot))
def test_whatever_the_order_of_delivery_the_newest_click_of_each_stands(
    tmp_path_factory, clicks, chance, ballot
):
    asyncio.run(_deliver(tmp_path_factory.mktemp("order"), clicks, chance, ballot))


async def _deliver(folder, clicks, chance, ballot):
    clock, composer = SteadyClock(), Stenographer()
    async with Database.open(
        folder / "c.sqlite", project_folder("migrations"), clock=clock
    ) as database:
        floor = Floor(Soviet.build(database, clock, composer), database, clock, composer)
        motion = await floor.opened(ballot=ballot)
        sent = [
            (Click(GUILD, snowflake(floor.now + 1, number), floor.member(user)), choice)
            for number, (user, choice) in enumerate(clicks)
        ]
        newest = {click.member.user_id: choice for click, choice in sent}
        delivered = sent + chance.sample(sent, len(sent) // 2)
        chance.shuffle(delivered)
        for click, choice in delivered:
            if choice is None:
                await floor.soviet.ballots.withdraw(click, motion.id)
            else:
                await floor.soviet.ballots.cast(click, motion.id, choice)

        for user in range(1, 4):
            mine = await floor.soviet.ballots.mine(GUILD, motion.id, user)
            assert mine.choice == newest.get(user)
