"""The pieces a date is made of: a year, a day's number, a month's name, what stands between them.

Here it is decided which numbers are no dates at all: those that count something (“1932 tons”,
“30 divisions”, “a 1000-year reich”) and those that are a name (“chapter 12”, “Model 1891”).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.canon import dates
from bot.canon import query_words as words
from bot.canon.dates import DateSpan
from bot.canon.query_spans import alike
from bot.canon.query_tokens import Kind, Line
from bot.language.speech import say, say_month_in_date

Eras = Mapping[str, Sequence[tuple[tuple[str, ...], DateSpan]]]
"""First word of an era's name → the words of its name and its days, the longest name first."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands before token *stop*: days, a day of any year, or a date that cannot be."""

    stop: int
    spans: tuple[DateSpan, ...] = ()
    """One span, two where the writing is ambiguous, none with an anniversary or a problem."""
    anniversary: tuple[int, int] | None = None
    problem: str | None = None
    year: int = 0
    """Year, month and day where the reading has one: a range lends them to its other end."""
    month: int = 0
    day: int = 0
    whole: DateSpan | None = None
    """Of “late 1932”: 1932."""
    joint: str = ""
    """What joins the ends of a range: `-` for a mark, `to` for a word."""


def year_reading(stop: int, year: int) -> Reading:
    """Return that year."""
    return Reading(stop, (dates.year(year),), year=year)


def decade_reading(stop: int, year: int) -> Reading:
    """Return the ten years from *year* on, or the hundred of “1800s”.

    “1900s” and “2000s” are decades, like their neighbour “1910s”; “1800s” says 1800 to 1899.
    """
    if year % 100 == 0 and year < 1900:
        return Reading(stop, (alike(year),))
    return Reading(stop, (dates.decade(year),))


def month_reading(stop: int, year: int, month: int) -> Reading:
    """Return that month, or the sentence that says why there is none."""
    if not 1 <= month <= 12:
        problem = say("There is no month {month}: a year has only twelve.", month=month)
        return Reading(stop, problem=problem)
    return Reading(stop, (dates.month(year, month),), year=year, month=month)


def day_reading(stop: int, year: int, month: int, day: int) -> Reading:
    """Return that day, or the sentence that says why there is none."""
    if not 1 <= month <= 12:
        return month_reading(stop, year, month)
    try:
        span = dates.day(year, month, day)
    except ValueError:
        name = say_month_in_date(month)
        problem = say("There is no {day} {month} {year}.", day=day, month=name, year=year)
        return Reading(stop, problem=problem)
    return Reading(stop, (span,), year=year, month=month, day=day)


def anniversary_reading(stop: int, month: int, day: int) -> Reading:
    """Return that day of every year; 29 February is one."""
    leap = day_reading(stop, 2000, month, day)
    if leap.problem and 1 <= month <= 12:
        name = say_month_in_date(month)
        return Reading(stop, problem=say("There is no {day} {month}.", day=day, month=name))
    if leap.problem:
        return leap
    return Reading(stop, anniversary=(month, day))


