"""What may stand between a date at the head of an entry and the mark that ends it.

A time of day, a weekday, a place in parentheses, a footnote, "(O.S.)": none of it is the date, and
none of it makes it another's.
"""

import re
from dataclasses import dataclass

from bot.canon.building.date_words import DASHES
from bot.canon.building.words_abroad import YEARS_ABROAD

_TIMES = (
    r"T\d\d:?\d\d(?::?\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?",
    r",?(?: at)? \d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\b\.?| ?(?:hours|hrs|h|utc|gmt)\b)?",
    r",?(?: um)? \d{1,2}(?:[:.]\d\d)? uhr\b",
    r",?(?: at)? (?:\d{1,2} ?[ap]\.?m\b\.?|\d{4} ?(?:hours|hrs)\b|noon\b|midnight\b|dawn\b)",
    r",? (?:early |late )?(?:morning|afternoon|evening|night)\b",
)
_WEEKDAY = r",? (?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
_OLD = r"(?:[on]\.? ?s\.?|(?:old|new) style)"
_STYLE = rf",? ?(?:\({_OLD}\)|\[{_OLD}\])|,? (?:[on]\. ?s\.|(?:old|new) style\b)"
_ASIDE = r" ?(?:\((?P<aside>[^()\n]{1,60})\)|\[[^\[\]\n]{1,60}\])"
_NOTE = r" ?\[(?:\d{1,3}|[a-z]|(?:note|n|nb) ?\d{1,2}|citation needed)\]|[\u00b9\u00b2\u00b3†‡]"
_ONWARDS = rf" ?(?:onwards?|on|ff?\.?)(?= ?[:{DASHES}])|\+|[{DASHES}](?=:)"
_ERA = rf" ?(?:(?:AD|CE|A\.D\.|C\.E\.|[OAT]TL)(?!\w)|(?:{YEARS_ABROAD}))"
_PIECES = re.compile(
    rf"(?P<note>{_NOTE})|(?P<doubt> ?\(\?\)|\?)|(?P<style>{_STYLE})|(?P<time>{'|'.join(_TIMES)})|"
    rf"(?P<day>{_WEEKDAY})|(?P<era>{_ERA})|(?P<onwards>{_ONWARDS})|(?P<paren>{_ASIDE})",
    re.IGNORECASE,
)
_MOST = 4


@dataclass(frozen=True, slots=True)
class Tail:
    """Where what follows a date ends, and what it says.

    *aside* is in parentheses; *doubt* tells of a question mark, *notes* where notes begin: they
    are no words of the date.
    """

    end: int
    aside: str = ""
    doubt: bool = False
    notes: int | None = None


def tails(text: str, end: int) -> list[Tail]:
    """Return what may belong to a date in *text* that ends at *end*: the longest first."""
    found = [Tail(end)]
    for _ in range(_MOST):
        last = found[-1]
        piece = _PIECES.match(text, last.end)
        if piece is None:
            break
        found.append(
            Tail(
                piece.end(),
                last.aside or piece["aside"] or "",
                last.doubt or piece["doubt"] is not None,
                last.notes or (piece.start() if piece["note"] else None),
            )
        )
    return found[::-1]
