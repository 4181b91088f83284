"""A flag, and why one is not taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import BotError

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
            f"The bureau takes {MOST_A_DAY} remarks a day from each reader, and has yours. "
            "It reads them all. Come back tomorrow."
        )


class NobodyToTellError(BotError):
    """There is no channel that a flag could go to."""

    def __init__(self) -> None:
        super().__init__(
            "Nobody here has said where remarks should go. "
            "Ask the admins of this server to choose a channel with `/setup`."
        )


class NoServerError(BotError):
    """Flags go to the admins of a server, and this is none."""

    def __init__(self) -> None:
        super().__init__(
            "Remarks go to the admins of a server. Press this under an answer in a server that "
            "has the bot."
        )


class NothingSaidError(BotError):
    """The reader sent no words."""

    def __init__(self) -> None:
        super().__init__("Say in a few words what is wrong, and what is right.")