class Pieces:
    """Reads pieces of dates off a line. Every look-up accepts any index."""

    def __init__(self, line: Line, eras: Eras) -> None:
        self.line = line
        self.eras = eras

    def year(self, index: int) -> int:
        """Return the year of four digits at *index*, or 0."""
        value = self.line.at(index).value
        if self.line.digits(index) != 4 or not words.FIRST_YEAR <= value <= words.LAST_YEAR:
            return 0
        return 0 if self.counts(index) or self._is_name(index) else value

    def spoken_year(self, index: int) -> tuple[int, int] | None:
        """Return the year in “nineteen thirty-nine” or “nineteen oh five”, and where it ends."""
        line, first, at = self.line, words.CENTURIES.get(self.line.key(index), 0), index + 1
        if not first:
            return None
        at += line.is_mark(at, "-–")
        if teen := words.TEENS.get(line.key(at), 0):
            return first + teen, at + 1
        tens = words.SINGLE_TENS.get(line.key(at), 0)
        if not tens and line.key(at) not in {"oh", "o"}:
            return None
        on = at + 1 + line.is_mark(at + 1, "-–")
        unit = words.DIGITS.get(line.key(on), 0)
        if unit:
            return first + 10 * tens + unit, on + 1
        return (first + 10 * tens, at + 1) if tens else None

    def short_year(self, index: int) -> tuple[int, int]:
        """Return the year at *index* and where the line goes on; 0 if there is none.

        After a month or a season `'24` is 1924, and so is a bare `41`, which can be no day, 1941.
        """
        line = self.line
        if year := self.year(index):
            return year, index + 1
        if spoken := self.spoken_year(index):
            return spoken
        at = index + (line.is_mark(index, "'") and not line.at(index + 1).spaced)
        value = line.at(at).value
        if line.digits(at) != 2 or (at == index and value < 32) or self.counts(at):
            return 0, index
        if self.year(self.separator(at + 1)):  # “May 32, 1924” is a day that cannot be
            return 0, index
        return 1900 + value, at + 1

    def day_number(self, index: int) -> int:
        """Return the day of a month at *index*, or 0.

        32 to 39 are let through to be refused as a day; beyond that a number is something else.
        """
        token = self.line.at(index)
        fits = token.kind is Kind.ORDINAL or 1 <= self.line.digits(index) <= 2
        if not fits or not 1 <= token.value <= 39:
            return 0
        return 0 if self.counts(index) or self._is_name(index) else token.value

    def month(self, index: int) -> int:
        """Return the number of the month named at *index*, or 0."""
        token = self.line.at(index)
        if token.kind is not Kind.WORD:
            return 0
        return words.MONTHS.get(token.key, 0) or self._roman(index)

    def _roman(self, index: int) -> int:
        """Return the month in “19.V.1924”, “19 V 1924” or “V/1924”, or 0.

        Between blanks it must be in capitals, and stand between a day and a year.
        """
        line, number = self.line, words.ROMAN.get(self.line.key(index), 0)
        if not number:
            return 0
        joined = line.is_mark(index - 1, "-–/.") and line.is_number(index - 2)
        if joined or (line.binds(index + 1, "/.") and line.digits(index + 2) == 4):
            return number
        between = line.is_number(index - 1) and line.digits(index + 1) == 4
        token = line.at(index)
        return number if between and line.text[token.start : token.end].isupper() else 0

    def after_month(self, index: int) -> int:
        """Return where the line goes on after the month named at *index* (`Sept.`)."""
        dotted = self.line.is_mark(index + 1, ".") and not self.line.at(index + 1).spaced
        return index + 1 + dotted

    def season(self, index: int) -> int:
        """Return the EDTF code of the season named at *index*, or 0."""
        return words.SEASONS.get(self.line.key(index), 0)

    def ordinal(self, index: int) -> int:
        """Return the count in “third” or “3rd” at *index*, or 0."""
        token = self.line.at(index)
        return token.value if token.kind is Kind.ORDINAL else words.ORDINALS.get(token.key, 0)

    def part(self, index: int) -> tuple[int, int, int] | None:
        """Read “early”, “the end of”, “second half of”: which part, of how many, and where next."""
        key, stop = self.line.key(index), index + 1
        if key in words.EDGES and self.line.key(stop) == "of":
            return words.EDGES[key], 3, self.article(stop + 1)
        stop += self.line.is_mark(stop, "-–")
        if key in words.PARTS:
            return words.PARTS[key], 3, self.article(stop + (self.line.key(stop) in {"in", "of"}))
        count = words.FRACTIONS.get(self.line.key(stop), 0)
        number = count if key == "last" else self.ordinal(index)
        if not 1 <= number <= count:
            return None
        return number - 1, count, self.article(stop + 1 + (self.line.key(stop + 1) == "of"))

    def has_s(self, index: int) -> bool:
        """Tell whether `'s` is glued on at *index*, as in “1930's”."""
        line = self.line
        return line.binds(index, "'") and line.key(index + 1) == "s"

    def article(self, index: int) -> int:
        """Return where the line goes on after “the”, if that stands at *index*."""
        return index + (self.line.key(index) == "the")

    def separator(self, index: int) -> int:
        """Return where the line goes on after what may stand between a day, a month and a year."""
        line = self.line
        if line.binds(index, "-–/"):
            return index + 1
        index += line.is_mark(index, ",.")
        for word in ("of", "in", "the", "year"):
            index += line.key(index) == word
        return index

    def counts(self, index: int) -> bool:
        """Tell whether the number at *index* counts something: “1932 tons”, “1000 to 2000 men”."""
        line, value, after = self.line, self.line.at(index).value, index + 1
        if line.is_mark(after, "-–") or line.key(after) in words.JOINERS:
            if line.is_number(after + 1):
                return self._is_counted(value, after + 2)
            return line.binds(after, "-") and (
                line.key(after + 1) == "year" or self._is_counted(value, after + 1)
            )
        if line.key(after) == "year":  # “a 1000 year reich”, but “in 1932 year”
            return value % 100 == 0
        return self._is_counted(value, after)

    def _is_counted(self, value: int, index: int) -> bool:
        key = self.line.key(index)
        few_or_round = value < 100 or value % 100 == 0
        return key in words.UNITS or (few_or_round and key in words.THINGS)

    def _is_name(self, index: int) -> bool:
        before = index - 1
        before -= self.line.is_mark(before, ".") and not self.line.at(before).spaced
        return self.line.key(before) in words.LABELS

    def closes(self, index: int) -> bool:
        """Tell whether nothing more is said at *index*: the text or the sentence ends there."""
        token = self.line.at(index)
        return token.kind is Kind.END or (token.kind is Kind.MARK and token.key not in "-–/")

    def ends(self, index: int) -> bool:
        """Tell whether no word stands at *index* that could need the one before it.

        “1932 May” is a month; in “1922 March on Rome” March is a word.
        """
        token = self.line.at(index)
        if token.kind is not Kind.WORD:
            return True
        return token.key in words.JOINERS | words.BOUND_STARTS | words.ALSO
