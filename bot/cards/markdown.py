"""Discord's marks in a message: read into blocks and spans, without any markup of its own.

Only what Discord's clients show is read: bold, italic, underline, strike, code, spoiler, headings,
quotes, lists, small print, masked links, custom emoji, timestamps. Anything else stays as written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, Flag, auto

_DEEPEST = 12
_MOST_RUNS = 40
_SPECIAL = re.compile(r"[\\*_~`<\[]")
_BACKTICKS = re.compile(r"`+")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(<?https?://[^\s()<>]{1,1000}>?\)")
_ANGLE = re.compile(
    r"<(?:a?:(?P<emoji>\w{1,32}):\d{1,20}|t:(?P<time>-?\d{1,11})(?::[tTdDfFRsS])?|(?P<url>https?://[^\s<>]+)"
    r"|/(?P<command>[^:<>\n]{1,100}):\d{1,20}|(?P<channel>\#)\d{1,20}|(?P<role>@&)\d{1,20}"
    r"|(?P<member>@)!?\d{1,20})>"
)
# The two ends of a spoiler while the rest is read; taken out of the message first.
_COVER, _UNCOVER = "\U000ffffc", "\U000ffffd"
_BLANK = str.maketrans({_COVER: "\ufffd", _UNCOVER: "\ufffd"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Mark(Flag):
    """How a stretch of text is set."""

    NONE = 0
    BOLD = auto()
    ITALIC = auto()
    UNDERLINE = auto()
    STRIKE = auto()
    CODE = auto()
    SPOILER = auto()


class Kind(Enum):
    """How a line is set."""

    PLAIN = "plain"
    HEADING = "heading"
    QUOTE = "quote"
    SMALL = "small"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line that is set one way."""

    text: str
    marks: Mark


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a message."""

    kind: Kind
    spans: tuple[Span, ...]


_LINE_STARTS = (
    (re.compile(r"#{1,3} +(?=\S)"), Kind.HEADING, ""),
    (re.compile(r"-# +(?=\S)"), Kind.SMALL, ""),
    (re.compile(r"> "), Kind.QUOTE, ""),
    (re.compile(r" {0,6}[-*] +(?=\S)"), Kind.PLAIN, "•\u00a0"),
)
_DELIMITERS = (
    ("***", Mark.BOLD | Mark.ITALIC),
    ("**", Mark.BOLD),
    ("__", Mark.UNDERLINE),
    ("~~", Mark.STRIKE),
    ("*", Mark.ITALIC),
    ("_", Mark.ITALIC),
)


def plain(text: str) -> list[Line]:
    """Return *text* as lines without marks."""
    return [Line(Kind.PLAIN, (Span(line, Mark.NONE),)) for line in _lines(text)]


def parse(text: str) -> list[Line]:
    """Read *text* as Discord does."""
    covered = _cover_spoilers("\n".join(_lines(text.translate(_BLANK))))
    return list(_spoilers_marked(_blocks(covered)))


def _lines(text: str) -> list[str]:
    return re.sub(r"\r\n|[\r\u2028\u2029\x85\x0b\x0c]", "\n", text).split("\n")


def _cover_spoilers(text: str) -> str:
    """Put the covering signs where a pair of `||` stands outside code."""
    bars = list(_bars_outside_code(text))
    for place, (opening, closing) in enumerate(zip(bars[::2], bars[1::2], strict=False)):
        # Each sign is one character shorter than its bars.
        first, second = opening - 2 * place, closing - 2 * place - 1
        text = text[:first] + _COVER + text[first + 2 :]
        text = text[:second] + _UNCOVER + text[second + 2 :]
    return text


def _bars_outside_code(text: str) -> Iterator[int]:
    place = 0
    while (found := re.compile(r"\\.|`+|\|\|", re.DOTALL).search(text, place)) is not None:
        place = found.end()
        if found[0] == "||":
            yield found.start()
        elif found[0].startswith("`"):
            end = _closing_backticks(text, place, len(found[0]))
            place = place if end < 0 else end + len(found[0])


def _closing_backticks(text: str, place: int, length: int) -> int:
    """Return where the run of *length* backticks that closes an open one begins, or -1."""
    for run in _BACKTICKS.finditer(text, place):
        if run.end() - run.start() == length:
            return run.start()
    return -1


def _blocks(text: str) -> Iterator[Line]:
    """Yield the lines; a fence of three backticks sets its lines apart."""
    while (fence := text.find("```")) >= 0 and (end := text.find("```", fence + 3)) >= 0:
        yield from _ordinary(text[:fence].removesuffix("\n"))
        code = re.sub(r"^[\w+#.-]*\n", "", text[fence + 3 : end]).strip("\n")
        for line in code.split("\n"):
            yield Line(Kind.CODE, (Span(line, Mark.CODE),))
        text = text[end + 3 :].removeprefix("\n")
        if not text:
            return
    yield from _ordinary(text)


def _ordinary(text: str) -> Iterator[Line]:
    """Yield the lines of a stretch without fences; marks may run on from line to line."""
    waiting: list[str] = []
    quoted = False
    for raw in text.split("\n") if text else ():
        quoted = quoted or raw.startswith(">>> ")
        kind, line = _line_start(raw.removeprefix(">>> "))
        kind = Kind.QUOTE if quoted else kind
        if kind is Kind.PLAIN and line is raw:
            waiting.append(raw)
            continue
        yield from _running(waiting)
        waiting = []
        yield Line(kind, tuple(_inline(line, Mark.NONE, 0)))
    yield from _running(waiting)


def _line_start(raw: str) -> tuple[Kind, str]:
    for pattern, kind, sign in _LINE_STARTS:
        if (start := pattern.match(raw)) is not None:
            return kind, sign + raw[start.end() :]
    return Kind.PLAIN, raw


def _running(lines: list[str]) -> Iterator[Line]:
    if not lines:
        return
    current: list[Span] = []
    for span in _inline("\n".join(lines), Mark.NONE, 0):
        first, *others = span.text.split("\n")
        current.append(Span(first, span.marks))
        for text in others:
            yield Line(Kind.PLAIN, tuple(current))
            current = [Span(text, span.marks)]
    yield Line(Kind.PLAIN, tuple(current))


def _inline(text: str, marks: Mark, depth: int) -> Iterator[Span]:
    begun = place = 0
    while (found := _SPECIAL.search(text, place)) is not None:
        start = found.start()
        spans, end = _marked(text, start, marks, depth) if depth < _DEEPEST else ([], start)
        if end == start:
            place = start + 1
            continue
        if start > begun:
            yield Span(text[begun:start], marks)
        yield from spans
        begun = place = end
    if begun < len(text):
        yield Span(text[begun:], marks)


def _marked(text: str, start: int, marks: Mark, depth: int) -> tuple[list[Span], int]:
    """Return what the sign at *start* begins and where it ends; nothing and *start* if nothing."""
    match text[start]:
        case "\\":
            follower = text[start + 1 : start + 2]
            escapes = follower.isascii() and follower.isprintable() and not follower.isalnum()
            return ([Span(follower, marks)], start + 2) if follower and escapes else ([], start)
        case "`":
            return _code(text, start, marks)
        case "<":
            angle = _ANGLE.match(text, start)
            return ([], start) if angle is None else ([Span(_named(angle), marks)], angle.end())
        case "[":
            link = _LINK.match(text, start)
            if link is None:
                return [], start
            return list(_inline(link[1], marks | Mark.UNDERLINE, depth + 1)), link.end()
    return _delimited(text, start, marks, depth)


def _code(text: str, start: int, marks: Mark) -> tuple[list[Span], int]:
    opening = _BACKTICKS.match(text, start)
    length = 0 if opening is None else len(opening[0])
    end = _closing_backticks(text, start + length, length)
    if end < 0:
        return [Span("`" * length, marks)], start + length
    return [Span(text[start + length : end], marks | Mark.CODE)], end + length


def _delimited(text: str, start: int, marks: Mark, depth: int) -> tuple[list[Span], int]:
    for sign, mark in _DELIMITERS:
        if not text.startswith(sign, start):
            continue
        inner = start + len(sign)
        end = _closing(text, sign, inner)
        if end > inner and not text[inner:end].isspace():
            return list(_inline(text[inner:end], marks | mark, depth + 1)), end + len(sign)
    return [], start


def _closing(text: str, sign: str, inner: int) -> int:
    """Return where *sign* closes, or -1: a single one not beside a space, `_` not within a word."""
    if len(sign) > 1:
        end = text.find(sign, inner + 1)
        # "**bold *both***": the last two of three close it.
        while end >= 0 and text.startswith(sign[0], end + len(sign)):
            end += 1
        return end
    before = text[inner - 2 : inner - 1] if inner > 1 else ""
    beginning = text[inner : inner + 1]
    if beginning.isspace() or beginning == sign or (sign == "_" and before.isalnum()):
        return -1
    end = _single(text, sign, inner + 1)
    if end < 0 or text[end - 1].isspace():
        return -1
    return -1 if sign == "_" and text[end + 1 : end + 2].isalnum() else end


def _single(text: str, sign: str, place: int) -> int:
    """Return where a lone *sign* stands, or the last of an odd run ("*a **b***"); -1 if nowhere."""
    for _ in range(_MOST_RUNS):
        begin = text.find(sign, place)
        if begin < 0:
            return -1
        place = begin
        while text.startswith(sign, place):
            place += 1
        if (place - begin) % 2:
            return place - 1
    return -1


def _named(angle: re.Match[str]) -> str:
    """Return the words for something in angle brackets; mentions still here have no name."""
    if angle["emoji"]:
        return f":{angle['emoji']}:"
    if angle["time"]:
        try:
            moment = _EPOCH + timedelta(seconds=int(angle["time"]))
        except OverflowError:
            return angle[0]
        return f"{moment.day} {moment:%B} {moment.year}, {moment:%H:%M} UTC"
    if angle["url"]:
        return angle["url"]
    if angle["command"]:
        return f"/{angle['command']}"
    return "#channel" if angle["channel"] else "@role" if angle["role"] else "@someone"


def _spoilers_marked(lines: Iterator[Line]) -> Iterator[Line]:
    covered = False
    for line in lines:
        spans: list[Span] = []
        for span in line.spans:
            for piece in re.split(f"([{_COVER}{_UNCOVER}])", span.text):
                if piece in {_COVER, _UNCOVER}:
                    covered = piece == _COVER
                elif piece:
                    spans.append(Span(piece, span.marks | Mark.SPOILER if covered else span.marks))
        yield Line(line.kind, tuple(spans))
