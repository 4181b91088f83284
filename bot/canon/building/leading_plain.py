"""The commonest heads of entries, read at one glance: "19 May 1924. …", "May 1924: …".

Nothing here is told that the long way of `leading_dates` would not tell as well; most entries of
most timelines begin so, and that way takes ten times as long.
"""

import re
from dataclasses import dataclass

from bot.canon import dates
from bot.canon.dates import MONTHS, DateSpan

_NUMBERS = {name.title(): number for number, name in enumerate(MONTHS) if name}
_PLAIN = re.compile(
    rf"(?P<written>(?:(?P<day>\d{{1,2}}) )?(?P<month>{'|'.join(_NUMBERS)}) (?P<year>[12]\d{{3}}))"
    r"(?P<mark>[.:]) (?=[^\W_])"
)


@dataclass(frozen=True, slots=True)
class PlainHead:
    """Such a head: its days, as it is written, the mark behind it, and where the rest begins."""

    span: DateSpan
    written: str
    mark: str
    end: int


def plain_head(text: str) -> PlainHead | None:
    """Return the head of *text* if it is one of these, and its day is in the calendar."""
    found = _PLAIN.match(text)
    if found is None:
        return None
    written, day, month, year, mark = found.groups()
    try:
        if day is None:
            span = dates.month(int(year), _NUMBERS[month])
        else:
            span = dates.day(int(year), _NUMBERS[month], int(day))
    except ValueError:
        return None
    return PlainHead(span, written, mark, found.end())
