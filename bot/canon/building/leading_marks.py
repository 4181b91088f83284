"""What stands around a date at the head of an entry: words before it, the mark that ends it."""

import re
import unicodedata
from enum import Enum, auto

from bot.canon.building.date_words import BEGINNINGS, DASHES, SMALL_MONTH, WEEKDAYS
from bot.canon.building.words_abroad import (
    BEFORE_ABROAD,
    BOUNDS_ABROAD,
    DECADE_ABROAD,
    MONTHS_ABROAD,
    PARTS_ABROAD,
    ROUGHLY_ABROAD,
    SEASONS_ABROAD,
)


class Kind(Enum):
    """What may have to follow a date before it counts as one."""

    FULL = auto()
    DAY = auto()
    MONTH = auto()
    OLD_YEAR = auto()
    """A year of three digits, which may as well be an amount."""
    NUMBER = auto()
    """The day of a month that a heading names."""
    NUMBERED = auto()
    """The same as an ordinal: 9th."""


END, GAP, BLANK, DASH = "end", "gap", "blank", "–"
STRONG = frozenset([":", DASH, GAP])
"""Marks that hardly stand after a date in the run of a sentence."""

_FITTING = {
    Kind.FULL: {END, GAP, ":", DASH, ".", ","},
    Kind.DAY: {END, GAP, ":", DASH, ".", ","},
    Kind.MONTH: {END, GAP, ":", DASH, "."},
    Kind.OLD_YEAR: {":", DASH},
    Kind.NUMBER: {":", DASH},
    Kind.NUMBERED: {GAP, ":", DASH, ".", ","},
}
_FITTING_AFTER_A_WORD = {
    Kind.FULL: {END, GAP, BLANK, ":", DASH, ".", ","},
    Kind.MONTH: {END, ":", DASH, ","},
    Kind.OLD_YEAR: {":", DASH, ","},
    Kind.NUMBER: set[str](),
}
_FITTING_AFTER_A_BOUND = {END, ":", DASH, "."}
_FITTING_AFTER_A_TAIL = {END, GAP, ":", DASH, "."}

_SET_OFF = re.compile(r"[*\[\]()]")
_SPOKEN = re.compile("[\"“']")
_MARKS = {mark: mark for mark in ":.,"} | dict.fromkeys(";|=>", ":")
_WEEKDAY = (
    rf"(?:(?:{'|'.join(sorted(WEEKDAYS))}),? |"
    r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)[.,]{1,2} )?"
)
_TIME_OF_DAY = "night|evening|morning|afternoon|dawn|dusk|eve|day|week|weekend|midnight"
_TIME = r"(?:\d{4} (?:hours|hrs)|\d{1,2}:\d\d(?: ?[ap]\.?m\.?)?)"
BEGINS_WITH_THE_TIME = re.compile(_TIME, re.IGNORECASE)
"""“0600 hours, 10 May 1940”: figures that are no date stand before one."""
OPENING = re.compile(
    r"(?P<marks>(?:[*\[(\"“]|'(?!\d\d\b)){0,4})"
    rf"{_WEEKDAY}"
    rf"(?:{_TIME},? (?:on )?)?"
    r"(?:(?:(?P<word>some ?time in|at some point in|in|on|by|at|from|during|between|"
    rf"{BEFORE_ABROAD})|"
    rf"(?P<bound>before|after|since|until|till|prior to|(?:post|pre)(?=-\d)|{BOUNDS_ABROAD}))[ -])?"
    rf"{_WEEKDAY}"
    rf"(?:(?:the )?(?:(?:late|early) )?(?:{_TIME_OF_DAY})s? of (?=the \d|\d|[A-Z]))?"
    r"(?P<roughly>circa |around |about |roughly |approx(?:\.|imately)? |ca?\.? ?(?=\d)|"
    rf"ca?\. (?=[^\W\d_])|(?:{ROUGHLY_ABROAD}) (?:(?:il|le|el|la|den) )?|[~≈] ?)?"
    r"(?:the (?=\d|year |first|second|third|early|mid|late|spring|summer|autumn|fall|winter|last))?"
    r"(?:(?:year|anno|fy|fiscal year|financial year|school year) )?",
    re.IGNORECASE,
)
NO_OPENING = re.compile("(?P<marks>)(?P<word>x^)?(?P<bound>x^)?(?P<roughly>x^)?")
"""The same where nothing of it can stand."""
_DECADES = DECADE_ABROAD.split("|")
_ALL_BEGINNINGS = (*BEGINNINGS, *MONTHS_ABROAD, *SEASONS_ABROAD, *PARTS_ABROAD, *_DECADES)
MAY_BEGIN = re.compile(
    r"[\d'‘’?]|xx|the |a\.?d|q[1-4]|beg|start|open|end|clo|mid|last|christ|new y|easter|die \d|"
    r"m[mdclxvi]{2}|[ivx]{1,4}[./]\d|[ivx]{2,6}(?:e|ème|th)? |siglo |secolo |século |"
    r"ostern|p[âa]ques|pascua|wielkanoc|weihnacht|heilig|no[ëe]l|nata[lv]|navidad|"
    rf"(?:{'|'.join(sorted({word[:3] for word in _ALL_BEGINNINGS}))})",
    re.IGNORECASE,
)
"""What any date begins with, told apart by three letters."""
CLOSING = re.compile(
    r"(?P<close>[*\])'\"”]{0,4})(?P<gap>[ \t]*)"
    rf"(?P<mark>[:.,;|←-⇿➔-➾⟵-⟿]|={{0,2}}>|=|[{DASHES}]{{1,3}}>?)?"
    rf"(?P<close_2>[*\])]{{0,4}})(?P<gap_2>[ \t]*)(?:[{DASHES}]{{1,3}}[ \t]+)?"
)
_ISO = re.compile(r"(?:\d{4}([-./])\d\d?\1\d\d?|\d\d?([-./])\d\d?\2\d{4})\b.{0,30}")
_SENTENCE = re.compile(
    r"(?:is|was|were|are|saw|sees|had|has|have|marks?|marked|would|will|did|and|or|of|to|in|on|at|"
    r"by|for|as|the year|when|that|which|until|through|brought|began with|could|should|may|might)\b"
)
"""What follows a year that is the subject of a sentence."""


