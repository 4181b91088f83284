"""The shapes a date takes in a document: where one stands, and which parts it gives.

A form has not met the calendar yet: "30 February" is one, and so is "May" without a year. What
days it means is for `date_meaning`; whether a document means a date at all, for `written_dates`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.canon.building.date_words import (
    DASHES,
    MONTH_NUMBERS,
    MONTH_WORDS,
    NOT_AN_AMOUNT,
    ORDINALS,
    SHIFTS,
)
from bot.canon.dates import SEASONS


@dataclass(frozen=True, slots=True)
class Point:
    """As much of one day as is said."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A date as it stands in a text, up to *end*.

    *finish* is the far end of a range, *season* an EDTF code. *decades* is 1 or 10 for as many of
    them that begin with the year of *start*, *part* early, mid or late. *shift* says which
    year it leans on: 0 "of the same year", 1 the following, -1 the previous; *lent_month* is set
    for "the 11th of this month".
    """

    end: int
    start: Point
    finish: Point | None = None
    season: int | None = None
    decades: int = 0
    part: str = ""
    shift: int | None = None
    lent_month: bool = False
    ordinal: bool = False
    """The day is an ordinal number: 1st, first."""
    ambiguous: bool = False
    """5/6/1924: 5 June or 6 May."""
    both: bool = False
    """1924 and 1926: a range only after "between"."""
    year_first: bool = False
    """1932 Jan 5: a date at the head of an entry, hardly in a sentence."""
    until: "Form | None" = None
    """Where another date of its own ends it: late May or early June."""


_M1, _M2 = (rf"(?P<m{end}>{MONTH_WORDS})" for end in "12")
_D1, _D2 = (rf"(?P<d{end}>\d{{1,2}})(?!\d)(?P<th{end}>st|nd|rd|th)?\b" for end in "12")
_DAY_OF = r"(?:~day)?~(?:of~)?"
_WORD_OF = rf"(?P<word>{'|'.join(ORDINALS)})(?:~day)?~of~"
_LENT_MONTH = r"(?:the~)?(?:(?:this|that|said|same)~)?(?P<lent>month)\b"
_Y1 = rf"(?P<y1>[12]\d{{3}}){NOT_AN_AMOUNT}"
_Y2 = rf"(?P<y2>[12]\d{{3}}){NOT_AN_AMOUNT}"
_Y2_SHORT = rf"(?P<y2>[12]\d{{3}}|\d\d){NOT_AN_AMOUNT}"
_LEANING = (
    r",?~(?:of|in)~(?:the~)?(?:very~)?(?P<shift>same|that|this|said|following|next|previous|"
    r"preceding|prior)~year\b"
)
_YEAR_1 = rf"(?:(?:,|,?~(?:of~)?){_Y1}|{_LEANING})?"
_YEAR_2 = rf"(?:(?:,|,?~(?:of~)?){_Y2})?"
_TO = rf"(?:(?:~)?[{DASHES}](?:~)?|~(?:to|until|till|through)~)(?:the~)?"
_PART = r"(?:(?P<part>early|mid|late)(?:-|~in~(?:the~)?|~))?"
_CENTURY = r"(?P<century>\d{1,2})(?:st|nd|rd|th)[ -]century\b"
_DECADE = r"(?P<decade>[12]\d\d0)['’]?s\b(?! of\b)"


def _rules(*patterns: str) -> tuple[re.Pattern[str], ...]:
    """Compile *patterns*, in which ~ stands for the white space between two words."""
    blanks = (pattern.replace("~", " {1,3}") for pattern in patterns)
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in blanks)


# The longest first: whoever asks takes the first form that fits what stands around it.
_FROM_A_DAY = _rules(
    r"(?P<d1>\d{1,2})\.(?P<n1>\d{1,2})\.(?P<y1>[12]\d{3})(?!\w)",
    r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y1>[12]\d{3})(?!\w)",
    rf"{_D1}{_DAY_OF}{_M1}{_YEAR_1}{_TO}{_D2}{_DAY_OF}{_M2}{_YEAR_2}",
    rf"{_D1}{_TO}{_D2}~(?:of~)?{_M1}{_YEAR_1}",
    rf"{_D1}(?:~day)?~of~{_LENT_MONTH}",
    rf"{_D1}{_DAY_OF}{_M1}{_YEAR_1}",
    _CENTURY,
)
_FROM_A_YEAR = _rules(
    r"(?P<y1>[12]\d{3})(?P<dash>[-‐‑–−])(?P<n1>\d\d)(?P=dash)(?P<d1>\d\d)(?![\w-])",
    _DECADE,
    rf"(?P<first>{_Y1},?~){_M1}(?:~{_D1})?(?!,? ?\d)",
    # "1924-05" is a month, as in ISO 8601; "1904-05" are years, as people write them.
    r"(?P<y1>[12]\d{3})-(?P<n1>0[1-9]|1[0-2])(?![\w-])",
    rf"{_Y1}{_TO}{_Y2_SHORT}",
    rf"{_Y1}~(?P<both>and)~{_Y2}",
    _Y1,
)
_FROM_A_MONTH = _rules(
    rf"{_M1}~(?:the~)?{_D1}{_YEAR_1}{_TO}{_M2}~(?:the~)?{_D2}{_YEAR_2}",
    rf"{_M1}~{_D1}{_TO}{_D2}{_YEAR_1}",
    rf"{_M1}~(?:the~)?{_D1}{_YEAR_1}",
    rf"{_M1}{_YEAR_1}{_TO}{_M2}{_YEAR_2}",
    rf"{_M1}{_YEAR_1}",
)
_FROM_A_WORD = _rules(
    rf"{_PART}{_M1}{_YEAR_1}{_TO}{_M2}{_YEAR_2}",
    rf"{_PART}{_M1}{_YEAR_1}",
    rf"{_WORD_OF}{_M1}{_YEAR_1}",
    rf"{_WORD_OF}{_LENT_MONTH}",
    rf"{_PART}(?P<season>{'|'.join(SEASONS)}){_YEAR_1}",
    rf"{_PART}(?:the~)?{_DECADE}",
    rf"{_PART}(?:the~)?{_CENTURY}",
    rf"{_PART}{_Y1}",
)
_WORD_STARTS = {word[:3] for word in (*ORDINALS, *SEASONS, "early", "mid", "late")}


def forms_at(text: str, position: int) -> Iterator[Form]:
    """Yield the dates that may be read at *position*, the longest first.

    White space between their words must be ordinary blanks, three at most.
    """
    for rule in _rules_for(text[position : position + 4]):
        found = rule.match(text, position)
        form = None if found is None else _form(found)
        if form is not None:
            yield form


def _rules_for(beginning: str) -> tuple[re.Pattern[str], ...]:
    if beginning[:1].isdigit():
        return _FROM_A_YEAR if beginning.isdigit() and len(beginning) == 4 else _FROM_A_DAY
    start = beginning[:3].casefold()
    if start in MONTH_NUMBERS:
        return _FROM_A_MONTH
    return _FROM_A_WORD if start in _WORD_STARTS else ()


def _form(found: re.Match[str]) -> Form | None:
    said = {name: value for name, value in found.groupdict().items() if value is not None}
    if "a" in said:
        return _slashed(found)
    if "decade" in said or "century" in said:
        return _long(found, said)
    start = Point(_number(said.get("y1")), _month(said, "1"), _day(said))
    if "n1" in said and start.day is None and int(said["n1"]) > int(said["y1"]) % 100:
        return None
    word = said.get("shift", "").lower()
    return Form(
        found.end(),
        start,
        _finish(start, said),
        season=SEASONS.get(said.get("season", "").lower()),
        part=said.get("part", "").lower(),
        shift=SHIFTS.get(word, 0) if word else None,
        lent_month="lent" in said,
        ordinal="th1" in said or "word" in said,
        both="both" in said,
        year_first="first" in said,
    )


def _number(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _month(said: dict[str, str], end: str) -> int | None:
    if f"n{end}" in said:
        return int(said[f"n{end}"])
    name = said.get(f"m{end}")
    return MONTH_NUMBERS[name.lower().rstrip(".")] if name else None


def _day(said: dict[str, str]) -> int | None:
    if "word" in said:
        return ORDINALS.index(said["word"].lower()) + 1
    return _number(said.get("d1"))


def _finish(start: Point, said: dict[str, str]) -> Point | None:
    if not said.keys() & {"y2", "m2", "d2"}:
        return None
    year, month, day = _number(said.get("y2")), _month(said, "2"), _number(said.get("d2"))
    if year is not None and year < 100 and start.year is not None:
        year += start.year // 100 * 100
    if month is None and day is not None:
        return Point(start.year, start.month, day)  # "10-13 August 1914", "June 9-11"
    return Point(year, month, day)


def _slashed(found: re.Match[str]) -> Form:
    one, two, year = int(found["a"]), int(found["b"]), int(found["y1"])
    if one > 12 or one == two:
        return Form(found.end(), Point(year, two, one))
    return Form(found.end(), Point(year, one, two), ambiguous=two <= 12)


def _long(found: re.Match[str], said: dict[str, str]) -> Form | None:
    part = said.get("part", "").lower()
    if "decade" in said:
        first = int(said["decade"])
        # "the 1800s" are a hundred years, as people say it; "the 1900s" ten, like the 1910s.
        decades = 10 if first % 100 == 0 and first < 1900 else 1
        return Form(found.end(), Point(first), decades=decades, part=part)
    century = int(said["century"])
    if not 1 <= century <= 30:
        return None
    return Form(found.end(), Point(century * 100 - 99), decades=10, part=part)
