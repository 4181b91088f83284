"""A story of a server, and what can be wrong with one."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import BotError

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
        listed = ", ".join(f"“{title}”" for title in others[:5])
        hint = f" There is {listed}." if listed else " None is: an admin adds one with /story add."
        super().__init__(f"No story called “{name[:80]}” is followed here.{hint}")


class StoryExistsError(BotError):
    """The server follows a story of that title already."""

    def __init__(self, title: str) -> None:
        super().__init__(f"“{title}” is followed here already. /story edit changes it.")


class TooManyStoriesError(BotError):
    """A server may follow only so many."""

    def __init__(self) -> None:
        super().__init__(f"A server can follow {MOST_STORIES} stories, and this one does.")


class BadTextError(BotError):
    """A title or another text is empty or too long."""

    def __init__(self, what: str, length: int, most: int) -> None:
        if length:
            reason = f"has at most {most} characters; this one has {length:,}"
        else:
            reason = "needs something that can be read"
        super().__init__(f"{what} {reason}.")


class BadNumberError(BotError):
    """A number is out of reason."""

    def __init__(self, what: str, most: int) -> None:
        super().__init__(f"{what} is a number from 0 to {most:,}.")
