"""Stories, feeds, chapters and subscriptions as Discord shows them."""

from collections.abc import Sequence

import discord

from bot.chapters.announcing.cadence import HIATUS, cadence, days_since
from bot.chapters.announcing.models import Chapter
from bot.chapters.announcing.service import Receipt
from bot.chapters.stories.models import Story
from bot.chapters.subscribing.models import EVERYTHING, How, Subscription, Subscriptions
from bot.clock import Instant
from bot.language.sayings import say_kept
from bot.language.speech import mark, say, say_many
from bot.ui.chapter_words import ago, listing, words_line, words_many
from bot.ui.text import safe_inline
from bot.ui.theme import DESCRIPTION, GREY, RED, Reply, clip, field

PAGE_SIZE = 10
_HOW = {
    How.ROLE: mark("you have the story's role, and it rings with every chapter"),
    How.PING: mark("I name you under the announcement"),
    How.DIGEST: mark("a private message once a week"),
}


def announced_reply(story: Story, receipt: Receipt) -> Reply:
    """Return what an announcement by hand set off."""
    site, venue = receipt.venue.site, receipt.venue
    sent = say("On its way to <#{channel}>.", channel=venue.channel_id)
    lines = [sent, words_line(receipt.chapter.words)]
    if venue.role_id and site.rings and receipt.chapter.is_main:
        lines.append(say("<@&{role}> is pinged, once.", role=venue.role_id))
    lines += [f"⚠️ {reason}" for reason in site.missing]
    embed = discord.Embed(
        title=clip(say("{story}: announced", story=safe_inline(story.title)), 256),
        description="\n".join(lines),
        colour=RED,
    )
    return Reply(embed)


def latest_reply(newest: Sequence[tuple[Story, Sequence[Chapter]]], now: Instant) -> Reply:
    """Return the newest chapter of each story, and how its story is paced."""
    embed = discord.Embed(title=say("The latest chapters"), colour=RED if newest else GREY)
    for story, chapters in newest[:20]:
        if not chapters:
            field(embed, safe_inline(story.title), [say("No chapter is known yet.")])
            continue
        field(
            embed,
            safe_inline(story.title),
            [chapter_line(story, chapters[-1]), pace(chapters, now)],
        )
    if not newest:
        embed.description = say("No story is followed here yet. `/story add` begins it.")
    return Reply(embed)


def pace(chapters: Sequence[Chapter], now: Instant) -> str:
    """Return how often chapters come, and how long ago the last one did."""
    since = days_since(chapters[-1].told_at, now)
    rhythm = cadence([chapter.told_at for chapter in chapters])
    usual = f"; {rhythm}" if rhythm else ""
    silence = say("on hiatus, it seems")
    silent = f" · {silence}" if now - chapters[-1].told_at > HIATUS else ""
    day = say("day {number} since the last one", number=since)
    return f"-# {day}{usual}{silent}"


def chapter_line(story: Story, chapter: Chapter) -> str:
    """Return a chapter in one line, with its link."""
    title = safe_inline(clip(chapter.title, 100))
    shown = f"||{title}||" if story.masked else title
    read = say("read")
    link = f" · [{read}](<{chapter.url}>)" if _linkable(chapter.url) else ""
    counted = f" · {words_many(chapter.words)}" if chapter.words else ""
    return f"**{shown}**{counted} · {ago(chapter.told_at)}{link}"


def _linkable(url: str) -> bool:
    return not set(url) & set("<>() \n")


def _place(chapter: Chapter) -> str:
    """Return a chapter's number, unless its title begins with one."""
    # Without the backslash Discord would count upwards from the first.
    return "" if chapter.title[:1].isdigit() else f"{chapter.place}\\. "


def page_of(story: Story, chapters: Sequence[Chapter], page: int) -> tuple[discord.Embed, int]:
    """Return one page of a story's chapters, newest first, and how many pages there are."""
    pages = max(1, -(-len(chapters) // PAGE_SIZE))
    page = min(max(page, 0), pages - 1)
    newest = list(reversed(chapters))[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    lines = [f"{_place(chapter)}{chapter_line(story, chapter)}" for chapter in newest]
    embed = discord.Embed(
        title=clip(say("Chapters of {story}", story=safe_inline(story.title)), 256),
        description=clip("\n".join(lines), DESCRIPTION) or say("No chapter is known yet."),
        colour=RED,
    )
    counted = [chapter.words.count for chapter in chapters if chapter.words is not None]
    words = (
        say_many("at least {number} word", "at least {number} words", sum(counted))
        if len(counted) < len(chapters)
        else say_many("{number} word", "{number} words", sum(counted))
    )
    many = say_many("{number} chapter", "{number} chapters", len(chapters))
    here = say("page {page}/{pages}", page=page + 1, pages=pages)
    embed.set_footer(text=f"{many}, {words} · {here}")
    return embed, pages


def subscribed_reply(wanted: Subscription, note: str = "") -> Reply:
    """Return what somebody has subscribed to."""
    how = _how(wanted)
    embed = discord.Embed(
        title=say("Subscribed to {story}", story=safe_inline(wanted.story_title)),
        description="\n".join([f"{how[:1].upper()}{how[1:]}", *([note] if note else [])]),
        colour=RED,
    )
    embed.set_footer(text=say("/unsubscribe ends it; /subscriptions shows all of yours."))
    return Reply(embed)


def subscriptions_reply(found: Subscriptions) -> Reply:
    """Return all that somebody is subscribed to here."""
    lines = [f"**{safe_inline(each.story_title)}** · {_how(each)}" for each in found.wanted]
    embed = listing(say("Your subscriptions"), lines, say("None here. `/subscribe` begins one."))
    if found.problem:
        field(embed, say("The weekly digest"), [say_kept(found.problem)])
    elif found.digest_at is not None:
        following = say("The next one {when}", when=ago(found.digest_at))
        field(embed, say("The weekly digest"), [following])
    return Reply(embed)


def _how(wanted: Subscription) -> str:
    parts = [say(_HOW[wanted.how])]
    if wanted.min_words:
        parts.append(
            say_many(
                "only chapters of {number} word or more (what nobody counted is silent)",
                "only chapters of {number} words or more (what nobody counted is silent)",
                wanted.min_words,
            )
        )
    if wanted.category == EVERYTHING:
        parts.append(say("side stories and omakes as well"))
    elif wanted.category != "main":
        parts.append(say("only {category}", category=safe_inline(wanted.category)))
    return "; ".join(parts)
