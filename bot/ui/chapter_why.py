"""Explanations for admins: the life of one announcement, and what a feed's answer would set off."""

from collections.abc import Mapping, Sequence

import discord

from bot.chapters.announcing.models import State
from bot.chapters.announcing.repository import BY_HAND
from bot.chapters.announcing.service import Life
from bot.chapters.following.models import Followed, FollowState
from bot.chapters.following.rules import Alias, Ask, Back, Changed, Decision, Gone, New
from bot.chapters.following.service import Trial
from bot.language.sayings import say_kept
from bot.language.speech import mark, say, say_many
from bot.outbox.leases.repository import Standing
from bot.ui.chapter_feeds import home_of
from bot.ui.chapter_words import ago, words_line
from bot.ui.text import safe_inline, safe_line
from bot.ui.theme import RED, Reply, clip, field

_SHOWN = 12
_STATES = {
    State.KNOWN: mark("known"),
    State.HELD: mark("held"),
    State.ANNOUNCED: mark("announced"),
    State.GONE: mark("gone"),
}
_STEPS = {
    "send": mark("the message"),
    "thread": mark("the thread"),
    "crosspost": mark("publishing"),
}


def why_reply(life: Life) -> Reply:
    """Return how a chapter became an announcement, or exactly what is missing."""
    chapter = life.chapter
    embed = discord.Embed(
        title=clip(f"{safe_inline(life.story.title)}: {safe_inline(chapter.title)}", 256),
        url=chapter.url,
        description="\n".join([_fate(life), words_line(chapter.words)]),
        colour=RED,
    )
    field(embed, say("Seen"), [f"{ago(chapter.seen_at)}, {_names(life)}"])
    links = {place.outbox_id: place for place in life.places}
    lines = [_row(life, row) for row in life.rows]
    field(embed, say("On its way"), lines)
    if links and all(place.message_id for place in life.places):
        guild = chapter.guild_id
        field(
            embed,
            say("The message"),
            [
                f"<#{place.channel_id}> "
                f"[↗](https://discord.com/channels/{guild}/{place.channel_id}/{place.message_id})"
                for place in life.places
            ],
        )
    missing = (
        list(life.site.missing) if life.site else [say("No channel is chosen for this story.")]
    )
    field(embed, say("What is missing"), [f"- {reason}" for reason in missing])
    return Reply(embed)


def _fate(life: Life) -> str:
    chapter = life.chapter
    match chapter.state:
        case State.KNOWN:
            return say(
                "It was there before its feed was followed here, so it was not announced. "
                "`/chapter announce` does it all the same."
            )
        case State.HELD:
            until = (chapter.hold_until or 0) // 1000
            return say("It is held until <t:{until}:T>; authors mend titles.", until=until)
        case State.GONE:
            return say("It was taken back while it was held, so it was not announced.")
        case State.ANNOUNCED:
            return say("It was announced {when}.", when=ago(chapter.announced_at))


def _names(life: Life) -> str:
    feeds = sum(name.feed_id != BY_HAND for name in life.names)
    by_hand = any(name.feed_id == BY_HAND for name in life.names)
    if not feeds:
        return say("by hand") if by_hand else say("by nobody")
    if not by_hand:
        return say_many("by {number} feed", "by {number} feeds", feeds)
    return say_many("by {number} feed and by hand", "by {number} feeds and by hand", feeds)


def _row(life: Life, row: Standing) -> str:
    other = mark("pings") if row.step.startswith("ping") else mark("an edit")
    step, problem = say(_STEPS.get(row.step, other)), say_kept(row.problem or "")
    match row.state:
        case "sent":
            return say("✅ {step}: done {when}", step=step, when=ago(row.finished_at))
        case "blocked":
            return say(
                "⛔ {step}: {problem} Tried again {when}, or /feed resume.",
                step=step,
                problem=problem,
                when=ago(row.not_before),
            )
        case "dropped":
            return say("▫️ {step}: not needed any more", step=step)
    waits = say("⏳ {step}: waits for <#{channel}>", step=step, channel=row.channel_id)
    if not row.problem:
        return waits
    tries = say_many(
        "{number} tries so far: {problem}",
        "{number} tries so far: {problem}",
        row.attempts,
        problem=problem,
    )
    return f"{waits}, {tries}"


def trial_reply(
    trial: Trial, missing: Mapping[int, Sequence[str]], usual: int | None = None
) -> Reply:
    """Return what a feed says now, and what would be done about each of its entries.

    *missing*: follow → what keeps its chapters from their channel. *usual*: the server's channel.
    """
    page = trial.page
    embed = discord.Embed(
        title=clip(
            say("A dry run: {title}", title=safe_inline(page.title or trial.source.host)), 256
        ),
        description=say_many(
            "{kind}, {number} entry. Nothing was changed.",
            "{kind}, {number} entries. Nothing was changed.",
            len(page.entries),
            kind=trial.source.kind,
        ),
        colour=RED,
    )
    lines = [
        f"- {safe_line(clip(entry.title, 80))} · {words_line(entry.words)}"
        for entry in page.entries[:_SHOWN]
    ]
    field(embed, say("What it says, newest first"), lines)
    for followed, decisions in trial.stories:
        obstacles = [f"⚠️ {reason}" for reason in missing.get(followed.follow.id, ())]
        home = home_of(followed, usual)
        where = say("Chapters go{home}", home=home) if home else say("Chapters go nowhere yet")
        lines = [f"-# {where}", *_weighed(followed, decisions), *obstacles]
        field(embed, say("For {story}", story=safe_inline(followed.story_title)), lines)
    if not trial.stories:
        field(
            embed,
            say("If it were added now"),
            [
                say_many(
                    "All {number} entries would count as known and none be announced; the next new "
                    "one would be.",
                    "All {number} entries would count as known and none be announced; the next new "
                    "one would be.",
                    len(page.entries),
                )
            ],
        )
    if page.categories:
        others = ", ".join(safe_inline(category.name) for category in page.categories)
        field(embed, say("Kinds of threadmarks"), [others])
    return Reply(embed)


def _weighed(followed: Followed, decisions: Sequence[Decision]) -> list[str]:
    """Return what would come of *decisions*, the newest first."""
    told = [_would(each) for each in reversed(decisions)][:_SHOWN]
    if followed.follow.state is FollowState.PAUSED:
        told.insert(0, say("It is paused: none of this happens until /feed resume."))
    return told or [say("Everything in it is known: nothing would be announced.")]


def _would(decision: Decision) -> str:
    """Return what would be done, in a line."""
    match decision:
        case Ask(moved, told):
            asked = say_many(
                "{moved} of {number} entries changed their names: I would hold all and ask",
                "{moved} of {number} entries changed their names: I would hold all and ask",
                told,
                moved=moved,
            )
            return f"- ❓ {asked}"
        case New(entry, announce):
            fate = (
                say("new, would be announced")
                if announce
                else say("noted at first reading, not announced")
            )
            title, sign = entry.title, "📣 " if announce else ""
        case Alias(entry, chapter):
            title, sign = entry.title, ""
            fate = say(
                "the same chapter as one known here ({state})", state=say(_STATES[chapter.state])
            )
        case Changed(_, chapter):
            title, sign, fate = chapter.title, "✏️ ", say("changed, edited silently")
        case Back(entry):
            title, sign, fate = entry.title, "📣 ", say("is back, would be announced")
        case Gone(chapter):
            title, sign, fate = chapter.title, "", say("taken back, would not be announced")
    return f"- {sign}{safe_line(clip(title, 80))}: {fate}"
