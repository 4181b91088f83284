"""Whether what reads like a date is one: the words before and after it decide.

"May" may be a verb, "March" a march, "1500" an amount and "August" a general. Rather no date than
a wrong one: a reader who looks up 1500 must not be shown an entry about 1500 tanks.
"""

import re

from bot.canon.building.date_forms import Form
from bot.canon.building.date_words import (
    AFTER_A_NAME,
    AFTER_A_NAMED_ROUND_YEAR,
    AFTER_A_ROUND_YEAR,
    AFTER_A_VERB,
    AMOUNTS,
    BEFORE_A_YEAR,
    BEFORE_ANY_YEAR,
    BEFORE_FIGURES,
    BEFORE_MONTH_AND_NAME,
    COUNTED,
    COUNTERS,
    DETERMINERS,
    MONTH_NAMES,
    MONTH_TITLES,
    OFTEN_AMOUNTS,
    PREPOSITIONS,
    ROUGHLY,
    SMALL_MONTH,
    WEEKDAYS,
)
from bot.canon.dates import MONTHS

_WINDOW = 48
_LATEST = 2199
_LONGEST_RANGE = 200
_OPENING = "([{“\"'‘—–"
_ARTICLE = re.compile(r"\bthe {1,3}$", re.IGNORECASE)
_FIGURES = re.compile(r"\d+[./]\d+[./]")
_AMOUNT = re.compile(rf"[.,]\d|-\w| ?%| {COUNTED}", re.IGNORECASE)
_MORE_MONTHS = re.compile(
    rf"(?:(?:,|,? (?:and|or)) {MONTH_NAMES}){{1,11}},? (?:of )?\d", re.IGNORECASE
)
_ENDINGS = [(name[-2:], name[-2:].upper()) for name in MONTHS]  # none of an abbreviation
_NEXT_WORD = re.compile(r" {1,3}([^\W\d_][\w’'-]*)")
_ENDS = re.compile(r"[.,;:!?)\]}…\"”’—–]| {1,3}[(\[{—–-]|$")


def means_a_date(form: Form, text: str, start: int) -> bool:
    """Tell whether *form*, found at *start* in *text*, is meant as a date in a sentence."""
    if form.year_first or form.ambiguous or (form.both and _before(text, start)[1] != "between"):
        return False
    if form.lent_month or form.decades:
        return True
    if form.season is not None:
        return _season(form, text, start)
    if form.start.month is None:
        return _year(form, text, start)
    return _month(form, text, start)


def is_rough(text: str, start: int) -> bool:
    """Tell whether "circa", "around" or the like stands before the date at *start*."""
    return _before(text, start)[1] in ROUGHLY


def article_before(text: str, start: int) -> int:
    """Return where the date at *start* begins if "the" before it belongs to it."""
    found = _ARTICLE.search(text, max(0, start - 6), start)
    return found.start() if found else start


def _before(text: str, start: int) -> tuple[str, str]:
    """Return the last two words before *start*, in small letters; of "(1914" the mark alone."""
    words = ["", "", *text[max(0, start - _WINDOW) : start].split()[-2:]]
    lead, last = words[-2].casefold(), words[-1].casefold()
    if start and not text[start - 1].isspace():
        return lead, last[-1:]
    return lead, last.lstrip(_OPENING) or last[-1:]


def _next_word(text: str, end: int) -> str:
    found = _NEXT_WORD.match(text, end)
    return found[1] if found else ""


def _season(form: Form, text: str, start: int) -> bool:
    if form.start.year is None and form.shift is None:
        return False
    falls = "fall" in text[start : form.end].casefold()
    # "in the fall of 1920", but "the fall of 1453"
    return not falls or bool(PREPOSITIONS & set(_before(text, start)))


def _month(form: Form, text: str, start: int) -> bool:
    if SMALL_MONTH.search(text, start, form.end):
        return False
    if _FIGURES.match(text, start):
        return _before(text, start)[1] in BEFORE_FIGURES
    years = (form.start.year, form.shift, form.finish and form.finish.year)
    if any(year is not None for year in years) or form.part:
        return True
    if form.start.day is not None:
        return _day(form, text, start)
    before = _before(text, start)[1]
    return before in PREPOSITIONS and _month_alone(form, text, before)


def _day(form: Form, text: str, start: int) -> bool:
    before = _before(text, start)[1]
    if form.ordinal or form.finish is not None or before.rstrip(",") in WEEKDAYS:
        return True
    # "in May 5 divisions": a day follows "on May", never "in May".
    told = before in PREPOSITIONS - {"in"} or (before == "in" and text[start].isdigit())
    return (told or before == "(") and not _AMOUNT.match(text, form.end)


def _month_alone(form: Form, text: str, before: str) -> bool:
    number = form.start.month or 0
    if text[form.end : form.end + 1] in {"-", "'", "’"}:
        return False
    if form.finish is None and not text.endswith(_ENDINGS[number], 0, form.end):
        return False  # "by Jan Smuts"
    if _MORE_MONTHS.match(text, form.end):
        return False  # "in March, April and May 1924"
    following = _next_word(text, form.end)
    if following.casefold() in MONTH_TITLES | AFTER_A_NAME:
        return False
    if form.finish is None and following in AFTER_A_VERB.get(number, ()):
        return False
    return not following[:1].isupper() or before in BEFORE_MONTH_AND_NAME


def _year(form: Form, text: str, start: int) -> bool:
    year = form.start.year
    lead, before = _before(text, start)
    if year is None or year > _LATEST or form.finish is not None:
        return form.finish is not None and _years(form, before)
    following = _next_word(text, form.end)
    if before in DETERMINERS or before.endswith(("'s", "’s", "s'", "s’")):
        return bool(following) and _no_amount(year, following, AFTER_A_NAMED_ROUND_YEAR)
    ends = _ENDS.match(text, form.end) is not None
    counts = year in OFTEN_AMOUNTS and before not in BEFORE_ANY_YEAR
    if counts or (before == "of" and lead in AMOUNTS):
        return False
    if before == "(":
        return ends and not text[max(0, start - 2) : start - 1].strip()
    named = before in BEFORE_A_YEAR or bool(form.part)
    return named and (ends or _no_amount(year, following, AFTER_A_ROUND_YEAR))


def _no_amount(year: int, following: str, telling: frozenset[str]) -> bool:
    return year % 100 != 0 or following[:1].isupper() or following in telling


def _years(form: Form, before: str) -> bool:
    """Tell whether a range of numbers is one of years: it runs on, and not for ever."""
    first, last = form.start.year or 0, (form.finish and form.finish.year) or 0
    if not first < last <= min(_LATEST, first + _LONGEST_RANGE):
        return False
    told = before in PREPOSITIONS | DETERMINERS or before == "("
    return told or (before not in COUNTERS and (first % 100 != 0 or last % 100 != 0))
