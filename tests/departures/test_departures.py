"""Servers that removed the bot: kept for 30 days, purged once it is certain, never in an outage."""

import pytest

from bot.clock import Instant
from bot.departures.repository import DepartureRepository
from bot.departures.service import Departures
from bot.guilds.models import Choice
from bot.guilds.repository import GuildRepository
from bot.outbox import repository as outbox
from bot.outbox.models import SEND, THREAD, Post
from bot.progress.repository import ProgressRepository

HERE, ELSEWHERE = 10, 20


class Discord:
    """Says whether the bot is gone."""

    gone = True

    async def __call__(self, _guild_id):
        return self.gone


@pytest.fixture
def discord():
    return Discord()


@pytest.fixture
def departures(database, clock, discord):
    async def purge_outbox(guild_id):
        await database.write(lambda tx: outbox.purge(tx, guild_id))

    purges = (
        GuildRepository(database).purge,
        ProgressRepository(database).purge,
        purge_outbox,
    )
    made = Departures(DepartureRepository(database), database, purges, clock)
    made.ask(discord)
    return made


@pytest.fixture
async def settled(database):
    """Both servers have something of everything."""
    for guild in (HERE, ELSEWHERE):
        await GuildRepository(database).put(guild, Choice.CARD_STYLE, "poster", 1, Instant(1))
        await ProgressRepository(database).put_channel(guild, guild, "serial", 2, Instant(1))

        async def put(tx, guild=guild):
            first = await outbox.enqueue(tx, Post("chapter:1", SEND, guild, guild), Instant(1))
            await outbox.enqueue(
                tx, Post("chapter:1", THREAD, guild, guild, after=first), Instant(1)
            )

        await database.write(put)


async def left_of(database, guild_id):
    tables = ("guild_setting", "channel_ceiling", "outbox")
    counts = [
        await database.fetch_one(
            f"SELECT count(*) AS n FROM {table} WHERE guild_id = :id", {"id": guild_id}
        )
        for table in tables
    ]
    return [row["n"] for row in counts]


async def test_after_30_days_everything_of_the_server_is_gone_and_of_no_other(
    departures, database, clock, settled
):
    await departures.left(HERE)
    clock.move(days=30, seconds=1)

    await departures.work()

    assert await left_of(database, HERE) == [0, 0, 0]
    assert await left_of(database, ELSEWHERE) == [1, 1, 2]
    assert await database.fetch_all("SELECT * FROM departure") == []


async def test_for_30_days_everything_stays(departures, database, clock, settled):
    await departures.left(HERE)
    clock.move(days=29, hours=23)

    await departures.work()

    assert await left_of(database, HERE) == [1, 1, 2]


async def test_a_server_that_takes_it_back_keeps_everything(departures, database, clock, settled):
    await departures.left(HERE)
    clock.move(days=3)
    await departures.is_there(HERE)
    clock.move(days=60)

    await departures.work()

    assert await left_of(database, HERE) == [1, 1, 2]


async def test_while_discord_is_not_sure_nothing_is_purged(
    departures, database, clock, settled, discord
):
    await departures.left(HERE)
    clock.move(days=40)
    discord.gone = False

    due = await departures.work()

    assert await left_of(database, HERE) == [1, 1, 2]
    assert due == int((clock.now().timestamp() + 3600) * 1000)
    discord.gone = True
    await departures.work()
    assert await left_of(database, HERE) == [0, 0, 0]


async def test_a_second_removal_does_not_begin_the_30_days_anew(
    departures, database, clock, settled
):
    await departures.left(HERE)
    clock.move(days=20)
    await departures.left(HERE)
    clock.move(days=11)

    await departures.work()

    assert await left_of(database, HERE) == [0, 0, 0]


async def test_without_anybody_to_ask_nothing_is_purged(database, clock, settled):
    departures = Departures(
        DepartureRepository(database), database, (GuildRepository(database).purge,), clock
    )
    await departures.left(HERE)
    clock.move(days=400)

    await departures.work()

    assert await left_of(database, HERE) == [1, 1, 2]


async def test_the_bot_notes_a_removal_and_asks_discord_before_it_purges(world):
    """The room's server is there, so a row about it is a mistake and is dropped."""
    bot = world.env.bot
    cog, departures = bot.cogs["Presence"], bot.services.departures
    guild = bot.get_guild(world.guild.id)
    await cog.on_guild_remove(guild)
    assert len(await bot.services.database.fetch_all("SELECT * FROM departure")) == 1

    assert not await cog._is_gone(guild.id)
    assert await cog._is_gone(123456789012345678)
    await cog.on_guild_join(guild)

    assert await bot.services.database.fetch_all("SELECT * FROM departure") == []
    assert departures._is_gone is not None