def separator(written: str, opening: re.Match[str], closing: re.Match[str]) -> str:
    """Return what stands after the date: a mark (any dash as –), `END`, `GAP`, `BLANK` or ""."""
    mark, gaps = closing["mark"], closing["gap"] + closing["gap_2"]
    following = closing.string[closing.end() : closing.end() + 1]
    if not following:
        return END
    if mark is None:
        set_off = _SET_OFF.search(closing["close"]) and _SET_OFF.search(opening["marks"])
        wide = "\t" in gaps or len(gaps) > 2 or set_off
        abbreviated = "." if written.endswith(".") else BLANK if gaps else ""
        return GAP if wide else abbreviated
    if not gaps and mark == "," and not following.isdigit():
        return ":"  # a cell of a table that commas part
    if not gaps and (mark == "-" or (mark in ".,:" and following.isdigit())):
        return ""  # "1914-pattern", "1914.5", "19:30"
    is_arrow = unicodedata.category(mark[0]) in {"Sm", "So"}
    return ":" if is_arrow else _MARKS.get(mark[0], DASH)


def fits(
    kind: Kind, written: str, mark: str, opening: re.Match[str], *, has_tail: bool, loose: bool
) -> bool:
    """Tell whether the date *written* ends in what ends a date at the head of an entry.

    *has_tail*: more than the date stands before *mark*. *loose*: a blank is enough.
    """
    is_verb = not any(char.isdigit() for char in written) and SMALL_MONTH.search(written)
    is_spoken = _SPOKEN.search(opening["marks"]) and mark not in STRONG  # “1914,” he said
    if is_verb or is_spoken:
        return False
    if opening["bound"]:
        return mark in _FITTING_AFTER_A_BOUND
    if has_tail and mark not in _FITTING_AFTER_A_TAIL:
        return False
    if opening["word"]:
        return mark in _FITTING_AFTER_A_WORD.get(kind, _FITTING[kind])
    if mark == BLANK and _ISO.fullmatch(written):
        return True
    return mark in _FITTING[kind] or (loose and mark == BLANK and kind in {Kind.FULL, Kind.DAY})


def begins_a_sentence(rest: str) -> bool:
    """Tell whether *rest* goes on as a sentence about a date does: "1914 was a hard year"."""
    return _SENTENCE.match(rest) is not None
