"""What a reader of a wiki sees of its templates: dates and words, where they are of that kind."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.canon.dates import MONTHS

_NUMBER = re.compile(r"\d{1,4}")
_WORDS = 2_000
_WHEN = ("date", "when", "year", "time", "start")
_WHAT = ("event", "text", "what", "description", "desc", "details", "content", "title")


def shown(inside: str) -> str:
    """Return what the template `{{inside}}` shows, "" for boxes, flags and all that is unknown."""
    if len(inside) > _WORDS:
        return ""
    name, *values = (part.strip() for part in inside.split("|"))
    said = [value for value in values if "=" not in value]
    kind = " ".join(name.casefold().replace("_", " ").split())
    if "event" in kind or "timeline" in kind:
        return _event(said, values)
    write = _WRITERS.get(kind)
    if write is _circa and not said:
        return "c."
    return write(said) if write is not None and said else ""


def _event(said: list[str], values: list[str]) -> str:
    """Write {{Timeline event|date=5 May 1914|event=War begins.}} as an entry."""
    pairs = [value.partition("=") for value in values if "=" in value]
    named = {key.strip().casefold(): value.strip() for key, _mark, value in pairs}
    when = next((named[key] for key in _WHEN if named.get(key)), said[0] if said else "")
    what = next((named[key] for key in _WHAT if named.get(key)), said[-1] if said[1:] else "")
    return f"{when}: {what}" if when and what else ""


def _date(values: list[str]) -> str:
    """Write {{Date|1932|9|5}}, {{Date|5|9|1932}} or {{Date|5 September 1932}}, in bold.

    So it is set off from what follows it, as on the page.
    """
    return f"'''{_day([value for value in values if value])}'''"


def _day(values: list[str]) -> str:
    if not values:
        return ""
    if not all(_NUMBER.fullmatch(value) for value in values[:3]):
        return " ".join(values[:3]) if len(values) > 1 and values[1].isalpha() else values[0]
    numbers = [int(value) for value in values[:3]]
    if len(values[0]) < 3 and len(numbers) == 3 and len(values[2]) > 2:
        numbers.reverse()
    year, month, day = (*numbers, 0, 0)[:3]
    if not 1 <= month <= 12:
        return str(year)
    return f"{day or ''} {MONTHS[month].title()} {year}".strip()


def _first(values: list[str]) -> str:
    return values[0]


def _second(values: list[str]) -> str:
    return values[1] if len(values) > 1 else values[0]


def _last(values: list[str]) -> str:
    return values[-1]


def _circa(values: list[str]) -> str:
    return f"c. {values[0]}"


def _range(values: list[str]) -> str:
    return "–".join(values[:2])


def _named(write: Callable[[list[str]], str], names: str) -> dict[str, Callable[[list[str]], str]]:
    return dict.fromkeys(names.split(", "), write)


_WRITERS: Mapping[str, Callable[[list[str]], str]] = MappingProxyType(
    {
        **_named(
            _date,
            "date, start date, end date, start-date, dts, dtsh, datum, birth date, death date,"
            " film date, release date, dateform, d, sortdate, date table sorting, year, month",
        ),
        **_named(_circa, "circa, c., ca, c, circa."),
        **_named(_range, "date range, daterange, year range"),
        **_named(
            _first,
            "nowrap, nobr, small, smaller, big, larger, center, centre, b, bold, i, italic, em,"
            " strong, u, sup, sub, nobold, oldstyledate, osdate, uc, lc, abbr, tooltip, hover, ill,"
            " interlanguage link, quote, q, cquote, bq, blockquote, w, wp, wikipedia, link, l, iw",
        ),
        **_named(_second, "lang, color, colour, font color, transl, sort, hs, text, colored link"),
        **_named(_last, "flagicon text, flaglink, main text, ship"),
    }
)
"""Template → what it shows of its values; one that is not here is a box, a flag or a note."""
