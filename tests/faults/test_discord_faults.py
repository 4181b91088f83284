"""Whatever Discord does to an answer: none is doubled, and the reader has it or has words.

The real HTTP client over sockets. What the reader sees, and what the log says, by fault:

- THE ANSWER: it is there, once; the log need not speak of it.
- WORDS: an apology under a reference that the log has, once.
- BOTH: the answer, for Discord took it, and words beside it, for what it said made no sense.
- NOTHING: the interaction is over for Discord, or Discord is; the log says so.
"""

import asyncio
import logging
import re

import pytest

from bot.connection import DEADLINE, limit_requests

pytest_plugins = ["loopback.fixtures", "faults.harness.weather"]

CALLBACK = "/callback"
APOLOGY = re.compile(r"Something broke in the bureau.* tell an admin this: `(\w+)`")
ANSWER, WORDS, BOTH, NOTHING = "the answer", "words", "both", "nothing"

OUTCOMES = [
    ("429 of the route", 1, ANSWER),
    ("429 of the bot", 1, ANSWER),
    ("429 shared by all", 3, ANSWER),
    ("429 of a wall", 1, WORDS),
    ("500", 1, ANSWER),
    ("502", 2, ANSWER),
    ("502 of a wall", 1, ANSWER),
    ("503", 1, ANSWER),
    ("520", 1, ANSWER),
    ("524", 4, ANSWER),
    ("500", 5, WORDS),
    ("reset before", 1, WORDS),
    ("reset after", 1, ANSWER),
    ("hung up", 1, WORDS),
    ("hung up", 2, NOTHING),
    ("hangs", 1, WORDS),
    ("hangs after", 1, ANSWER),
    ("a page instead of JSON", 1, BOTH),
    ("half a JSON", 1, ANSWER),
    ("another JSON", 1, BOTH),
    ("401", 1, WORDS),
    ("10003 unknown channel", 1, WORDS),
    ("10008 unknown message", 1, NOTHING),
    ("10062 unknown interaction", 1, NOTHING),
    ("40060 acknowledged", 1, NOTHING),
    ("50001 missing access", 1, WORDS),
    ("50013 missing permissions", 1, WORDS),
]


def complaints(journal):
    """Return what the bot itself told above INFO; discord.py tells of each of its retries."""
    return [
        record
        for record, _ in journal.records
        if record.levelno > logging.INFO and record.name.startswith("bot.")
    ]


@pytest.mark.parametrize(
    ("fault", "times", "outcome"),
    OUTCOMES,
    ids=[f"{times}x-{name}".replace(" ", "-") for name, times, _ in OUTCOMES],
)
async def test_an_answer_arrives_once_or_there_are_words(
    bureau, standin, vera, ivan, weather, journal, no_waiting, fault, times, outcome
):
    limit_requests(bureau.http, 0.5)
    weather.strikes("POST", CALLBACK, fault, times)

    asked = await vera.begin("event", query="june 1932")
    await settled(weather)

    told = [asked.message] if asked.message else []
    apologies = [each["content"] for each in (*told, *asked.followups) if not each["embeds"]]
    assert any(each["embeds"] for each in told) == (outcome in {ANSWER, BOTH})
    assert len(asked.followups) == (outcome == BOTH)
    spoken = outcome in {WORDS, BOTH}
    assert [bool(APOLOGY.search(said)) for said in apologies] == [True] * spoken
    held_by_the_log(journal, apologies)
    assert (await ivan.slash("event", query="june 1932")).buttons


async def settled(weather):
    """Wait until nobody is answering any more."""
    async with asyncio.timeout(20):
        while not weather.is_over or any(  # noqa: ASYNC110 - nothing tells of it
            task.get_name() == "CommandTree-invoker" for task in asyncio.all_tasks()
        ):
            await asyncio.sleep(0.02)


def held_by_the_log(journal, apologies):
    told = complaints(journal)
    errors = [record for record in told if record.levelno >= logging.ERROR]
    assert len(errors) <= 1
    assert len(told) <= 2, "one fault, one line; a second where the apology was refused"
    for apology in apologies:
        (record,) = errors
        assert vars(record)["reference"] == APOLOGY.search(apology)[1]


async def test_no_request_is_waited_for_longer_than_half_a_minute(bureau):
    session = bureau.http._HTTPClient__session

    assert session.timeout.total == DEADLINE == 30
