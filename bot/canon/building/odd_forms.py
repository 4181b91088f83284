"""Dates at the head of an entry that are not written in plain figures or plain English.

Roman years and months, Easter, the calendar of the French republic, centuries joined, two figures
for a year, and the seasons of other languages.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from bot.canon.building.date_forms import Form, Point
from bot.canon.building.date_words import DASHES, MONTH_NUMBERS, MONTH_WORDS
from bot.canon.building.words_abroad import (
    CENTURY_ABROAD,
    DECADE_ABROAD,
    MONTHS_ABROAD,
    OF_ABROAD,
    SEASONS_ABROAD,
)
from bot.canon.dates import SEASONS
from bot.canon.query_spans import easter

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_MONTH = rf"(?:{MONTH_WORDS}|(?:{'|'.join(sorted(MONTHS_ABROAD, key=len, reverse=True))})\b\.?)"
_TO = rf" ?(?:[{DASHES}]|to|and|bis|до) ?"
_REPUBLICAN = (
    *("vendemiaire", "brumaire", "frimaire", "nivose", "pluviose", "ventose"),
    *("germinal", "floreal", "prairial", "messidor", "thermidor", "fructidor"),
)
_ACCENTS = str.maketrans("éôÉÔ", "eoEO")
_NEW_YEARS = (22, 22, 22, 23, 22, 22, 22, 23, 23, 23, 23, 24, 23, 23)
"""The day of September 1792 and on that began the years I to XIV of the French republic."""

Said = Mapping[str, str]
Write = Callable[[int, Said, int | None], Form | None]


def odd_forms(text: str, position: int, year: int | None) -> Iterator[Form]:
    """Yield the dates of these shapes at *position*; *year* is that of the heading above."""
    for rule, write in _RULES:
        found = rule.match(text, position)
        said = {} if found is None else {k: v for k, v in found.groupdict().items() if v}
        form = None if found is None else write(found.end(), said, year)
        if form is not None:
            yield form


def _roman_number(letters: str) -> int:
    """Return the number, 0 for letters that are none."""
    values = [_ROMAN[letter] for letter in letters.upper()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    number = sum(-value if value < after else value for value, after in pairs)
    return number if _in_roman(number) == letters.upper() else 0


def _in_roman(number: int) -> str:
    parts = []
    for value, letters in (
        *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
        *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
    ):
        parts.append(letters * (number // value))
        number %= value
    return "".join(parts)


def _roman_year(end: int, said: Said, _year: int | None) -> Form | None:
    year = _roman_number(said["roman"])
    return Form(end, Point(year)) if 1000 <= year < 3000 else None


def _roman_month(end: int, said: Said, _year: int | None) -> Form | None:
    month = _roman_number(said["month"])
    day = int(said["day"]) if "day" in said else None
    return Form(end, Point(int(said["y"]), month, day)) if 1 <= month <= 12 else None


def _feast(end: int, said: Said, _year: int | None) -> Form:
    day = easter(int(said["y"]))
    day += timedelta(days={"monday": 1, "eve": -1}.get(said.get("on", "").lower(), 0))
    return Form(end, Point(day.year, day.month, day.day))


def _feast_of(end: int, said: Said, lent: int | None) -> Form | None:
    """Write “Ostern: …” and “Noël 1916”, with the year of the heading where it has none."""
    year = int(said["y"]) if "y" in said else lent
    if year is None:
        return None
    if "easter" in said:
        day = easter(year)
        return Form(end, Point(day.year, day.month, day.day))
    return Form(end, Point(year, 12, 24 if "eve" in said else 25))


def _century(end: int, said: Said, _year: int | None) -> Form | None:
    written = said["century"]
    number = int(written) if written.isdigit() else _roman_number(written)
    return Form(end, Point(number * 100 - 99), decades=10) if 2 <= number <= 30 else None


def _republican(end: int, said: Said, _year: int | None) -> Form | None:
    written = said["y"]
    year = int(written) if written.isdigit() else _roman_number(written)
    month = _REPUBLICAN.index(said["month"].translate(_ACCENTS).lower())
    if not 1 <= year <= len(_NEW_YEARS) or not 1 <= int(said["day"]) <= 30:
        return None
    first = date(1791 + year, 9, _NEW_YEARS[year - 1])
    day = first + timedelta(days=30 * month + int(said["day"]) - 1)
    return Form(end, Point(day.year, day.month, day.day))


def _centuries(end: int, said: Said, _year: int | None) -> Form | None:
    first, last = int(said["c"]), int(said["c2"])
    if not 1 <= first < last <= 30:
        return None
    until = Form(end, Point(last * 100 - 99), decades=10)
    return Form(end, Point(first * 100 - 99), decades=10, until=until)


def _decade(end: int, said: Said, year: int | None) -> Form | None:
    if "y" in said:
        return Form(end, Point(int(said["y"])), decades=1)
    if "of" in said:
        return Form(end, Point(_roman_number(said["of"]) * 100 - 100 + int(said["d"])), decades=1)
    return None if year is None else Form(end, Point(year // 100 * 100 + int(said["d"])), decades=1)


def _season(end: int, said: Said, year: int | None) -> Form | None:
    first = int(said["y"]) if "y" in said else year
    if first is None or ("y2" in said and int(said["y2"]) % 100 != (first + 1) % 100):
        return None
    return Form(end, Point(first), season=SEASONS_ABROAD[said["season"].lower()])


def _short_season(end: int, said: Said, year: int | None) -> Form | None:
    if year is None:
        return None
    whole = year // 100 * 100 + int(said["short"])
    return Form(end, Point(whole), season=SEASONS[said["season"].lower()])


def _short_year(end: int, said: Said, year: int | None) -> Form | None:
    """Write 5/19/32 and 1 April '33 with the century of the year above."""
    if year is None:
        return None
    whole = year // 100 * 100 + int(said["short"])
    if "month" in said:
        name = said["month"].lower().rstrip(".")
        month = MONTH_NUMBERS.get(name) or MONTHS_ABROAD.get(name)
        return Form(end, Point(whole, month, int(said["day"]) if "day" in said else None))
    one, two = int(said["a"]), int(said["b"])
    if one > 12 or one == two:
        return Form(end, Point(whole, two, one))
    return Form(end, Point(whole, one, two), ambiguous=two <= 12)


