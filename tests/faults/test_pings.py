"""Promise 9: whatever somebody says, nothing rings but what was chosen to ring, and no link hides.

The real bot over sockets, with a canon, stories, chapters, quotes and remarks whose every text is
hostile, and readers who type such texts into every option of every command. Held to all that was
sent: mentions are allowed by name only, and texts from outside do nothing.
"""

import asyncio
import logging
import re
from datetime import timedelta

import pytest
from faults.harness.every_command import interaction, leaves
from faults.harness.stock import HERE, OTTO, said
from loopback.payloads import CHANNEL_ID, EVERYTHING, NEWS_ID, ROLE_ID

from bot.chapters.announcing.service import ByHand
from bot.chapters.stories.models import Change
from bot.chapters.subscribing.models import How
from bot.clock import instant, moment
from bot.flags.models import Flag
from bot.guilds.models import Choice
from bot.quotes.models import Purpose
from bot.soviet.clicks import Click, Draft, Member, Roll, snowflake

pytest_plugins = ["loopback.fixtures"]

ELSE = "1100000000000000099"
HOSTILE = [
    f"@everyone <@&{ROLE_ID}> <@{ELSE}>",
    "[free nitro](https://evil.example)",
    "@\u200beveryone @\u202ehere @here",
    f"<@!{ELSE}> <@&{ELSE}> <#1> </event:1>",
    "**@everyone** ||@here|| `<@1>`",
    "\\@everyone \\\\[x](https://evil.example) \\<@1>",
    "> # @everyone\n> [x]( https://evil.example )",
    "@everyone\ud800 lone",
    "＠everyone <＠1>",
]
RINGS = re.compile(r"@everyone|@here|<@[!&]?\d+>")
MASKED = re.compile(r"(?<!\\)\]\(\s*<?https?://evil")

_CANON = """\
title = "@everyone [free](https://evil.example)"
author = "<@&1100000000000000007>"
blurb = "[x](https://evil.example) @here"

[[document]]
file = "timeline.txt"
title = "@here Annals"
format = "timeline"
tier = "timeline"
"""
_LINES = "\n\n".join(
    f"• June 19{number:02}. {each}. And then: {each}"
    for number, each in enumerate((each.replace("\ud800", "") for each in HOSTILE), 30)
).replace("> # ", "")


@pytest.fixture
def seeds(tmp_path):
    work = tmp_path / "hostile" / "evil-work"
    work.mkdir(parents=True)
    (work / "canon.toml").write_text(_CANON, "utf-8")
    (work / "timeline.txt").write_text(f"The annals.\n\n{_LINES}\n", "utf-8")
    return work.parent


async def filled(bot, text):
    """Let every kind of text that is kept be *text*."""
    given, now = bot.services, instant(bot.services.clock.now())
    title = text.replace("\n", " ")[:80]
    change = Change(title=f"T {title}", author=text, channel_id=int(NEWS_ID), role_id=int(ROLE_ID))
    story = await given.stories.add(HERE, change, OTTO)
    await given.subscribing.subscribe(given.subscribing.wish(story, OTTO, How.PING))
    order = ByHand(f"C {title}", f"https://a.example/{story.id}", 900, text, "omake")
    await given.announcing.announce(story, order, OTTO)
    message = said(story.id, now)
    message = type(message)(
        **{
            **{name: getattr(message, name) for name in message.__slots__},
            "text": text.replace("\ud800", ""),
            "author_name": title.replace("\ud800", ""),
        }
    )
    await given.quotes.propose(message, OTTO, Purpose.SAVE)
    await moved(given, f"That {title}", now)


async def moved(given, text, now):
    """Let the House vote on *text*, with options and another wording of the same kind."""

    def click(user, number):
        member = Member(user, instant(moment(now) - timedelta(days=1000)))
        return Click(HERE, snowflake(now, number), member, int(CHANNEL_ID))

    text = text.replace("\ud800", "")
    option = text.replace("|", "")[:60]
    draft = Draft(text, options=f"{option} A | {option} B", closes="1h")
    user = OTTO + now % 1_000_000
    motion = await given.soviet.chamber.table(click(user, 1), draft, Roll(100))
    await given.soviet.debate.amend(click(user + 1, 2), motion.id, f"{text} indeed")
    await given.soviet.chamber.second(click(user + 2, 3), motion.id, Roll(100))
    await given.soviet.ballots.cast(click(user, 4), motion.id, (0,))
    await given.soviet.ballots.explain(click(user, 5), motion.id, text)


