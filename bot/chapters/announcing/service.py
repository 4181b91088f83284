"""Announcing: what was held, what somebody announces by hand, and why something was or was not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.canon.names import fold
from bot.chapters.addresses import read_url
from bot.chapters.announcing import announcement_repository as announcements
from bot.chapters.announcing import obstacles, repository
from bot.chapters.announcing.composer import Premises, Site, Venue
from bot.chapters.announcing.models import (
    LONGEST_CATEGORY,
    LONGEST_SUMMARY,
    MOST_WORDS,
    AlreadyAnnouncedError,
    Announcement,
    Chapter,
    NoChannelError,
    NothingKnownError,
    State,
)
from bot.chapters.announcing.moving import follow_their_stories
from bot.chapters.announcing.publish import Publisher
from bot.chapters.announcing.repository import BY_HAND, ChapterRepository, Due, Sighting
from bot.chapters.announcing.venue_repository import venue as venue_of
from bot.chapters.entries import Words, WordSource
from bot.chapters.places import place_key
from bot.chapters.stories.models import LONGEST_TITLE, BadNumberError, Story
from bot.chapters.stories.repository import story as story_by_id
from bot.chapters.stories.service import line
from bot.clock import Clock, Instant, instant
from bot.duties import Wake
from bot.guilds.repository import language_of
from bot.guilds.service import Guilds
from bot.language.speech import say, speaking
from bot.outbox.leases.repository import OutboxRepository, Standing
from bot.storage.database import Transaction

_TWICE = 14 * 86_400_000
_PATIENCE = 60_000


@dataclass(frozen=True, slots=True)
class ByHand:
    """A chapter as somebody announces it, before it was checked."""

    title: str
    url: str
    words: int | None = None
    summary: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an announcement by hand set off."""

    chapter: Chapter
    venue: Venue


@dataclass(frozen=True, slots=True)
class Life:
    """The life of a chapter and of its announcement.

    *names*: what its sources call it. *rows*: of the outbox, for each announcement. *site*: how it
    stands with its channel now.
    """

    story: Story
    chapter: Chapter
    names: Sequence[Sighting]
    places: Sequence[Announcement]
    rows: Sequence[Standing]
    site: Site | None


