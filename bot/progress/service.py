"""What somebody may be shown: the spoiler gate's only source of ceilings."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.canon.answers import View
from bot.canon.library import FIRST_CHAPTER, Library
from bot.canon.models import Work
from bot.clock import Clock, instant
from bot.errors import BotError
from bot.language.speech import say
from bot.progress.repository import ProgressRepository


class NoChaptersError(BotError):
    """The work is told in one piece, or is real history: there is nothing to be ahead of."""

    def __init__(self, work: Work) -> None:
        super().__init__(
            say("“{title}” has no chapters here, so nothing of it is hidden.", title=work.title)
        )


class NoSuchChapterError(BotError):
    """The story has no chapter of that number yet."""

    def __init__(self, work: Work, chapter: int) -> None:
        super().__init__(
            say(
                "“{title}” has no chapter {chapter}. Chapters are counted from 1; "
                "0 forgets what you told me.",
                title=work.title,
                chapter=chapter,
            )
        )


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and where the answer will be seen.

    *channel_id* is None when only the asker sees it: then their own progress decides alone.
    """

    user_id: int
    channel_id: int | None


@dataclass(frozen=True, slots=True)
class ChannelId:
    """A channel of a server."""

    id: int
    guild_id: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a reader is in one story; *set* when they said so. *channel*: its ceiling here."""

    work: Work
    chapter: int
    is_set: bool
    channel: int | None


class Progress:
    """Keeps how far people have read and turns it into views of the library."""

    def __init__(self, repository: ProgressRepository, clock: Clock) -> None:
        self._repository = repository
        self._clock = clock

    async def view(self, library: Library, asker: Asker, work: str | None = None) -> View:
        """Return what *asker* may look at in *library*: the work called *work*, or all.

        In public that is the lower of the asker's progress and the channel's ceiling.

        Raises:
            NoSuchWorkError: nothing is called so.
        """
        return library.view(work, await self._ceilings(asker))

    async def view_or_all(self, library: Library, asker: Asker, work: str | None) -> View:
        """Return `view`, or that of every story while *work* is only half typed."""
        return library.view_or_all(work, await self._ceilings(asker))

    async def _ceilings(self, asker: Asker) -> Mapping[str, int]:
        found = await self._repository.ceilings(asker.user_id, asker.channel_id)
        # A channel's ceiling only ever lowers what its readers see.
        return {
            work: min(chapter, found.channel.get(work, chapter))
            for work, chapter in found.reader.items()
        }

    async def standings(self, library: Library, asker: Asker) -> tuple[Standing, ...]:
        """Return how far *asker* is in every story of *library* that has chapters."""
        found = await self._repository.ceilings(asker.user_id, asker.channel_id)
        return tuple(
            Standing(
                work,
                found.reader.get(work.slug, FIRST_CHAPTER),
                work.slug in found.reader,
                found.channel.get(work.slug),
            )
            for work in library.works.values()
            if library.last_chapter(work)
        )

    async def set(
        self,
        library: Library,
        user_id: int,
        channel: ChannelId | None,
        story: str,
        chapter: int,
    ) -> Work:
        """Keep how far a reader is in *story*, or how far a channel may be told; 0 lifts it.

        Raises:
            NoSuchWorkError, NoChaptersError, NoSuchChapterError.
        """
        work, now = _told(library, story, chapter), instant(self._clock.now())
        match channel, chapter:
            case None, 0:
                await self._repository.drop_reader(user_id, work.slug)
            case None, _:
                await self._repository.put_reader(user_id, work.slug, chapter, now)
            case _, 0:
                await self._repository.drop_channel(channel.id, work.slug)
            case _:
                place = channel.id, channel.guild_id
                await self._repository.put_channel(*place, work.slug, chapter, now)
        return work


def _told(library: Library, story: str, chapter: int) -> Work:
    work = library.work_called(story)
    last = library.last_chapter(work)
    if not last:
        raise NoChaptersError(work)
    if not 0 <= chapter <= last:
        raise NoSuchChapterError(work, chapter)
    return work