def sent(standin):
    """Yield every message that was sent or changed: (path, payload)."""
    for request in standin.requests:
        payload = request.payload if isinstance(request.payload, dict) else {}
        data = payload.get("data") or payload
        if request.method in {"POST", "PATCH"} and {"content", "embeds", "components"} & set(data):
            yield request.path, data


def texts(part):
    """Yield every text of *part* in which Discord reads markup."""
    if isinstance(part, dict):
        for name, each in part.items():
            if isinstance(each, str) and name in {"content", "description", "value"}:
                yield each
            elif name not in {"options", "attachments"}:  # shown as they are
                yield from texts(each)
    elif isinstance(part, list):
        for each in part:
            yield from texts(each)


def held_to_it(standin):
    seen = 0
    for path, data in sent(standin):
        allowed = data.get("allowed_mentions")
        rung = RINGS.findall(data.get("content") or "")
        assert allowed is not None or not rung, (path, data)
        assert (allowed or {}).get("parse", []) == [], (path, allowed)
        assert set((allowed or {}).get("roles", [])) <= {ROLE_ID, int(ROLE_ID)}, (path, allowed)
        for text in texts(data):
            seen += 1
            assert "@everyone" not in text, (path, text)
            assert "@here" not in text, (path, text)
            assert f"<@{ELSE}>" not in text, (path, text)
            assert f"<@&{ELSE}>" not in text, (path, text)
            assert not MASKED.search(text), (path, text)
    return seen


async def test_nothing_anybody_says_rings_or_hides_a_link(standin, open_bureau, seeds, journal):
    vera, nadia = standin.reader("@everyone"), standin.reader("<@1>", EVERYTHING)
    vera.person["global_name"] = "[x](https://evil.example)"
    async with open_bureau(seeds=seeds) as bot:
        await bot.services.guilds.choose(HERE, Choice.ADMIN_CHANNEL, int(CHANNEL_ID), OTTO)
        for number, text in enumerate(HOSTILE):
            await filled(bot, text)
            body = {"content": "x", "allowed_mentions": {"parse": []}}
            flag = Flag(HERE, 50 + number, "evil-work/~1", text.replace("\ud800", ""), body)
            await bot.services.flags.send(flag)
        for text in [*HOSTILE, "june 1930", "annals", "1930..1960"]:
            for leaf in leaves(standin):
                for reader in (vera, nadia):
                    if leaf[0] in {"feed add", "feed test", "canon add"}:
                        continue  # they would look for the address; tests/chapters do that
                    asked = interaction(reader, leaf, {"*": text, "story": "T"})
                    await (await standin.ask(asked)).whole()
        await delivered(bot)

    assert held_to_it(standin) > 500
    assert standin.violations == []
    assert journal.at(logging.ERROR) == []


async def delivered(bot):
    async with asyncio.timeout(20):
        while await bot.services.database.fetch_one(
            "SELECT 1 FROM outbox WHERE state IN ('ready', 'sending') AND step = 'send'"
        ):
            bot.services.duties.wake("outbox")
            await asyncio.sleep(0.05)


def test_a_payload_that_rings_is_found():
    class Request:
        method, path = "POST", "/x"

    class Planted:
        requests = (Request(),)

    for data in (
        {"content": "@everyone", "allowed_mentions": {"parse": []}},
        {"content": "x", "allowed_mentions": {"parse": ["users"]}},
        {"content": "x", "allowed_mentions": {"parse": [], "roles": [ELSE]}},
        {"content": "<@1>"},
        {"embeds": [{"fields": [{"name": "n", "value": "[x](https://evil.example)"}]}]},
    ):
        Planted.requests[0].payload = data
        with pytest.raises(AssertionError):
            held_to_it(Planted)