def _figures(end: int, said: Said, _year: int | None) -> Form:
    """Write 10/6-10/8/1932: month first, until the habits of the document say otherwise."""
    year, numbers = int(said["y"]), [int(said[name]) for name in ("a", "b", "c", "d")]
    if numbers[0] > 12 or numbers[2] > 12:
        numbers = [numbers[1], numbers[0], numbers[3], numbers[2]]
    start, finish = Point(year, *numbers[:2]), Point(year, *numbers[2:])
    return Form(end, start, finish, ambiguous=max(numbers) <= 12)


def _quarter(end: int, said: Said, year: int | None) -> Form | None:
    if year is None:
        return None
    last = int(said["q"]) * 3
    return Form(end, Point(year, last - 2), Point(year, last))


def _half(end: int, said: Said, _year: int | None) -> Form:
    """Write “1. Hälfte 1923” and “2. Quartal 1923”."""
    length = 3 if said["kind"].lower() == "quartal" else 6
    last = int(said["n"]) * length
    year = int(said["y"])
    return Form(end, Point(year, last - length + 1), Point(year, last))


def _rule(pattern: str, write: Write) -> tuple[re.Pattern[str], Write]:
    return re.compile(pattern, re.IGNORECASE), write


_Y = r"(?P<y>[12]\d{3})(?!\w)"
_FEASTS = (
    r"(?P<easter>easter|ostern|ostersonntag|p[âa]ques|pascua|pasqua|wielkanoc|пасха)|"
    r"(?P<eve>christmas eve|heiligabend|heiliger abend|nochebuena|wigilia)|"
    r"(?P<christmas>christmas|weihnachten|no[ëe]l|navidad|natale|boże narodzenie)"
)
_RULES: tuple[tuple[re.Pattern[str], Write], ...] = (
    _rule(r"(?P<roman>(?-i:M[MDCLXVI]{3,12}|MCM|MDC|MCC))(?!\w)", _roman_year),
    _rule(
        rf"(?P<day>\d{{1,2}})(?P<mark>[./ -])(?P<month>(?-i:[IVX]{{1,4}}))(?P=mark){_Y}",
        _roman_month,
    ),
    _rule(rf"(?P<month>(?-i:[IVX]{{1,4}}))[./]{_Y}", _roman_month),
    _rule(rf"easter(?: (?P<on>sunday|monday|eve))?,? (?:of )?{_Y}", _feast),
    _rule(
        r"(?P<day>\d{1,2})(?:st|nd|rd|th|er)?(?: of)? (?P<month>vend[ée]miaire|brumaire|frimaire"
        r"|niv[ôo]se|pluvi[ôo]se|vent[ôo]se|germinal|flor[ée]al|prairial|messidor|thermidor"
        r"|fructidor),? (?:of )?(?:the )?(?:year|an) (?P<y>[IVX]{1,4}|\d{1,2})(?!\w)",
        _republican,
    ),
    _rule(
        rf"(?P<c>\d{{1,2}})(?:st|nd|rd|th){_TO}(?:the )?(?P<c2>\d{{1,2}})(?:st|nd|rd|th)"
        r"[ -]centur(?:y|ies)\b",
        _centuries,
    ),
    _rule(rf"(?:{_FEASTS})(?:,?(?: (?:{OF_ABROAD}))? {_Y})?(?!\w|,? \d{{4}})", _feast_of),
    _rule(rf"(?P<century>\d{{1,2}})\.? (?:{CENTURY_ABROAD})(?!\w)", _century),
    _rule(rf"(?P<century>[IVX]{{1,5}})(?:e|ème|th)? (?:{CENTURY_ABROAD}|в\.)(?!\w)", _century),
    _rule(r"(?:siglo|secolo|século) (?P<century>[IVX]{1,5})(?!\w)", _century),
    _rule(
        rf"(?:{DECADE_ABROAD}) (?P<d>\d0)\.?"
        rf"(?: (?P<of>[IVX]{{1,5}}) (?:{CENTURY_ABROAD})| |(?=[:–—-]))",
        _decade,
    ),
    _rule(rf"(?:{DECADE_ABROAD}) (?P<y>[12]\d\d0)(?!\w)", _decade),
    _rule(r"(?:die )?(?P<y>[12]\d\d0)er(?: jahren?)?\b", _decade),
    _rule(r"(?P<y>[12]\d\d0)-[ех]х?(?: год\w{0,3})?(?!\w)", _decade),
    _rule(r"(?P<d>\d0)-[ех]х? год\w{0,3}", _decade),
    _rule(
        rf"(?P<season>{'|'.join(sorted(SEASONS_ABROAD, key=len, reverse=True))})\b,?"
        rf"(?: (?:(?:{OF_ABROAD}) )?(?P<y>[12]\d{{3}})"
        r"(?: ?[/–-] ?(?P<y2>[12]\d{3}|\d\d))?(?!\w))?",
        _season,
    ),
    _rule(rf"(?P<season>{'|'.join(SEASONS)}) ['‘’](?P<short>\d\d)(?!\w)", _short_season),
    _rule(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<short>\d\d)(?!\w)", _short_year),
    _rule(
        rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)? )?(?P<month>{_MONTH}) ['‘’]"
        r"(?P<short>\d\d)(?!\w)",
        _short_year,
    ),
    _rule(
        r"(?P<a>\d{1,2})/(?P<b>\d{1,2}) ?[-–] ?(?P<c>\d{1,2})/(?P<d>\d{1,2})/" + _Y,
        _figures,
    ),
    _rule(r"q(?P<q>[1-4])(?= ?[^\w\s])", _quarter),
    _rule(rf"(?P<n>[1-4])\. (?P<kind>hälfte|halbjahr|quartal),? {_Y}", _half),
)
"""How each is written, and how it is read."""
