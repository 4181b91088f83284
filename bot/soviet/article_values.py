"""What stands in an article: read from what somebody typed, kept in one spelling, said. Pure."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from bot.language.speech import in_each_language, say_in
from bot.soviet.models import DAY_MS, HOUR_MS, MINUTE_MS, Threshold

Reading = Callable[[str], str]
"""Turns what an admin wrote into the one spelling that is kept, or raises ValueError."""

ROLE: Final = re.compile(r"<@&(\d{1,20})>")
_UNITS: Final = (("w", 7 * DAY_MS), ("d", DAY_MS), ("h", HOUR_MS), ("m", MINUTE_MS))
_RUSSIAN_UNITS: Final = str.maketrans("ндчм", "wdhm")


def span_ms(text: str) -> int:
    """Return a time as articles keep it (`2d12h`) in milliseconds."""
    return sum(
        int(count) * dict(_UNITS)[unit] for count, unit in re.findall(r"(\d+)([wdhm])", text)
    )


def time(shortest: int, longest: int) -> Reading:
    """Return how a time between two lengths (ms) is read; 0 where *shortest* is none."""

    def read(text: str) -> str:
        folded = "".join(text.casefold().split()).translate(_RUSSIAN_UNITS)
        if folded in {"0", "0m", "none"} and not shortest:
            return "0m"
        if not re.fullmatch(r"(?:\d{1,4}w)?(?:\d{1,4}d)?(?:\d{1,5}h)?(?:\d{1,6}m)?", folded):
            raise ValueError(text)
        span = span_ms(folded)
        if not folded or not max(shortest, 1) <= span <= longest:
            raise ValueError(text)
        return folded

    return read


def say_time(value: str) -> str:
    """Return a time with the units of the language."""
    units = {
        "w": say_in("weeks", "w"),
        "d": say_in("days", "d"),
        "h": say_in("hours", "h"),
        "m": say_in("minutes", "m"),
    }
    return re.sub("[wdhm]", lambda unit: units[unit[0]], value)


def number(least: int, most: int) -> Reading:
    """Return how a whole number between two others is read."""

    def read(text: str) -> str:
        plain = re.sub(r"[ ,_']", "", text.strip())
        if not re.fullmatch(r"\d{1,9}", plain, re.ASCII) or not least <= int(plain) <= most:
            raise ValueError(text)
        return str(int(plain))

    return read


def one_of(*values: str, **others: str) -> Reading:
    """Return how one of *values* is read, as each language says it; *others*: said so → value."""

    def read(text: str) -> str:
        folded = " ".join(text.casefold().split())
        folded = others.get(folded, folded)
        for value in values:
            if folded.replace(" ", "_") == value or folded in in_each_language(_WORDS[value]):
                return value
        raise ValueError(text)

    return read


def role(nobody: str) -> Reading:
    """Return how a role is read, or the word *nobody* for none."""

    def read(text: str) -> str:
        plain = text.strip()
        if plain.casefold() in {nobody, "none", "no", *in_each_language(_WORDS[nobody])}:
            return nobody
        match = re.fullmatch(r"(?:<@&)?(\d{15,20})>?", plain, re.ASCII)
        if match is None:
            raise ValueError(text)
        return f"<@&{match[1]}>"

    return read


def say_word(value: str) -> str:
    """Return a value that is a word in the language; what is none (a role) as it is."""
    return _WORDS[value]() if value in _WORDS else value


def at_least_half(threshold: Threshold) -> Threshold:
    """Return *threshold*, or raise ValueError: less than half would let the Nays win and lose."""
    if 2 * threshold.numerator < threshold.denominator:
        raise ValueError(threshold)
    return threshold


_WORDS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "on": lambda: say_in("article", "on"),
        "off": lambda: say_in("article", "off"),
        "open": lambda: say_in("article", "open"),
        "secret": lambda: say_in("article", "secret"),
        "live": lambda: say_in("article", "live"),
        "after_voting": lambda: say_in("article", "after_voting"),
        "on_close": lambda: say_in("article", "on_close"),
        "everyone": lambda: say_in("article", "everyone"),
        "nobody": lambda: say_in("article", "nobody"),
    }
)
"""Values that are words: as they are kept, and how they are said."""
SWITCH: Final = one_of("on", "off", yes="on", no="off", true="on", false="off")
