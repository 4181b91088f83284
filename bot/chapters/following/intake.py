"""Doing what was decided about a feed's page. Runs inside the transaction of its poll."""

from dataclasses import dataclass, replace

from bot.canon.names import fold
from bot.chapters.announcing import repository as chapters
from bot.chapters.announcing.composer import Composer
from bot.chapters.announcing.models import Chapter, State
from bot.chapters.announcing.publish import Publisher
from bot.chapters.entries import FeedEntry, FeedPage, Words
from bot.chapters.following import follow_repository
from bot.chapters.following.models import Follow, FollowState
from bot.chapters.following.rules import (
    HOLD,
    Alias,
    Ask,
    Back,
    Changed,
    Decision,
    Gone,
    Known,
    New,
    better_words,
    decide,
)
from bot.chapters.stories.models import Story
from bot.chapters.stories.repository import story as story_by_id
from bot.clock import Instant
from bot.guilds.repository import admin_channel, language_of
from bot.language.speech import speaking
from bot.outbox.models import SEND, Post
from bot.outbox.repository import enqueue
from bot.storage.database import Transaction

_EDITED = 30 * 86_400_000


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a page for one story: the new entries, and when the first hold ends."""

    new: tuple[FeedEntry, ...] = ()
    hold_until: Instant | None = None


class Intake:
    """Takes a page in, for one follow at a time."""

    def __init__(self, composer: Composer, publisher: Publisher) -> None:
        self._composer = composer
        self._publisher = publisher

    async def take(self, tx: Transaction, follow: Follow, page: FeedPage, now: Instant) -> Taken:
        """Do what `decide` decides about *page*."""
        story = await story_by_id(tx, follow.story_id)
        if story is None or follow.state is not FollowState.ACTIVE:
            return Taken()
        decisions = decide(await known(tx, follow), page, now)
        new: list[FeedEntry] = []
        for decision in decisions:
            if isinstance(decision, Ask):
                await self._ask(tx, story, follow, decision, now)
                return Taken()
            if isinstance(decision, New | Back):
                new.append(decision.entry)
            await self._do(tx, story, follow, decision, now)
        await follow_repository.put_follow(
            tx, replace(follow, trusted=False, baseline_at=follow.baseline_at or now)
        )
        if follow.baseline_at is None or not new:
            return Taken()
        return Taken(tuple(new), Instant(now + HOLD))

    async def count(
        self, tx: Transaction, follow: Follow, identity: str, words: Words, now: Instant
    ) -> None:
        """Keep a better count of a chapter's words."""
        story = await story_by_id(tx, follow.story_id)
        chapter = (await known(tx, follow)).names.get(identity)
        if story is None or chapter is None:
            return
        entry = FeedEntry(identity, chapter.title, chapter.url, words=words)
        await self._change(tx, story, chapter, entry, now)

    async def _do(
        self, tx: Transaction, story: Story, follow: Follow, decision: Decision, now: Instant
    ) -> None:
        match decision:
            case New(entry, announce):
                await self._add(tx, follow, entry, now, announce=announce)
            case Alias(entry, chapter):
                seen = chapters.Sighting(chapter.id, follow.feed_id, entry.identity, entry.url)
                await chapters.sight(tx, story.id, seen)
                await self._change(tx, story, chapter, replace(entry, title=chapter.title), now)
            case Changed(entry, chapter):
                await self._change(tx, story, chapter, entry, now)
            case Back(entry, chapter):
                held = replace(chapter, state=State.HELD, hold_until=Instant(now + HOLD))
                await chapters.update(tx, _renamed(held, entry))
            case Gone(chapter):
                gone = replace(chapter, state=State.GONE, hold_until=None)
                await chapters.update(tx, gone)

    async def _add(
        self, tx: Transaction, follow: Follow, entry: FeedEntry, now: Instant, *, announce: bool
    ) -> None:
        made = Chapter(
            id=0,
            guild_id=follow.guild_id,
            story_id=follow.story_id,
            follow_id=follow.id,
            title=entry.title,
            key=fold(entry.title),
            url=entry.url,
            words=entry.words,
            category=entry.category,
            summary=None,
            published_at=entry.published_at,
            seen_at=now,
            place=0,
            state=State.HELD if announce else State.KNOWN,
            hold_until=Instant(now + HOLD) if announce else None,
        )
        number = await chapters.insert(tx, made)
        seen = chapters.Sighting(number, follow.feed_id, entry.identity, entry.url)
        await chapters.sight(tx, follow.story_id, seen)

    async def _change(
        self, tx: Transaction, story: Story, chapter: Chapter, entry: FeedEntry, now: Instant
    ) -> None:
        made = _renamed(chapter, entry)
        await chapters.update(tx, made)
        # Of what is long past, an edit would tell nobody anything.
        if made.state is State.ANNOUNCED and now - (made.announced_at or now) < _EDITED:
            await self._publisher.refresh(tx, story, made, now)

    async def _ask(
        self, tx: Transaction, story: Story, follow: Follow, ask: Ask, now: Instant
    ) -> None:
        await follow_repository.put_follow(tx, replace(follow, state=FollowState.ASKING))
        channel = await admin_channel(tx, story.guild_id) or await follow_repository.channel_of(
            tx, follow
        )
        if channel is None:
            return
        with speaking(await language_of(tx, story.guild_id)):
            body = self._composer.question(story, follow.id, ask.moved, ask.told)
        topic = f"problem:moved:{follow.id}:{now}"
        await enqueue(tx, Post(topic, SEND, story.guild_id, channel, body), now)


async def known(tx: Transaction, follow: Follow) -> Known:
    """Return what a story has of chapters, and what the feed of *follow* calls them."""
    told = {chapter.id: chapter for chapter in await chapters.of_story(tx, follow.story_id)}
    seen = await chapters.sightings(tx, follow.story_id)
    names = {
        each.identity: told[each.chapter_id] for each in seen if each.feed_id == follow.feed_id
    }
    named = {chapter.id for chapter in names.values()}
    others = [chapter for chapter in told.values() if chapter.id not in named]
    return Known(follow.id, names, others, follow.baseline_at is not None, follow.trusted)


def _renamed(chapter: Chapter, entry: FeedEntry) -> Chapter:
    words = entry.words if better_words(entry, chapter, at_least=0) else chapter.words
    return replace(chapter, title=entry.title, key=fold(entry.title), words=words)
