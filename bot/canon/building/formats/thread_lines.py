"""The lines of a forum page saved as text: what people wrote, and what the forum put around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto


class Kind(Enum):
    """What a line of a saved page is."""

    TEXT = auto()
    BLANK = auto()
    EDGE = auto()
    """Something of the forum's that parts one post from the next."""
    QUOTE = auto()
    """ "Anna said:"; what follows is hers, up to `QUOTE_END`."""
    QUOTE_END = auto()
    NOISE = auto()
    """Something of the forum's inside a post: a button, the name of an attachment."""
    SOFT = auto()
    """A date, number or list of names: the forum's where it stands beside an `EDGE`."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page; *number* counts from 1, *author* is who a quote is from."""

    number: int
    text: str
    kind: Kind
    author: str = ""


# As the forum's software says it in English, German, Russian, French, Spanish and Polish.
LAST_EDITED = (
    "(?:last edited|zuletzt bearbeitet|последнее редактирование|dernière édition|última edición|"
    "ostatnia edycja|ostatnio edytowane)"
)
EXPAND = (
    "(?:click to expand|zum vergrößern anklicken|нажмите, чтобы раскрыть|cliquez pour agrandir|"
    "haz clic para expandir|kliknij, aby rozwinąć)"
)
SAID = r"(?:said|schrieb|sagte|сказал\(а\)|написал\(а\)|a dit|dijo|napisał(?:\(a\))?)"
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_STAMP = (
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:(?:{_MONTHS})[a-z]* \d{{1,2}}, \d{{4}}|"
    rf"\d{{1,2}} (?:{_MONTHS})[a-z]* \d{{4}}|\d{{4}}-\d\d-\d\d)"
)
_FILE = r"[\w .,'&()\[\]+-]{1,80}\.(?:jpe?g|png|gif|webp|bmp|svg|tiff?|pdf|mp[34]|webm|zip|docx?)"


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in alternatives), re.IGNORECASE)


_EDITED = _pattern(rf"{LAST_EDITED}(?: by [^:]{{1,40}})?(?: on)?:?.{{0,60}}")
_TIME = rf"(?:posted |posted on )?(?:yesterday|today|{_STAMP}),? (?:at )?\d\d?:\d\d(?: ?[ap]m)?"
_AGO = r"\d{1,2} (?:minutes?|hours?|days?) ago"
_HEAD = _pattern(r"#\d[\d,.]*|(?:joined|messages|add bookmark)\b.{0,60}", _TIME, _AGO)
_RULES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.EDGE,
        _pattern(
            _EDITED.pattern,
            r"#\d[\d,.]*",
            r"reactions:.{0,70}",
            r"(?:like|reply|report|share|quote|bookmark|add bookmark|multi-?quote|ignore)",
            r"(?:like|quote|reply|report)(?:[ \t·|•]+(?:like|quote|reply|report|edit|share))+",
            r"(?:joined|messages|location|reaction score|likes received|points)(?::.{0,60})?",
            rf"joined {_STAMP}|messages [\d,]{{1,9}}",
            _TIME,
            _AGO,
            r"threadmarks?:?|view all threadmarks|reader mode|(?:view|insert) (?:all|quotes)…?",
            r"thread starter .{1,40}|start date .{1,40}|not open for further replies\.?",
            r"you must (?:log in|be registered).{0,60}",
        ),
    ),
    (Kind.QUOTE_END, _pattern(rf"(?:{EXPAND}|click to shrink)(?:\.\.\.|…)?")),
    (
        Kind.NOISE,
        _pattern(
            rf"{_FILE}(?: ?\([\d.,]+ ?[kmg]?b\))?",
            r"view attachment \d{1,12}|attachments?:?|attached (?:files|images):?",
            r"[\d.,]{1,8} ?[kmg]i?b(?: ?[·•|-]? ?views?:? [\d,]+)?",
            r"(?:expand|show|hide) (?:signature|spoiler)|spoiler:?",
            r"(?:prev(?:ious)?|next|first|last|jump to new|go to page.{0,20}|page \d+ of \d+)",
        ),
    ),
    (Kind.SOFT, _pattern(_STAMP, r"\d[\d,.]*", r".{1,90} and [\d,]+ others?")),
)
_VALUED = _pattern("joined|messages|location|reaction score|likes received|points")
_NAMES = re.compile(r"[^.!?…:;]{1,80}")  # who reacted
_SAID = re.compile(rf"(?P<author>\S.{{0,58}}) {SAID}: ?[↑⬆]?")
_LONGEST = 120


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of a saved page; `SOFT` is settled, one way or the other."""
    lines = [_line(number, raw) for number, raw in enumerate(text.split("\n"), 1)]
    above = Line(0, "", Kind.BLANK)
    for index, line in enumerate(lines):
        settled = line
        if line.kind is Kind.SOFT:
            below = next((one for one in lines[index + 1 : index + 3] if one.text), above)
            is_forum = _VALUED.fullmatch(above.text) is not None or is_post_head(below)
            settled = replace(line, kind=Kind.NOISE if is_forum else Kind.TEXT)
        names = above.text.casefold() == "reactions:" and bool(line.text)
        if names and settled.kind is Kind.TEXT and _NAMES.fullmatch(line.text):
            settled = replace(line, kind=Kind.NOISE)
        if names or settled.kind not in {Kind.BLANK, Kind.NOISE}:
            above = settled
        yield settled


def is_edited_mark(line: Line) -> bool:
    """Tell whether *line* says when the post above it was last edited, which ends that post."""
    return line.kind is Kind.EDGE and _EDITED.fullmatch(line.text) is not None


def is_post_head(line: Line) -> bool:
    """Tell whether *line* stands above a post: its number, its time, what its author has done."""
    return line.kind is Kind.EDGE and _HEAD.fullmatch(line.text) is not None


def _line(number: int, raw: str) -> Line:
    text = " ".join(raw.split())
    if not text:
        return Line(number, "", Kind.BLANK)
    if len(text) > _LONGEST:
        return Line(number, text, Kind.TEXT)
    said = _SAID.fullmatch(text)
    if said is not None:
        return Line(number, text, Kind.QUOTE, said["author"])
    for kind, pattern in _RULES:
        if pattern.fullmatch(text) is not None:
            return Line(number, text, kind)
    return Line(number, text, Kind.TEXT)
