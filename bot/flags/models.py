"""A flag, and why one is not taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import BotError
from bot.language.speech import say, say_many

MOST_A_DAY = 3
"""Flags of one reader within 24 hours, in all servers together."""
LONGEST = 500
"""Characters of what a reader may say."""


@dataclass(frozen=True, slots=True)
class Flag:
    """What a reader says is wrong with an entry. *body*: the message for the admins, as JSON."""

    guild_id: int
    user_id: int
    reference: str
    words: str
    body: Mapping[str, Any]


class TooManyFlagsError(BotError):
    """A reader has sent enough for today."""

    def __init__(self) -> None:
        super().__init__(
            say_many(
                "The bureau takes {number} remark a day from each reader, and has yours. "
                "It reads them all. Come back tomorrow.",
                "The bureau takes {number} remarks a day from each reader, and has yours. "
                "It reads them all. Come back tomorrow.",
                MOST_A_DAY,
            )
        )


class NobodyToTellError(BotError):
    """There is no channel that a flag could go to."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "Nobody here has said where remarks should go. "
                "Ask the admins of this server to choose a channel with `/setup`."
            )
        )


class NoServerError(BotError):
    """Flags go to the admins of a server, and this is none."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "Remarks go to the admins of a server. Press this under an answer in a server that "
                "has the bot."
            )
        )


class NothingSaidError(BotError):
    """The reader sent no words."""

    def __init__(self) -> None:
        super().__init__(say("Say in a few words what is wrong, and what is right."))
