"""Dates written with numbers and marks alone.

Where one could mean two things it is read so:

* `5.6.1924` is 5 June (dots are day-first); `5/6/1924` and `5-6-1924` may be either day.
* `1908-12` is December 1908 and `1908–12`, with a dash, 1908 to 1912; `1914-18` is a range.
* `1926-21` to `1926-24` are EDTF seasons unless the years run forward: `1917-22` is a range.
"""

from collections.abc import Sequence

from bot.canon import dates
from bot.canon import query_words as words
from bot.canon.query_pieces import (
    Pieces,
    Reading,
    day_reading,
    decade_reading,
    month_reading,
    year_reading,
)
from bot.canon.query_spans import joined
from bot.language.speech import say


class NumberReader(Pieces):
    """Reads `1924-05-19`, `19/05/1924`, `05/1932`, `1914-18` `1930's` and plain years."""

    def numeric(self, index: int) -> Reading | None:
        """Read two or three numbers with marks between them."""
        line = self.line
        if not (line.binds(index + 1, "-–/.") and line.is_number(index + 2)):
            return None
        mark, stop = line.key(index + 1), index + 3
        values = [line.at(index).value, line.at(index + 2).value]
        sizes = [line.digits(index), line.digits(index + 2)]
        if line.binds(stop, mark) and line.is_number(stop + 1):
            values.append(line.at(stop + 1).value)
            sizes.append(line.digits(stop + 1))
            if reading := self._three(stop + 2, mark, values, sizes):
                return reading
        if sizes[0] == 4 and sizes[1] <= 2 and self.year(index) and not self.counts(index + 2):
            return self._year_and(stop, mark, values[:2], sizes[1])
        dotted = mark == "." and sizes[0] == 2 and values[0] <= 12  # 05.1932; 3.1415 is a number
        if sizes[0] <= 2 and (dotted or mark in "-/") and self.year(index + 2):
            return month_reading(stop, values[1], values[0])
        return None

    def plain_year(self, index: int) -> Reading | None:
        """Read a year: four digits, or three after “year”, after “AD”, or alone after “in”."""
        line, year = self.line, self.year(index)
        if not year and line.digits(index) == 3 and not self.counts(index):
            before = line.key(index - 1)
            if before in {"year", "ad"} or (before == "in" and self.closes(index + 1)):
                year = line.at(index).value
        if year < 100:
            return None
        if year % 10 == 0 and self.has_s(index + 1):
            return decade_reading(index + 3, year)
        return year_reading(index + 1 + (line.key(index + 1) in {"year", "ad", "ce"}), year)

    def _three(
        self, stop: int, mark: str, values: Sequence[int], sizes: Sequence[int]
    ) -> Reading | None:
        if max(sizes) == 2 == sizes[2]:
            return self._short(stop, mark, values)
        if sizes[1] > 2 or not words.FIRST_YEAR <= max(values) <= words.LAST_YEAR:
            return None
        if sizes[0] == 4 and sizes[2] <= 2:
            return day_reading(stop, values[0], values[1], values[2])
        if sizes[0] <= 2 and sizes[2] == 4:
            return self._year_last(stop, mark, values)
        return None

    def _short(self, stop: int, mark: str, values: Sequence[int]) -> Reading | None:
        """Read “1/9/39”, the 1st of September or the 9th of January 1939; “1.9.39” is the former.

        A version or a score is no date: after a dash or a dot the year can be no day.
        """
        one, other, short = values
        fits = 1 <= min(one, other) <= 12 and max(one, other) <= 31
        if not fits or (mark != "/" and short < 32):
            return None
        return self._year_last(stop, mark, [one, other, 1900 + short])

    @staticmethod
    def _year_last(stop: int, mark: str, values: Sequence[int]) -> Reading:
        one, other, year = values
        day_first = day_reading(stop, year, other, one)
        month_first = day_reading(stop, year, one, other)
        if mark == ".":
            return day_first
        if one > 12 and other > 12:
            problem = say(
                "There is no {date}: a year has only twelve months.", date=f"{one}/{other}/{year}"
            )
            return Reading(stop, problem=problem)
        if day_first.spans and month_first.spans and one != other:
            return Reading(stop, day_first.spans + month_first.spans, year=year)
        return month_first if other > 12 else day_first

    @staticmethod
    def _year_and(stop: int, mark: str, values: Sequence[int], size: int) -> Reading | None:
        """Read a year and a number that is a month, a season or the year a range ends with."""
        year, number = values
        last = year - year % 10**size + number
        if mark == ".":
            return month_reading(stop, year, number) if size == 2 and 1 <= number <= 12 else None
        if 1 <= number <= 12 and (mark != "–" or last <= year):
            return month_reading(stop, year, number)
        if last > year:
            return Reading(stop, (joined(dates.year(year), dates.year(last)),), joint="-")
        if number in words.SEASONS.values():
            return Reading(stop, (dates.season(year, number),), year=year)
        return month_reading(stop, year, number)
