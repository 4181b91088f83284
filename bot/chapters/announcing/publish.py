"""Putting an announcement into the outbox, and changing it there. Runs inside a transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.chapters.announcing import announcement_repository as announcements
from bot.chapters.announcing import obstacles, repository
from bot.chapters.announcing.composer import Body, Card, Composer, Pings, Venue
from bot.chapters.announcing.figures import figures
from bot.chapters.announcing.models import Announcement, Chapter, State
from bot.chapters.events import ChapterDropped, ChaptersHeard
from bot.chapters.stories.models import Story
from bot.chapters.subscribing.repository import ring_for
from bot.clock import Instant
from bot.guilds.repository import language_of
from bot.language.speech import speaking
from bot.outbox.models import CROSSPOST, EDIT, SEND, THREAD, Delivered, Post
from bot.outbox.repository import amend, body_of, enqueue
from bot.storage.database import Transaction

TOPIC = "chapter"
"""How the topics of all announcements begin."""
ONE_BY_ONE = 3
"""So many chapters at once are announced each by itself; more are one digest."""
_READERS_IN_CARD = 20
_READERS_A_MESSAGE = 80
"""Of 2,000 characters, with ids of 19 digits."""


class Publisher:
    """Decides the rows of the outbox for chapters, with what decided them."""

    def __init__(self, composer: Composer, heard: Sequence[ChaptersHeard]) -> None:
        self._composer = composer
        self._heard = heard

    async def publish(
        self,
        tx: Transaction,
        story: Story,
        chapters: Sequence[Chapter],
        venue: Venue,
        now: Instant,
    ) -> None:
        """Announce *chapters* of one story in a channel: one by one, or many in a digest."""
        await obstacles.note(tx, story.guild_id, venue, now)
        cards = await self._cards(tx, story, chapters)
        one_by_one = len(cards) <= ONE_BY_ONE
        with speaking(await language_of(tx, story.guild_id)):
            if one_by_one:
                for card in cards:
                    await self._one(tx, card, venue, now)
            else:
                await self._digest(tx, cards, venue, now)
        for card in cards:
            marked = replace(card.chapter, state=State.ANNOUNCED, hold_until=None, announced_at=now)
            await repository.update(tx, marked)
        told = [_dropped(card, now) for card in cards if card.chapter.is_main]
        # What one message announces is one event to those who hear of it.
        for together in [[each] for each in told] if one_by_one else [told]:
            await self._tell(tx, together)

    async def refresh(self, tx: Transaction, story: Story, chapter: Chapter, now: Instant) -> None:
        """Say in the announcements of *chapter* what is true of it now; nobody is pinged."""
        for place in await announcements.of_chapter(tx, chapter.id):
            together = await announcements.together(tx, place.outbox_id)
            cards = await self._cards(tx, story, together)
            old = await body_of(tx, place.outbox_id)
            if old is None or not cards:
                continue
            with speaking(await language_of(tx, story.guild_id)):
                body = {**old, **self._body(cards, _pinged(old))}
            await self._change(tx, place, cards, body, now)

    async def _change(
        self,
        tx: Transaction,
        place: Announcement,
        cards: Sequence[Card],
        body: dict[str, object],
        now: Instant,
    ) -> None:
        marker = self._composer.marker(cards[-1].chapter)
        made = Post(place.topic, SEND, place.guild_id, place.channel_id, body, marker=marker)
        if await amend(tx, place.outbox_id, made):
            return
        silent = {**body, "allowed_mentions": {"parse": []}}
        step = f"{EDIT}{place.outbox_id}:{now}"
        await enqueue(tx, replace(made, step=step, body=silent, after=place.outbox_id), now)

    async def _one(self, tx: Transaction, card: Card, venue: Venue, now: Instant) -> None:
        topic = f"{TOPIC}:{card.chapter.id}"
        first = await self._send(tx, topic, [card], venue, now)
        post = Post(topic, THREAD, card.story.guild_id, venue.channel_id, after=first)
        if venue.site.threads:
            await enqueue(tx, replace(post, body=self._composer.thread(card)), now)
        if venue.site.publishes:
            await enqueue(tx, replace(post, step=CROSSPOST), now)

    async def _digest(
        self, tx: Transaction, cards: Sequence[Card], venue: Venue, now: Instant
    ) -> None:
        topic = f"{TOPIC}s:{cards[0].chapter.id}-{cards[-1].chapter.id}"
        first = await self._send(tx, topic, cards, venue, now)
        post = Post(topic, CROSSPOST, cards[0].story.guild_id, venue.channel_id, after=first)
        if venue.site.publishes:
            await enqueue(tx, post, now)

    async def _send(
        self,
        tx: Transaction,
        topic: str,
        cards: Sequence[Card],
        venue: Venue,
        now: Instant,
    ) -> int:
        story, channel_id = cards[0].story, venue.channel_id
        # Side stories and omakes ring for nobody who did not ask for them.
        rings = venue.site.rings and any(card.chapter.is_main for card in cards)
        readers = await ring_for(tx, story.id, [card.chapter for card in cards])
        inside = readers if len(readers) <= _READERS_IN_CARD else []
        body = self._body(cards, Pings(venue.role_id if rings else None, inside))
        marker = self._composer.marker(cards[-1].chapter)
        post = Post(topic, SEND, story.guild_id, channel_id, body, marker=marker)
        first = await enqueue(tx, post, now)
        for number, some in enumerate(_chunks(readers[len(inside) :])):
            ping = self._composer.ping(story, some)
            step = f"ping:{number}"
            await enqueue(tx, replace(post, step=step, body=ping, marker="", after=first), now)
        for card in cards:
            await announcements.announced(
                tx,
                Announcement(card.chapter.id, story.guild_id, channel_id, first, topic, None, None),
            )
        return first

    def _body(self, cards: Sequence[Card], pings: Pings) -> dict[str, object]:
        if len(cards) == 1:
            return dict(self._composer.card(cards[0], pings))
        return dict(self._composer.digest(cards, pings))

    async def _cards(
        self, tx: Transaction, story: Story, chapters: Iterable[Chapter]
    ) -> list[Card]:
        told = await repository.of_story(tx, story.id)
        seen = await repository.sightings(tx, story.id)
        made = []
        for chapter in sorted(chapters, key=lambda each: each.place):
            urls = [chapter.url, *(each.url for each in seen if each.chapter_id == chapter.id)]
            links = tuple(dict.fromkeys(urls))
            made.append(Card(story, chapter, figures(chapter, told), links))
        return made

    async def _tell(self, tx: Transaction, together: Sequence[ChapterDropped]) -> None:
        if together:
            for heard in self._heard:
                await heard(tx, together)


async def note_delivery(tx: Transaction, sent: Delivered) -> None:
    """Keep the message that an announcement has become; the relay calls this."""
    if sent.step == SEND:
        await announcements.delivered(tx, sent.outbox_id, sent.message_id, sent.at)


def _dropped(card: Card, now: Instant) -> ChapterDropped:
    story, chapter, words = card.story, card.chapter, card.chapter.words
    return ChapterDropped(
        guild_id=story.guild_id,
        story_id=story.id,
        story_title=story.title,
        chapter_key=f"{TOPIC}:{chapter.id}",
        chapter_title=chapter.title,
        url=chapter.url,
        words=None if words is None else words.count,
        word_source="" if words is None else str(words.source),
        quota=story.quota,
        at=now,
    )


def _chunks(readers: Sequence[int]) -> Iterable[Sequence[int]]:
    for start in range(0, len(readers), _READERS_A_MESSAGE):
        yield readers[start : start + _READERS_A_MESSAGE]


def _pinged(body: Body) -> Pings:
    """Return whom *body* pinged: their names stay in it when the rest changes."""
    allowed = body.get("allowed_mentions") or {}
    roles, users = allowed.get("roles") or [], allowed.get("users") or []
    return Pings(int(roles[0]) if roles else None, [int(user) for user in users])
