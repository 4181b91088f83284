"""Shapes of dates that stand at the head of an entry alone; in a sentence they would mislead.

Lists of days, dates in figures, two calendars at once, unknown digits, quarters, and the months of
German and Russian timelines.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from bot.canon.building.date_forms import Form, Point, forms_at
from bot.canon.building.date_words import DASHES, MONTH_NUMBERS, MONTH_WORDS
from bot.canon.building.odd_forms import odd_forms
from bot.canon.building.words_abroad import (
    AND_ABROAD,
    MONTHS_ABROAD,
    OF_ABROAD,
    PARTS_ABROAD,
    TO_ABROAD,
)
from bot.canon.dates import MONTHS, SEASONS

_SORTED = sorted(MONTHS_ABROAD, key=len, reverse=True)
MONTH = rf"(?:{MONTH_WORDS}|(?:{'|'.join(_SORTED)})\b\.?)"
"""The name of a month, in any of the languages."""
_OF = rf"(?:(?:{OF_ABROAD}) )?"
_YEAR = r"(?P<y1>[12]\d{3})(?!\w|[.,]\d)"
_YEAR_OF = rf"(?:,? {{0,3}}{_OF}{_YEAR}(?: ?г(?:\.|ода?)?)?)?"
_DAY = r"(?P<d1>\d{1,2})(?!\d)(?:st|nd|rd|th|er|\.(?= ?[^\W\d]|/))?"
_LAST = r"(?P<d2>\d{1,2})(?!\d)(?:st|nd|rd|th|\.(?= ?[^\W\d]))?"
_MORE = r"(?:, ?\d{1,2}(?:st|nd|rd|th)?){0,6},?"
_AND = rf"(?: (?:and|&|{AND_ABROAD}) | ?[/&] ?)"
_TO = rf"(?: ?[{DASHES}] ?|\. ?[{DASHES}] ?| (?:{TO_ABROAD}) )"
_M1, _M2 = (rf"(?P<m{end}>{MONTH})" for end in "12")
_SAME_DAY = {10, 11, 12, 13}
"""Days by which the Julian calendar was behind in the centuries that timelines tell of."""


def _rules(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_ASIDES = _rules(
    rf"{_DAY} {_OF}{_M1} ?[/|] ?{_LAST} {_OF}{_M2}{_YEAR_OF}",
    rf"{_DAY} {_OF}{_M1},? ?\({_LAST} {_OF}{_M2}\),? {_YEAR}(?: ?г(?:\.|ода?)?)?",
    rf"{_DAY} \((?P<new>\d{{1,2}})\) {_OF}{_M1}{_YEAR_OF}",
    rf"{_DAY} {_OF}{_M1},? ?[(\[](?P<aside>[^()\[\]]{{1,40}})[)\]],? {_YEAR}",
    rf"{_M1} {_DAY},? ?[(\[](?P<aside>[^()\[\]]{{1,40}})[)\]],? {_YEAR}",
    rf"{_DAY} {_OF}{_M1},? (?:[on]\.? ?s\.?|old style|new style),? {_YEAR}",
    rf"(?P<m1>{'|'.join(MONTHS[1:])})\. ?{_DAY}{_YEAR_OF}",
)
_SETS_ASIDE = re.compile(r"[(\[/|]|\. ?\d| [on]\.? ?s\b|style", re.IGNORECASE)
# The longest first, as in `date_forms`.
_DAYS = _rules(
    rf"{_DAY} {_OF}{_M1}{_YEAR_OF}{_AND}{_LAST} {_OF}{_M2}(?:,? (?P<y2>[12]\d{{3}})(?!\w))?",
    rf"{_DAY}{_MORE}{_AND}{_LAST} ?{_OF}{_M1}{_YEAR_OF}",
    rf"{_DAY}{_TO}{_LAST} ?{_OF}{_M1}{_YEAR_OF}",
    rf"{_M1} {_DAY}{_MORE}{_AND}{_LAST}{_YEAR_OF}",
    rf"{_DAY} ?{_OF}{_M1}{_YEAR_OF}",
    rf"{_M1}(?:{_TO}| ?/ ?){_M2}{_YEAR_OF}",
    rf"{_M1}{_YEAR_OF}",
)
_FIGURES = _rules(
    r"(?P<y1>[12]\d{3})(?P<mark>[./])(?P<n1>\d{1,2})(?P=mark)(?P<d1>\d{1,2})(?![\w/])",
    r"(?P<a>\d{1,2})(?P<mark>[-/])(?P<b>\d{1,2})(?P=mark)(?P<y1>[12]\d{3})(?![\w/])",
    r"(?P<d1>\d{1,2})\. ?(?P<n1>\d{1,2})\. ?(?P<y1>[12]\d{3})(?!\w)",
    r"(?P<y1>[12]\d{3})/(?P<y2>[12]\d{3}|\d\d)(?![\w/])",
    r"(?P<n1>0?[1-9]|1[0-2])[/.](?P<y1>[12]\d{3})(?![\w/])",
    rf"(?P<y1>[12]\d{{3}}) (?:and|&|{AND_ABROAD}|{TO_ABROAD}) (?P<y2>[12]\d{{3}})(?!\w)",
    rf"(?P<y1>[12]\d{{3}})[{DASHES}](?P<units>\d)(?!\w)",
    r"(?:xx|\?\?|\?)[. ] ?(?P<m1>" + MONTH + rf") {_YEAR}",
    r"(?P<y1>[12]\d{3})-(?P<n1>\d\d)-(?P<d1>\d\d)(?=T\d\d)",
    r"(?P<y1>[12]\d{3})-(?P<n1>\d\d)-(?:xx|\?\?)(?!\w)",
    r"(?P<century>[12]\d)(?:\?\?|xx|--)(?!\w)",
    r"(?P<decade>[12]\d\d)(?:\?|x|-(?=:))(?!\w)",
)
_SHORT = re.compile(r"['‘’](?P<short>\d\d)(?!\w)")
_WINTER = re.compile(
    rf"(?P<season>{'|'.join(SEASONS)}),? {_OF}(?P<y1>[12]\d{{3}}) ?[/{DASHES}] ?"
    r"(?P<y2>[12]\d{3}|\d\d)(?!\w)",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"(?:q(?P<q>[1-4]),? |(?P<nth>first|second|third|fourth|last) (?P<kind>quarter|half) (?:of )?)"
    r"(?P<y1>[12]\d{3})(?!\w)|(?P<y2>[12]\d{3}),? q(?P<q2>[1-4])(?!\w)",
    re.IGNORECASE,
)
_FEAST = re.compile(
    r"(?:(?P<christmas>christmas)(?P<eve> eve)?(?: day)?|new year['’]?s (?P<which>day|eve)),? "
    r"(?:of )?(?P<y1>[12]\d{3})(?!\w)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:the )?(?P<part>beginning|start|opening|end|close|middle)(?: days)? of (?:the )?"
    rf"|(?P<abroad>{'|'.join(PARTS_ABROAD)}) (?:(?:des|de|der|del|du|la) )?",
    re.IGNORECASE,
)
_PARTS = {"beginning": "early", "start": "early", "opening": "early", "middle": "mid"}
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 0}


def is_month(word: str) -> bool:
    """Tell whether *word* is the name of a month, whole or cut short, in any of the languages."""
    name = word.casefold()
    return name in MONTH_NUMBERS or name in MONTHS_ABROAD


def dates_with_asides(text: str, position: int) -> Iterator[Form]:
    """Yield dates that have something else, mostly another calendar's, ahead of their year.

    And winters of two years, which are no range of dates.
    """
    winter = _WINTER.match(text, position)
    special = None if winter is None else _special(winter, None)
    if special is not None:
        yield special
    if _SETS_ASIDE.search(text, position, position + 40) is None:
        return
    for rule in _ASIDES:
        found = rule.match(text, position)
        read = None if found is None else _form(found)
        if read is not None:
            yield read


def head_forms(text: str, position: int, year: int | None) -> Iterator[Form]:
    """Yield the dates that may be read at *position*, the head of an entry, in such shapes.

    *year* is that of the heading or entry above; it tells which century "'15" is in.
    """
    part = _PART.match(text, position)
    if part is not None:
        said = part["abroad"]
        words = PARTS_ABROAD[said.lower()] if said else _PARTS.get(part["part"].lower(), "late")
        end = part.end()
        for form in chain(forms_at(text, end), _days_forms(text, end), odd_forms(text, end, year)):
            yield replace(form, part=words)
        return
    yield from odd_forms(text, position, year)
    for rule in (_QUARTER, _SHORT, _FEAST):
        found = rule.match(text, position)
        special = None if found is None else _special(found, year)
        if special is not None:
            yield special
    yield from _days_forms(text, position)


def _days_forms(text: str, position: int) -> Iterator[Form]:
    beginning = text[position : position + 1]
    rules = (*_FIGURES, *_DAYS) if beginning.isdigit() or beginning in "?xX" else _DAYS
    for rule in rules:
        found = rule.match(text, position)
        read = None if found is None else _form(found)
        if read is not None:
            yield read


def _special(found: re.Match[str], year: int | None) -> Form | None:
    said = found.groupdict()
    if said.get("short"):
        return None if year is None else Form(found.end(), Point(year // 100 * 100 + int(found[1])))
    if "christmas" in said:
        return Form(found.end(), _feast(said))
    if said.get("season"):
        first, last = int(said["y1"]), int(said["y2"])
        if last % 100 != (first + 1) % 100:
            return None
        return Form(found.end(), Point(first), season=SEASONS[said["season"].lower()])
    year = int(said["y1"] or said["y2"])
    length = 6 if (said["kind"] or "").lower() == "half" else 3
    number = int(said["q"] or said["q2"] or _NTH[(said["nth"] or "last").lower()])
    number = number or 12 // length
    if number * length > 12:
        return None
    return Form(
        found.end(), Point(year, number * length - length + 1), Point(year, number * length)
    )


def _feast(said: dict[str, str | None]) -> Point:
    year = int(said["y1"] or 0)
    if said["christmas"]:
        return Point(year, 12, 24 if said["eve"] else 25)
    return Point(year, 12, 31) if (said["which"] or "").lower() == "eve" else Point(year, 1, 1)


def _form(found: re.Match[str]) -> Form | None:
    said = {name: value for name, value in found.groupdict().items() if value is not None}
    if "a" in said:
        return in_figures(found.end(), int(said["a"]), int(said["b"]), int(said["y1"]))
    if "century" in said or "decade" in said:
        first = int(said.get("century", "0")) * 100 or int(said["decade"]) * 10
        return Form(found.end(), Point(first), decades=10 if "century" in said else 1)
    start = Point(_number(said, "y1"), _month(said, "1"), _number(said, "d1"))
    if ("y2" in said or "units" in said) and start.month is None:
        return _years(found.end(), start, said.get("y2") or said["y1"][2] + said["units"])
    if "new" in said:
        start = replace(start, day=int(said["new"]))
    if not ("d2" in said or "m2" in said):
        return Form(found.end(), start)
    month = _month(said, "2") or start.month
    last = Point(_number(said, "y2") or start.year, month, _number(said, "d2"))
    if _is_one_day(start, last):
        return Form(found.end(), last)  # 25 October / 7 November: one day in two calendars
    return Form(found.end(), start, last)


def in_figures(end: int, one: int, two: int, year: int) -> Form:
    """Return 5/6/1924, or with the day where only one of the two can be the month."""
    if one > 12 or one == two:
        return Form(end, Point(year, two, one))
    return Form(end, Point(year, one, two), ambiguous=two <= 12)


def _years(end: int, start: Point, last: str) -> Form | None:
    first = start.year or 0
    year = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    if first < year:
        return Form(end, start, Point(year))
    if len(last) == 2 and 1 <= int(last) <= 12:
        return Form(end, Point(first, int(last)))
    return None


def _is_one_day(start: Point, last: Point) -> bool:
    if not (start.day and start.month and last.day and last.month):
        return False
    length = 31 if start.month in {1, 3, 5, 7, 8, 10, 12} else 30
    if last.month != start.month % 12 + 1:
        return False
    return length - start.day + last.day in _SAME_DAY


def _number(said: dict[str, str], name: str) -> int | None:
    return int(said[name]) if name in said else None


def _month(said: dict[str, str], end: str) -> int | None:
    if f"n{end}" in said:
        return int(said[f"n{end}"])
    name = said.get(f"m{end}", "").lower().rstrip(".")
    return MONTH_NUMBERS.get(name) or MONTHS_ABROAD.get(name)
