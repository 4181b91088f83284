"""What readers can do wrong in the chamber; each error is its own reply and says the way out."""

from types import MappingProxyType
from typing import Final

from bot.errors import BotError
from bot.language.speech import mark, say
from bot.soviet.models import LONGEST_EXPLANATION, Motion, Status

_TOO_LATE: Final = MappingProxyType(
    {
        Status.TABLED: mark("Motion № {number} is tabled, so this is too late."),
        Status.OPEN: mark("Motion № {number} is open for votes already, so this is too late."),
        Status.CLOSED: mark("Motion № {number} is closed, so this is too late."),
        Status.WITHDRAWN: mark("Motion № {number} was withdrawn, so this is too late."),
    }
)


class BadDraftError(BotError):
    """A text, an option or a rule of a motion cannot be taken as it was written."""


class BadDeadlineError(BadDraftError):
    """The deadline cannot be read, or lies out of bounds."""

    def __init__(self, fault: str) -> None:
        examples = say("Examples: `72h`, `2026-12-01 20:00 Europe/Berlin`, `until next chapter`.")
        super().__init__(f"{fault} {examples}")


class MayNotMoveError(BotError):
    """The standing orders keep this member from moving (this)."""


class NoSuchMotionError(BotError):
    """No motion of this guild answers to the number or the button."""

    def __init__(self, number: int | None = None) -> None:
        if number is None:
            said = say(
                "That motion is not on the books of this server. `/soviet list` shows what is."
            )
        else:
            said = say(
                "There is no motion № {number} on this server's books. "
                "`/soviet list` shows what is.",
                number=number,
            )
        super().__init__(said)


class NotTabledError(BotError):
    """The motion is past the stage at which this could be done."""

    def __init__(self, motion: Motion) -> None:
        super().__init__(say(_TOO_LATE[motion.status], number=motion.number))


class LapsedError(NotTabledError):
    """The motion waited too long, and is about to be noted as lapsed or, a decree, as adopted."""

    def __init__(self, motion: Motion) -> None:
        said = say("The time to second or oppose motion № {number} is over.", number=motion.number)
        BotError.__init__(self, said)


class NotOpenYetError(BotError):
    """Voting has not begun."""

    def __init__(self, motion: Motion) -> None:
        super().__init__(
            say(
                "Motion № {number} is not open for votes yet: somebody has to second it first.",
                number=motion.number,
            )
        )


class DivisionClosedError(BotError):
    """The motion was closed when the reader clicked."""

    def __init__(self, motion: Motion) -> None:
        said = (
            mark(
                "The vote on motion № {number} was withdrawn; your click came after that. "
                "What you had cast before stands."
            )
            if motion.status is Status.WITHDRAWN
            else mark(
                "The vote on motion № {number} is closed; your click came after that. "
                "What you had cast before stands."
            )
        )
        super().__init__(say(said, number=motion.number))


class NotClosedError(BotError):
    """There is no result yet."""

    def __init__(self, motion: Motion) -> None:
        if motion.status is Status.WITHDRAWN:
            said = say(
                "Motion № {number} was withdrawn, so it has no result.", number=motion.number
            )
        else:
            said = say("Motion № {number} is not closed yet.", number=motion.number)
        super().__init__(said)


class NothingToCountError(BotError):
    """The motion ended without a vote."""

    def __init__(self, motion: Motion) -> None:
        super().__init__(
            say(
                "Motion № {number} ended without a vote: nothing to count again.",
                number=motion.number,
            )
        )


class NotOnTheRollError(BotError):
    """The reader may not take part in this motion."""

    def __init__(self, reason: str) -> None:
        super().__init__(say("You are not on the roll of this motion: {reason}", reason=reason))


class EmptyRollError(BotError):
    """The motion counts by the roll, and the roll is empty or unknown."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "This motion is decided by a share of those who may vote, and I see nobody who "
                "may. Give somebody its role, or move it again with a quorum in plain numbers."
            )
        )


class DecreeError(BotError):
    """A decree was to be seconded."""

    def __init__(self, motion: Motion) -> None:
        super().__init__(
            say(
                "№ {number} is a decree: it stands unless {objectors} object. "
                "Nobody needs to second it.",
                number=motion.number,
                objectors=motion.objectors_needed,
            )
        )


class NoDecreeError(BotError):
    """An ordinary motion was objected to."""

    def __init__(self, motion: Motion) -> None:
        super().__init__(
            say(
                "№ {number} is no decree, so there is nothing to object to yet: "
                "vote Nay when it opens.",
                number=motion.number,
            )
        )


class OwnMotionError(BotError):
    """A mover tried to second their own motion."""

    def __init__(self) -> None:
        super().__init__(say("You moved this one; somebody else has to second it."))


class NotTheMoverError(BotError):
    """Only the mover may do this."""

    def __init__(self) -> None:
        super().__init__(say("Only the comrade who moved this motion can do that."))


class AmendmentPendingError(BotError):
    """A vote on the motion's wording is under way."""

    def __init__(self) -> None:
        super().__init__(say("Its wording is being voted on; wait until that vote is closed."))


class NoSuchAmendmentError(BotError):
    """The motion has no amendment of that number, or none at all."""

    def __init__(self) -> None:
        super().__init__(
            say("There is no such amendment to this motion any more. Open the list of them again.")
        )


class BadChoiceError(BotError):
    """The ballot names options that are not on the paper, too many of them, or one twice."""


class SecretBallotError(BotError):
    """It would tell who voted what."""

    def __init__(self, what: str) -> None:
        super().__init__(say("This ballot is secret: {what}", what=what))


class NoBallotError(BotError):
    """There is no vote to explain."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "Vote first; then explain your vote in at most {most} characters.",
                most=LONGEST_EXPLANATION,
            )
        )


class BadDelegateError(BotError):
    """The delegation cannot be made."""


class RollUnknownError(BotError):
    """Nobody wrote down who may vote."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "I count the roll and do not know it by name, and nobody has voted here before: "
                "I cannot tell who still owes a vote."
            )
        )


class NoSuchResolutionError(BotError):
    """The ledger holds no resolution of that number."""

    def __init__(self, number: int) -> None:
        super().__init__(
            say(
                "№ {number} is not a resolution in force; `/soviet ledger` lists them.",
                number=number,
            )
        )


class MayNotMarkError(BotError):
    """Only the mover or a manager notes what became of a resolution."""

    def __init__(self) -> None:
        super().__init__(say("Only its mover, or who may manage the server, can note that."))


class NoSuchArticleError(BotError):
    """The standing orders have no such article."""

    def __init__(self, article: str) -> None:
        super().__init__(
            say(
                "The standing orders have no article “{article}”; `/soviet orders` lists them.",
                article=article[:40],
            )
        )


class BadArticleError(BotError):
    """The value does not fit the article."""

    def __init__(self, title: str, takes: str) -> None:
        super().__init__(say("“{title}” takes {takes}.", title=title, takes=takes))


class NotTheManagerError(BotError):
    """Standing orders are changed by Manage Server, or by two thirds of the house."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "Only who may manage the server can change a standing order directly. "
                "Anybody may move a motion to change it; two thirds must agree."
            )
        )
