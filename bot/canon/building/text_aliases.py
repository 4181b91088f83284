"""Names that a document itself explains: `SMS Hamburg (renamed Revolyutsiya)`, `… (Comintern)`.

Pure. What it finds is a proposal: two names for one thing, and what kind of thing it may be. A pair
that is missed costs a search its second spelling; a wrong one makes two things one. So a plain
parenthesis counts only where the letters show that it abbreviates what stands before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.canon.building.abbreviations import abbreviated
from bot.canon.building.name_words import NAME, name_before
from bot.canon.models import EntityKind
from bot.canon.names import fold


@dataclass(frozen=True, slots=True)
class NamePair:
    """*name* is what the text goes on to call it; *alias* what it was or is also called."""

    name: str
    alias: str
    kind: EntityKind


MAX_NAME = 80

# What stands in parentheses is looked at by itself, so that nothing is tried over a whole text.
_PARENTHESIS = re.compile(r"\((?P<inner>[^()\n]{2,120})\)(?P<after>\s+[^\W\d_a-zà-öø-ÿ])?")
_HOW = re.compile(
    rf"(?:[^,]{{1,40}},\s*)?(?:and\s+|then\s+|later\s+|subsequently\s+|since\s+)?(?:"
    r"(?P<new>renamed|rechristened|rebaptised|now|later)\s+(?:to\s+|as\s+|the\s+)*|"
    r"(?P<old>formerly|originally|previously|née|né|born|a\.?k\.?a\.?|also|alias|codenamed|nicknamed|"
    r"(?:(?:also|better|commonly|sometimes|formerly|later|now|popularly|usually)\s+)?"
    rf"(?:known|called))\s+(?:as\s+|the\s+)*)[“\"'‘]?(?P<name>{NAME})[”\"'’]?"
    r"(?:\s+(?:in|from) \d{4})?"
)
_KNOWN_AS = re.compile(
    r"(?P<set_off>,|\s(?:is|was|are|were|being))?\s+(?:or\s+)?(?:more\s+)?"
    r"(?:also|better|otherwise|commonly|sometimes|formerly|later|now|popularly|usually|once|soon"
    r"|originally|previously)\s+(?:known\s+as|(?P<called>called))\s+(?:the\s+)?[“\"'‘]?"
)
_CHOICE = re.compile(r"\b(?:either|neither|whether|between)\b[^.;]*$", re.IGNORECASE)
_NAME = re.compile(NAME)
_SHIP = re.compile(
    r"\b(?:SMS|SM|HMS|USS|ships?|cruisers?|battleships?|destroyers?|monitors?|submarines?|torpedo"
    r"|\w+-class)\b",
    re.IGNORECASE,
)
_SHIP_PREFIX = re.compile(r"^(?:SMS|SM|HMS|USS) ", re.IGNORECASE)
_PREFIXED = re.compile(r"^.* ((?:SMS|HMS|USS) )")
_LIST_REACH = 200
# “(later President)” says what somebody became, not what he was called.
_OFFICES = frozenset(
    "admiral ambassador archbishop baron bishop captain chairman chancellor colonel commander"
    " commissar consul count deputy director duchess duke earl emperor field first foreign general"
    " governor head kaiser king leader lord marshal mayor minister pope premier president prime"
    " prince princess queen secretary senator sir tsar vice".split()
)


def name_pairs(text: str) -> Iterator[NamePair]:
    """Yield the pairs of names that *text* explains: those in parentheses, then the others."""
    plain = text.replace("_", " ")
    if "(" in plain:
        yield from _parenthesised(plain)
    if "known" in plain or "called" in plain:
        yield from _known_as(plain)


def _parenthesised(text: str) -> Iterator[NamePair]:
    ship_until = last = 0
    for match in _PARENTHESIS.finditer(text):
        start = match.start()
        if _SHIP.search(text, max(last, start - _LIST_REACH), start):
            ship_until = start
        last = match.end()
        # In a list of ships only some are called one.
        is_ship = start <= ship_until + _LIST_REACH
        ship_until = start if is_ship and ship_until else ship_until
        yield from _explained(text, match, EntityKind.SHIP if is_ship and ship_until else None)


def _explained(text: str, match: re.Match[str], ship: EntityKind | None) -> Iterator[NamePair]:
    before = name_before(text, match.start())
    if not before:
        return
    how = _HOW.fullmatch(match["inner"])
    if how is not None and _is_office(how["name"]):
        return
    if how is not None and how["new"]:
        yield from _renamed(before, how["name"], ship or EntityKind.OTHER)
    elif how is not None:
        yield from _pairs(before, how["name"], EntityKind.OTHER)
    # “German (Weimar) Republic” names one thing, not two.
    elif match["after"] is None and _NAME.fullmatch(match["inner"]):
        for name, alias in abbreviated(before, match["inner"]):
            yield from _pairs(name, alias, EntityKind.OTHER)


def _renamed(old: str, new: str, kind: EntityKind) -> Iterator[NamePair]:
    """Yield the pair, or both pairs of “Tb 81 T and Tb 83 F (renamed Sborul and Smeul)”."""
    before, after = old.split(" and "), new.split(" and ")
    if len(before) == len(after):
        for was, becomes in zip(before, after, strict=True):
            yield from _pairs(becomes, was, kind)
    elif len(after) == 1:
        yield from _pairs(new, before[-1], kind)


def _known_as(text: str) -> Iterator[NamePair]:
    for match in _KNOWN_AS.finditer(text):
        if match["called"] and not match["set_off"]:
            continue  # “Trotsky once called Germany …”
        alias = _NAME.match(text, match.end())
        name = name_before(text, match.start())
        if alias is None or _is_office(alias.group()):
            continue
        if name and not _CHOICE.search(text, max(0, match.start() - 80), match.start()):
            yield from _pairs(name, alias.group(), EntityKind.OTHER)


def _is_office(name: str) -> bool:
    return name.split(maxsplit=1)[0].casefold() in _OFFICES


def _pairs(name: str, alias: str, kind: EntityKind) -> Iterator[NamePair]:
    name, alias = _clean(name), _PREFIXED.sub(r"\1", _clean(alias))
    if not name or not alias or max(len(name), len(alias)) > MAX_NAME or fold(name) == fold(alias):
        return
    if not any(map(str.isalpha, name)) or not any(map(str.isalpha, alias)):
        return
    yield NamePair(name, alias, kind)
    # A ship is asked for with and without its prefix: SMS Novara, Novara.
    if _SHIP_PREFIX.match(alias):
        yield NamePair(name, _SHIP_PREFIX.sub("", alias), kind)


def _clean(name: str) -> str:
    return " ".join(name.split()).strip(" ,.;:-'’“”\"")
