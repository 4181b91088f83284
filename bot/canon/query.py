"""One box: what a reader typed, taken apart into dates and words.

`parse_query` reads English dates as people write them on a phone, in any place of a question, and
leaves everything else to the text search. A word that only might be a date (`may`, `march on
rome`, `30 divisions`, `U-14`) stays a word. The notation of the days found is EDTF (ISO 8601-2,
https://www.loc.gov/standards/datetime/). No library reads these forms well: dateparser, dateutil,
edtf, undate and timefhuman were measured.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.canon import dates
from bot.canon import query_words as words
from bot.canon.dates import DateSpan
from bot.canon.query_phrases import PhraseReader
from bot.canon.query_pieces import Eras, Reading
from bot.canon.query_spans import common, is_open, joined, loosened, paired
from bot.canon.query_tokens import Kind, Line, clean, fold
from bot.language.speech import say

_OPENING, _CLOSING = "([{\"'“”«‘*_`", ")]}\"'”“»’*_`"
_MAY_BE_WORD = re.compile(r"\b(?:march|may)\b", re.IGNORECASE)
_LOOSE = " ,;:.!?-–—/…&+~"
"""What may be left hanging where a date was taken out."""


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked. An anniversary and a span may both be set: “19 May in the 1920s”."""

    text: str
    """What was typed, on one line, without invisible characters."""
    span: DateSpan | None = None
    """The days asked for."""
    alternatives: tuple[DateSpan, ...] = ()
    """Both readings of `5/6/1924`, day first before month first; then *span* is None."""
    anniversary: tuple[int, int] | None = None
    """Month and day of any year."""
    words: str = ""
    """What is left to search as text, in the spelling and the order of *text*."""
    problem: str | None = None
    """Why what looks like a date is none; nothing is dated then, and *words* is never empty."""


def parse_query(text: str, eras: Mapping[str, DateSpan] | None = None) -> Query:
    """Take *text* apart. Never raises, and no text takes long: dates stand in its first 200 words.

    *eras* are the named times of a work, found as whole words without regard to case or accents,
    the longest name first. Two dates are narrowed to the days they share, or else joined.
    """
    asked = clean(text)
    line = Line(asked)
    phrases = _phrases(line, _folded(tuple((eras or {}).items())))
    problem = next((found.problem for _, found in phrases if found.problem), None)
    spans: tuple[DateSpan, ...] = ()
    if not problem:
        spans, problem = _combined([found.spans for _, found in phrases if found.spans])
    rest = _remaining(line, phrases)
    problem = problem or _unreadable_year(line, phrases)
    if problem:
        return Query(asked, words=rest or asked, problem=problem)
    if " " not in asked and not rest and asked.endswith("?"):  # 1920?, but not “May 1920?”
        spans = tuple(span if span.approximate else loosened(span) for span in spans)
    return Query(
        asked,
        span=spans[0] if len(spans) == 1 else None,
        alternatives=spans if len(spans) > 1 else (),
        anniversary=next((found.anniversary for _, found in phrases if found.anniversary), None),
        words=rest,
    )


def without_month(text: str) -> tuple[str, DateSpan | None]:
    """Return *text* read with its March or May as a word: the words and the days, or nothing."""
    if not _MAY_BE_WORD.search(text):
        return "", None
    year = parse_query(_MAY_BE_WORD.sub(" ", text)).span
    words = [word for word in text.split() if not parse_query(word).span]
    return (" ".join(words), year) if len(words) > 1 else ("", None)


_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def parse_iso_span(text: str) -> DateSpan:
    """Read an EDTF date or interval: `1917`, `1924-05-01`, `1918-11/1939-08`, `../1926`, `1926/..`.

    Raises:
        ValueError: it is none, or runs backwards; the message is a sentence.
    """
    first, slash, last = text.strip().partition("/")
    start = None if slash and first == ".." else _iso_date(first, text)
    finish = start if not slash else None if last == ".." else _iso_date(last, text)
    if start and finish:
        if start.first > finish.last:
            raise ValueError(f"“{text}” runs backwards: it ends before it begins.")
        return start if start == finish else dates.between(start, finish)
    if start:
        return dates.since(start)
    if finish:
        return dates.until(finish)
    raise ValueError(f"“{text}” has neither a beginning nor an end.")


