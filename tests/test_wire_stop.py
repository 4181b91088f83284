"""Not getting in, and getting out: what keeps the bot from Discord, and what a stop ends."""

import asyncio

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
    ("path", "status", "times", "sentence"),
    [
        ("/users/@me", 401, 1, "Discord refuses this token."),
        ("/users/@me", 403, 1, "Discord cannot be reached: 403"),
        ("/users/@me", 429, 1, "Try again in 60 min."),
        ("/users/@me", 500, 5, "Discord cannot be reached: 500"),
        ("/users/@me", None, 2, "Discord cannot be reached"),
        ("/applications/@me", 503, 1, "Discord cannot be reached: 503"),
        ("/gateway/bot", 500, 5, "Discord cannot be reached"),
    ],
)
async def test_a_discord_that_lets_nobody_in_is_told_in_words(
    standin, prepare, no_waiting, path, status, times, sentence
):
    standin.fail("GET", path, status, times=times, retry_after=3600)

    async with prepare() as bot:
        with pytest.raises(OperatorError, match=sentence):
            await serve_until(asyncio.Event(), bot, TOKEN)


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