class Announcing:
    """Lets go of what was held, and announces by hand; `work` is its duty, called "chapters"."""

    def __init__(
        self,
        repository: ChapterRepository,
        outbox: OutboxRepository,
        publisher: Publisher,
        guilds: Guilds,
        clock: Clock,
        wake: Wake,
    ) -> None:
        self._repository = repository
        self._outbox = outbox
        self._publisher = publisher
        self._guilds = guilds
        self._clock = clock
        self._wake = wake
        self._premises: Premises | None = None

    def attach(self, premises: Premises) -> None:
        """Look at channels by *premises* from now on; until then nothing is let go of."""
        self._premises = premises

    async def work(self) -> Instant | None:
        """Put what is held no longer into the outbox; return when the next hold ends."""
        now = instant(self._clock.now())
        if self._premises is None or not self._premises.is_ready:
            return Instant(now + 1000)
        await self.review()
        waiting = False
        for due in await self._repository.due(now):
            waiting |= not await self._release(self._premises, due, now)
        ends = await self._repository.next_hold()
        return Instant(now + _PATIENCE) if waiting and (ends is None or ends <= now) else ends

    async def announce(self, story: Story, order: ByHand, user_id: int) -> Receipt:
        """Announce a chapter now, in the place of what a feed may say of it later.

        Raises:
            BadTextError, BadNumberError, BadUrlError: with what it takes; nothing is announced.
            AlreadyAnnouncedError, NoChannelError: it cannot be announced.
        """
        checked = _checked(story, order, instant(self._clock.now()))
        with speaking(await language_of(self._repository.database, story.guild_id)):
            venue = await self._venue(story, None)
        if venue is None:
            raise NoChannelError

        async def put(tx: Transaction) -> Chapter:
            made = await self._by_hand(tx, story, checked, user_id)
            now = checked.seen_at
            await self._publisher.publish(tx, story, [made], venue, now)
            return made

        made = await self._repository.database.write(put)
        self._wake("outbox")
        # Its reasons once more, in the language of whoever announced.
        return Receipt(made, self._at(story.guild_id, venue.channel_id, venue.role_id))

    async def review(self, guild_id: int | None = None) -> None:
        """End what the admins were told is missing and is not any more, or matters no more.

        What a channel refused follows its story to the channel that was chosen since.
        """
        if self._premises is None:
            return
        database, now = self._repository.database, instant(self._clock.now())
        await obstacles.review(database, self._premises, guild_id)
        if await follow_their_stories(database, now, guild_id):
            self._wake("outbox")

    async def chapters(self, story: Story) -> list[Chapter]:
        """Return the chapters of a story that are there, oldest first."""
        found = await self._repository.of_story(story.id)
        return [chapter for chapter in found if chapter.state is not State.GONE]

    async def why(self, guild_id: int, url: str) -> Life:
        """Return the life of the chapter at *url*.

        Raises:
            BadUrlError: that is no address.
            NothingKnownError: this server knows of no such chapter.
        """
        wanted = place_key(str(read_url(url, allow_loopback=True)))
        for chapter, seen in await self._repository.of_guild(guild_id):
            if wanted in {place_key(chapter.url), place_key(seen.url), seen.identity}:
                return await self._life(chapter)
        raise NothingKnownError

    async def _life(self, chapter: Chapter) -> Life:
        every = await self._repository.of_guild(chapter.guild_id)
        names = [seen for each, seen in every if each.id == chapter.id]
        places = await announcements.of_chapter(self._repository.database, chapter.id)
        rows = [row for place in places for row in await self._outbox.of_topic(place.topic)]
        story = await self._repository.story(chapter.story_id)
        if story is None:
            raise NothingKnownError
        venue = await self._venue(story, chapter.follow_id)
        if places and venue is not None and places[0].channel_id != venue.channel_id:
            venue = self._at(story.guild_id, places[0].channel_id, venue.role_id)
        return Life(story, chapter, names, places, rows, venue.site if venue else None)

    async def _venue(self, story: Story, follow_id: int | None) -> Venue | None:
        """Return where what a feed or (None) a person tells of *story* goes, None: nowhere yet."""
        channel_id, role_id = await venue_of(self._repository.database, story.id, follow_id)
        channel_id = channel_id or (await self._guilds.settings(story.guild_id)).chapter_channel
        return None if channel_id is None else self._at(story.guild_id, channel_id, role_id)

    def _at(self, guild_id: int, channel_id: int, role_id: int | None) -> Venue:
        return Venue(channel_id, role_id, self._look(guild_id, channel_id, role_id))

    async def _release(self, premises: Premises, due: Due, now: Instant) -> bool:
        """Announce what is due of a story; False when that must wait."""
        channel_id = due.channel_id or (await self._guilds.settings(due.guild_id)).chapter_channel
        if channel_id is None or not premises.knows(due.guild_id):
            return False
        with speaking(await language_of(self._repository.database, due.guild_id)):
            site = premises.look(due.guild_id, channel_id, due.role_id)
        venue = Venue(channel_id, due.role_id, site)

        async def release(tx: Transaction) -> None:
            story = await story_by_id(tx, due.story_id)
            ready = [
                chapter
                for chapter in await repository.of_story(tx, due.story_id)
                if chapter.state is State.HELD
                and chapter.follow_id == due.follow_id
                and (chapter.hold_until or now) <= now
            ]
            if story is not None and ready:
                await self._publisher.publish(tx, story, ready, venue, now)

        await self._repository.database.write(release)
        self._wake("outbox")
        return True

    async def _by_hand(
        self, tx: Transaction, story: Story, checked: Chapter, user_id: int
    ) -> Chapter:
        """Return the chapter to announce: one that is known or held already, or a new one."""
        key = place_key(checked.url)
        told = await repository.of_story(tx, story.id)
        seen = await repository.sightings(tx, story.id)
        places = {each.chapter_id for each in seen if place_key(each.url) == key}
        for chapter in reversed(told):
            here = chapter.id in places or place_key(chapter.url) == key
            recent = checked.seen_at - (chapter.announced_at or checked.seen_at) < _TWICE
            same = chapter.key == checked.key and chapter.state is not State.KNOWN and recent
            if not (here or same):
                continue
            if chapter.state is State.ANNOUNCED:
                raise AlreadyAnnouncedError(
                    chapter.title, await _link(tx, story.guild_id, chapter.id)
                )
            made = replace(
                checked,
                id=chapter.id,
                follow_id=chapter.follow_id,
                place=chapter.place,
                words=checked.words or chapter.words,
                category=checked.category or chapter.category,
                published_at=chapter.published_at,
            )
            await repository.update(tx, made)
            break
        else:
            number = await repository.insert(tx, checked, user_id)
            made = await repository.chapter(tx, number) or checked
        await repository.sight(tx, story.id, Sighting(made.id, BY_HAND, key, checked.url))
        return made

    def _look(self, guild_id: int, channel_id: int, role_id: int | None) -> Site:
        if self._premises is None:
            return Site(known=False, rings=False, publishes=False, threads=False, missing=())
        return self._premises.look(guild_id, channel_id, role_id)


async def _link(tx: Transaction, guild_id: int, chapter_id: int) -> str | None:
    for place in await announcements.of_chapter(tx, chapter_id):
        if place.message_id is not None:
            return f"https://discord.com/channels/{guild_id}/{place.channel_id}/{place.message_id}"
    return None


def _checked(story: Story, order: ByHand, now: Instant) -> Chapter:
    if order.words is not None and not 1 <= order.words <= MOST_WORDS:
        raise BadNumberError(say("The number of words"), MOST_WORDS)
    title = line(say("A title"), order.title, LONGEST_TITLE)
    words = None if order.words is None else Words(order.words, WordSource.ANNOUNCED)
    return Chapter(
        id=0,
        guild_id=story.guild_id,
        story_id=story.id,
        follow_id=None,
        title=title,
        key=fold(title),
        url=str(read_url(order.url)),
        words=words,
        category=fold(line(say("A category"), order.category, LONGEST_CATEGORY)) or None
        if order.category
        else None,
        summary=line(say("A summary"), order.summary, LONGEST_SUMMARY) if order.summary else None,
        published_at=None,
        seen_at=now,
        place=0,
        state=State.ANNOUNCED,
        announced_at=now,
    )
