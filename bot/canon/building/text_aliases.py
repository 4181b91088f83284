"""Names that a document itself explains: `SMS Hamburg (renamed Revolyutsiya)`, `… (Comintern)`.

Pure. What it finds is a proposal: two names for one thing, and what kind of thing it may be.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.canon.models import EntityKind
from bot.canon.names import fold


@dataclass(frozen=True, slots=True)
class NamePair:
    """*name* is what the text goes on to call it; *alias* what it was or is also called."""

    name: str
    alias: str
    kind: EntityKind


# A name: capitalised words, numbers between them, small joining words inside but not at the ends.
_WORD = r"(?:[^\W\d_a-zà-öø-ÿ][\w'’.-]*|\d+[\w-]*)"
_JOIN = r"(?:of the|of|and|the|for|de|du|von|van|der|la)"
_NAME = rf"{_WORD}(?:[ \u00a0_]+(?:{_JOIN}[ \u00a0]+)?{_WORD}){{0,7}}"

_RENAMED = re.compile(
    rf"(?P<before>[^()\n]{{1,120}}?)\s*\((?:from \d{{4}},?\s*)?"
    rf"(?:renamed|now|later|rechristened)\s+(?:to\s+|as\s+)?(?P<new>{_NAME})\)"
)
_PARENTHESISED = re.compile(
    rf"(?P<long>{_NAME})\s+\((?P<short>[^\W\d_a-z][\w.-]{{1,24}}(?: [^\W\d_a-z][\w-]+){{0,2}})\)"
    r"(?!\s+[^\W\d_a-z])"  # “German (Weimar) Republic” names one thing, not two
)
_KNOWN_AS = re.compile(
    rf"(?P<name>{_NAME}),?\s+(?:or|also|better|otherwise|commonly|more commonly|sometimes|formerly)\s+"
    rf"(?:known|called)\s+as\s+(?:the\s+)?[“\"']?(?P<alias>{_NAME})"
)
_OR_THE = re.compile(rf"(?P<name>{_NAME}), or the (?P<alias>{_NAME})(?=[,.;])")
_CHOICE = re.compile(r"\b(?:either|neither|whether|between)\b[^.;]*$", re.IGNORECASE)
_TAIL = re.compile(rf"(?:^|[\s,])(?P<name>{_NAME})$")
_SHIP = re.compile(
    r"\b(?:SMS|SM|HMS|USS|ship|cruiser|battleship|destroyer|monitor|submarine|torpedo|class)\b",
    re.IGNORECASE,
)
_SHIP_PREFIX = re.compile(r"^(?:SMS|SM|HMS|USS)[ _]", re.IGNORECASE)
_PREFIXED = re.compile(r"^.* ((?:SMS|HMS|USS) )")
MAX_NAME = 80


def name_pairs(text: str) -> Iterator[NamePair]:
    """Yield the pairs of names that *text* explains, in its order, renamings first."""
    if "(" in text:
        yield from _renamed(text)
        yield from _matches(_PARENTHESISED, text, "long", "short")
    if " as " in text:
        yield from _matches(_KNOWN_AS, text, "name", "alias")
    if ", or the " in text:
        yield from _matches(_OR_THE, text, "name", "alias")


def _renamed(text: str) -> Iterator[NamePair]:
    is_ship = False
    for match in _RENAMED.finditer(text):
        before = match["before"]
        is_ship = is_ship or bool(_SHIP.search(before))
        if tail := _TAIL.search(before):
            kind = EntityKind.SHIP if is_ship else EntityKind.OTHER
            yield from _pairs(match["new"], _clean(tail["name"]), kind)


def _matches(pattern: re.Pattern[str], text: str, name: str, alias: str) -> Iterator[NamePair]:
    for match in pattern.finditer(text):
        if "renamed" in match.group() or _CHOICE.search(text[: match.start()][-80:]):
            continue
        yield from _pairs(match[name], match[alias], EntityKind.OTHER)


def _clean(name: str) -> str:
    return re.sub(r"[\s_]+", " ", name).strip(" ,.;:-")


def _pairs(name: str, alias: str, kind: EntityKind) -> Iterator[NamePair]:
    name, alias = _clean(name), _PREFIXED.sub(r"\1", _clean(alias))
    if not name or not alias or max(len(name), len(alias)) > MAX_NAME or fold(name) == fold(alias):
        return
    if not any(char.isalpha() for char in name) or not any(char.isalpha() for char in alias):
        return
    yield NamePair(name, alias, kind)
    # A ship is asked for with and without its prefix: SMS Novara, Novara.
    if _SHIP_PREFIX.match(alias):
        yield NamePair(name, _SHIP_PREFIX.sub("", alias), kind)
