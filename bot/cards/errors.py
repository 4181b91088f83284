"""What can go wrong with a picture, said to the reader."""

from bot.errors import BotError
from bot.language.sayings import Saying


class PaintingError(BotError):
    """The picture could not be drawn; the words still can be sent."""

    def __init__(self) -> None:
        super().__init__(
            Saying("The print shop could not draw this one. The words themselves are fine.")
        )


class PainterBusyError(BotError):
    """Too many pictures are waiting already."""

    def __init__(self) -> None:
        super().__init__(
            Saying("The print shop has a queue out of the door. Try again in a minute.")
        )
