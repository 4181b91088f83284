"""A date with every word that belongs to it: “in the year 1932”, “before 1930”, “from May 1924 on”.

The grammar from the ground: `NumberReader` and `DateReader` read one date, `RangeReader` two that
are joined, `PhraseReader` a bound (“since …”) and the glue before it (“in the …”).
"""

from dataclasses import replace

from bot.canon import query_words as words
from bot.canon.query_pieces import Reading
from bot.canon.query_ranges import RangeReader
from bot.canon.query_spans import Bound, bounded
from bot.canon.query_tokens import Kind

_LONGEST_GLUE = 4  # “on the date of 19 May”
_OPENING_MARKS = frozenset({"'", "..", "~", "≈", "∼"})
_LONGEST_LEAD = 12  # tokens before the first digit: “no later than the end of c. Sept. 1939”


class PhraseReader(RangeReader):
    """Reads whatever says when: a range, a bound, and the small words that belong to them."""

    def starts(self) -> list[int]:
        """Return every token at which a phrase may begin.

        A token counts if a date may begin with it and something that no date lacks is near.
        """
        found = []
        anchor = len(self.line) + _LONGEST_LEAD
        for index in range(len(self.line) - 1, -1, -1):
            kind, key = self.line.tokens[index][:2]
            plain = kind is Kind.WORD
            if key in self.eras or key in words.ANCHORS or not (plain or kind is Kind.MARK):
                anchor = index
            elif (key not in words.STARTS) if plain else (key not in _OPENING_MARKS):
                continue
            if anchor - index <= _LONGEST_LEAD and not self.line.glued_left(index):
                found.append(index)
        return found[::-1]

    def phrase(self, index: int) -> Reading | None:
        """Read the phrase that begins at *index*, its glue (“in the year”) included."""
        at = index
        while at - index < _LONGEST_GLUE and self._is_glue(at):
            at += 1 + self.line.is_mark(at + 1, ",")
        for grace in (("our", "lord"), ("grace",)):
            at += len(grace) if self.line.key(at - 1) == "of" and self.line.says(at, grace) else 0
        reading = self._when(at)
        if reading is None:
            return None
        stop = reading.stop
        stop += 2 * self.has_s(stop)  # “1932's famine”
        if self.line.glued_right(stop):
            return None
        return replace(reading, stop=stop) if stop > reading.stop else reading

    def _is_glue(self, index: int) -> bool:
        key = self.line.key(index)
        if key in self.eras:
            return False
        if key in words.WEEKDAYS:  # but “Bloody Sunday 22 January” is a name
            return index == 0 or self.line.key(index - 1) in words.GLUE
        if key in words.NEARLY:
            return self.line.key(index + 1) in words.BOUND_STARTS
        return key in words.GLUE

    def _when(self, index: int) -> Reading | None:
        if self.line.key(index) == ".." and self.line.binds(index + 1, "/"):
            return self._cut(self.dated(index + 2), Bound.UNTIL)
        if self.line.key(index) == "between":
            at = self.article(index + 1)
            return self.ranged(at + (self.line.key(at) == "years"), both=True)
        return self._bounded(index) or self._trailing(index)

    def _bounded(self, index: int) -> Reading | None:
        """Read “before 1930”, “from May 1924 on”, “after 1926 until 1928”."""
        line = self.line
        if line.key(index) not in words.BOUND_STARTS:
            return None
        found = next((pair for pair in words.BOUNDS if line.says(index, pair[0])), None)
        if found is None:
            return None
        phrase, bound = found
        at = index + len(phrase)
        at = self.article(at + line.is_mark(at, "-–"))
        at += line.key(at) in {"year", "years"}
        reading = self.ranged(at, after=bound is Bound.AFTER, edge=True)
        spoken = reading is not None and reading.joint == "to"
        whole = reading is not None and reading.joint and phrase == ("from",)
        if whole or (spoken and bound in {Bound.SINCE, Bound.AFTER}):
            return reading
        cut = self._cut(reading, bound)
        if cut and bound is Bound.SINCE and line.key(cut.stop) in {"on", "onward", "onwards"}:
            return replace(cut, stop=cut.stop + self.ends(cut.stop + 1))
        return cut

    def _trailing(self, index: int) -> Reading | None:
        """Read a date or a range, and “1930 or later”, “1930+”."""
        reading = self.ranged(index)
        if reading is None or self.line.key(reading.stop) not in words.TRAILING_STARTS:
            return reading
        stop = reading.stop
        for phrase, bound in words.TRAILING_BOUNDS:
            apart = phrase == ("+",) and self.line.at(stop).spaced
            if self.line.says(stop, phrase) and not apart:
                return self._cut(replace(reading, stop=stop + len(phrase)), bound)
        return reading

    @staticmethod
    def _cut(reading: Reading | None, bound: Bound) -> Reading | None:
        if reading is None or reading.problem:
            return reading
        if not reading.spans:  # “before 19 May”: no year is meant, so nothing is cut
            return None
        return Reading(reading.stop, tuple(bounded(span, bound) for span in reading.spans))
