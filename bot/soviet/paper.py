"""What a ballot may say on a motion's paper. Pure."""

from types import MappingProxyType
from typing import Final

from bot.language.speech import mark, say, say_many
from bot.soviet.errors import BadChoiceError
from bot.soviet.models import Choice, Kind, Rules

_AYE_NAY: Final = MappingProxyType({"Aye": mark("Aye"), "Nay": mark("Nay")})


def require_valid(rules: Rules, choice: Choice) -> Choice:
    """Return *choice* as it is kept: ascending, but for a ranked one, whose order is its meaning.

    Raises:
        BadChoiceError: an option that is not on the paper, one named twice, or too many.
    """
    options = len(rules.options)
    if not all(0 <= place < options for place in choice):
        raise BadChoiceError(say("That option is not on this paper."))
    if len(set(choice)) != len(choice):
        raise BadChoiceError(say("A ballot names each option once."))
    if len(choice) > rules.picks:
        raise BadChoiceError(
            say_many(
                "This ballot names at most {number} of {options} options, and you named {named}.",
                "This ballot names at most {number} of {options} options, and you named {named}.",
                rules.picks,
                options=options,
                named=len(choice),
            )
        )
    return choice if rules.kind.is_ranked else tuple(sorted(choice))


def option_name(rules: Rules, place: int) -> str:
    """Return an option as it is shown; kept, hashed and counted it is what `rules` say."""
    option = rules.options[place]
    return say(_AYE_NAY[option]) if rules.kind.is_aye_nay else option


def in_words(rules: Rules, choice: Choice) -> str:
    """Return what a ballot says, in the words of the paper."""
    if not choice:
        return say("Abstain")
    joint = " > " if rules.kind.is_ranked else " + " if rules.kind is Kind.MULTIPLE else ""
    return joint.join(option_name(rules, place) for place in choice)
