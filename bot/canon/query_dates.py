"""One date as a person writes it, read at one place of a line.

Each method tries one way of writing at a token and answers with a `Reading`, or with None where
that is not what stands there. None of them looks further than a few tokens ahead, so a whole line
is read in linear time. Winter 1926 is December 1926 to February 1927, and so is winter 1926-27.
"""

from dataclasses import replace

from bot.canon import dates
from bot.canon import query_words as words
from bot.canon.dates import DateSpan
from bot.canon.query_numbers import NumberReader
from bot.canon.query_pieces import (
    Reading,
    anniversary_reading,
    day_reading,
    decade_reading,
    month_reading,
    year_reading,
)
from bot.canon.query_spans import alike, days, easter, loosened, portion, stretch
from bot.canon.query_tokens import Kind
from bot.language.speech import say

_NUMBERED = frozenset({Kind.QUARTER, Kind.HALF})


class DateReader(NumberReader):
    """Reads single dates off a line, given the eras of the work."""

    def dated(self, index: int, *, edge: bool = False) -> Reading | None:
        """Read a date with what may stand around it: “about early 1932”, `1920~`.

        With *edge*, as after “before”, the beginning and the end of something are its first and
        its last day instead of its first and its last third.
        """
        start = self._after_about(index)
        topic = self.line.key(index) == "about" and self.line.key(index - 1) in words.TOPICS
        begin = self.article(start)
        reading = self._stretch(begin) or self._part(begin, edge=edge) or self.core(begin)
        if reading is None or not reading.spans:
            return reading
        stop = reading.stop
        if self.line.is_mark(stop, "~") and not self.line.at(stop).spaced:
            stop += 1
        elif self.line.key(stop + self.line.binds(stop, "-")) == "ish":  # 1920-ish
            stop += 1 + self.line.binds(stop, "-")
        if stop > reading.stop or (start > index and not topic):
            spans = tuple(loosened(span) for span in reading.spans)
            return replace(reading, spans=spans, stop=stop)
        return reading

    def core(self, index: int) -> Reading | None:
        """Read one bare date."""
        kind = self.line.at(index).kind
        reading = self._era(index)
        if reading is None and kind is Kind.NUMBER:
            reading = self.numeric(index)
            if reading is None and self.line.digits(index) < 3:
                reading = self._day_first(index) or self._decade(index) or self._century(index)
            elif reading is None:
                reading = self._year_first(index) or self.plain_year(index)
        elif reading is None and kind is Kind.WORD:
            reading = self._worded(index)
        elif reading is None and kind is Kind.ORDINAL:
            reading = self._day_first(index) or self._century(index)
        elif reading is None and kind in _NUMBERED:
            year, stop = self.short_year(self.separator(index + 1))
            reading = self._numbered_part(index, stop, year) if year else None
        elif reading is None and kind is Kind.MARK:
            reading = self._apostrophe(index)
        elif reading is None:
            reading = self._decade(index)
        return reading

    def _apostrophe(self, index: int) -> Reading | None:
        """Read “'30s” and “'36”; in quotation marks 36 is no year."""
        line = self.line
        if not line.is_mark(index, "'") or line.at(index + 1).spaced:
            return None
        year, stop = self.short_year(index)
        if year and not line.is_mark(stop, "'"):
            dated = self._year_month(stop, year) if self.line.key(stop) in words.MONTHS else None
            return dated or year_reading(stop, year)
        return self._decade(index + 1)

    def _after_about(self, index: int) -> int:
        if self.line.key(index) not in words.ABOUT:
            return index
        return index + 1 + self.line.is_mark(index + 1, ".")

    def _era(self, index: int) -> Reading | None:
        for name, span in self.eras.get(self.line.key(index), ()):
            at = index
            for word in name:
                at += at > index and self.line.is_mark(at, "-–'.")
                if self.line.key(at) != word:
                    break
                at += 1
            else:
                return Reading(at + (self.line.key(at) in words.ERA_NOUNS), (span,))
        return None

    def _part(self, index: int, *, edge: bool) -> Reading | None:
        """Read “early 1938”, “mid-May 1924”, “the end of the thirties”, “first half of 1932”."""
        if not (part := self.part(index)):
            return None
        number, count, start = part
        year, stop = self.short_year(start)
        whole = self.core(start) or (year_reading(stop, year) if year else None)
        if whole is None or not whole.spans or whole.day:
            return whole if whole and whole.problem else None
        if edge and self.line.key(index) in words.EDGES and number != 1:
            spans = tuple(_edge(span, last=number > 0) for span in whole.spans)
        else:
            spans = tuple(portion(span, number, count) for span in whole.spans)
        return replace(whole, spans=spans, whole=whole.spans[0])

    def _stretch(self, index: int) -> Reading | None:
        """Read “the last months of 1924”, “first three weeks of May 1924”."""
        line, key, at = self.line, self.line.key(index), index + 1
        if key == "week":
            return self._week(at)
        if key not in words.OPENING_PARTS | words.CLOSING_PARTS:
            return None
        said = words.COUNTS.get(line.key(at), 0) or (line.at(at).value if line.digits(at) else 0)
        at += said > 0
        at += line.key(at) == "of"
        unit = line.key(at)
        count = said if said > 0 else words.STRETCHES.get(unit, 0)
        if unit not in words.STRETCHES or line.key(at + 1) not in {"of", "in"} or count > 99:
            return None
        whole = self.core(self.article(at + 2))
        if whole is None or len(whole.spans) != 1 or whole.day:
            return None
        span = stretch(whole.spans[0], unit, count, last=key in words.CLOSING_PARTS)
        return replace(whole, spans=(span,), whole=whole.spans[0], month=0)

    def _week(self, index: int) -> Reading | None:
        """Read “of 28 Feb 1932” behind “week”: the seven days from Monday on."""
        if self.line.key(index) not in {"of", "from", "beginning"}:
            return None
        day = self.core(self.article(index + 1))
        if day is None or len(day.spans) != 1 or not day.day:
            return None
        first = day.spans[0].first - day.spans[0].first_day.weekday()
        return replace(day, spans=(days(first, first + 6),), month=0, day=0)

    def _feast(self, index: int) -> Reading | None:
        """Read “Christmas 1938”, “Christmas Eve of 1914”, “New Year's Day 1920”, “Easter 1916”."""
        line, key, at = self.line, self.line.key(index), index + 1
        if key not in words.FEASTS:
            return None
        if key == "new":
            if line.key(at) not in {"year", "years"}:
                return None
            at += 1 + 2 * self.has_s(at + 1)
        eve = line.key(at) == "eve"
        at += line.key(at) in {"eve", "day", "sunday"}
        year, stop = self.short_year(self.separator(at))
        if not year:
            return None
        if key == "easter":
            day = easter(year)
            return day_reading(stop, year, day.month, day.day)
        if key == "new":
            return day_reading(stop, year, 12 if eve else 1, 31 if eve else 1)
        return day_reading(stop, year, 12, 24 if eve else 25)

    def _worded(self, index: int) -> Reading | None:
        if feast := self._feast(index):
            return feast
        if self.month(index):
            return self._month_first(index)
        if self.season(index):
            return self._season_first(index)
        if self.line.key(index) == "ad":
            return self.plain_year(index + 1)
        if spoken := self.spoken_year(index):
            return year_reading(spoken[1], spoken[0])
        return self._decade(index) or self._century(index) or self._day_first(index)

    def _day_first(self, index: int) -> Reading | None:
        """Read “19th of May 1924”, “19-May-1924”, “19 May”."""
        at = index + 1
        at += self.line.binds(at, "-–/") or self.line.is_mark(at, ".,")
        at += self.line.key(at) == "of"
        at = self.article(at)
        word = words.ORDINALS.get(self.line.key(index), 0)  # “the first of May 1924”
        day, month = self.day_number(index) or word, self.month(at)
        end = self.after_month(at)
        if not (day and month) or (day > 31 and self._is_told(index)):
            return None
        year, stop = self.short_year(self.separator(end))
        if year:
            return day_reading(stop, year, month, day)
        modal = self.line.key(at) == "may" and self.line.key(end) in {"be", "have", "not"}
        return None if day > 31 or modal or word else anniversary_reading(end, month, day)

    def _is_told(self, index: int) -> bool:
        """Tell whether the number at *index* may belong to the word before: “division 35”."""
        before = self.line.at(index - 1)
        return before.kind is Kind.WORD and before.key not in words.STARTS

    def _month_first(self, index: int) -> Reading | None:
        """Read “May 1924”, “May 19th, 1924”, “May 19”."""
        month, end = self.month(index), self.after_month(index)
        year, stop = self.short_year(self.separator(end))
        if year:
            return month_reading(stop, year, month)
        at = self.article(end + self.line.binds(end, "-–/"))
        if not (day := self.day_number(at)):
            return None
        year, stop = self.short_year(self.separator(at + 1))
        if year:
            return day_reading(stop, year, month, day)
        return None if day > 31 else anniversary_reading(at + 1, month, day)

    def _year_first(self, index: int) -> Reading | None:
        """Read “1932 May”, “1932, May 19”, “1926 spring”, “1932 Q2”."""
        line, at = self.line, index + 1
        at += line.binds(at, "-–/") or line.is_mark(at, ",")
        token, reading = line.at(at), None
        if token.kind in _NUMBERED and (year := self.year(index)):
            reading = self._numbered_part(at, at + 1, year)
        elif token.key in words.MONTHS and (year := self.year(index)):
            reading = self._year_month(at, year)
        elif token.key in words.SEASONS and self.ends(at + 1) and not self.year(at + 1):
            year = self.year(index)
            span = dates.season(year, self.season(at)) if year else None
            reading = Reading(at + 1, (span,), year=year) if span else None
        return reading

    def _year_month(self, index: int, year: int) -> Reading | None:
        """Read the month, and the day, that follow their *year*, where the phrase ends there."""
        month, end = self.month(index), self.after_month(index)
        if self.short_year(self.separator(end))[0]:  # “1932, May 1933” are two dates
            return None
        on = end + self.line.binds(end, "-–/")
        if not (day := self.day_number(on)):
            return month_reading(end, year, month) if self.ends(end) else None
        taken = self.short_year(self.separator(on + 1))[0] or self.month(on + 1)
        return None if taken else day_reading(on + 1, year, month, day)

    def _season_first(self, index: int) -> Reading | None:
        """Read “spring of 1926”, “winter 1926/27”."""
        year, stop = self.short_year(self.separator(index + 1))
        if not year:
            return None
        if self.season(index) == words.WINTER and self.line.binds(stop, "-–/"):
            following = {str(year + 1), f"{(year + 1) % 100:02}"}
            stop += 2 * (self.line.key(stop + 1) in following)
        return Reading(stop, (dates.season(year, self.season(index)),), year=year)

    def _decade(self, index: int) -> Reading | None:
        """Read “1930s”, “20's”, “193X”, “the thirties”, “nineteen-thirties”, “1800s”."""
        line, at = self.line, index
        hundred = words.CENTURIES.get(line.key(index), 0)
        if hundred:
            at += 1 + line.is_mark(at + 1, "-–")
        token, tens = line.at(at), words.TENS.get(line.key(at), 0)
        if tens:
            first = (hundred or 1900) + 10 * tens
        elif token.kind in {Kind.DECADE, Kind.HUNDRED} and not hundred:
            first = token.value
        elif line.digits(at) == 2 and token.value % 10 == 0 and self.has_s(at + 1):
            first, at = 1900 + token.value, at + 2
        else:
            return None
        if token.kind is Kind.HUNDRED:
            return Reading(at + 1, (alike(first),))
        age = not hundred and (tens or len(token.key) < 4) and self._is_age(index)
        return None if age else decade_reading(at + 1, first)

    def _is_age(self, index: int) -> bool:
        """Tell whether “thirties” is how old someone is: “in her late thirties”."""
        before = index - 1
        for _ in range(3):
            before -= self.line.is_mark(before, "-–'") or self.line.key(before) in words.PARTS
        return self.line.key(before) in words.AGES

    def _century(self, index: int) -> Reading | None:
        """Read “20th century”, “twentieth-century”, “20. Jahrhundert”, “XXe siècle”, “siglo XX”."""
        line, at = self.line, index + 1
        if line.key(index) in words.CENTURY_WORDS:
            number = words.ROMAN_CENTURIES.get(line.key(at), 0)
            return Reading(at + 1, (dates.century(number),)) if number else None
        at += line.is_mark(at, "-–") or line.is_mark(at, ".")
        counted = line.at(index).value if line.is_number(index) else 0
        numeral = words.ROMAN_CENTURIES.get(line.key(index), 0)
        number = counted if counted > 0 else self.ordinal(index) or numeral
        if not 2 <= number <= 21 or not self._is_century(index, at):
            return None
        if line.key(at + 1) in {"bc", "bce"}:
            return None
        stop = at + 1 + (line.is_mark(at + 1, ".") and len(line.key(at)) <= 4)
        return Reading(stop, (dates.century(number),))

    def _is_century(self, index: int, at: int) -> bool:
        """Tell whether the word at *at* makes a century of the number at *index*."""
        line, token = self.line, self.line.at(at)
        if token.key in words.CENTURY_WORDS:  # “20 centuries of war” is a time, not a century
            return token.key != "centuries" or not line.is_number(index)
        if token.key == "c" and line.at(index).kind is Kind.ORDINAL:  # “20th c.”
            return line.is_mark(at + 1, ".") or self.closes(at + 1)
        is_roman = line.key(index) in words.ROMAN_CENTURIES  # “XX в.”
        return is_roman and line.text[token.start : token.end] == "в"

    def _numbered_part(self, index: int, stop: int, year: int) -> Reading:
        """Read “Q2 1932”, “1932 H1”, the year being known."""
        token = self.line.at(index)
        count = 4 if token.kind is Kind.QUARTER else 2
        if not 1 <= token.value <= count:
            problem = say(
                "There is no Q{quarter} {year}: a year has only four quarters.",
                quarter=token.value,
                year=year,
            )
            return Reading(stop, problem=problem)
        return Reading(stop, (portion(dates.year(year), token.value - 1, count),), year=year)


def _edge(span: DateSpan, *, last: bool) -> DateSpan:
    at = span.last if last else span.first
    return days(at, at, approximate=span.approximate)
