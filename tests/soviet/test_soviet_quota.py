from dataclasses import replace

import pytest
from floor import GUILD, HALL, HOUR, MOVER, OTHER_GUILD

from bot.guilds.models import Choice
from bot.guilds.repository import GuildRepository
from bot.guilds.service import Guilds
from bot.problems.repository import problems
from bot.soviet.clicks import Roll
from bot.soviet.errors import OwnMotionError
from bot.soviet.models import AYE, Status
from bot.soviet.quota import ChapterDropped
from bot.soviet.results import Law

STORY = 7


@pytest.fixture
async def hear(floor):
    await GuildRepository(floor.database).put(GUILD, Choice.SOVIET_CHANNEL, str(HALL), 1, floor.now)

    async def hear(*several, **facts):
        events = [replace(chapter(floor.now), **facts, **each) for each in several or [{}]]
        await floor.database.write(lambda tx: floor.soviet.quota.hear(tx, events))

    return hear


def chapter(at):
    return ChapterDropped(
        guild_id=GUILD,
        story_id=STORY,
        story_title="Red Orchestra",
        chapter_key="post-1",
        chapter_title="The Long Winter",
        url="https://example.org/1",
        words=8_626,
        word_source="counted",
        quota=10_000,
        at=at,
    )


async def test_a_short_chapter_is_regretted_by_the_soviet_itself(floor, soviet, hear):
    await hear()

    motion = await soviet.chamber.motion(GUILD, 1)
    assert motion.text == (
        "That this House regrets the shortfall of 1,374 words in “The Long Winter” of "
        "Red Orchestra (8,626 delivered, 10,000 due; counted)."
    )
    assert (motion.status, motion.mover_id) == (Status.TABLED, None)
    assert [topic for topic, _ in await floor.posts("tabled")] == ["motion:1"]
    assert (await soviet.chamber.second(floor.click(1), motion.id, Roll())).opened


async def test_a_chapter_on_or_over_quota_is_thanked_for(soviet, hear):
    await hear(words=10_000)
    await hear(words=10_400, chapter_key="post-2", word_source="")

    on, over = [(await soviet.chamber.motion(GUILD, number)).text for number in (1, 2)]
    assert on.startswith("That this House thanks the author of Red Orchestra")
    assert "100 % of the plan (10,000 due; counted)" in on
    assert "10,400 words, 104 % of the plan (10,000 due)." in over


async def test_a_chapter_is_moved_on_once_however_often_it_is_heard_of(floor, hear):
    for _ in range(3):
        await hear()
    await hear(guild_id=OTHER_GUILD)

    assert await floor.count("motion") == 2


async def test_one_missing_word_is_a_word(soviet, hear):
    await hear(words=9_999)

    assert "shortfall of 1 word in" in (await soviet.chamber.motion(GUILD, 1)).text


async def test_without_a_count_nothing_is_moved(floor, hear):
    await hear(words=None)

    assert await floor.count("motion") == 0


async def test_a_story_without_a_quota_is_neither_regretted_nor_thanked_for(floor, soviet, hear):
    await hear(quota=0)

    assert await floor.count("motion") == 0
    assert (await soviet.archive.plan(GUILD)).lines == ()


async def test_the_orders_give_a_quota_to_stories_without_one_and_can_forbid_the_motion(
    floor, soviet, hear
):
    await hear(quota=None, words=9_000)
    await soviet.house.set(floor.click(1, manages=True), "words", "500")
    await hear(quota=None, words=600, chapter_key="post-2")
    await soviet.house.set(floor.click(1, manages=True), "quota", "off")
    await hear(chapter_key="post-3")

    texts = [motion.text for motion in await soviet.chamber.motions(GUILD)]
    assert len(texts) == 2
    assert "thanks" in texts[0]
    assert "shortfall of 1,000 words" in texts[1]


async def test_it_waits_for_a_reader_even_where_no_seconder_is_needed(floor, soviet, hear):
    await soviet.house.set(floor.click(1, manages=True), "seconders", "0")
    await hear()

    assert (await soviet.chamber.motion(GUILD, 1)).status is Status.TABLED


async def test_titles_from_feeds_are_tamed_and_cut(soviet, hear):
    await hear(chapter_title="\u202eevil\n\n" + "x" * 4_000, story_title="@everyone\x00", words=0)

    text = (await soviet.chamber.motion(GUILD, 1)).text
    assert "\u202e" not in text
    assert "\x00" not in text
    assert "\n" not in text
    assert len(text) < 500


async def test_chapters_that_are_told_of_together_are_one_motion_with_their_sums(
    floor, soviet, hear
):
    many = [
        {"chapter_key": f"post-{number}", "chapter_title": f"Part {number}", "words": words}
        for number, words in enumerate((8_000, None, 12_500, 9_000), start=1)
    ]
    await hear(*many)
    await hear(*many)

    assert await floor.count("motion") == 1
    assert (await soviet.chamber.motion(GUILD, 1)).text == (
        "That this House regrets the shortfall of 500 words in 3 chapters, “Part 1” to “Part 4”, "
        "of Red Orchestra (29,500 delivered, 30,000 due; counted)."
    )
    # The plan has a line for each of them all the same.
    lines = (await soviet.archive.plan(GUILD)).lines
    assert sorted(line.delivered for line in lines) == [8_000, 9_000, 12_500]


