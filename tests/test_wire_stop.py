"""Not getting in, and getting out: what keeps the bot from Discord, and what a stop ends."""

import asyncio

import discord
import pytest
from loopback.payloads import TOKEN

from bot.cli.run import serve_until
from bot.errors import OperatorError

pytest_plugins = ["loopback.fixtures"]

PROMISED = 10
"""Seconds from the signal to the exit."""


async def connected(standin, _journal):
    await standin.gateway.connected.wait()


async def waiting_at_the_door(standin, _journal):
    await standin.hold("GET", "/users/@me").met.wait()


async def waiting_to_tell_the_commands(standin, _journal):
    await standin.hold("PUT", "/commands").met.wait()


async def kept_from_the_gateway(standin, journal):
    standin.gateway.closed_to_all = True
    await journal.line("Failed to connect for shard_id")


async def left_without_a_sound(standin, _journal):
    await standin.gateway.connected.wait()
    standin.gateway.fall_silent()


@pytest.mark.parametrize(
    "situation",
    [
        connected,
        waiting_at_the_door,
        waiting_to_tell_the_commands,
        kept_from_the_gateway,
        left_without_a_sound,
    ],
)
async def test_a_stop_ends_it_soon_whatever_it_is_at(standin, journal, prepare, situation):
    stop = asyncio.Event()
    async with prepare() as bot:
        serving = asyncio.create_task(serve_until(stop, bot, TOKEN))
        async with asyncio.timeout(20):
            await situation(standin, journal)

        stop.set()

        async with asyncio.timeout(PROMISED):
            await serving
        assert bot.is_closed()


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/users/@me", 401, "Discord refuses this token."),
        ("/users/@me", 403, "Discord does not let us in: 403"),
        ("/gateway/bot", 401, "Discord refuses this token."),
    ],
)
async def test_a_discord_that_will_not_have_it_is_told_in_words(
    standin, prepare, path, status, sentence
):
    standin.fail("GET", path, status)

    async with prepare() as bot:
        with pytest.raises(OperatorError, match=sentence):
            await serve_until(asyncio.Event(), bot, TOKEN)


@pytest.mark.parametrize(
    ("path", "status", "times"),
    [
        ("/users/@me", 500, 20),
        ("/users/@me", None, 9),
        ("/users/@me", 429, 1),
        ("/applications/@me", 503, 3),
        ("/gateway/bot", 500, 20),
        ("/gateway/bot", None, 9),
    ],
)
async def test_a_discord_that_is_down_at_the_start_is_waited_for(
    standin, prepare, journal, no_waiting, path, status, times
):
    standin.fail("GET", path, status, times=times, retry_after=3600)
    stop = asyncio.Event()

    async with prepare() as bot:
        serving = asyncio.create_task(serve_until(stop, bot, TOKEN))
        async with asyncio.timeout(20):
            await standin.gateway.connected.wait()
        stop.set()
        await serving

    assert any("trying again in" in line for line in journal.at(30))


async def test_a_token_that_is_revoked_while_it_runs_ends_it(standin, prepare):
    async with prepare() as bot:
        serving = asyncio.create_task(serve_until(asyncio.Event(), bot, TOKEN))
        await standin.gateway.connected.wait()
        standin.fail("GET", "/users/@me", 401)

        with pytest.raises(discord.HTTPException):
            await bot.http.get_user("@me")

        async with asyncio.timeout(PROMISED):
            with pytest.raises(OperatorError, match="refuses this token"):
                await serving


@pytest.mark.parametrize(
    ("code", "sentence"),
    [(4004, "Discord refuses this token."), (4013, "4013"), (4014, "privileged intents")],
)
async def test_a_gateway_that_lets_nobody_in_is_told_in_words(
    standin, prepare, no_waiting, code, sentence
):
    standin.gateway.refusal = code

    async with prepare() as bot:
        with pytest.raises(OperatorError, match=sentence):
            await serve_until(asyncio.Event(), bot, TOKEN)
