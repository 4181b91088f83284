"""What servers chose: kept, changed, taken back, and never another server's."""

from bot.guilds.models import Choice, GuildSettings
from bot.guilds.repository import GuildRepository, language_of


async def test_who_never_chose_has_nothing(guilds):
    assert await guilds.settings(1) == GuildSettings(1)


async def test_every_choice_is_kept_for_its_server_alone(guilds):
    for choice in Choice:
        value = "poster" if choice is Choice.CARD_STYLE else 2**63 - 1
        await guilds.choose(1, choice, value, user_id=5)

    chosen = await guilds.settings(1)

    assert chosen.admin_channel == chosen.soviet_channel == chosen.chapter_channel == 2**63 - 1
    assert chosen.announcer_role == 2**63 - 1
    assert chosen.card_style == "poster"
    assert await guilds.settings(2) == GuildSettings(2)


async def test_a_choice_can_be_changed_and_taken_back(guilds):
    await guilds.choose(1, Choice.TIME_ZONE, "Europe/Berlin", user_id=5)
    await guilds.choose(1, Choice.TIME_ZONE, "Europe/Oslo", user_id=6)
    assert (await guilds.settings(1)).time_zone == "Europe/Oslo"

    await guilds.choose(1, Choice.TIME_ZONE, None, user_id=6)

    assert (await guilds.settings(1)).time_zone is None


async def test_a_person_can_be_forgotten_without_the_choice(guilds, database):
    await guilds.choose(1, Choice.ADMIN_CHANNEL, 9, user_id=5)

    await GuildRepository(database).forget(5)

    (row,) = await database.fetch_all("SELECT value, changed_by FROM guild_setting")
    assert tuple(row) == ("9", 0)


async def test_a_server_is_written_to_in_its_language_else_in_english(guilds, database):
    await guilds.choose(1, Choice.LANGUAGE, "ru", user_id=5)

    assert (await guilds.settings(1)).language == "ru"
    assert await language_of(database, 1) == "ru"
    assert await language_of(database, 2) == "en"