async def test_chapters_that_together_reach_their_quotas_are_thanked_for(soviet, hear):
    await hear(
        {"words": 4_000, "quota": 5_000},
        {"words": 9_000, "chapter_key": "post-2", "word_source": "as announced"},
        {"words": 3_000, "chapter_key": "post-3", "quota": 0},
    )

    assert (await soviet.chamber.motion(GUILD, 1)).text == (
        "That this House regrets the shortfall of 2,000 words in 2 chapters, “The Long Winter” to "
        "“The Long Winter”, of Red Orchestra (13,000 delivered, 15,000 due)."
    )
    await hear(
        {"words": 4_000, "chapter_key": "post-4", "quota": 5_000, "chapter_title": "A"},
        {"words": 12_000, "chapter_key": "post-5", "chapter_title": "B"},
    )
    assert (await soviet.chamber.motion(GUILD, 2)).text == (
        "That this House thanks the author of Red Orchestra for 2 chapters, “A” to “B”: 16,000 "
        "words, 106 % of the plan (15,000 due; counted)."
    )


async def test_without_a_channel_the_admins_are_told_once_that_nobody_can_see_it(
    floor, soviet, hear
):
    await hear(guild_id=OTHER_GUILD)
    await hear(guild_id=OTHER_GUILD, chapter_key="post-2")

    assert (await soviet.chamber.motion(OTHER_GUILD, 1)).status is Status.TABLED
    assert await floor.posts("tabled") == []
    (words,) = (await problems(floor.database, OTHER_GUILD)).values()
    assert "nobody can see it" in words
    assert "/setup" in words


async def choose_a_channel(floor):
    await Guilds(GuildRepository(floor.database), floor.clock).choose(
        OTHER_GUILD, Choice.SOVIET_CHANNEL, HALL, 1
    )


async def turn_it_off(floor):
    manager = replace(floor.click(1, manages=True), guild_id=OTHER_GUILD)
    await floor.soviet.house.set(manager, "quota", "off")


@pytest.mark.parametrize("mend", [choose_a_channel, turn_it_off])
async def test_a_channel_or_silence_ends_that(floor, hear, mend):
    await hear(guild_id=OTHER_GUILD)

    await mend(floor)

    assert await problems(floor.database, OTHER_GUILD) == {}


async def test_a_vote_until_the_next_chapter_ends_with_it(floor, soviet, hear):
    motion = await floor.opened(closes="until next chapter", story_id=STORY)
    other = await floor.opened(closes="until next chapter", story_id=STORY + 1)
    await floor.vote(motion, AYE)
    floor.clock.pass_by(HOUR)
    before = floor.click(2)
    floor.clock.pass_by(1)

    await hear()
    after = floor.click(3, at=floor.now)
    await soviet.ballots.cast(before, motion.id, AYE)
    with pytest.raises(Exception, match="closed"):
        await soviet.ballots.cast(after, motion.id, AYE)
    floor.clock.pass_by(3_000)
    closed = await soviet.closing.close_overdue()

    assert [one.motion.id for one in closed] == [motion.id]
    assert closed[0].motion.ends_at == floor.now - 3_000
    assert closed[0].outcome.tally.ayes == 2
    assert (await soviet.chamber.motion_by_id(GUILD, other.id)).status is Status.OPEN
    assert "the next chapter appeared" in await soviet.archive.minutes(GUILD, motion.number)


async def test_the_plan_holds_words_promised_against_words_delivered(floor, soviet, hear):
    promise = await floor.opened(
        text="That the next chapter have 12,000 words or the author pay in coal", story_id=STORY
    )
    await floor.vote(promise, AYE)
    await floor.close(promise)
    open_promise = (await soviet.archive.plan(GUILD)).lines

    await hear(words=12_480, quota=10_000)
    await hear(words=9_000, chapter_key="side", story_id=STORY + 2)
    plan = await soviet.archive.plan(GUILD)

    assert [(line.number, line.promised, line.delivered) for line in open_promise] == [
        (1, 12_000, None)
    ]
    assert [(line.number, line.promised, line.delivered) for line in plan.lines] == [
        (1, 12_000, 12_480),
        (None, 10_000, 12_480),
        (None, 10_000, 9_000),
    ]
    assert (await soviet.archive.plan(GUILD, STORY + 2)).percent == 90
    assert (plan.promised, plan.delivered, plan.percent) == (12_000, 12_480, 104)
    assert (await soviet.archive.ledger(GUILD))[0].law is Law.FULFILLED
    assert (await soviet.archive.plan(GUILD, STORY + 1)).percent is None


async def test_a_promise_is_held_against_the_first_chapter_after_it_alone(floor, soviet, hear):
    promise = await floor.opened(text="20k words or none", story_id=STORY)
    await floor.vote(promise, AYE)
    await floor.close(promise)

    await hear(words=5_000)
    floor.clock.pass_by(HOUR)
    await hear(words=30_000, chapter_key="post-2")

    lines = (await soviet.archive.plan(GUILD)).lines
    assert (lines[0].promised, lines[0].delivered) == (20_000, 5_000)
    assert (await soviet.archive.ledger(GUILD))[0].law is Law.ADOPTED


async def test_a_chapter_that_came_while_the_vote_was_being_closed_still_counts(
    floor, soviet, hear
):
    promise = await floor.opened(text="10,000 words", story_id=STORY)
    await floor.vote(promise, AYE)
    floor.clock.pass_by(72 * HOUR + 1_000)
    await hear(words=11_000)
    await floor.close(promise)

    kept = await soviet.archive.ledger(GUILD, "10,000 words")
    assert [resolution.law for resolution in kept] == [Law.FULFILLED]


async def test_nobody_moved_it_so_anybody_may_second_it(floor, soviet, hear):
    await hear()
    mine = await floor.tabled()

    with pytest.raises(OwnMotionError):
        await soviet.chamber.second(floor.click(MOVER), mine.id, Roll())
    assert (await soviet.chamber.second(floor.click(MOVER), 1, Roll())).opened
