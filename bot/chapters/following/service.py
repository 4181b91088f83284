"""What admins do with feeds: add, list, test, pause, resume, remove, and answer its questions."""

from dataclasses import dataclass, replace

from bot.chapters.announcing.models import State
from bot.chapters.announcing.repository import ChapterRepository
from bot.chapters.cleaning import clean_text
from bot.chapters.entries import FeedEntry, FeedPage
from bot.chapters.errors import NotAFeedError
from bot.chapters.following import follow_repository, repository
from bot.chapters.following.intake import known
from bot.chapters.following.models import (
    MOST_FEEDS,
    AlreadyFollowedError,
    Feed,
    Follow,
    Followed,
    FollowState,
    NoSuchFeedError,
    TooManyFeedsError,
)
from bot.chapters.following.poller import Poller
from bot.chapters.following.reader import Reader
from bot.chapters.following.repository import FeedRepository
from bot.chapters.following.rules import Decision, New, decide
from bot.chapters.source_shapes import Source
from bot.chapters.sources import recognise
from bot.chapters.stories.models import LONGEST_TITLE, Story
from bot.clock import Clock, instant
from bot.language.speech import mark
from bot.outbox.repository import resume as resume_outbox
from bot.problems.repository import clear_problem
from bot.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Added:
    """A feed that is followed now, and what its first page brought (all of it known now)."""

    follow: Follow
    feed: Feed
    chapters: int
    newest: str | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What an address leads to: where it is read, and what the *title* of the story is there."""

    source: Source
    title: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a feed says now, and what would be done about it for each story here that has it."""

    source: Source
    page: FeedPage
    stories: tuple[tuple[Followed, tuple[Decision, ...]], ...]

    @property
    def newest(self) -> FeedEntry | None:
        """The newest entry."""
        return self.page.entries[0] if self.page.entries else None


