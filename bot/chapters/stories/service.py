"""The stories of a server: added, changed, found by what somebody types."""

from dataclasses import replace

from bot.canon.names import fold
from bot.chapters.addresses import read_url
from bot.chapters.cleaning import clean_text
from bot.chapters.stories import repository
from bot.chapters.stories.models import (
    DEFAULT_QUOTA,
    LONGEST_AUTHOR,
    LONGEST_TITLE,
    MOST_QUOTA,
    MOST_STORIES,
    BadNumberError,
    BadTextError,
    Change,
    NoSuchStoryError,
    Story,
    StoryExistsError,
    TooManyStoriesError,
)
from bot.chapters.stories.repository import StoryRepository
from bot.clock import Clock, instant
from bot.language.speech import say
from bot.storage.database import Transaction


class Stories:
    """Keeps the stories of servers. Whether somebody may change them is the caller's check."""

    def __init__(self, repository: StoryRepository, clock: Clock) -> None:
        self._repository = repository
        self._clock = clock

    async def all(self, guild_id: int) -> list[Story]:
        """Return the stories of a server, by title."""
        return await self._repository.all(guild_id)

    async def find(self, guild_id: int, said: str) -> Story:
        """Return the story that *said* names: its title, a part only one has, or its number.

        Raises:
            NoSuchStoryError: with the titles there are.
        """
        stories, key = await self.all(guild_id), fold(said)
        exact = [story for story in stories if key and fold(story.title) == key]
        numbered = [story for story in stories if said.strip() == str(story.id)]
        partly = [story for story in stories if key and key in fold(story.title)]
        for found in (exact, numbered, partly):
            if len(found) == 1:
                return found[0]
        named = [story.title for story in partly or stories]
        raise NoSuchStoryError(clean_text(said), named)

    async def only(self, guild_id: int, said: str | None) -> Story:
        """Return the story that *said* names; without a name the only one there is.

        Raises:
            NoSuchStoryError: with the titles there are.
        """
        stories = await self.all(guild_id)
        if said is None and len(stories) == 1:
            return stories[0]
        return await self.find(guild_id, said or "?")

    async def suggest(self, guild_id: int, current: str) -> list[Story]:
        """Return the stories whose title has *current* in it, those that begin so first."""
        key = fold(current)
        stories = [story for story in await self.all(guild_id) if key in fold(story.title)]
        return sorted(stories, key=lambda story: not fold(story.title).startswith(key))

    async def add(self, guild_id: int, change: Change, user_id: int) -> Story:
        """Add a story; at least its title is needed.

        Raises:
            BadTextError, BadNumberError, BadUrlError: with what it takes.
            StoryExistsError, TooManyStoriesError: it cannot be added.
        """
        blank = Story(0, guild_id, "", None, None, DEFAULT_QUOTA, False, None, None)  # noqa: FBT003
        made = _changed(blank, replace(change, title=change.title or ""))
        now = instant(self._clock.now())

        async def insert(tx: Transaction) -> int:
            if await repository.count(tx, guild_id) >= MOST_STORIES:
                raise TooManyStoriesError
            number = await repository.add(tx, made, fold(made.title), user_id, now)
            if number is None:
                raise StoryExistsError(made.title)
            return number

        return replace(made, id=await self._repository.database.write(insert))

    async def called(self, guild_id: int, title: str, user_id: int) -> Story:
        """Return the story of that very title; if there is none, it is added.

        Raises:
            BadTextError, TooManyStoriesError: it cannot be added.
        """
        key = fold(title)
        for story in await self.all(guild_id):
            if key and fold(story.title) == key:
                return story
        return await self.add(guild_id, Change(title=title), user_id)

    async def edit(self, guild_id: int, story_id: int, change: Change) -> Story:
        """Change a story and return it.

        Raises:
            BadTextError, BadNumberError, BadUrlError, StoryExistsError, NoSuchStoryError.
        """

        async def update(tx: Transaction) -> Story:
            old = await repository.story(tx, story_id)
            if old is None or old.guild_id != guild_id:
                raise NoSuchStoryError(str(story_id), [])
            made = _changed(old, change)
            other = await repository.of_key(tx, guild_id, fold(made.title))
            if other not in {None, story_id}:
                raise StoryExistsError(made.title)
            await repository.put(tx, made, fold(made.title))
            return made

        return await self._repository.database.write(update)


def _changed(story: Story, change: Change) -> Story:
    quota = story.quota if change.quota is None else change.quota
    if not 0 <= quota <= MOST_QUOTA:
        raise BadNumberError(say("A quota"), MOST_QUOTA)
    return Story(
        id=story.id,
        guild_id=story.guild_id,
        title=story.title
        if change.title is None
        else line(say("A title"), change.title, LONGEST_TITLE, key=True),
        author=story.author
        if change.author is None
        else line(say("An author"), change.author, LONGEST_AUTHOR),
        url=story.url if change.url is None else str(read_url(change.url)),
        quota=quota,
        masked=story.masked if change.masked is None else change.masked,
        role_id=story.role_id if change.role_id is None else change.role_id,
        channel_id=story.channel_id if change.channel_id is None else change.channel_id,
    )


def line(what: str, text: str, most: int, *, key: bool = False) -> str:
    """Return *text* as one plain line; with *key* it must have a letter or digit.

    Raises:
        BadTextError: it is empty or longer than *most*.
    """
    if len(text) > most:
        raise BadTextError(what, len(text), most)
    plain = clean_text(text, most)
    if not plain or (key and not fold(plain)):
        raise BadTextError(what, 0, most)
    return plain
