"""Whatever Discord does to what is sent unasked: it arrives once, or it waits and the admins know.

The real relay and HTTP client over sockets. By fault: ARRIVES (once, also when the answer to the
first try was lost), WAITS (kept, and tried again when it may help), BLOCKED (kept; its admins are
told what to do). The log has a line of what became of it.
"""

import asyncio
import logging

import pytest
from loopback.payloads import CHANNEL_ID, GUILD_ID, NEWS_ID

from bot.guilds.models import Choice
from bot.outbox import relay
from bot.outbox.models import SEND, Post

pytest_plugins = ["loopback.fixtures", "faults.harness.weather"]

SENDING = f"/channels/{NEWS_ID}/messages"
ARRIVES, WAITS, BLOCKED = "arrives", "waits", "blocked"

OUTCOMES = [
    ("429 of the route", 1, ARRIVES),
    ("429 of the bot", 1, ARRIVES),
    ("429 shared by all", 2, ARRIVES),
    ("429 of an hour", 1, WAITS),
    ("429 of a wall", 1, WAITS),
    ("500", 5, ARRIVES),
    ("502 of a wall", 2, ARRIVES),
    ("503", 2, ARRIVES),
    ("520", 1, ARRIVES),
    ("524", 3, ARRIVES),
    ("reset before", 2, ARRIVES),
    ("reset after", 1, ARRIVES),
    ("hung up", 2, ARRIVES),
    ("hangs", 1, ARRIVES),
    ("hangs after", 1, ARRIVES),
    ("a page instead of JSON", 1, ARRIVES),
    ("half a JSON", 1, ARRIVES),
    ("another JSON", 1, ARRIVES),
    ("10003 unknown channel", 1, BLOCKED),
    ("50001 missing access", 1, BLOCKED),
    ("50013 missing permissions", 1, BLOCKED),
]


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(relay, "DEADLINE", 0.5)


@pytest.mark.parametrize(
    ("fault", "times", "outcome"),
    OUTCOMES,
    ids=[f"{times}x-{name}".replace(" ", "-") for name, times, _ in OUTCOMES],
)
async def test_what_is_sent_unasked_arrives_once_or_is_kept(
    bureau, standin, weather, journal, no_waiting, fault, times, outcome
):
    given = bureau.services
    await given.guilds.choose(int(GUILD_ID), Choice.ADMIN_CHANNEL, int(CHANNEL_ID), 1)
    weather.strikes("POST", SENDING, fault, times)
    body = {"content": "Chapter 1", "allowed_mentions": {"parse": []}}

    await given.outbox.put(Post("chapter:1", SEND, int(GUILD_ID), int(NEWS_ID), body))

    row = await settled(given, weather, outcome)
    told = [each["content"] for each in standin.channels.of(CHANNEL_ID)]
    arrived = [each["content"] for each in standin.channels.of(NEWS_ID)]
    assert arrived == ["Chapter 1"] * (outcome == ARRIVES)
    assert bool(told) == (outcome == BLOCKED)
    assert row["state"] == {ARRIVES: "sent", WAITS: "ready", BLOCKED: "blocked"}[outcome]
    lines = [text for text in journal.at(logging.INFO) if text.startswith("chapter:1 send")]
    said = {ARRIVES: "is sent", WAITS: "waits", BLOCKED: "is blocked"}[outcome]
    assert sum(said in line for line in lines) == 1
    assert [line for line in journal.at(logging.ERROR) if "Traceback" in line] == [] or (
        outcome == ARRIVES
    )


async def settled(given, weather, outcome):
    """Wait until the outbox has come to rest; return the row."""
    async with asyncio.timeout(30):
        while True:
            given.duties.wake("outbox")
            row = await given.database.fetch_one("SELECT * FROM outbox WHERE topic = 'chapter:1'")
            waiting = await given.database.fetch_one(
                "SELECT 1 FROM outbox WHERE state = 'sending' OR"
                " (state = 'ready' AND topic <> 'chapter:1')"
            )
            done = row["state"] in ({"ready"} if outcome == WAITS else {"sent", "blocked"})
            if weather.is_over and done and row["attempts"] and waiting is None:
                return row
            await asyncio.sleep(0.05)
