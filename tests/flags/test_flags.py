"""Readers' remarks: at most a few a day, told to the admins once, nothing told by halves."""

import json

import pytest

from bot.flags.models import (
    LONGEST,
    MOST_A_DAY,
    Flag,
    NobodyToTellError,
    NothingSaidError,
    TooManyFlagsError,
)
from bot.flags.repository import FlagRepository
from bot.guilds.models import Choice

pytestmark = pytest.mark.usefixtures("place")

HERE, ELSEWHERE, VERA, OTTO = 10, 20, 1, 2


def flag(user=VERA, guild=HERE, words="It was 1934."):
    return Flag(guild, user, "paper-republic/x", words, {"content": words})


@pytest.fixture
async def flags(services):
    await services.guilds.choose(HERE, Choice.ADMIN_CHANNEL, 77, user_id=5)
    return services.flags


async def posts(services):
    return await services.database.fetch_all("SELECT * FROM outbox ORDER BY id")


async def test_a_remark_goes_to_the_channel_the_admins_chose(services, flags):
    await flags.send(flag())

    (post,) = await posts(services)
    assert (post["guild_id"], post["channel_id"], post["step"]) == (HERE, 77, "send")
    assert json.loads(post["body"]) == {"content": "It was 1934."}


async def test_a_reader_has_three_a_day_wherever_they_send_them(services, flags, room_clock):
    await services.guilds.choose(ELSEWHERE, Choice.ADMIN_CHANNEL, 78, user_id=5)
    for guild in (HERE, ELSEWHERE, HERE)[:MOST_A_DAY]:
        await flags.send(flag(guild=guild))

    with pytest.raises(TooManyFlagsError):
        await flags.send(flag(guild=ELSEWHERE))
    await flags.send(flag(OTTO))

    assert len(await posts(services)) == MOST_A_DAY + 1


async def test_where_no_channel_was_chosen_the_reader_is_told(services, flags):
    with pytest.raises(NobodyToTellError, match="/setup"):
        await flags.send(flag(guild=ELSEWHERE))

    assert await posts(services) == []


async def test_a_remark_without_words_is_none(services, flags):
    with pytest.raises(NothingSaidError):
        await flags.send(flag(words=" \n"))


async def test_the_longest_remark_is_kept_whole(services, flags):
    await flags.send(flag(words="Ж" * LONGEST))

    (kept,) = await FlagRepository(services.database).export(VERA)
    assert kept["words"] == "Ж" * LONGEST


async def test_a_reader_can_be_forgotten(services, flags):
    await flags.send(flag())
    await flags.send(flag(OTTO))
    repository = FlagRepository(services.database)

    await repository.forget(VERA)

    assert await repository.export(VERA) == []
    assert len(await repository.export(OTTO)) == 1


async def test_a_server_can_be_forgotten(services, flags):
    await flags.send(flag())

    await FlagRepository(services.database).purge(HERE)

    assert await FlagRepository(services.database).export(VERA) == []
