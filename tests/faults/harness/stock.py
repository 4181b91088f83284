"""A server that has one of everything, so that whoever may not change it would find something."""

import sqlite3
from contextlib import closing
from datetime import timedelta

from loopback.payloads import CHANNEL_ID, GUILD_ID, NEWS_ID

from benchmarks.fake_feeds import FakeFeeds
from bot.chapters.announcing.service import ByHand
from bot.chapters.stories.models import Change
from bot.chapters.subscribing.models import How
from bot.clock import instant, moment
from bot.guilds.models import Choice
from bot.quotes.models import Consent, Original, Purpose
from bot.soviet.clicks import Click, Draft, Member, Roll, snowflake
from bot.ui.controls import base36
from bot.uploads.models import Document

HERE, OTTO = int(GUILD_ID), 4_000
FEED = "https://blog.example/feed"

SAID = {
    "story": "Red Orchestra",
    "title": "Another",
    "url": "https://a.example/2",
    "query": "june 1932",
    "work": "tide-mills",
    "name": "Marta Velikov",
    "text": "mill",
    "from": "1931",
    "to": "1934",
}
"""What is typed into options of these names; "1", the number of the first, into every other."""

CONTROLS = (
    *("ck:1", "cd:1"),
    *("cs:1:1", "cu:1", "cq:1:new", "cq:1:known"),
    *("su:c:admins", "su:r", "su:s", "su:l", "su:f", "su:p:1"),
    *("so:y:2", "so:h:2", "so:s:2", "so:o:2"),
    *("so:v:1:1", "so:b:1", "so:t:1", "so:q:1:1", "so:n:1", "so:c:1:ab"),
    *("qd:1", "qs:plain:1", "qa:2:y", "qa:2:n", f"pd:{base36(OTTO)}"),
)
"""Ids of real things of the stocked server, and of what Otto may do with his own."""
SHOWING = {
    *("flags.FlagButton", "canon_cards.CanonCardButton", "canon_cards.CanonStyleButton"),
    *("lore_controls.OpenButton", "lore_controls.PageButton", "lore_controls.BackButton"),
    *("lore_controls.OpenMenu", "registry.CardMenu", "registry.EntityMenu", "passages.SearchPage"),
    *("chapter_controls.ChapterPage", "setup.CheckButton", "setup.TestButton"),
    *("quote_lists.QuotePageButton", "quote_lists.QuoteMenu"),
    *("panel.MineButton", "panel.ExplainButton", "panel.AbsenteesButton", "files.MinutesButton"),
    *("ranking.RankButton", "ranking.TapButton", "ranking.TapMenu", "ranking.UndoButton"),
    *("amendments.AmendButton", "amendments.AmendmentsButton"),
    "help.RoomMenu",
    *("business.OlderButton", "business.OpenMotionMenu"),
}
"""Controls that change nothing by themselves, whoever uses them."""
OPEN_CONTROLS = {
    *("chapter_controls.SubscribeButton", "chapter_controls.UnsubscribeButton"),
    *("ballots.SecondButton", "ballots.ObjectButton", "ballots.VoteButton", "ballots.BallotMenu"),
    *("panel.TakeBackButton", "panel.RecuseButton", "panel.RemindButton"),
    "ranking.ConfirmButton",
}
"""Controls by which everybody changes what is their own."""


def name_of(control):
    """Return the name of a class of controls; two of them may share the last word."""
    return f"{control.__module__.rpartition('.')[2]}.{control.__name__}"


async def stock(bot):
    """Fill the server of the stand-in."""
    services, now = bot.services, instant(bot.services.clock.now())
    await sit(services.soviet, now)  # first: announcing makes a motion as well
    feeds = FakeFeeds(services.clock)
    services.following._reader = services.following._poller._reader = feeds
    feeds.drop(FEED, "Chapter 0")
    await services.guilds.choose(HERE, Choice.ADMIN_CHANNEL, int(CHANNEL_ID), OTTO)
    change = Change(title="Red Orchestra", channel_id=int(NEWS_ID))
    story = await services.stories.add(HERE, change, OTTO)
    await services.following.add(story, FEED, None, None, OTTO)
    order = ByHand("Chapter 1", "https://a.example/1", 11_000)
    await services.announcing.announce(story, order, OTTO)
    await services.subscribing.subscribe(services.subscribing.wish(story, OTTO, How.PING))
    await services.quotes.propose(said(1, now), OTTO, Purpose.SAVE)
    await services.quotes.set_consent(OTTO, Consent.ASK)
    await services.quotes.propose(said(2, now), OTTO + 1, Purpose.SAVE)
    for name in ("one.txt", "two.txt"):
        draft = Document(0, HERE, "moths", "Moths", name, "", 0, 5, OTTO, now)
        await services.uploads._documents.add_draft(draft, b"words")
    await services.uploads._documents.keep(2, HERE)


async def sit(soviet, now):
    """Have one motion voted on, and another one discussed."""

    def click(user, number):
        member = Member(user, instant(moment(now) - timedelta(days=1000)))
        return Click(HERE, snowflake(now, number), member, int(CHANNEL_ID))

    for number in (1, 2):
        draft = Draft(f"That the next chapter be long, for the {number}. time")
        await soviet.chamber.table(click(OTTO, number), draft, Roll(100))
    await soviet.chamber.second(click(OTTO + 1, 3), 1, Roll(100))
    await soviet.debate.amend(click(OTTO + 1, 4), 2, "That the next chapter be short")


def said(number, now):
    """Return a message that Otto wrote in the lounge."""
    room = int(CHANNEL_ID)
    return Original(HERE, room, room, number, OTTO, "Otto", f"Words no. {number}", "0" * 64, now)


def of_server(folder):
    """Return every row of every table but the bot's own notes, as text."""
    with closing(sqlite3.connect(folder / "data" / "community.sqlite")) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND name NOT LIKE 'sqlite%' AND name NOT IN ('app_state', 'migration')"
        ).fetchall()
        return {
            name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}").fetchall()))
            for (name,) in names
        }
