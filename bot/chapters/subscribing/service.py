"""Readers' subscriptions, and the weekly digest by private message."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.canon.names import fold
from bot.chapters.announcing.models import LONGEST_CATEGORY, MOST_WORDS, Chapter
from bot.chapters.source_shapes import MAIN
from bot.chapters.stories.models import BadNumberError, Story
from bot.chapters.stories.service import line
from bot.chapters.subscribing import repository
from bot.chapters.subscribing.models import (
    How,
    NoRoleError,
    NotSubscribedError,
    RoleRingsForAllError,
    Subscription,
    Subscriptions,
)
from bot.chapters.subscribing.repository import SubscriptionRepository
from bot.clock import Clock, Instant, instant
from bot.duties import Wake
from bot.guilds.repository import language_of
from bot.language.speech import mark, say, speaking
from bot.outbox.models import PRIVATE, SEND, Post, Undeliverable
from bot.outbox.repository import enqueue
from bot.storage.database import Transaction

WEEK = 7 * 86_400_000
TOPIC = "digest:"
_AT_ONCE = 50
_CLOSED = mark(
    "The digest is off: Discord does not let me send you private messages. Allow them for a server "
    "we share, then subscribe again."
)


class DigestComposer(Protocol):
    """Makes the JSON of a digest; pure, called inside a transaction."""

    def weekly(self, chapters: Sequence[tuple[Subscription, Chapter]]) -> Mapping[str, Any]:
        """Return the private message that tells of *chapters*."""
        ...


class Subscribing:
    """Keeps what readers want to be told of."""

    def __init__(
        self,
        repository: SubscriptionRepository,
        clock: Clock,
        composer: DigestComposer,
        wake: Wake,
    ) -> None:
        self._repository = repository
        self._clock = clock
        self._composer = composer
        self._wake = wake

    async def of_reader(self, guild_id: int, reader_id: int) -> Subscriptions:
        """Return what a reader wants here."""
        return await self._repository.of_reader(guild_id, reader_id)

    async def counts(self, guild_id: int) -> dict[int, int]:
        """Return how many readers each story of a server has."""
        return await self._repository.counts(guild_id)

    def wish(
        self,
        story: Story,
        reader_id: int,
        how: How | None,
        min_words: int = 0,
        category: str | None = None,
    ) -> Subscription:
        """Return what a reader would want; without *how* the story's role where it fits, else ping.

        Raises:
            BadNumberError, BadTextError: with what it takes.
            RoleRingsForAllError, NoRoleError: a role will not do.
        """
        if not 0 <= min_words <= MOST_WORDS:
            raise BadNumberError(say("The least number of words"), MOST_WORDS)
        told = fold(line(say("A category"), category, LONGEST_CATEGORY)) if category else MAIN
        chooses = bool(min_words) or told != MAIN
        if how is None:
            how = How.PING if chooses or story.role_id is None else How.ROLE
        if how is How.ROLE and chooses:
            raise RoleRingsForAllError
        if how is How.ROLE and story.role_id is None:
            raise NoRoleError
        now = instant(self._clock.now())
        return Subscription(
            story.guild_id, story.id, reader_id, how, min_words, told or MAIN, now, story.title
        )

    async def subscribe(self, wanted: Subscription) -> None:
        """Keep what a reader wants, in the place of what they wanted of that story before."""

        async def put(tx: Transaction) -> None:
            await repository.put(tx, wanted)
            if wanted.how is How.DIGEST:
                next_at = Instant(wanted.since + WEEK)
                await repository.begin_digest(tx, wanted.reader_id, wanted.since, next_at)

        await self._repository.database.write(put)
        self._wake("digests")

    async def unsubscribe(self, story: Story, reader_id: int) -> None:
        """End a subscription.

        Raises:
            NotSubscribedError: there was none.
        """

        async def drop(tx: Transaction) -> None:
            if not await repository.drop(tx, story.id, reader_id):
                raise NotSubscribedError(story.title)

        await self._repository.database.write(drop)

    async def work(self) -> Instant | None:
        """Put the digests that are due into the outbox; return when the next one is."""
        now = instant(self._clock.now())
        for due in await self._repository.due_digests(now, _AT_ONCE):
            await self._repository.database.write(
                lambda tx, due=due: self._digest(tx, due, now)  # type: ignore[misc]
            )
            self._wake("outbox")
        return await self._repository.next_digest()

    async def _digest(self, tx: Transaction, due: repository.DueDigest, now: Instant) -> None:
        following = Instant(due.next_at + WEEK * (1 + (now - due.next_at) // WEEK))
        wanted = await repository.has_digest(tx, due.reader_id)
        chapters = await repository.of_digest(tx, due.reader_id, due.since, now)
        if chapters:
            topic = f"{TOPIC}{due.reader_id}:{due.next_at}"
            # A reader of several servers is told in the language of the first.
            with speaking(await language_of(tx, chapters[0][0].guild_id)):
                body = self._composer.weekly(chapters)
            await enqueue(tx, Post(topic, SEND, PRIVATE, due.reader_id, body), now)
        await repository.advance_digest(tx, due.reader_id, now, following if wanted else None)


async def note_closed(tx: Transaction, refusal: Undeliverable) -> None:
    """Switch a reader's digest off who takes no private messages; the relay calls this."""
    await repository.stop_digest(tx, refusal.reader_id, _CLOSED)
