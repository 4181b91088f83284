"""Reads a timeline line by line: which lines begin an entry, and which go on with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.canon import dates
from bot.canon.building.formats import wikitext
from bot.canon.building.formats.model import Block
from bot.canon.building.formats.prose import paragraphs, tidied
from bot.canon.building.formats.timeline_habits import habits_of
from bot.canon.building.formats.timeline_lines import Line, lines_of
from bot.canon.building.leading_dates import STRICT, Habits, LeadingDate, leading_date
from bot.canon.building.leading_marks import BLANK, STRONG
from bot.canon.dates import DateSpan, Precision
from bot.errors import Fault
from bot.language.sayings import Saying

_SECTION = 7
_BARE = 9
"""The level of a heading that is a date alone on its line: below those that are marked."""


_BEHIND = re.compile(r"(?:[:,–—(\[]|[ \t]-)[ \t]*(?P<date>[^:,–—()\[\]]{4,40})[)\]]?$")
_WITHIN_A_YEAR = 2
_NO_POINTS: tuple[int, int | None] = (1_000, None)
"""Nothing stands so deep that it could be a point of an entry."""


@dataclass(slots=True)
class Draft:
    """What still grows: an entry, or (not *is_entry*) a run of paragraphs that belong to none.

    *lent*: its date is that of the heading above. *is_marked*: its date is set off from its text as
    hardly in a sentence. *paragraphs* counts those after the first.
    """

    line: int
    parts: list[str]
    span: DateSpan | None = None
    written: str = ""
    heading: str = ""
    is_entry: bool = True
    bulleted: bool = False
    depth: int = 0
    lent: bool = False
    is_marked: bool = False
    paragraphs: int = 0

    def blocks(self) -> Iterator[Block]:
        """Yield the entry, or the paragraphs of a run of text."""
        if self.is_entry:
            text = "".join(self.parts).strip()
            yield Block(text, self.line, None, self.span, self.written, self.heading)
            return
        for line, text in paragraphs("\n".join(self.parts), self.line):
            yield Block(text, line, heading=self.heading)


@dataclass(frozen=True, slots=True)
class _DateHeading:
    """A date that stands above entries: what it lends them, until another takes its place."""

    level: int
    span: DateSpan
    written: str
    is_marked: bool = True

    @property
    def year(self) -> int | None:
        return _only_year(self.span)

    @property
    def month(self) -> int | None:
        first, last = self.span.first_day, self.span.last_day
        return first.month if self.year and first.month == last.month else None

    @property
    def closeness(self) -> int:
        """0 for decades, 1 for a year, 2 for what is within a year, 3 for a day."""
        if self.year is None:
            return 0
        return {Precision.YEAR: 1, Precision.DAY: 3}.get(self.span.precision, 2)


@dataclass(slots=True)
class TimelineReader:
    """Reads *text*, a document called *name*, into drafts in the order they are told.

    *is_wiki* tells whether it is MediaWiki source, None to look; *around* are the days the whole
    document is about, which lend their year.
    """

    text: str
    name: str
    is_wiki: bool | None = None
    around: DateSpan | None = None
    drafts: list[Draft] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    title: str = ""
    _heading: str = ""
    _heading_level: int = 0
    _above: list[_DateHeading] = field(default_factory=list)
    _last_year: int | None = None
    _open: Draft | None = None
    _habits: Habits = STRICT
    _points_of: tuple[int, int | None] = _NO_POINTS

    def read(self) -> "TimelineReader":
        """Read the whole text; returns itself."""
        is_wiki = self.is_wiki
        if is_wiki is None:
            is_wiki = wikitext.is_wikitext(self.text)
        self._last_year = _only_year(self.around) if self.around else None
        text = wikitext.plain(self.text) if is_wiki else self.text
        lines = list(lines_of(text, hash_headings=not is_wiki))
        self._habits = habits_of(lines, self._last_year)
        for line in lines:
            if line.level:
                self._read_heading(line)
            else:
                self._read_line(line)
        return self

    def _read_heading(self, line: Line) -> None:
        self._open = None
        self._points_of = _NO_POINTS
        while self._above and self._above[-1].level >= line.level:
            self._above.pop()
        date = self._date(line.content)
        is_date = date is not None and date.span is not None
        words = tidied(date.rest if date is not None and is_date else line.content)
        if date is not None and date.span is not None:
            self._stand_under(_DateHeading(line.level, date.span, date.written))
        else:
            self._last_year = self._year_behind(line.content) or self._last_year
            if line.level == 1 and not self.title and not self.drafts:
                self.title = words
                return
        if words or line.level <= self._heading_level:
            self._heading, self._heading_level = words, line.level

    def _year_behind(self, heading: str) -> int | None:
        """Return the year that ends a *heading*: “Part One: 1871”; its entries take it."""
        found = _BEHIND.search(heading)
        date = self._date(found["date"]) if found else None
        is_alone = date is not None and date.span is not None and not date.rest
        return _only_year(date.span) if is_alone and date and date.span else None

    def _read_line(self, line: Line) -> None:
        date = self._date(line.content, self._month_above(line))
        if date is not None and self._goes_on(line) and (line.wrapped or not _is_set_off(date)):
            date = None
        if date is not None and self._is_said(line, date):
            date = None
        if date is None:
            self._read_undated(line)
        elif date.span is None:
            self._read_unclear(line, date)
        elif date.rest and not any(map(str.isalnum, date.rest)):  # “1934: –” has nothing to tell
            self._open = None
            self._last_year = _only_year(date.span) or self._last_year
        elif not date.rest:
            self._open = None
            is_marked = line.content.endswith(":") or line.bulleted
            self._stand_under(_DateHeading(_BARE, date.span, date.written, is_marked))
        else:
            self._close_months(date.span)
            draft = self._begin(line, date.rest.lstrip("| "))
            draft.span, draft.written = date.span, date.written
            if line.bulleted and date.span.precision is Precision.MONTH:
                self._points_of = (line.depth, date.span.first_day.month)
            draft.is_marked = date.is_marked or line.bulleted
            self._last_year = _only_year(date.span) or self._last_year

    def _month_above(self, line: Line) -> int | None:
        """Return the month of the entry that *line* is a point of: “March: …” with “13th: …”."""
        depth, month = self._points_of
        if line.bulleted and line.depth <= depth:
            self._points_of = _NO_POINTS
        return month if line.bulleted and line.depth > depth else None

    def _close_months(self, span: DateSpan) -> None:
        """Leave a month that stood alone on its line when an entry of another one comes."""
        above = self._above[-1] if self._above else None
        if above is None or above.level != _BARE or above.closeness != _WITHIN_A_YEAR:
            return
        if not above.span.overlaps(span):
            self._above.pop()

    def _date(self, content: str, month: int | None = None) -> LeadingDate | None:
        above = self._above[-1] if self._above else None
        year = (above.year if above else None) or self._last_year
        month = month or (above.month if above else None)
        return leading_date(content, year=year, month=month, habits=self._habits)

    def _is_said(self, line: Line, date: LeadingDate) -> bool:
        """Tell whether *date* is part of a sentence that goes on: no entry begins there."""
        if line.wrapped and not date.is_marked:
            return True
        entry = self._open
        if entry is None or not entry.bulleted or entry.span is None or not date.worded:
            return False
        return not line.bulleted or (line.depth > entry.depth and date.mark == BLANK)

    def _read_unclear(self, line: Line, date: LeadingDate) -> None:
        """Begin an entry whose date is not clear: 5/6/1932 is kept as the days between the two."""
        problem = date.problem or ""
        if date.either is None:
            note = Saying("{problem} The entry is kept without a date.", problem=problem)
            self._begin(line, line.content)
        else:
            note = Saying("{problem} The entry is kept under both.", problem=problem)
            draft = self._begin(line, date.rest or line.content)
            draft.span = dates.between(*date.either).roughly()
            draft.written, draft.is_marked = date.written, True
            self._last_year = _only_year(draft.span) or self._last_year
        self.notes.append(Fault(self.name, line.number, note))

    def _goes_on(self, line: Line) -> bool:
        """Tell whether *line* hangs in under a bullet, broken off the line above."""
        entry = self._open
        if entry is None or not entry.is_entry or line.bulleted or line.after_blank:
            return False
        return entry.bulleted and line.depth >= entry.depth

    def _stand_under(self, heading: _DateHeading) -> None:
        while self._above and self._above[-1].level == heading.level == _BARE:
            if self._above[-1].closeness < heading.closeness:
                break
            self._above.pop()
        self._above.append(heading)
        self._last_year = heading.year

    def _begin(self, line: Line, text: str) -> Draft:
        self._open = Draft(
            line.number,
            [tidied(text)],
            heading=self._heading,
            bulleted=line.bulleted,
            depth=line.depth,
        )
        self.drafts.append(self._open)
        return self._open

    def _read_undated(self, line: Line) -> None:
        entry = self._open
        if entry is not None and entry.is_entry and not entry.lent and _is_section(line):
            self._read_heading(replace(line, level=_SECTION))
            return
        beside = entry is None or _stands_beside(line, entry)
        if beside and self._above:
            draft = self._begin(line, line.content)
            above = self._above[-1]
            draft.span, draft.written, draft.lent = above.span, above.written, True
            draft.is_marked = line.bulleted or above.is_marked
        elif entry is None:
            self._begin(line, line.content).is_entry = False
        elif beside:
            self._begin(line, line.content)
        elif not entry.is_entry:
            missing = line.number - entry.line - len(entry.parts)
            entry.parts += [""] * missing
            entry.parts.append(line.content)
            entry.paragraphs += 1
        else:
            _go_on(entry, line)


def _is_set_off(date: LeadingDate) -> bool:
    """Tell whether a date that hangs in under a bullet is set off as those of entries are."""
    return date.span is not None and date.is_marked and date.mark in STRONG


def _is_section(line: Line) -> bool:
    """Tell whether *line* is a heading by its capitals alone: "PART TWO: THE STORM"."""
    words = line.content
    alone = line.after_blank and not line.bulleted and len(words) <= 80
    return alone and words.isupper() and words[-1] not in ".,;" and " " in words


def _stands_beside(line: Line, entry: Draft) -> bool:
    """Tell whether *line* is an undated item of the same list as *entry*, not a detail of it."""
    if not line.bulleted or not entry.is_entry:
        return False
    return line.depth <= entry.depth if entry.bulleted else entry.lent


def _go_on(entry: Draft, line: Line) -> None:
    text = tidied(line.content)
    if line.after_blank:
        joint = "\n\n"
        entry.paragraphs += 1
    elif line.bulleted:
        joint = "\n• "
    else:
        joint = " " if line.wrapped or line.depth > entry.depth or text[:1].islower() else "\n"
    entry.parts += (joint, text)


def _only_year(span: DateSpan) -> int | None:
    first, last = span.first_day.year, span.last_day.year
    return first if first == last else None
