"""Marks within a line: bold, code, links, custom emoji, timestamps. Pure."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.cards.marks import Mark, Span

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
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DELIMITERS = (
    ("***", Mark.BOLD | Mark.ITALIC),
    ("**", Mark.BOLD),
    ("__", Mark.UNDERLINE),
    ("~~", Mark.STRIKE),
    ("*", Mark.ITALIC),
    ("_", Mark.ITALIC),
)


def spans(text: str, marks: Mark = Mark.NONE, depth: int = 0) -> Iterator[Span]:
    """Yield *text*, which is set as *marks* say, in the stretches that its own marks make."""
    begun = place = 0
    while (found := _SPECIAL.search(text, place)) is not None:
        start = found.start()
        found_spans, end = _marked(text, start, marks, depth) if depth < _DEEPEST else ([], start)
        if end == start:
            place = start + 1
            continue
        if start > begun:
            yield Span(text[begun:start], marks)
        yield from found_spans
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
            return list(spans(link[1], marks | Mark.UNDERLINE, depth + 1)), link.end()
    return _delimited(text, start, marks, depth)


def _code(text: str, start: int, marks: Mark) -> tuple[list[Span], int]:
    opening = _BACKTICKS.match(text, start)
    length = 0 if opening is None else len(opening[0])
    end = closing_backticks(text, start + length, length)
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
            return list(spans(text[inner:end], marks | mark, depth + 1)), end + len(sign)
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


def closing_backticks(text: str, place: int, length: int) -> int:
    """Return where the run of *length* backticks that closes an open one begins, or -1."""
    for run in _BACKTICKS.finditer(text, place):
        if run.end() - run.start() == length:
            return run.start()
    return -1
