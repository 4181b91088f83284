import pytest
from floor import GUILD, MOVER, OTHER_GUILD

from bot.soviet.clicks import Draft, Roll
from bot.soviet.errors import BadArticleError, NotTheManagerError
from bot.soviet.models import AYE, NAY, Ballot

PEOPLE = (
    "ballot_open", "voted", "seconder", "objector", "recusal", "explanation", "roll_entry",
    "delegation", "amendment", "motion", "standing_order", "motion_name",
)  # fmt: skip


async def test_every_change_of_the_orders_is_a_version_that_stays(floor, soviet):
    boss = floor.click(1, manages=True)
    await soviet.house.set(boss, "seconders", "3")
    await soviet.house.set(boss, "1", "2/3")
    same = await soviet.house.set(boss, "threshold", "at least 2/3")

    assert same.version == 2, "what is so already is no new version"
    assert (await soviet.house.orders(GUILD, 0))["seconders"] == "1"
    assert (await soviet.house.orders(GUILD, 1))["threshold"] == "majority"
    assert (await soviet.house.orders(GUILD))["threshold"] == "at least 2/3"
    assert (await soviet.house.orders(OTHER_GUILD)).version == 0


async def test_only_who_manages_the_server_sets_an_article(floor, soviet):
    with pytest.raises(NotTheManagerError):
        await soviet.house.set(floor.click(1), "seconders", "3")
    with pytest.raises(BadArticleError):
        await soviet.house.set(floor.click(1, manages=True), "seconders", "many")

    assert await floor.count("standing_order") == 0


@pytest.fixture
async def busy(floor, soviet):
    """A House in which reader 1 has done everything a reader can do."""
    await soviet.house.set(floor.click(1, manages=True), "objectors", "2")
    closed = await floor.opened(Roll(members=frozenset({1, 2, 3, 4, 5, 6})), user=1)
    await floor.vote(closed, AYE, AYE, NAY)
    await soviet.ballots.cast(floor.click(1, name="Vera"), closed.id, AYE)
    await soviet.ballots.explain(floor.click(1), closed.id, "I moved it")
    secret = await floor.opened(ballot=Ballot.SECRET, user=2)
    await floor.vote(secret, AYE, AYE, AYE, NAY, NAY)
    await soviet.delegates.delegate(floor.click(5), 1)
    recused = await floor.opened(user=2)
    await soviet.ballots.recuse(floor.click(1), recused.id)
    for motion in (closed, secret, recused):
        await floor.close(motion)
    waiting = await floor.tabled(user=2)
    await soviet.debate.amend(floor.click(1), waiting.id, "Another wording")
    await soviet.delegates.delegate(floor.click(1), 6)
    running = await floor.opened(user=2)
    running_secret = await floor.opened(ballot=Ballot.SECRET, user=2)
    for motion in (running, running_secret):
        await floor.vote(motion, NAY, AYE)
    return closed, secret, running, running_secret


async def test_a_forgotten_reader_is_in_no_row_and_no_total_changes(floor, soviet, busy):
    closed, secret, running, running_secret = busy
    before = [
        (await soviet.archive.closed(GUILD, motion.number)).outcome for motion in (closed, secret)
    ]

    await soviet.house.forget(1)

    for table in PEOPLE:
        for row in await floor.database.fetch_all(f"SELECT * FROM {table}"):
            told = {key for key in dict(row) if row[key] == 1 and key.endswith(("_id", "_by"))}
            assert not told - {"motion_id", "story_id", "guild_id"}, (table, dict(row))
    after = [
        (await soviet.archive.closed(GUILD, motion.number)).outcome for motion in (closed, secret)
    ]
    assert before == after
    for motion in (closed, secret):
        assert (await soviet.archive.recount(GUILD, motion.number)).identical
    written = await soviet.archive.minutes(GUILD, closed.number)
    assert "Moved by:   a former reader" in written
    assert "a former reader: Aye" in written
    assert "I moved it" not in written
    assert "Vera" not in written
    # What is not decided yet is decided by those who are there.
    assert (await soviet.ballots.standing(GUILD, running.id)).tally.counts == (1, 0)
    assert (await floor.close(running_secret)).motion.verdict == "adopted"
    assert (await soviet.archive.recount(GUILD, running_secret.number)).identical


async def test_two_forgotten_readers_keep_two_ballots(floor, soviet):
    motion = await floor.opened()
    await floor.vote(motion, AYE, AYE, NAY)
    await floor.close(motion)

    for user in (1, 3, 101):
        await soviet.house.forget(user)

    written = await soviet.archive.minutes(GUILD, motion.number)
    assert written.count("a former reader: ") == 2
    assert "Seconded:   a former reader" in written
    assert (await soviet.archive.recount(GUILD, motion.number)).identical


async def test_a_reader_is_given_all_that_is_kept_about_them(soviet, busy):
    export = await soviet.house.export(1)

    assert [row["number"] for row in export["motions"]] == [1]
    assert {row["choice"] for row in export["open_ballots"]} == {"[0]", "[1]", None}
    assert len(export["secret_ballots_cast"]) == 2
    assert export["explanations"][0]["text"] == "I moved it"
    assert [row["name"] for row in export["names"]] == ["Vera"]
    assert export["amendments"][0]["text"] == "Another wording"
    assert len(export["delegations"]) == 2
    assert export["standing_orders"][0]["value"] == "2"
    await soviet.house.forget(1)
    assert not any((await soviet.house.export(1)).values())


async def test_a_guild_that_left_leaves_nothing_and_others_keep_theirs(floor, soviet, busy):
    motion = (await soviet.chamber.motions(GUILD, typed="4"))[0]
    await soviet.debate.put_amendments(floor.click(2), motion.id, Roll())
    await soviet.chamber.table(floor.click(MOVER, guild=OTHER_GUILD), Draft("Elsewhere"), Roll())

    await soviet.house.purge(GUILD)

    assert await soviet.chamber.motions(GUILD) == ()
    assert len(await soviet.chamber.motions(OTHER_GUILD)) == 1
    for table in (*PEOPLE, "ballot_secret", "ballot_key", "result", "resolution"):
        expected = 1 if table == "motion" else 0
        assert await floor.count(table) == expected, table
