"""What a ballot may say on a motion's paper. Pure."""

from bot.soviet.errors import BadChoiceError
from bot.soviet.models import Choice, Kind, Rules


def require_valid(rules: Rules, choice: Choice) -> Choice:
    """Return *choice* as it is kept: ascending, but for a ranked one, whose order is its meaning.

    Raises:
        BadChoiceError: an option that is not on the paper, one named twice, or too many.
    """
    options = len(rules.options)
    if not all(0 <= place < options for place in choice):
        raise BadChoiceError("That option is not on this paper.")
    if len(set(choice)) != len(choice):
        raise BadChoiceError("A ballot names each option once.")
    if len(choice) > rules.picks:
        raise BadChoiceError(
            f"This ballot names at most {rules.picks} of {options} options, "
            f"and you named {len(choice)}."
        )
    return choice if rules.kind.is_ranked else tuple(sorted(choice))


def in_words(rules: Rules, choice: Choice) -> str:
    """Return what a ballot says, in the words of the paper."""
    if not choice:
        return "Abstain"
    joint = " > " if rules.kind.is_ranked else " + " if rules.kind is Kind.MULTIPLE else ""
    return joint.join(rules.options[place] for place in choice)