def _iso_date(part: str, text: str) -> DateSpan:
    match = _ISO_DATE.fullmatch(part)
    if match is None:
        raise ValueError(
            f"“{text}” is not a date: write 1917, 1917-11 or 1917-11-07, and a slash between two."
        )
    year, month, day = (int(number or 0) for number in match.groups())
    try:
        if match[3]:
            return dates.day(year, month, day)
        return dates.month(year, month) if match[2] else dates.year(year)
    except ValueError:
        raise ValueError(f"“{text}” is not a date: there is no {part}.") from None


def _phrases(line: Line, eras: Eras) -> list[tuple[int, Reading]]:
    """Return every phrase with where it begins; of several anniversaries only the first."""
    reader, reached, anniversary = PhraseReader(line, eras), 0, False
    found: list[tuple[int, Reading]] = []
    for index in reader.starts():
        reading = reader.phrase(index) if index >= reached else None
        if reading is None or (reading.anniversary and anniversary):
            continue
        anniversary = anniversary or reading.anniversary is not None
        found.append((index, reading))
        reached = reading.stop
    return found


def _combined(phrases: list[tuple[DateSpan, ...]]) -> tuple[tuple[DateSpan, ...], str | None]:
    """Return the days meant by all phrases together, or why there are none."""
    total = phrases[0] if phrases else ()
    for spans in phrases[1:]:
        merged = []
        for one, other in paired(total, spans):
            both = common(one, other)
            if both is None and (is_open(one) or is_open(other)):
                return (), say("No day is in all of these dates.")
            merged.append(both or joined(one, other))
        total = tuple(dict.fromkeys(merged))
    return total, None


def _unreadable_year(line: Line, phrases: list[tuple[int, Reading]]) -> str | None:
    """Return what to say of a lone number that would be a year, were there such years."""
    if phrases:
        return None
    small = words.GLUE | words.BOUND_STARTS | words.ABOUT
    rest = [x for x in line.tokens if x.kind is not Kind.MARK and x.key not in small]
    if len(rest) != 1 or rest[0].kind is not Kind.NUMBER:
        return None
    said = any(token.key == "year" for token in line.tokens)
    if rest[0].end - rest[0].start < (1 if said else 4):
        return None
    if words.FIRST_YEAR <= rest[0].value <= words.LAST_YEAR:
        return None
    number = rest[0].key if len(rest[0].key) <= 9 else rest[0].key[:9] + "…"
    return say(
        "There is no year {year} here: years run from {first} to {last}.",
        year=number,
        first=words.FIRST_YEAR,
        last=words.LAST_YEAR,
    )


def _remaining(line: Line, phrases: list[tuple[int, Reading]]) -> str:
    """Return the text without its dates and without what hung on them."""
    if not phrases:
        return line.text
    pieces, begin = [], 0
    taken = [_with_brackets(line, start, found.stop) for start, found in phrases]
    gaps = [(line.at(start).start, line.at(stop - 1).end) for start, stop in taken]
    for end, onward in [*gaps, (len(line.text), 0)]:
        piece = line.text[begin:end].strip()
        piece = piece.lstrip(_LOOSE + "'’") if begin else piece
        piece = piece.rstrip(_LOOSE) if onward else piece
        if not all(word in words.HANGING for word in fold(piece).split()):
            pieces.append(piece)
        begin = onward
    return " ".join(pieces)


def _with_brackets(line: Line, start: int, stop: int) -> tuple[int, int]:
    """Widen the tokens of a date by the brackets or quotation marks that hold nothing else."""
    while (
        line.is_mark(start - 1, _OPENING)
        and line.is_mark(stop, _CLOSING)
        and not line.at(start).spaced
        and not line.at(stop).spaced
    ):
        start, stop = start - 1, stop + 1
    return start, stop


@lru_cache(maxsize=64)
def _folded(eras: tuple[tuple[str, DateSpan], ...]) -> Eras:
    """Return *eras* by the first word of their names, the longest names first."""
    found: dict[str, list[tuple[tuple[str, ...], DateSpan]]] = {}
    for name, span in eras:
        keys = tuple(token.key for token in Line(clean(name)).tokens if token.kind is not Kind.MARK)
        keys = keys[1:] if keys[:1] == ("the",) else keys
        if keys:
            found.setdefault(keys[0], []).append((keys, span))
    for names in found.values():
        names.sort(key=lambda era: -len(era[0]))
    return found
