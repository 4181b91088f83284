"""Stories and feeds as their admins see them: what is followed, where it goes, how it is doing."""

from collections.abc import Mapping, Sequence

import discord

from bot.chapters.following.models import Followed, FollowState
from bot.chapters.following.service import Added
from bot.chapters.stories.models import Story
from bot.language.sayings import say_kept
from bot.language.speech import say, say_many, say_number
from bot.ui.chapter_words import ago, listing
from bot.ui.text import safe_inline
from bot.ui.theme import GREY, RED, Reply, field

_MARK = {FollowState.ACTIVE: "🟢", FollowState.PAUSED: "⏸️", FollowState.ASKING: "❓"}


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
    return Reply(listing(say("Stories followed here"), lines, nothing))


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
