"""Why a message is not quoted, said to whoever asked."""

from bot.errors import BotError
from bot.language.speech import say, say_many


class NotQuotableError(BotError):
    """The message is of a kind that cannot be quoted; the sentence says which."""


class RefusedError(BotError):
    """Its author does not want to be quoted."""

    def __init__(self) -> None:
        super().__init__(
            say("Whoever wrote that would rather not be quoted, and the bureau obeys.")
        )


class StillAskingError(BotError):
    """Its author has been asked and has not answered yet."""

    def __init__(self) -> None:
        super().__init__(
            say("Its author has been asked already. Once they agree, it appears here.")
        )


class TooManyQuestionsError(BotError):
    """Enough questions wait for the same person."""

    def __init__(self) -> None:
        super().__init__(
            say("Several questions wait for this person already. Let them answer those first.")
        )


class BeingDrawnError(BotError):
    """Somebody else asked for the same card a moment ago."""

    def __init__(self) -> None:
        super().__init__(
            say("That card is in the press at this very moment; it will hang here shortly.")
        )


class QuestionClosedError(BotError):
    """There is no question to answer any more."""

    def __init__(self) -> None:
        super().__init__(
            say("This question is closed: answered, taken back, or older than three days.")
        )


class NotYourWordsError(BotError):
    """Somebody else than the author would give the author's leave."""

    def __init__(self) -> None:
        super().__init__(say("Only the person who wrote the message can answer that."))


class NoSuchQuoteError(BotError):
    """The book of this server has no such quote, or not for the asker's eyes."""

    def __init__(self) -> None:
        super().__init__(
            say("There is no such quote in this server's book. `/quote list` shows it.")
        )


class NotYoursToRemoveError(BotError):
    """Somebody who is neither quoted, nor made it, nor moderates."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "A quote is removed by the person quoted, by whoever made it, or by a moderator "
                "(the permission Manage Messages)."
            )
        )


class NotYourCardError(BotError):
    """Somebody else than its maker would redraw a card."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "Only whoever made this card can have it drawn in another style. "
                "One of your own: `/quote card`."
            )
        )


class EmptyBookError(BotError):
    """Nothing in the book answers to what was asked."""

    def __init__(self, *, narrowed: bool) -> None:
        super().__init__(
            say("The quote book has nothing of that which may be shown here.")
            if narrowed
            else say(
                "The quote book has no pages yet that may be shown here. Open a message's menu, "
                "then Apps, then **Save to quote book**."
            )
        )


class TooQuickError(BotError):
    """Somebody asks for cards faster than one in five seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            say_many(
                "The ink of your last card is still wet. Try again in a second.",
                "The ink of your last card is still wet. Try again in {number} seconds.",
                max(seconds, 1),
            )
        )
