"""Stories, feeds, chapters and subscriptions as Discord shows them."""

from collections.abc import Mapping, Sequence

import discord

from bot.chapters.announcing.cadence import HIATUS, cadence, days_since
from bot.chapters.announcing.models import Chapter
from bot.chapters.announcing.service import Receipt
from bot.chapters.following.models import Followed, FollowState
from bot.chapters.following.service import Added
from bot.chapters.stories.models import Story
from bot.chapters.subscribing.models import EVERYTHING, How, Subscription, Subscriptions
from bot.clock import Instant
from bot.language.sayings import say_kept
from bot.language.speech import mark, say, say_many, say_number
from bot.ui.chapter_card import and_more, words_line, words_many
from bot.ui.text import safe_inline
from bot.ui.theme import DESCRIPTION, GREY, RED, Reply, clip, field

PAGE_SIZE = 10
_HOW = {
    How.ROLE: mark("you have the story's role, and it rings with every chapter"),
    How.PING: mark("I name you under the announcement"),
    How.DIGEST: mark("a private message once a week"),
}
_MARK = {FollowState.ACTIVE: "🟢", FollowState.PAUSED: "⏸️", FollowState.ASKING: "❓"}


def ago(at: Instant | None) -> str:
    """Return *at* as every reader's client tells it: “2 minutes ago”."""
    return say("never") if at is None else f"<t:{at // 1000}:R>"


def followed_reply(story: Story) -> Reply:
    """Return how a story stands after it was added."""
    return _story_reply(story, say("{story}: followed", story=safe_inline(story.title)))


def changed_reply(story: Story) -> Reply:
    """Return how a story stands after it was changed."""
    return _story_reply(story, say("{story}: changed", story=safe_inline(story.title)))


def _story_reply(story: Story, title: str) -> Reply:
    embed = discord.Embed(
        title=title,
        description="\n".join(_about(story)),
        colour=RED,
        url=story.url,
    )
    embed.set_footer(text=say("Next: /feed add, so that its chapters announce themselves."))
    return Reply(embed)


def _about(story: Story) -> list[str]:
    return [
        say("By {author}", author=safe_inline(story.author))
        if story.author
        else say("No author named"),
        say("Channel: <#{channel}>", channel=story.channel_id)
        if story.channel_id
        else say("Channel: not chosen yet"),
        say("Role: <@&{role}>", role=story.role_id)
        if story.role_id
        else say("Role: none is pinged"),
        say_many("Quota: {number} word a chapter", "Quota: {number} words a chapter", story.quota),
        say("Titles of chapters are hidden as spoilers")
        if story.masked
        else say("Titles are shown"),
    ]


def stories_reply(stories: Sequence[Story], readers: Mapping[int, int]) -> Reply:
    """Return the list of the stories of a server."""
    lines = []
    for story in stories:
        nowhere = say("no channel yet")
        where = f" → <#{story.channel_id}>" if story.channel_id else f" · {nowhere}"
        role = f" <@&{story.role_id}>" if story.role_id else ""
        quota = say("quota {quota}", quota=say_number(story.quota))
        told = say_many("{number} subscribed", "{number} subscribed", readers.get(story.id, 0))
        lines.append(f"**{safe_inline(story.title)}**{where}{role} · {quota} · {told}")
    nothing = say("No story is followed here yet. `/story add` begins it.")
    return Reply(_listed(say("Stories followed here"), lines, nothing))


def added_reply(story: Story, added: Added, channel_id: int) -> Reply:
    """Return what was read of a feed that has just been added, and where its chapters go."""
    feed = added.feed
    if added.follow.baseline_at is None and feed.problem:
        problem = say_kept(feed.problem)
        lines = [say("It could not be read: {problem} I keep trying.", problem=problem)]
    else:
        read = say_many(
            "I have read {number} chapter.", "I have read {number} chapters.", added.chapters
        )
        newest = say("The newest is “{title}”.", title=safe_inline(added.newest or ""))
        lines = [
            f"{read} {newest}" if added.newest else read,
            say(
                "Nothing is announced of these; the next one will be, about two minutes after it "
                "appears."
            ),
        ]
    role_id = added.follow.role_id or story.role_id
    lines.append(
        say("Chapters go to <#{channel}> and ping <@&{role}>.", channel=channel_id, role=role_id)
        if role_id
        else say("Chapters go to <#{channel}>; no role is pinged.", channel=channel_id)
    )
    embed = discord.Embed(
        title=say("{story} follows {host}", story=safe_inline(story.title), host=feed.host),
        description="\n".join(lines),
        colour=RED,
    )
    return Reply(embed)


def feeds_reply(
    followed: Sequence[Followed],
    missing: Mapping[int, Sequence[str]],
    problems: Sequence[str],
    usual: int | None = None,
) -> Reply:
    """Return the feeds of a server with their health.

    *missing*: follow → what it lacks. *usual*: the server's channel for chapters.
    """
    embed = discord.Embed(
        title=say("Feeds followed here"),
        description=None if followed else say("None yet. `/feed add` begins it."),
        colour=RED if followed else GREY,
    )
    # First: what does not fit is cut from the end.
    if problems:
        field(embed, say("What needs you"), [f"- {words}" for words in problems])
    for each in followed[:20]:
        feed = each.feed
        lines = [
            say_many("{number} chapter", "{number} chapters", each.chapters) + home_of(each, usual),
            say("looked {last} · next {next}", last=ago(feed.last_poll), next=ago(feed.next_poll)),
        ]
        if feed.problem:
            problem = say_kept(feed.problem)
            lines.append(
                say("⚠️ {times}× in a row: {problem}", times=feed.failures, problem=problem)
            )
        if each.follow.state is FollowState.ASKING:
            lines.append(say("It waits for an admin's answer: its chapters have other names now."))
        lines += [f"⚠️ {reason}" for reason in missing.get(each.follow.id, ())]
        mark = "⚠️" if feed.problem else _MARK[each.follow.state]
        name = f"{mark} {safe_inline(each.story_title)} · {feed.host}"
        field(embed, name, lines)
    if len(followed) > 20:
        left = say_many(
            "{number} feed that does not fit here",
            "{number} feeds that do not fit here",
            len(followed) - 20,
        )
        field(embed, say("And more"), [left])
    return Reply(embed)


def resumed(again: int) -> str:
    """Return what is said when feeds go on; *again*: how much is tried once more."""
    if not again:
        return say("Going on.")
    return say_many(
        "Going on. {number} that waited for you are tried again.",
        "Going on. {number} that waited for you are tried again.",
        again,
    )


def home_of(followed: Followed, usual: int | None) -> str:
    """Return where the chapters of a feed go and whom they ping; nothing where that is open."""
    channel_id = followed.channel_id or usual
    where = f" → <#{channel_id}>" if channel_id else ""
    return f"{where} <@&{followed.role_id}>" if followed.role_id else where


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
    embed = _listed(say("Your subscriptions"), lines, say("None here. `/subscribe` begins one."))
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


def _listed(title: str, lines: Sequence[str], nothing: str) -> discord.Embed:
    kept: list[str] = []
    for line in lines:
        if sum(len(each) + 1 for each in kept) + len(line) > DESCRIPTION - 40:
            kept.append(and_more(len(lines) - len(kept)))
            break
        kept.append(line)
    return discord.Embed(
        title=title, description="\n".join(kept) or nothing, colour=RED if kept else GREY
    )
