"""What readers can do wrong in the chamber; each error is its own reply and says the way out."""

from bot.errors import BotError
from bot.soviet.models import LONGEST_EXPLANATION, Motion, Status


class BadDraftError(BotError):
    """A text, an option or a rule of a motion cannot be taken as it was written."""


class BadDeadlineError(BadDraftError):
    """The deadline cannot be read, or lies out of bounds."""

    def __init__(self, fault: str) -> None:
        super().__init__(
            f"{fault} Examples: `72h`, `2026-12-01 20:00 Europe/Berlin`, `until next chapter`."
        )


class MayNotMoveError(BotError):
    """The standing orders keep this member from moving (this)."""


class NoSuchMotionError(BotError):
    """No motion of this guild answers to the number or the button."""

    def __init__(self, number: int | None = None) -> None:
        which = "That motion is" if number is None else f"There is no motion № {number}"
        rest = " not on the books of this server." if number is None else " on this server's books."
        super().__init__(f"{which}{rest} `/soviet list` shows what is.")


class NotTabledError(BotError):
    """The motion is past the stage at which this could be done."""

    def __init__(self, motion: Motion) -> None:
        super().__init__(f"Motion № {motion.number} {_stage(motion)}, so this is too late.")


class LapsedError(NotTabledError):
    """The motion waited too long, and is about to be noted as lapsed or, a decree, as adopted."""

    def __init__(self, motion: Motion) -> None:
        BotError.__init__(self, f"The time to second or oppose motion № {motion.number} is over.")


class NotOpenYetError(BotError):
    """Voting has not begun."""

    def __init__(self, motion: Motion) -> None:
        super().__init__(
            f"Motion № {motion.number} is not open for votes yet: somebody has to second it first."
        )


class DivisionClosedError(BotError):
    """The motion was closed when the reader clicked."""

    def __init__(self, motion: Motion) -> None:
        state = "was withdrawn" if motion.status is Status.WITHDRAWN else "is closed"
        super().__init__(
            f"The vote on motion № {motion.number} {state}; your click came after that. "
            "What you had cast before stands."
        )


class NotClosedError(BotError):
    """There is no result yet."""

    def __init__(self, motion: Motion) -> None:
        if motion.status is Status.WITHDRAWN:
            super().__init__(f"Motion № {motion.number} was withdrawn, so it has no result.")
        else:
            super().__init__(f"Motion № {motion.number} is not closed yet.")


class NothingToCountError(BotError):
    """The motion ended without a vote."""

    def __init__(self, motion: Motion) -> None:
        super().__init__(f"Motion № {motion.number} ended without a vote: nothing to count again.")


class NotOnTheRollError(BotError):
    """The reader may not take part in this motion."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"You are not on the roll of this motion: {reason}")


class EmptyRollError(BotError):
    """The motion counts by the roll, and the roll is empty or unknown."""

    def __init__(self) -> None:
        super().__init__(
            "This motion is decided by a share of those who may vote, and I see nobody who may. "
            "Give somebody its role, or move it again with a quorum in plain numbers."
        )


class DecreeError(BotError):
    """A decree was to be seconded."""

    def __init__(self, motion: Motion) -> None:
        super().__init__(
            f"№ {motion.number} is a decree: it stands unless {motion.objectors_needed} object. "
            "Nobody needs to second it."
        )


class NoDecreeError(BotError):
    """An ordinary motion was objected to."""

    def __init__(self, motion: Motion) -> None:
        super().__init__(
            f"№ {motion.number} is no decree, so there is nothing to object to yet: "
            "vote Nay when it opens."
        )


class OwnMotionError(BotError):
    """A mover tried to second their own motion."""

    def __init__(self) -> None:
        super().__init__("You moved this one; somebody else has to second it.")


class NotTheMoverError(BotError):
    """Only the mover may do this."""

    def __init__(self) -> None:
        super().__init__("Only the comrade who moved this motion can do that.")


class AmendmentPendingError(BotError):
    """A vote on the motion's wording is under way."""

    def __init__(self) -> None:
        super().__init__("Its wording is being voted on; wait until that vote is closed.")


class NoSuchAmendmentError(BotError):
    """The motion has no amendment of that number, or none at all."""

    def __init__(self) -> None:
        super().__init__(
            "There is no such amendment to this motion any more. Open the list of them again."
        )


class BadChoiceError(BotError):
    """The ballot names options that are not on the paper, too many of them, or one twice."""


class SecretBallotError(BotError):
    """It would tell who voted what."""

    def __init__(self, what: str) -> None:
        super().__init__(f"This ballot is secret: {what}")


class NoBallotError(BotError):
    """There is no vote to explain."""

    def __init__(self) -> None:
        super().__init__(
            f"Vote first; then explain your vote in at most {LONGEST_EXPLANATION} characters."
        )


class BadDelegateError(BotError):
    """The delegation cannot be made."""


class RollUnknownError(BotError):
    """Nobody wrote down who may vote."""

    def __init__(self) -> None:
        super().__init__(
            "I count the roll and do not know it by name, and nobody has voted here before: "
            "I cannot tell who still owes a vote."
        )


class NoSuchResolutionError(BotError):
    """The ledger holds no resolution of that number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"№ {number} is not a resolution in force; `/soviet ledger` lists them.")


class MayNotMarkError(BotError):
    """Only the mover or a manager notes what became of a resolution."""

    def __init__(self) -> None:
        super().__init__("Only its mover, or who may manage the server, can note that.")


class NoSuchArticleError(BotError):
    """The standing orders have no such article."""

    def __init__(self, article: str) -> None:
        super().__init__(
            f"The standing orders have no article “{article[:40]}”; `/soviet orders` lists them."
        )


class BadArticleError(BotError):
    """The value does not fit the article."""

    def __init__(self, title: str, takes: str) -> None:
        super().__init__(f"“{title}” takes {takes}.")


class NotTheManagerError(BotError):
    """Standing orders are changed by Manage Server, or by two thirds of the house."""

    def __init__(self) -> None:
        super().__init__(
            "Only who may manage the server can change a standing order directly. "
            "Anybody may move a motion to change it; two thirds must agree."
        )


def _stage(motion: Motion) -> str:
    return {
        Status.TABLED: "is tabled",
        Status.OPEN: "is open for votes already",
        Status.CLOSED: "is closed",
        Status.WITHDRAWN: "was withdrawn",
    }[motion.status]
