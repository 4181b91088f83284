"""Explanations for admins: the life of one announcement, and what a feed's answer would set off."""

from collections.abc import Mapping, Sequence

import discord

from bot.chapters.announcing.models import State
from bot.chapters.announcing.repository import BY_HAND
from bot.chapters.announcing.service import Life
from bot.chapters.following.models import FollowState
from bot.chapters.following.rules import Alias, Ask, Back, Changed, Decision, Gone, New
from bot.chapters.following.service import Trial
from bot.outbox.leases.repository import Standing
from bot.ui.chapter_card import words_line
from bot.ui.chapters import ago, home_of
from bot.ui.text import safe_inline
from bot.ui.theme import RED, Reply, clip, field

_SHOWN = 12
_STEPS = {"send": "the message", "thread": "the thread", "crosspost": "publishing"}


def why_reply(life: Life) -> Reply:
    """Return how a chapter became an announcement, or exactly what is missing."""
    chapter = life.chapter
    embed = discord.Embed(
        title=clip(f"{safe_inline(life.story.title)}: {safe_inline(chapter.title)}", 256),
        url=chapter.url,
        description="\n".join([_fate(life), words_line(chapter.words)]),
        colour=RED,
    )
    field(embed, "Seen", [f"{ago(chapter.seen_at)}, {_names(life)}"])
    links = {place.outbox_id: place for place in life.places}
    lines = [_row(life, row) for row in life.rows]
    field(embed, "On its way", lines)
    if links and all(place.message_id for place in life.places):
        guild = chapter.guild_id
        field(
            embed,
            "The message",
            [
                f"https://discord.com/channels/{guild}/{place.channel_id}/{place.message_id}"
                for place in life.places
            ],
        )
    missing = list(life.site.missing) if life.site else ["No channel is chosen for this story."]
    field(embed, "What is missing", [f"- {reason}" for reason in missing])
    return Reply(embed)


def _fate(life: Life) -> str:
    chapter = life.chapter
    match chapter.state:
        case State.KNOWN:
            return (
                "It was there before its feed was followed here, so it was not announced. "
                "`/chapter announce` does it all the same."
            )
        case State.HELD:
            return (
                f"It is held until <t:{(chapter.hold_until or 0) // 1000}:T>; authors mend titles."
            )
        case State.GONE:
            return "It was taken back while it was held, so it was not announced."
        case State.ANNOUNCED:
            return f"It was announced {ago(chapter.announced_at)}."


def _names(life: Life) -> str:
    feeds = sum(name.feed_id != BY_HAND for name in life.names)
    by_hand = any(name.feed_id == BY_HAND for name in life.names)
    parts = [f"by {feeds} feed{'s' if feeds != 1 else ''}"] if feeds else []
    return " and ".join([*parts, *(["by hand"] if by_hand else [])]) or "by nobody"


def _row(life: Life, row: Standing) -> str:
    step = _STEPS.get(row.step, "pings" if row.step.startswith("ping") else "an edit")
    match row.state:
        case "sent":
            return f"✅ {step}: done {ago(row.finished_at)}"
        case "blocked":
            return f"⛔ {step}: {row.problem} Tried again {ago(row.not_before)}, or /feed resume."
        case "dropped":
            return f"▫️ {step}: not needed any more"
        case _:
            again = f", {row.attempts} tries so far: {row.problem}" if row.problem else ""
            return f"⏳ {step}: waits for <#{row.channel_id}>{again}"


def trial_reply(
    trial: Trial, missing: Mapping[int, Sequence[str]], usual: int | None = None
) -> Reply:
    """Return what a feed says now, and what would be done about each of its entries.

    *missing*: follow → what keeps its chapters from their channel. *usual*: the server's channel.
    """
    page = trial.page
    embed = discord.Embed(
        title=clip(f"A dry run: {safe_inline(page.title or trial.source.host)}", 256),
        description=f"{trial.source.kind}, {len(page.entries)} entries. Nothing was changed.",
        colour=RED,
    )
    lines = [
        f"- {safe_inline(clip(entry.title, 80))} · {words_line(entry.words)}"
        for entry in page.entries[:_SHOWN]
    ]
    field(embed, "What it says, newest first", lines)
    for followed, decisions in trial.stories:
        told = [_would(each) for each in reversed(decisions)][:_SHOWN]
        if followed.follow.state is FollowState.PAUSED:
            told.insert(0, "It is paused: none of this happens until /feed resume.")
        nothing = ["Everything in it is known: nothing would be announced."]
        obstacles = [f"⚠️ {reason}" for reason in missing.get(followed.follow.id, ())]
        lines = [*(told or nothing), *obstacles]
        where = f"-# Chapters go{home_of(followed, usual) or ' nowhere yet'}"
        field(embed, f"For {safe_inline(followed.story_title)}", [where, *lines])
    if not trial.stories:
        field(
            embed,
            "If it were added now",
            [
                f"All {len(page.entries)} entries would count as known and none be announced; "
                "the next new one would be."
            ],
        )
    if page.categories:
        others = ", ".join(safe_inline(category.name) for category in page.categories)
        field(embed, "Kinds of threadmarks", [others])
    return Reply(embed)


def _would(decision: Decision) -> str:
    """Return what would be done, in a line."""
    match decision:
        case Ask(moved, told):
            return f"- ❓ {moved} of {told} entries changed their names: I would hold all and ask"
        case New(entry, announce):
            fate = (
                "new, would be announced" if announce else "noted at first reading, not announced"
            )
            title, mark = entry.title, "📣 " if announce else ""
        case Alias(entry, chapter):
            title, mark = entry.title, ""
            fate = f"the same chapter as one known here ({chapter.state})"
        case Changed(_, chapter):
            title, mark, fate = chapter.title, "✏️ ", "changed, edited silently"
        case Back(entry):
            title, mark, fate = entry.title, "📣 ", "is back, would be announced"
        case Gone(chapter):
            title, mark, fate = chapter.title, "", "taken back, would not be announced"
    return f"- {mark}{safe_inline(clip(title, 80))}: {fate}"
