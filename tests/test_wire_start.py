"""Starting and staying: logging in, telling Discord the commands, losing the line, coming back."""

import pytest
from loopback.payloads import APPLICATION_ID, GUILD_ID

pytest_plugins = ["loopback.fixtures"]

COMMANDS = f"/applications/{APPLICATION_ID}/commands"


def told(standin, path=COMMANDS):
    return len(standin.made("PUT", path))


async def test_the_first_start_logs_in_and_tells_discord_the_commands(standin, open_bureau):
    async with open_bureau() as bot:
        assert str(bot.user) == "samizdat"
        commands = {command.name for command in bot.tree.get_commands()}

    assert {command["name"] for command in standin.commands[None]} == commands > {"event", "lore"}
    assert told(standin) == 1
    assert standin.violations == []


async def test_it_asks_for_the_guilds_and_nothing_else(bureau, standin, vera):
    await vera.slash("help")

    assert [guild.name for guild in bureau.guilds] == ["The Reading Room"]
    assert [wanted["intents"] for wanted in standin.gateway.identifies] == [1]


async def test_a_second_start_on_the_same_data_does_not_tell_them_again(standin, open_bureau):
    for _ in range(2):
        async with open_bureau():
            pass

    assert len(standin.gateway.identifies) == 2
    assert told(standin) == 1


async def test_changed_commands_are_told(standin, open_bureau):
    async with open_bureau(extensions=["cogs.lore"]):
        pass
    async with open_bureau():
        pass

    assert told(standin) == 2
    assert len(standin.commands[None]) > 2


async def test_while_it_is_developed_the_commands_go_to_one_server(standin, open_bureau):
    async with open_bureau(guild=int(GUILD_ID)):
        pass

    assert told(standin, f"/guilds/{GUILD_ID}/commands") == 1
    assert None not in standin.commands


# The connection breaks twice, for aiohttp mends it once by itself.
@pytest.mark.parametrize(
    ("status", "times", "retry_after"),
    [(500, 5, 0), (503, 1, 0), (429, 1, 60.0), (400, 1, 0), (403, 1, 0), (None, 2, 0)],
    ids=["500", "503", "429 for a minute", "400", "403", "the connection breaks"],
)
async def test_commands_that_discord_does_not_take_keep_nobody_from_asking(
    standin, open_bureau, vera, journal, no_waiting, status, times, retry_after
):
    async with open_bureau(extensions=["cogs.lore"]):
        pass
    standin.fail("PUT", COMMANDS, status, times=times, retry_after=retry_after)

    async with open_bureau():
        answer = await vera.slash("event", query="june 1932")

    assert "Its three misprints become law." in answer.text
    (line,) = journal.at(40)
    assert line.startswith("Discord did not take the commands")
    async with open_bureau() as bot:
        told = len(standin.commands[None])
        assert told == len(bot.tree.get_commands()) > 2, "the next start tries again"


async def test_a_short_rate_limit_on_the_commands_is_waited_out(standin, open_bureau):
    standin.fail("PUT", COMMANDS, 429, retry_after=0.01)

    async with open_bureau():
        assert [request.status for request in standin.made("PUT", COMMANDS)] == [429, 200]


async def test_after_a_reconnect_what_was_asked_meanwhile_is_answered(bureau, standin, vera):
    await standin.gateway.ask_to_reconnect()
    await standin.gateway.gone.wait()

    answer = await vera.slash("event", query="june 1932")

    assert "Its three misprints become law." in answer.text
    assert (standin.gateway.resumes, len(standin.gateway.identifies)) == (1, 1)


async def test_a_line_that_breaks_is_taken_up_again(bureau, standin, vera):
    await standin.gateway.hang_up(4000)
    await standin.gateway.connected.wait()

    assert (await vera.slash("event", query="1932")).options
    assert standin.gateway.resumes == 1


async def test_a_session_that_discord_forgot_is_begun_anew(bureau, standin, vera, no_waiting):
    await standin.gateway.invalidate()
    await standin.gateway.gone.wait()
    await standin.gateway.connected.wait()

    assert (await vera.slash("event", query="1932")).options
    assert len(standin.gateway.identifies) == 2
