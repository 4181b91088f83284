"""Whatever Discord does between the acknowledgement of a command and its answer, a card or a file.

The reader has the answer once, or is told in words where Discord lets us tell; the log has one line
at most; nothing keeps the next reader waiting.
"""

import asyncio
import logging

import pytest

from bot.connection import limit_requests

pytest_plugins = ["loopback.fixtures", "faults.harness.weather"]

ORIGINAL = "/messages/@original"
THERE, WORDS, BOTH, NOTHING = "the answer", "words", "both", "nothing"

OUTCOMES = [
    ("429 of the route", 1, THERE),
    ("429 shared by all", 2, THERE),
    ("429 of a wall", 1, WORDS),
    ("500", 2, THERE),
    ("502 of a wall", 1, THERE),
    ("503", 1, THERE),
    ("500", 5, WORDS),
    ("reset before", 1, WORDS),
    ("reset after", 1, BOTH),
    ("hung up", 1, WORDS),
    ("hangs", 1, WORDS),
    ("10008 unknown message", 1, NOTHING),
    ("10015 unknown webhook", 1, NOTHING),
    ("50027 token expired", 1, NOTHING),
    ("10003 unknown channel", 1, WORDS),
    ("50001 missing access", 1, WORDS),
    ("50013 missing permissions", 1, WORDS),
]


@pytest.mark.parametrize(
    ("fault", "times", "outcome"),
    OUTCOMES,
    ids=[f"{times}x-{name}".replace(" ", "-") for name, times, _ in OUTCOMES],
)
async def test_what_comes_after_the_acknowledgement_is_there_once_or_words_are(
    bureau, standin, vera, ivan, weather, journal, no_waiting, fault, times, outcome
):
    limit_requests(bureau.http, 0.5)
    weather.strikes("PATCH", ORIGINAL, fault, times)

    asked = await vera.begin("privacy export")
    await settled(weather)

    assert bool(asked.message["attachments"]) == (outcome in {THERE, BOTH})
    told = [each["content"] for each in asked.followups]
    assert [("bureau" in said) for said in told] == [True] * (outcome in {WORDS, BOTH})
    complaints = [
        record
        for record, _ in journal.records
        if record.levelno > logging.INFO and record.name.startswith("bot.")
    ]
    assert len(complaints) == (outcome in {WORDS, BOTH})
    assert (await ivan.slash("event", query="june 1932")).buttons


async def settled(weather):
    """Wait until nobody is answering any more."""
    async with asyncio.timeout(20):
        while not weather.is_over or any(  # noqa: ASYNC110 - nothing tells of it
            task.get_name() == "CommandTree-invoker" for task in asyncio.all_tasks()
        ):
            await asyncio.sleep(0.02)