class Following:
    """Keeps which feeds tell of which stories. Whether somebody may is the caller's check."""

    def __init__(
        self,
        repository: FeedRepository,
        chapters: ChapterRepository,
        reader: Reader,
        poller: Poller,
        clock: Clock,
        *,
        allow_loopback: bool = False,
    ) -> None:
        self._repository = repository
        self._chapters = chapters
        self._reader = reader
        self._poller = poller
        self._clock = clock
        self._allow_loopback = allow_loopback

    async def all(self, guild_id: int) -> list[Followed]:
        """Return what a server follows, by story."""
        return await self._repository.of_guild(guild_id)

    async def find(self, guild_id: int, said: str) -> Followed:
        """Return the follow that *said* names: its number, its story, or what its address has.

        Raises:
            NoSuchFeedError: none, or several.
        """
        followed = await self.all(guild_id)
        text = said.strip().casefold()
        for fits in (
            [each for each in followed if str(each.follow.id) == text],
            [each for each in followed if each.story_title.casefold() == text],
            [each for each in followed if text and text in each.feed.url.casefold()],
        ):
            if len(fits) == 1:
                return fits[0]
        raise NoSuchFeedError

    async def add(
        self,
        story: Story,
        url: str,
        channel_id: int | None,
        role_id: int | None,
        user_id: int,
    ) -> Added:
        """Have *story* told of by what is at *url*; read it once, announce nothing of that.

        Raises:
            AddressError, FetchError, NotAFeedError: it cannot be followed; nothing was changed.
            AlreadyFollowedError, TooManyFeedsError: it may not be.
        """
        seen = await self.look(url)
        return await self.follow(story, seen.source, channel_id, role_id, user_id)

    async def look(self, url: str) -> Seen:
        """Return what is at *url*, and what the story there is called.

        Raises:
            AddressError, FetchError, NotAFeedError: it cannot be followed.
        """
        source, page = await self._resolve(url)
        return Seen(source, clean_text(page.title or "", LONGEST_TITLE) or source.host)

    async def follow(
        self,
        story: Story,
        source: Source,
        channel_id: int | None,
        role_id: int | None,
        user_id: int,
    ) -> Added:
        """Have *story* told of by *source*; read it once, announce nothing of that.

        Raises:
            AlreadyFollowedError, TooManyFeedsError: it may not be.
        """
        now = instant(self._clock.now())

        async def insert(tx: Transaction) -> Follow:
            if await follow_repository.count(tx, story.guild_id) >= MOST_FEEDS:
                raise TooManyFeedsError
            feed_id = await repository.add_feed(tx, source, now)
            made = Follow(
                0, story.guild_id, story.id, feed_id, channel_id, role_id, FollowState.ACTIVE, None
            )
            number = await follow_repository.add_follow(tx, made, user_id, now)
            if number is None:
                raise AlreadyFollowedError(story.title)
            return replace(made, id=number)

        follow = await self._repository.database.write(insert)
        feed = await self._poller.poll(follow.feed_id)
        if feed is None:
            raise NoSuchFeedError
        chapters = [c for c in await self._chapters.of_story(story.id) if c.state is not State.GONE]
        newest = chapters[-1].title if chapters else None
        return Added(follow, feed, len(chapters), newest)

    async def test(self, guild_id: int, url: str) -> Trial:
        """Return what *url* says now and what would come of it; changes nothing.

        Raises:
            AddressError, FetchError, NotAFeedError: in words, what is wrong with it.
        """
        source, page = await self._resolve(url)
        followed = [each for each in await self.all(guild_id) if each.feed.key == source.key]
        now = instant(self._clock.now())

        async def weigh(tx: Transaction) -> list[tuple[Decision, ...]]:
            return [tuple(decide(await known(tx, each.follow), page, now)) for each in followed]

        weighed = await self._repository.database.write(weigh)
        return Trial(source, page, tuple(zip(followed, weighed, strict=True)))

    async def pause(self, guild_id: int, follow_id: int) -> None:
        """Ask a feed no more, and announce nothing of it, until it is resumed.

        Raises:
            NoSuchFeedError: the server has no such follow.
        """
        await self._put(guild_id, follow_id, FollowState.PAUSED)

    async def resume(self, guild_id: int, follow_id: int | None = None) -> int:
        """Go on with a feed, or with all; try again what Discord refused. Return how much that is.

        Raises:
            NoSuchFeedError: the server has no such follow.
        """
        if follow_id is not None:
            await self._put(guild_id, follow_id, FollowState.ACTIVE)
        else:
            for each in await self.all(guild_id):
                if each.follow.state is FollowState.PAUSED:
                    await self._put(guild_id, each.follow.id, FollowState.ACTIVE)
        now = instant(self._clock.now())
        return await self._repository.database.write(lambda tx: resume_outbox(tx, guild_id, now))

    async def remove(self, guild_id: int, follow_id: int) -> None:
        """Follow a feed no more. Its chapters stay known, so adding it again repeats none.

        Raises:
            NoSuchFeedError: the server has no such follow.
        """

        async def delete(tx: Transaction) -> None:
            follow = await follow_repository.follow(tx, guild_id, follow_id)
            if follow is None:
                raise NoSuchFeedError
            await follow_repository.remove_follow(tx, follow)
            await _forgive(tx, follow)

        await self._repository.database.write(delete)

    async def answer(self, guild_id: int, follow_id: int, *, announce: bool) -> None:
        """Go on with a feed that changed its names: the next page is news, or known already.

        Raises:
            NoSuchFeedError: the server has no such follow, or it asks nothing any more.
        """
        now = instant(self._clock.now())

        async def put(tx: Transaction) -> None:
            follow = await follow_repository.follow(tx, guild_id, follow_id)
            if follow is None or follow.state is not FollowState.ASKING:
                raise NoSuchFeedError
            made = replace(
                follow,
                state=FollowState.ACTIVE,
                trusted=announce,
                baseline_at=follow.baseline_at if announce else None,
            )
            await follow_repository.put_follow(tx, made)
            await repository.read_anew(tx, follow.feed_id, now)

        await self._repository.database.write(put)

    async def _put(self, guild_id: int, follow_id: int, state: FollowState) -> None:
        now = instant(self._clock.now())

        async def put(tx: Transaction) -> None:
            follow = await follow_repository.follow(tx, guild_id, follow_id)
            if follow is None:
                raise NoSuchFeedError
            await follow_repository.put_follow(tx, replace(follow, state=state))
            if state is FollowState.ACTIVE:
                await repository.read_anew(tx, follow.feed_id, now)
            else:
                await _forgive(tx, follow)

        await self._repository.database.write(put)

    async def _resolve(self, url: str) -> tuple[Source, FeedPage]:
        """Return where *url* is read and what it says; a page that names its feed leads there."""
        source = recognise(url, allow_loopback=self._allow_loopback)
        try:
            answer = await self._reader.read(source)
        except NotAFeedError as error:
            if not error.alternates:
                raise
            source = recognise(error.alternates[0], allow_loopback=self._allow_loopback)
            answer = await self._reader.read(source)
        if answer.page is None:
            raise NotAFeedError(
                mark("The site answers that nothing is new, which nobody asked it.")
            )
        return source, answer.page


async def _forgive(tx: Transaction, follow: Follow) -> None:
    """End the problem of a feed that no story of its server asks any more."""
    if not await follow_repository.is_asked(tx, follow.guild_id, follow.feed_id):
        await clear_problem(tx, follow.guild_id, f"feed:{follow.feed_id}")


def announced_by(decisions: tuple[Decision, ...]) -> int:
    """Return how many chapters would be announced."""
    return sum(isinstance(each, New) and each.announce for each in decisions)
