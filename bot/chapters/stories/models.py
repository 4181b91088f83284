"""A story of a server, and what can be wrong with one."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import BotError
from bot.language.speech import say, say_number

DEFAULT_QUOTA = 10_000
LONGEST_TITLE = 200
LONGEST_AUTHOR = 80
MOST_STORIES = 100
MOST_QUOTA = 1_000_000


@dataclass(frozen=True, slots=True)
class Story:
    """A story that a server follows. *quota*: the words a chapter owes the readers.

    *masked*: titles of chapters are hidden as spoilers. *role_id*: is pinged; *channel_id*: where
    chapters are announced; both unless a feed has its own.
    """

    id: int
    guild_id: int
    title: str
    author: str | None
    url: str | None
    quota: int
    masked: bool
    role_id: int | None
    channel_id: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different about a story; None leaves it."""

    title: str | None = None
    author: str | None = None
    url: str | None = None
    quota: int | None = None
    masked: bool | None = None
    role_id: int | None = None
    channel_id: int | None = None


class NoSuchStoryError(BotError):
    """No story of this server answers to that name."""

    def __init__(self, name: str, others: Sequence[str]) -> None:
        listed = ", ".join(say("“{title}”", title=title) for title in others[:5])
        hint = (
            say("There is {titles}.", titles=listed)
            if listed
            else say("None is: an admin adds one with /story add.")
        )
        said = say("No story called “{name}” is followed here.", name=name[:80])
        super().__init__(f"{said} {hint}")


class StoryExistsError(BotError):
    """The server follows a story of that title already."""

    def __init__(self, title: str) -> None:
        super().__init__(
            say("“{title}” is followed here already. /story edit changes it.", title=title)
        )


class TooManyStoriesError(BotError):
    """A server may follow only so many."""

    def __init__(self) -> None:
        super().__init__(
            say("A server can follow {most} stories, and this one does.", most=MOST_STORIES)
        )


class BadTextError(BotError):
    """A title or another text is empty or too long."""

    def __init__(self, what: str, length: int, most: int) -> None:
        super().__init__(
            say(
                "{what} has at most {most} characters; this one has {length}.",
                what=what,
                most=most,
                length=say_number(length),
            )
            if length
            else say("{what} needs something that can be read.", what=what)
        )


class BadNumberError(BotError):
    """A number is out of reason."""

    def __init__(self, what: str, most: int) -> None:
        super().__init__(
            say("{what} is a number from 0 to {most}.", what=what, most=say_number(most))
        )
