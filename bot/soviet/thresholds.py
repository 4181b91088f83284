"""Thresholds and quorums as readers write them, and as they are written back. Pure."""

import re
from typing import Final

from bot.soviet.errors import BadDraftError
from bot.soviet.models import Base, Quorum, Threshold

MAJORITY: Final = Threshold(1, 2, strict=True)
PLURALITY: Final = Threshold(0, 1, strict=True)
"""More votes than any other option, and at least one."""
TWO_THIRDS: Final = Threshold(2, 3, strict=False)
NO_QUORUM: Final = Quorum(0)

LARGEST_DENOMINATOR: Final = 10_000
_NAMED: Final = {
    "majority": MAJORITY,
    "simple": MAJORITY,
    "simple majority": MAJORITY,
    "plurality": PLURALITY,
    "most votes": PLURALITY,
    "two thirds": TWO_THIRDS,
    "two-thirds": TWO_THIRDS,
    "unanimous": Threshold(1, 1, strict=False),
}
_FRACTION: Final = (
    r"(?:(?P<over>\d{1,5}) ?/ ?(?P<under>\d{1,5})|(?P<whole>\d{1,3})(?:\.(?P<part>\d{1,2}))? ?%)"
)
_THRESHOLD: Final = re.compile(
    rf"(?P<how>more than |over |> ?|at least |>= ?)?(?:{_FRACTION}|(?P<name>[a-z -]+?))"
    r"(?P<roll> (?:of )?(?:the )?(?:roll|members|all))?(?: (?:of )?(?:the )?(?:votes )?cast)?",
    re.ASCII,
)
_QUORUM: Final = re.compile(
    rf"(?:{_FRACTION}|(?P<number>\d{{1,7}}))(?: (?:of )?(?:the )?(?:roll|votes|ballots|members))?",
    re.ASCII,
)
_WAY_OUT: Final = "Write `majority`, `2/3`, `60%` or `more than 1/2 of the roll`."


def read_threshold(text: str) -> Threshold:
    """Return the threshold that *text* names.

    A bare fraction is “at least” (2/3: two to one carries), but for one half, which is “more than”.

    Raises:
        BadDraftError: it is none, or no share that votes can reach.
    """
    folded = " ".join(text.casefold().split())
    if folded.replace(" ", "") == "50%+1":  # of three votes that would be three: nobody means it
        return MAJORITY
    match = _THRESHOLD.fullmatch(folded)
    if match is None:
        raise BadDraftError(f"“{text[:40]}” is no threshold I can read. {_WAY_OUT}")
    base = Base.ROLL if match["roll"] else Base.CAST
    if name := match["name"]:
        named = _NAMED.get(name)
        if named is None or match["how"]:
            raise BadDraftError(f"“{text[:40]}” is no threshold I can read. {_WAY_OUT}")
        return Threshold(named.numerator, named.denominator, named.strict, base)
    over, under = _fraction(match)
    if match["how"] is None:
        strict = 2 * over == under
    else:
        strict = match["how"].strip() in {"more than", "over", ">"}
    reachable = 0 <= over < under if strict else 0 < over <= under
    if not reachable or under > LARGEST_DENOMINATOR:
        raise BadDraftError(f"No vote could ever meet “{text[:40]}”. {_WAY_OUT}")
    return Threshold(over, under, strict, base)


def write_threshold(threshold: Threshold) -> str:
    """Return *threshold* in words that `read_threshold` reads back."""
    of = " of the roll" if threshold.base is Base.ROLL else ""
    for name, named in _NAMED.items():
        if (threshold.numerator, threshold.denominator, threshold.strict) == (
            named.numerator,
            named.denominator,
            named.strict,
        ) and name in {"majority", "plurality"}:
            return name + of
    how = "more than" if threshold.strict else "at least"
    return f"{how} {threshold.numerator}/{threshold.denominator}{of}"


def read_quorum(text: str) -> Quorum:
    """Return the quorum that *text* names: ballots, or a share of the roll.

    Raises:
        BadDraftError: it is none.
    """
    folded = " ".join(text.casefold().split())
    if folded in {"none", "no", "off"}:
        return NO_QUORUM
    match = _QUORUM.fullmatch(folded)
    if match is None:
        raise BadDraftError(
            f"“{text[:40]}” is no quorum I can read. Write `10`, `25%`, `1/3` or `none`."
        )
    if match["number"]:
        return Quorum(int(match["number"]))
    over, under = _fraction(match)
    if not 0 < over <= under or under > LARGEST_DENOMINATOR:
        raise BadDraftError("A quorum is at least one ballot and at most the whole roll.")
    return Quorum(over, under)


def write_quorum(quorum: Quorum) -> str:
    """Return *quorum* in words that `read_quorum` reads back."""
    if quorum == NO_QUORUM:
        return "none"
    if quorum.is_share:
        return f"{quorum.numerator}/{quorum.denominator} of the roll"
    return str(quorum.numerator)


def _fraction(match: re.Match[str]) -> tuple[int, int]:
    if match["over"]:
        return int(match["over"]), int(match["under"])
    part = match["part"] or ""
    return int(match["whole"] + part), 100 * 10 ** len(part)
