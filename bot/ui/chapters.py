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
from bot.ui.chapter_card import words_line
from bot.ui.text import safe_inline
from bot.ui.theme import DESCRIPTION, GREY, RED, Reply, clip, field

PAGE_SIZE = 10
_MARK = {FollowState.ACTIVE: "🟢", FollowState.PAUSED: "⏸️", FollowState.ASKING: "❓"}


def ago(at: Instant | None) -> str:
    """Return *at* as every reader's client tells it: “2 minutes ago”."""
    return "never" if at is None else f"<t:{at // 1000}:R>"


def story_reply(story: Story, verb: str) -> Reply:
    """Return how a story stands after it was added or changed."""
    embed = discord.Embed(
        title=f"{safe_inline(story.title)}: {verb}",
        description="\n".join(_about(story)),
        colour=RED,
        url=story.url,
    )
    embed.set_footer(text="Next: /feed add, so that its chapters announce themselves.")
    return Reply(embed)


def _about(story: Story) -> list[str]:
    return [
        f"By {safe_inline(story.author)}" if story.author else "No author named",
        f"Channel: <#{story.channel_id}>" if story.channel_id else "Channel: not chosen yet",
        f"Role: <@&{story.role_id}>" if story.role_id else "Role: none is pinged",
        f"Quota: {story.quota:,} words a chapter",
        "Titles of chapters are hidden as spoilers" if story.masked else "Titles are shown",
    ]


def stories_reply(stories: Sequence[Story], readers: Mapping[int, int]) -> Reply:
    """Return the list of the stories of a server."""
    lines = []
    for story in stories:
        where = f" → <#{story.channel_id}>" if story.channel_id else " · no channel yet"
        role = f" <@&{story.role_id}>" if story.role_id else ""
        told = f" · {readers.get(story.id, 0)} subscribed"
        lines.append(f"**{safe_inline(story.title)}**{where}{role} · quota {story.quota:,}{told}")
    nothing = "No story is followed here yet. `/story add` begins it."
    return Reply(_listed("Stories followed here", lines, nothing))


def added_reply(story: Story, added: Added, channel_id: int) -> Reply:
    """Return what was read of a feed that has just been added, and where its chapters go."""
    feed = added.feed
    if added.follow.baseline_at is None and feed.problem:
        lines = [f"It could not be read: {feed.problem} I keep trying."]
    else:
        newest = f" The newest is “{safe_inline(added.newest)}”." if added.newest else ""
        lines = [
            f"I have read {added.chapters} chapter{'s' if added.chapters != 1 else ''}.{newest}",
            "Nothing is announced of these; the next one will be, about two minutes after it "
            "appears.",
        ]
    role_id = added.follow.role_id or story.role_id
    rung = f" and ping <@&{role_id}>" if role_id else "; no role is pinged"
    lines.append(f"Chapters go to <#{channel_id}>{rung}.")
    embed = discord.Embed(
        title=f"{safe_inline(story.title)} follows {feed.host}",
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
        title="Feeds followed here",
        description=None if followed else "None yet. `/feed add` begins it.",
        colour=RED if followed else GREY,
    )
    # First: what does not fit is cut from the end.
    if problems:
        field(embed, "What needs you", [f"- {words}" for words in problems])
    for each in followed[:20]:
        feed = each.feed
        lines = [
            f"{each.chapters} chapters{home_of(each, usual)}",
            f"looked {ago(feed.last_poll)} · next {ago(feed.next_poll)}",
        ]
        if feed.problem:
            lines.append(f"⚠️ {feed.failures}× in a row: {feed.problem}")
        if each.follow.state is FollowState.ASKING:
            lines.append("It waits for an admin's answer: its chapters have other names now.")
        lines += [f"⚠️ {reason}" for reason in missing.get(each.follow.id, ())]
        mark = "⚠️" if feed.problem else _MARK[each.follow.state]
        name = f"{mark} {safe_inline(each.story_title)} · {feed.host}"
        field(embed, name, lines)
    if len(followed) > 20:
        field(embed, "And more", [f"{len(followed) - 20} feeds that do not fit here"])
    return Reply(embed)


def home_of(followed: Followed, usual: int | None) -> str:
    """Return where the chapters of a feed go and whom they ping; nothing where that is open."""
    channel_id = followed.channel_id or usual
    where = f" → <#{channel_id}>" if channel_id else ""
    return f"{where} <@&{followed.role_id}>" if followed.role_id else where


def announced_reply(story: Story, receipt: Receipt) -> Reply:
    """Return what an announcement by hand set off."""
    site, venue = receipt.venue.site, receipt.venue
    lines = [f"On its way to <#{venue.channel_id}>.", words_line(receipt.chapter.words)]
    if venue.role_id and site.rings and receipt.chapter.is_main:
        lines.append(f"<@&{venue.role_id}> is pinged, once.")
    lines += [f"⚠️ {reason}" for reason in site.missing]
    embed = discord.Embed(
        title=clip(f"{safe_inline(story.title)}: announced", 256),
        description="\n".join(lines),
        colour=RED,
    )
    return Reply(embed)


