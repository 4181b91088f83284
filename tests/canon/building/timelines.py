"""Timelines made by a grammar: shapes, ways to write a date, noise; and what must be read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

from bot.canon import dates
from bot.canon.dates import DateSpan

WORDS = (
    "rain", "falls", "on", "the", "docks", "may", "march", "200", "tons", "by", "1500", "men",
    "in", "1914", "of", "June", "1915,", "“there”", "café", "– and", "it’s", "since 5 May",
)  # fmt: skip
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(
    lambda words: f"Then {' '.join(words)} ends."
)
DAYS = st.dates(date(1400, 1, 1), date(2100, 12, 31))


@dataclass(frozen=True)
class Told:
    """One entry: its days, how they are written, and its text."""

    span: DateSpan
    written: str
    text: str


def _ordinal(number: int) -> str:
    ending = (
        "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"


def _day(day: date) -> DateSpan:
    return dates.day(day.year, day.month, day.day)


def _month(day: date) -> DateSpan:
    return dates.month(day.year, day.month)


def _year(day: date) -> DateSpan:
    return dates.year(day.year)


def _iso_month(day: date) -> str:
    # 1904-05 are years, as people write them.
    return f"{day.year}-{day:%m}" if day.month <= day.year % 100 else f"{day:%b} {day.year}"


Style = tuple[str, Callable[[date], str], Callable[[date], DateSpan]]

STYLES: tuple[Style, ...] = (
    ("19 May 1924", lambda d: f"{d.day} {d:%B} {d.year}", _day),
    ("May 19, 1924", lambda d: f"{d:%B} {d.day}, {d.year}", _day),
    ("19th of May, 1924", lambda d: f"{_ordinal(d.day)} of {d:%B}, {d.year}", _day),
    ("the 19th of May 1924", lambda d: f"the {_ordinal(d.day)} of {d:%B} {d.year}", _day),
    ("Mon 19 May", lambda d: f"{d:%A}, {d.day} {d:%B} {d.year}", _day),
    ("1924-05-19", lambda d: f"{d.year}-{d:%m-%d}", _day),
    ("1924 May 19", lambda d: f"{d.year} {d:%B} {d.day}", _day),
    ("19.05.1924", lambda d: f"{d:%d.%m}.{d.year}", _day),
    ("1924/05/19", lambda d: f"{d.year}/{d:%m/%d}", _day),
    ("MAY 19, 1924", lambda d: f"{d:%B} {d.day}, {d.year}".upper(), _day),
    ("19 May 1924 (o.s.)", lambda d: f"{d.day} {d:%B} {d.year} (O.S.)", _day),
    ("Jan. 5, 1924", lambda d: f"{d:%b}. {d.day}, {d.year}", _day),
    ("19 May 1924, 10:30", lambda d: f"{d.day} {d:%B} {d.year}, 10:30 am", _day),
    ("May 1924", lambda d: f"{d:%B} {d.year}", _month),
    ("May, 1924", lambda d: f"{d:%B}, {d.year}", _month),
    ("1924-05", _iso_month, _month),
    ("May of 1924", lambda d: f"{d:%B} of {d.year}", _month),
    ("1924", lambda d: f"{d.year}", _year),
    ("c. 1924", lambda d: f"c. {d.year}", lambda d: _year(d).roughly()),
    ("circa 1924", lambda d: f"circa {d.year}", lambda d: _year(d).roughly()),
    ("1924?", lambda d: f"{d.year}?", lambda d: _year(d).roughly()),
    ("spring 1924", lambda d: f"spring {d.year}", lambda d: dates.season(d.year, 21)),
    ("Autumn of 1924", lambda d: f"Autumn of {d.year}", lambda d: dates.season(d.year, 23)),
    (
        "1924–1926",
        lambda d: f"{d.year}–{d.year + 2}",
        lambda d: dates.between(_year(d), dates.year(d.year + 2)),
    ),
    (
        "10-13 May 1924",
        lambda d: f"10-13 {d:%B} {d.year}",
        lambda d: dates.between(dates.day(d.year, d.month, 10), dates.day(d.year, d.month, 13)),
    ),
    (
        "May 10–13, 1924",
        lambda d: f"{d:%B} 10–13, {d.year}",
        lambda d: dates.between(dates.day(d.year, d.month, 10), dates.day(d.year, d.month, 13)),
    ),
    (
        "5 May 1924 – 7 June 1925",
        lambda d: f"5 {d:%B} {d.year} – 7 June {d.year + 1}",
        lambda d: dates.between(dates.day(d.year, d.month, 5), dates.day(d.year + 1, 6, 7)),
    ),
)
"""(name, how it is written, what it means)."""

SHORT_STYLES: tuple[Style, ...] = (
    ("28 June", lambda d: f"{d.day} {d:%B}", _day),
    ("January 25", lambda d: f"{d:%B} {d.day}", _day),
    ("25th of January", lambda d: f"{_ordinal(d.day)} of {d:%B}", _day),
    ("Jan 25", lambda d: f"{d:%b} {d.day}", _day),
    ("June", lambda d: f"{d:%B}", _month),
    (
        "10-13 August",
        lambda d: f"10-13 {d:%B}",
        lambda d: dates.between(dates.day(d.year, d.month, 10), dates.day(d.year, d.month, 13)),
    ),
    (
        "August 10–13",
        lambda d: f"{d:%B} 10–13",
        lambda d: dates.between(dates.day(d.year, d.month, 10), dates.day(d.year, d.month, 13)),
    ),
)
"""The same without a year: for entries under the heading of one."""

BULLETS = ("• ", "•\u00a0", "- ", "-", "– ", "* ", "*", "‣\t", "  • ", "\u00a0- ", "+ ", "◦ ", "")
MARKS = (": ", " – ", " - ", " — ", ":\u00a0", "\u00a0–\u00a0", " = ", "; ", " | ", "\t")
STOPS = (*MARKS, ". ", ".\u00a0")


def told(styles: tuple[Style, ...], days: st.SearchStrategy[date]) -> st.SearchStrategy[Told]:
    """Return entries whose dates are written in one of *styles*."""
    return st.builds(
        lambda day, style, text: Told(style[2](day), style[1](day), text),
        days,
        st.sampled_from(styles),
        SENTENCES,
    )


FLAT = st.lists(told(STYLES, DAYS), min_size=3, max_size=10)


@st.composite
def under_years(draw: st.DrawFn) -> list[tuple[int, list[Told]]]:
    """Return entries without years, by the year above them."""
    years = draw(st.lists(st.integers(1400, 2100), min_size=1, max_size=4, unique=True))
    return [
        (
            year,
            draw(
                st.lists(
                    told(SHORT_STYLES, st.dates(date(year, 1, 1), date(year, 12, 31))),
                    min_size=1,
                    max_size=4,
                )
            ),
        )
        for year in sorted(years)
    ]


def noisy(draw: st.DrawFn, text: str) -> bytes:
    """Return *text* as files come: other newlines, a mark before it, another encoding, mojibake."""
    if draw(st.booleans()):
        text = text.replace(" ", "\u00a0")
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    raw = text.replace("\n", newline)
    match draw(st.sampled_from(["utf-8", "bom", "cp1252", "utf-16", "mojibake"])):
        case "bom":
            return raw.encode("utf-8-sig")
        case "cp1252":
            return raw.encode("cp1252", "replace") if _is_western(raw) else raw.encode()
        case "utf-16":
            return raw.encode("utf-16")
        case "mojibake" if "’" in raw and "”" not in raw:
            return raw.encode().decode("cp1252").encode()
    return raw.encode()


def _is_western(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
