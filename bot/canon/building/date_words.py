"""The words that dates in English documents are made of, and those that show a number is none."""

import re

from bot.canon.dates import MONTHS, SEASONS

DASHES = "-‐‑‒–—−"
"""Hyphens and dashes; the plain one stands first, so that `[{DASHES}]` is a class that holds it."""

MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS) if name}
_FULL = "|".join(MONTH_NUMBERS)
MONTH_NUMBERS |= {name[:3]: number for name, number in MONTH_NUMBERS.items()}
MONTH_NUMBERS["sept"] = 9
_SHORT = "|".join(sorted(MONTH_NUMBERS.keys() - set(MONTHS), key=len, reverse=True))

MONTH_NAMES = rf"(?:{_FULL}|{_SHORT})\b"
MONTH_WORDS = rf"(?:(?:{_FULL})\b|(?:{_SHORT})\b\.?)"
"""The same with the full stop of an abbreviation."""
SMALL_MONTH = re.compile(rf"\b{MONTH_NAMES}")
"""A month without its capital: in a sentence, "may" and "march" are verbs."""

ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
SHIFTS = {"following": 1, "next": 1, "previous": -1, "preceding": -1, "prior": -1}
"""What a word before "year" adds to the year it leans on; any other word adds nothing."""

COUNTED = (
    r"(?:(?:more|other|new|further|armed|strong) )?(?:men|women|people|soldiers?|troops|tons?|"
    r"tonnes|[kcm]?m|kg|kilomet(?:er|re)s?|met(?:er|re)s?|miles|feet|horsepower|hp|ships|vessels|"
    r"submarines|tanks|planes|aircraft|guns|rifles|cannons|shells|bombs|vehicles|trucks|horses|"
    r"dead|killed|wounded|casualties|deaths|victims|prisoners|civilians|citizens|inhabitants|"
    r"refugees|paratroopers|divisions|battalions|volunteers|rebels|workers|peasants|students|"
    r"members|delegates|deputies|guests|votes|seats|dollars|pounds|roubles|rubles|marks|francs|"
    r"yen|lira|percent|hours|days|weeks|months|years|villages|towns|houses|families|officers|"
    r"sailors|copies|pages|words|times|million|billion|thousand|others|strong)\b"
)
"""A number before one of these is an amount: "in 1500 villages", "May 2000 men crossed"."""

NOT_AN_AMOUNT = rf"(?!\w|[,.]\d|[-‑][^\W\d_]| {COUNTED}| B\.?C)"
"""What may not follow a year: more digits, a joined word ("1914-class"), what is counted, "BC"."""

_STARTS = (*MONTH_NUMBERS, *SEASONS, *ORDINALS, "early", "mid", "late")
BEGINNINGS = _STARTS
"""The words, in small letters, that a date in English may begin with."""
# Spelled out with their capitals, and with their initials ahead: five times as fast as IGNORECASE.
_SPELLED = {spelled for word in _STARTS for spelled in (word, word.title(), word.upper())}
_SPELLED -= MONTH_NUMBERS.keys()
_INITIALS = "".join(sorted({word[0] for word in _SPELLED}))
ANCHOR = re.compile(
    rf"\b(?:\d+|(?=[{_INITIALS}])(?:{'|'.join(sorted(_SPELLED, key=len, reverse=True))})\b)"
)
"""Where in a sentence a date may begin; a whole number."""
NOT_BEFORE = frozenset(".,/$£€#№_")
"""A date does not follow one of these without a blank."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PREPOSITIONS = _words(
    "by in until till since of from during on before after around through throughout between"
)
BEFORE_FIGURES = _words("on by from until till since between")
"""After these 1.5.1924 is a day; else it may be the number of a version."""
ROUGHLY = _words("circa c. ca. around about approximately roughly")
WEEKDAYS = _words("monday tuesday wednesday thursday friday saturday sunday")
DETERMINERS = _words("the their his her its our my your this that a an")
BEFORE_A_YEAR = PREPOSITIONS | ROUGHLY | _words("year spring summer autumn winter")

MONTH_TITLES = _words(
    "coup crisis day days decrees event events incident laws manifesto massacre movement "
    "offensive plot revolution rising theses uprising war"
)
"""What makes a month part of a name: "May Day", "the October Revolution"."""
AFTER_A_NAME = _words("von van de ii iii iv")
"""What shows that "August" is a person."""
AFTER_A_VERB = {
    3: _words("on to into onto toward towards against past across upon of"),
    5: _words("be have not well"),
}
"""What shows that "March" (3) or "May" (5) is none of the months."""
BEFORE_MONTH_AND_NAME = _words("in during until till since through throughout")
"""After these a month may stand before a name: "In May Soviet troops", not "by August Bebel"."""

_EVENTS = _words(
    "election elections war revolution treaty census congress constitution uprising coup"
)
AFTER_A_ROUND_YEAR = _EVENTS | _words(
    "the a an and when while until he she it they his her its their was were had saw with by as "
    "but on at for after before"
)
"""What shows that "in 1900", "from 1800" is no amount."""
AFTER_A_NAMED_ROUND_YEAR = _EVENTS
"""The same after "the 1900", "their 1800"."""
OFTEN_AMOUNTS = frozenset({1000, 1200, 1500, 2000})
BEFORE_ANY_YEAR = _words("in since until till before after during year")
"""After these even 1500 is a year."""
COUNTERS = _words("p. pp. page pages no. nos. line lines vol. volume chapter room")
AMOUNTS = _words(
    "population total force garrison army crew sum distance cost price number strength average "
    "range height length weight speed maximum minimum circulation complement factor value default"
)
"""A number after one of these and "of" is an amount."""