def latest_reply(newest: Sequence[tuple[Story, Sequence[Chapter]]], now: Instant) -> Reply:
    """Return the newest chapter of each story, and how its story is paced."""
    embed = discord.Embed(title="The latest chapters", colour=RED if newest else GREY)
    for story, chapters in newest[:20]:
        if not chapters:
            field(embed, safe_inline(story.title), ["No chapter is known yet."])
            continue
        field(
            embed,
            safe_inline(story.title),
            [chapter_line(story, chapters[-1]), pace(chapters, now)],
        )
    if not newest:
        embed.description = "No story is followed here yet. `/story add` begins it."
    return Reply(embed)


def pace(chapters: Sequence[Chapter], now: Instant) -> str:
    """Return how often chapters come, and how long ago the last one did."""
    since = days_since(chapters[-1].told_at, now)
    rhythm = cadence([chapter.told_at for chapter in chapters])
    usual = f"; {rhythm}" if rhythm else ""
    silent = " · on hiatus, it seems" if now - chapters[-1].told_at > HIATUS else ""
    return f"-# day {since} since the last one{usual}{silent}"


def chapter_line(story: Story, chapter: Chapter) -> str:
    """Return a chapter in one line, with its link."""
    title = safe_inline(clip(chapter.title, 100))
    shown = f"||{title}||" if story.masked else title
    link = f" · [read](<{chapter.url}>)" if _linkable(chapter.url) else ""
    return f"**{shown}** · {words_line(chapter.words)} · {ago(chapter.told_at)}{link}"


def _linkable(url: str) -> bool:
    return not set(url) & set("<>() \n")


def page_of(story: Story, chapters: Sequence[Chapter], page: int) -> tuple[discord.Embed, int]:
    """Return one page of a story's chapters, newest first, and how many pages there are."""
    pages = max(1, -(-len(chapters) // PAGE_SIZE))
    page = min(max(page, 0), pages - 1)
    newest = list(reversed(chapters))[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    lines = [f"{chapter.place}. {chapter_line(story, chapter)}" for chapter in newest]
    embed = discord.Embed(
        title=clip(f"Chapters of {safe_inline(story.title)}", 256),
        description=clip("\n".join(lines), DESCRIPTION) or "No chapter is known yet.",
        colour=RED,
    )
    counted = [chapter.words.count for chapter in chapters if chapter.words is not None]
    least = "at least " if len(counted) < len(chapters) else ""
    embed.set_footer(
        text=f"{len(chapters)} chapters, {least}{sum(counted):,} words · page {page + 1}/{pages}"
    )
    return embed, pages


def subscribed_reply(wanted: Subscription, note: str = "") -> Reply:
    """Return what somebody has subscribed to."""
    embed = discord.Embed(
        title=f"Subscribed to {safe_inline(wanted.story_title)}",
        description="\n".join([_how(wanted), *([note] if note else [])]),
        colour=RED,
    )
    embed.set_footer(text="/unsubscribe ends it; /subscriptions shows all of yours.")
    return Reply(embed)


def subscriptions_reply(found: Subscriptions) -> Reply:
    """Return all that somebody is subscribed to here."""
    lines = [f"**{safe_inline(each.story_title)}** · {_how(each)}" for each in found.wanted]
    embed = _listed("Your subscriptions", lines, "None here. `/subscribe` begins one.")
    if found.problem:
        field(embed, "The weekly digest", [found.problem])
    elif found.digest_at is not None:
        field(embed, "The weekly digest", [f"The next one {ago(found.digest_at)}"])
    return Reply(embed)


def _how(wanted: Subscription) -> str:
    told = {
        How.ROLE: "you have the story's role, and it rings with every chapter",
        How.PING: "I name you under the announcement",
        How.DIGEST: "a private message once a week",
    }[wanted.how]
    parts = [told]
    if wanted.min_words:
        parts.append(
            f"only chapters of {wanted.min_words:,} words or more (what nobody counted is silent)"
        )
    if wanted.category == EVERYTHING:
        parts.append("side stories and omakes as well")
    elif wanted.category != "main":
        parts.append(f"only {safe_inline(wanted.category)}")
    return "; ".join(parts)


def _listed(title: str, lines: Sequence[str], nothing: str) -> discord.Embed:
    kept: list[str] = []
    for line in lines:
        if sum(len(each) + 1 for each in kept) + len(line) > DESCRIPTION - 40:
            kept.append(f"-# and {len(lines) - len(kept)} more")
            break
        kept.append(line)
    return discord.Embed(
        title=title, description="\n".join(kept) or nothing, colour=RED if kept else GREY
    )
