"""The articles a house comes with: what each is about, its default, and what it takes. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.soviet.deadlines import LONGEST_MS, SHORTEST_MS
from bot.soviet.models import DAY_MS, HOUR_MS, MINUTE_MS, Ballot, Threshold, Visibility
from bot.soviet.thresholds import read_quorum, read_threshold, write_quorum, write_threshold

Reading = Callable[[str], str]
"""Turns what an admin wrote into the one spelling that is kept, or raises ValueError."""


@dataclass(frozen=True, slots=True)
class Standard:
    """An article before any guild touched it; *read* checks and spells what is written there."""

    key: str
    title: str
    default: str
    takes: str
    read: Reading


ROLE: Final = re.compile(r"<@&(\d{1,20})>")
_UNITS: Final = (("w", 7 * DAY_MS), ("d", DAY_MS), ("h", HOUR_MS), ("m", MINUTE_MS))


def span_ms(text: str) -> int:
    """Return a time as articles keep it (`2d12h`) in milliseconds."""
    return sum(
        int(count) * dict(_UNITS)[unit] for count, unit in re.findall(r"(\d+)([wdhm])", text)
    )


def _time(shortest: int, longest: int) -> Reading:
    def read(text: str) -> str:
        folded = "".join(text.casefold().split())
        if folded in {"0", "0m", "none"} and not shortest:
            return "0m"
        if not re.fullmatch(r"(?:\d{1,4}w)?(?:\d{1,4}d)?(?:\d{1,5}h)?(?:\d{1,6}m)?", folded):
            raise ValueError(text)
        span = span_ms(folded)
        if not folded or not max(shortest, 1) <= span <= longest:
            raise ValueError(text)
        return folded

    return read


def _number(least: int, most: int) -> Reading:
    def read(text: str) -> str:
        plain = re.sub(r"[ ,_']", "", text.strip())
        if not re.fullmatch(r"\d{1,9}", plain, re.ASCII) or not least <= int(plain) <= most:
            raise ValueError(text)
        return str(int(plain))

    return read


def _one_of(*values: str, **others: str) -> Reading:
    def read(text: str) -> str:
        folded = " ".join(text.casefold().split())
        folded = others.get(folded, folded).replace(" ", "_")
        if folded not in values:
            raise ValueError(text)
        return folded

    return read


def _role(nobody: str) -> Reading:
    def read(text: str) -> str:
        plain = text.strip()
        if plain.casefold() in {nobody, "none", "no"}:
            return nobody
        match = re.fullmatch(r"(?:<@&)?(\d{15,20})>?", plain, re.ASCII)
        if match is None:
            raise ValueError(text)
        return f"<@&{match[1]}>"

    return read


def _at_least_half(threshold: Threshold) -> Threshold:
    if 2 * threshold.numerator < threshold.denominator:
        raise ValueError(threshold)
    return threshold


_SWITCH: Final = _one_of("on", "off", yes="on", no="off", true="on", false="off")
STANDARD: Final = (
    Standard(
        "threshold",
        "What carries a motion",
        "majority",
        "a share of at least one half: `majority`, `2/3`, `60%`",
        lambda text: write_threshold(_at_least_half(read_threshold(text))),
    ),
    Standard(
        "quorum",
        "Ballots that make a vote valid",
        "none",
        "a number or a share of the roll: `10`, `25%`, `none`",
        lambda text: write_quorum(read_quorum(text)),
    ),
    Standard("seconders", "Seconders a motion needs", "1", "a number from 0 to 10", _number(0, 10)),
    Standard(
        "lapse",
        "How long a motion waits for them",
        "48h",
        "a time from 1h to 14d",
        _time(HOUR_MS, 14 * DAY_MS),
    ),
    Standard(
        "term",
        "How long a vote is open",
        "72h",
        "a time from 5m to 60d",
        _time(SHORTEST_MS, LONGEST_MS),
    ),
    Standard("ballot", "Ballots", "open", "`open` or `secret`", _one_of(*Ballot)),
    Standard(
        "visibility",
        "When the count of an open ballot shows",
        "live",
        "`live`, `after voting` or `on close`",
        _one_of(*Visibility),
    ),
    Standard("movers", "Who may move", "everyone", "a role, or `everyone`", _role("everyone")),
    Standard(
        "membership",
        "How long a member must belong to vote",
        "0m",
        "a time up to 52w, or 0",
        _time(0, 364 * DAY_MS),
    ),
    Standard(
        "latecomers",
        "Whether those vote who joined after it opened",
        "off",
        "`on` or `off`",
        _SWITCH,
    ),
    Standard(
        "cooldown",
        "Time between two motions of one mover",
        "0m",
        "a time up to 7d, or 0",
        _time(0, 7 * DAY_MS),
    ),
    Standard(
        "pending",
        "Undecided motions one mover may have",
        "5",
        "a number from 1 to 25",
        _number(1, 25),
    ),
    Standard(
        "praesidium",
        "Who may decree, besides Manage Server",
        "nobody",
        "a role, or `nobody`",
        _role("nobody"),
    ),
    Standard(
        "objectors",
        "Objections that bring a decree to a vote",
        "3",
        "a number from 1 to 25",
        _number(1, 25),
    ),
    Standard(
        "decree",
        "How long a decree can be objected to",
        "48h",
        "a time from 1h to 14d",
        _time(HOUR_MS, 14 * DAY_MS),
    ),
    Standard("delegation", "Voting through delegates", "on", "`on` or `off`", _SWITCH),
    Standard("quota", "Motions of regret and of thanks", "on", "`on` or `off`", _SWITCH),
    Standard(
        "words",
        "Quota of a story that has none of its own",
        "10000",
        "a number of words from 1 to 1,000,000",
        _number(1, 1_000_000),
    ),
)
