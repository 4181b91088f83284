"""Deadlines as readers write them. Strict: what could mean two things is refused with examples.

72h · 2d12h · 1w              units falling, each once: w d h m, in German and Russian as well
2026-12-01 20:00 Europe/Berlin    a zone of the IANA list; without one, the reader's, else UTC
<t:1764615600:F>              what Discord makes of @time
until next chapter            also: of Red Orchestra; bis zum nächsten Kapitel, до следующей главы
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.clock import Instant, instant
from bot.language.speech import mark, say
from bot.soviet.errors import BadDeadlineError
from bot.soviet.models import DAY_MS, HOUR_MS, MINUTE_MS

SHORTEST_MS: Final = 5 * MINUTE_MS
LONGEST_MS: Final = 60 * DAY_MS

_LONGEST_TEXT: Final = 120
_FLAGS: Final = re.IGNORECASE | re.ASCII
_WEEKS: Final = r"(?:w(?:(?:ee)?ks?)?|wochen?|нед(?:ел[яиюь])?)"
_DAYS: Final = r"(?:d(?:ays?)?|tage?n?|день|дн(?:я|ей)|д|сут(?:ки|ок))"
_HOURS: Final = r"(?:h(?:(?:ou)?rs?)?|std|stunden?|ч(?:ас(?:а|ов)?)?)"
_MINUTES: Final = r"(?:m(?:in(?:ute)?[sn]?)?|м(?:ин(?:ут[ауы]?)?)?)"
_SPAN: Final = re.compile(
    rf"(?:in |через )?(?:(?P<w>\d{{1,4}}) ?{_WEEKS})? ?(?:(?P<d>\d{{1,4}}) ?{_DAYS})? ?"
    rf"(?:(?P<h>\d{{1,5}}) ?{_HOURS})? ?(?:(?P<m>\d{{1,6}}) ?{_MINUTES})?",
    re.ASCII,
)
_MOMENT: Final = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})[ T](?P<time>\d{1,2}:\d{2})(?: (?P<zone>[A-Z][\w/+-]{0,40}))?",
    _FLAGS,
)
_STAMP: Final = re.compile(r"<t:(\d{1,12})(?::[A-Z])?>", _FLAGS)
_CHAPTER: Final = tuple(
    re.compile(rf"{words}(?:{of} (?P<story>.+))?", re.IGNORECASE)
    for words, of in (
        ("(?:until )?(?:the )?next chapter", " of"),
        ("(?:bis )?(?:zum )?nächste[sn]? kapitel", " von"),
        ("(?:до )?следующ(?:ей|ая) глав[аы]", "(?: из| в)?"),
    )
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """How long a motion is open: for a span from its opening, up to a moment, or to a chapter.

    *until_chapter* has a *span_ms* too: the longest it waits. *zone_guessed*: a moment without a
    zone, read in UTC because the reader's zone is unknown.
    """

    span_ms: int
    at: Instant | None = None
    until_chapter: bool = False
    zone_guessed: bool = False


def read_deadline(text: str, now: Instant, zone: str | None = None) -> Deadline:
    """Return what *text* says; *zone* is the reader's own, for moments that name none.

    Raises:
        BadDeadlineError: with what is wrong and three examples.
    """
    written = " ".join(text.split())
    if len(written) > _LONGEST_TEXT:
        raise BadDeadlineError(say("That is too long for a deadline."))
    if _chapter(written) is not None:
        return Deadline(LONGEST_MS, until_chapter=True)
    if match := _STAMP.fullmatch(written):
        return _moment(Instant(int(match[1]) * 1000), now)
    if match := _MOMENT.fullmatch(written):
        at = _in_zone(match["date"], match["time"], match["zone"] or zone or "UTC")
        return _moment(at, now, guessed=not (match["zone"] or zone))
    if written and (match := _SPAN.fullmatch(written.casefold())):
        return Deadline(_bounded(_span(match)))
    raise BadDeadlineError(say("“{text}” is no deadline I can read.", text=written))


def story_of(text: str) -> str | None:
    """Return the story whose next chapter *text* names as the deadline.

    Empty: it names none (“until next chapter”). None: it is another kind of deadline.
    """
    match = _chapter(" ".join(text.split()))
    return None if match is None else (match["story"] or "")


def _chapter(written: str) -> re.Match[str] | None:
    return next(filter(None, (each.fullmatch(written) for each in _CHAPTER)), None)


def _span(match: re.Match[str]) -> int:
    units = {"w": 7 * DAY_MS, "d": DAY_MS, "h": HOUR_MS, "m": MINUTE_MS}
    return sum(int(match[unit] or 0) * size for unit, size in units.items())


def _moment(at: Instant, now: Instant, *, guessed: bool = False) -> Deadline:
    if at <= now:
        raise BadDeadlineError(say("That moment is past."))
    return Deadline(_bounded(at - now), at, zone_guessed=guessed)


def _bounded(span: int) -> int:
    if span < SHORTEST_MS:
        raise BadDeadlineError(say("A vote is open for at least 5 minutes."))
    if span > LONGEST_MS:
        raise BadDeadlineError(say("A vote is open for at most 60 days."))
    return span


def _in_zone(date: str, time: str, name: str) -> Instant:
    """Return the instant of a wall clock's reading, or refuse one that never or twice was shown."""
    zone = _zone(name)
    try:
        wall = datetime.strptime(f"{date} {time}", "%Y-%m-%d %H:%M").replace(tzinfo=zone)
        first, second = (wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    except (ValueError, OverflowError) as error:
        raise BadDeadlineError(
            say("“{moment}” is no moment of the calendar.", moment=f"{date} {time}")
        ) from error
    if first != second:
        shown = first.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None)
        fault = (
            mark(
                "{moment} happens twice in {zone} that night, because the clocks go back. "
                "Take an hour next to it."
            )
            if shown
            else mark(
                "{moment} never happens in {zone}: the clocks go forward over it. "
                "Take an hour next to it."
            )
        )
        raise BadDeadlineError(say(fault, moment=f"{date} {time}", zone=name))
    return instant(first)


def _zone(name: str) -> ZoneInfo:
    for spelling in (name, name.title(), name.upper()):
        # A folder of zones ("Europe") and other strange names fail in many ways.
        with suppress(KeyError, ValueError, OSError):
            return ZoneInfo(spelling)
    raise BadDeadlineError(say("I know no time zone “{name}”.", name=name))
