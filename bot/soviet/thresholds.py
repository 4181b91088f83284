"""Thresholds and quorums as readers write them, and as they are written back. Pure."""

import re
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from bot.language.speech import ENGLISH, mark, say, say_in, speaking
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
    **dict.fromkeys(("mehrheit", "einfache mehrheit", "большинство"), MAJORITY),
    **dict.fromkeys(("простое большинство", "большинством"), MAJORITY),
    **dict.fromkeys(("meiste stimmen", "die meisten stimmen", "relative mehrheit"), PLURALITY),
    **dict.fromkeys(("больше всего голосов", "относительное большинство"), PLURALITY),
    **dict.fromkeys(("zwei drittel", "zweidrittelmehrheit", "две трети"), TWO_THIRDS),
    **dict.fromkeys(("einstimmig", "единогласно"), Threshold(1, 1, strict=False)),
}
_NO: Final = frozenset(
    {"none", "no", "off", "kein", "keins", "keines", "keine", "нет", "без кворума"}
)
_FRACTION: Final = (
    r"(?:(?P<over>\d{1,5}) ?/ ?(?P<under>\d{1,5})|(?P<whole>\d{1,3})(?:[.,](?P<part>\d{1,2}))? ?%)"
)
_HOW: Final = (
    r"more than |over |> ?|at least |>= ?|mehr als |über |mindestens |более |больше |не менее "
)
_STRICTLY: Final = frozenset({"more than", "over", ">", "mehr als", "über", "более", "больше"})
_OF_ROLL: Final = (
    r" (?:of )?(?:the )?(?:roll|members|all)"
    r"| (?:der )?(?:stimmliste|mitglieder|aller)(?: stimmberechtigten)?| (?:от )?(?:списка|всех)"
)
_OF_CAST: Final = (
    r" (?:of )?(?:the )?(?:votes )?cast| (?:der )?(?:abgegebenen )?stimmen"
    r"| (?:от )?(?:поданных )?голосов"
)
_THRESHOLD: Final = re.compile(
    rf"(?P<how>{_HOW})?(?:{_FRACTION}|(?P<name>[a-zäöüа-яё -]+?))"
    rf"(?P<roll>{_OF_ROLL})?(?:{_OF_CAST})?",
    re.ASCII,
)
_QUORUM: Final = re.compile(
    rf"(?:{_FRACTION}|(?P<number>\d{{1,7}}))"
    rf"(?:{_OF_ROLL}| (?:of )?(?:the )?(?:votes|ballots)| stimmen| (?:голос|бюллетен)[а-я]*)?",
    re.ASCII,
)
# What is kept is the English: never change it.
_SAID: Final = MappingProxyType(
    {
        MAJORITY: (mark("majority"), mark("majority of the roll")),
        PLURALITY: (mark("plurality"), mark("plurality of the roll")),
    }
)
_MORE: Final = (mark("more than {share}"), mark("more than {share} of the roll"))
_AT_LEAST: Final = (mark("at least {share}"), mark("at least {share} of the roll"))


def read_threshold(text: str) -> Threshold:
    """Return the threshold that *text* names.

    A bare fraction is “at least” (2/3: two to one carries), but for one half, which is “more than”.

    Raises:
        BadDraftError: it is none, or no share that votes can reach.
    """
    folded = " ".join(text.casefold().split())
    if folded.replace(" ", "") == "50%+1":  # of three votes that would be three: nobody means it
        return MAJORITY
    if folded in _NAMED:
        return _NAMED[folded]
    match = _THRESHOLD.fullmatch(folded)
    if match is None:
        raise _unreadable(text)
    base = Base.ROLL if match["roll"] else Base.CAST
    if name := match["name"]:
        named = _NAMED.get(name)
        if named is None or match["how"]:
            raise _unreadable(text)
        return Threshold(named.numerator, named.denominator, named.strict, base)
    over, under = _fraction(match)
    how = match["how"]
    strict = 2 * over == under if how is None else how.strip() in _STRICTLY
    reachable = 0 <= over < under if strict else 0 < over <= under
    if not reachable or under > LARGEST_DENOMINATOR:
        raise BadDraftError(
            say(
                "No vote could ever meet “{text}”. "
                "Write `majority`, `2/3`, `60%` or `more than 1/2 of the roll`.",
                text=text[:40],
            )
        )
    return Threshold(over, under, strict, base)


def _unreadable(text: str) -> BadDraftError:
    return BadDraftError(
        say(
            "“{text}” is no threshold I can read. "
            "Write `majority`, `2/3`, `60%` or `more than 1/2 of the roll`.",
            text=text[:40],
        )
    )


def write_threshold(threshold: Threshold) -> str:
    """Return *threshold* in words that `read_threshold` reads back, as they are kept."""
    with speaking(ENGLISH):
        return say_threshold(threshold)


def say_threshold(threshold: Threshold) -> str:
    """Return *threshold* in words that `read_threshold` reads back, in the language spoken here."""
    of_roll = threshold.base is Base.ROLL
    for named, words in _SAID.items():
        if replace(threshold, base=Base.CAST) == named:
            return say(words[of_roll])
    words = _MORE if threshold.strict else _AT_LEAST
    return say(words[of_roll], share=f"{threshold.numerator}/{threshold.denominator}")


def read_quorum(text: str) -> Quorum:
    """Return the quorum that *text* names: ballots, or a share of the roll.

    Raises:
        BadDraftError: it is none.
    """
    folded = " ".join(text.casefold().split())
    if folded in _NO:
        return NO_QUORUM
    match = _QUORUM.fullmatch(folded)
    if match is None:
        raise BadDraftError(
            say(
                "“{text}” is no quorum I can read. Write `10`, `25%`, `1/3` or `none`.",
                text=text[:40],
            )
        )
    if match["number"]:
        return Quorum(int(match["number"]))
    over, under = _fraction(match)
    if not 0 < over <= under or under > LARGEST_DENOMINATOR:
        raise BadDraftError(say("A quorum is at least one ballot and at most the whole roll."))
    return Quorum(over, under)


def write_quorum(quorum: Quorum) -> str:
    """Return *quorum* in words that `read_quorum` reads back, as they are kept."""
    with speaking(ENGLISH):
        return say_quorum(quorum)


def say_quorum(quorum: Quorum) -> str:
    """Return *quorum* in words that `read_quorum` reads back, in the language spoken here."""
    if quorum == NO_QUORUM:
        return say_in("quorum", "none")
    if quorum.is_share:
        return say("{share} of the roll", share=f"{quorum.numerator}/{quorum.denominator}")
    return str(quorum.numerator)


def _fraction(match: re.Match[str]) -> tuple[int, int]:
    if match["over"]:
        return int(match["over"]), int(match["under"])
    part = match["part"] or ""
    return int(match["whole"] + part), 100 * 10 ** len(part)
